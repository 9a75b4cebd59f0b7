#include "sim/two_worlds_compared.hpp"

#include <algorithm>
#include <google/protobuf/text_format.h>
#include <tuple>

namespace kindroom::sim {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Makes what one device is told comparable: ids are drawn at random, so they are called by what is known of them, or by
// the order of their first appearance, or are all alike; a cursor says nothing but that it is one, and how long.
class Renamer {
  public:
    enum class Unknown { by_appearance, all_alike };
    explicit Renamer(const std::map<std::string, std::string>& known, Unknown unknown = Unknown::by_appearance)
        : known_(known), unknown_(unknown) {}

    void rename(Message& message) {
        if (auto* person = dynamic_cast<v1::Person*>(&message); person && !known_.contains(person->token()))
            // Of a direct room, whose id is drawn like all others: so is the sign.
            person->clear_sign();
        const auto& reflection = *message.GetReflection();
        std::vector<const FieldDescriptor*> fields;
        reflection.ListFields(message, &fields);
        for (const auto* field : fields) {
            const int count = field->is_repeated() ? reflection.FieldSize(message, field) : 1;
            for (int i = 0; i < count; ++i) {
                if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE)
                    rename(field->is_repeated() ? *reflection.MutableRepeatedMessage(&message, field, i)
                                                : *reflection.MutableMessage(&message, field));
                else if (field->type() == FieldDescriptor::TYPE_BYTES && field->is_repeated())
                    reflection.SetRepeatedString(&message, field, i,
                                                 renamed(*field, reflection.GetRepeatedString(message, field, i)));
                else if (field->type() == FieldDescriptor::TYPE_BYTES)
                    reflection.SetString(&message, field, renamed(*field, reflection.GetString(message, field)));
            }
        }
    }

  private:
    std::string renamed(const FieldDescriptor& field, const std::string& bytes) {
        const std::string& name = field.name();
        if (name == "cursor" || name == "earlier" || name == "later")
            return "cursor of " + std::to_string(bytes.size()) + " bytes";
        if (const auto known = known_.find(bytes); known != known_.end()) return known->second;
        if (unknown_ == Unknown::all_alike) return "#";
        const auto [place, is_new] = names_.emplace(bytes, names_.size());
        return "#" + std::to_string(place->second);
    }

    const std::map<std::string, std::string>& known_;
    const Unknown unknown_;
    std::map<std::string, std::size_t> names_;
};

// Lists that are kept by random ids have another order in every world.
template <class List, class Key>
void put_in_order(List& list, Key key) {
    std::sort(list.pointer_begin(), list.pointer_end(),
              [&](const auto* a, const auto* b) { return key(*a) < key(*b); });
}

void put_in_order(v1::Event& event, const std::map<std::string, std::string>& known) {
    if (!event.has_reply()) return;
    v1::Reply& reply = *event.mutable_reply();
    if (reply.has_contacts()) {
        const auto by_time = [](const v1::Offer& offer) {
            return std::pair(offer.fades_at_ms(), offer.person().ShortDebugString());
        };
        put_in_order(*reply.mutable_contacts()->mutable_made(), by_time);
        put_in_order(*reply.mutable_contacts()->mutable_received(), by_time);
        put_in_order(*reply.mutable_contacts()->mutable_contacts(),
                     [](const v1::Contact& contact) { return contact.person().name(); });
    }
    if (reply.has_signed_in())
        put_in_order(*reply.mutable_signed_in()->mutable_me()->mutable_rooms(), [&](const std::string& room) {
            const auto found = known.find(room);
            return found == known.end() ? "the direct ones" : found->second;
        });
}

// What may change places stands where this says.
using Place = std::tuple<TimePoint, bool, std::string>;
Place place_of(const Heard& one, Forget which) {
    const bool is_answer = which == Forget::all_order || one.what.starts_with("reply ");
    return {one.at, is_answer, is_answer ? one.what : one.what.substr(0, one.what.find(" cursor:"))};
}

template <class T>
void sort_by_place(std::vector<std::pair<Place, T>>& list) {
    std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
}

// What may change places does so before ids are called by the order of their appearance: of two that were drawn at one
// moment either may come first, which says nothing of whom they belong to. What is said of them still tells them apart.
std::vector<Heard> comparable(std::vector<Delivery> told, Forget which,
                              const std::map<std::string, std::string>& known) {
    std::vector<std::pair<Place, Delivery>> appearing;
    Renamer all_alike(known, Renamer::Unknown::all_alike);
    for (Delivery& one : told) {
        put_in_order(one.event, known);
        v1::Event event = one.event;
        all_alike.rename(event);
        appearing.emplace_back(place_of({one.at, event.ShortDebugString()}, which), std::move(one));
    }
    sort_by_place(appearing);
    std::vector<std::pair<Place, Heard>> renamed;
    Renamer by_appearance(known);
    for (auto& [place, one] : appearing) {
        by_appearance.rename(one.event);
        Heard heard{one.at, one.event.ShortDebugString()};
        renamed.emplace_back(place_of(heard, which), std::move(heard));
    }
    sort_by_place(renamed);
    std::vector<Heard> heard;
    for (auto& [place, one] : renamed) heard.push_back(std::move(one));
    return heard;
}

}  // namespace

HeardByDevice comparable(std::vector<std::vector<Delivery>> told, Forget which,
                         const std::map<std::string, std::string>& known) {
    HeardByDevice heard;
    for (auto& by_device : told) heard.push_back(comparable(std::move(by_device), which, known));
    return heard;
}

std::optional<std::string> difference(const HeardByDevice& one, const HeardByDevice& other) {
    for (std::size_t device = 0; device < one.size(); ++device) {
        const auto& here = one[device];
        const auto& there = other[device];
        const auto [at, elsewhere] = std::mismatch(here.begin(), here.end(), there.begin(), there.end());
        if (at == here.end() && elsewhere == there.end()) continue;
        // Of two long answers only what is not alike, and what comes next.
        std::size_t alike = 0;
        if (at != here.end() && elsewhere != there.end())
            alike = static_cast<std::size_t>(
                std::mismatch(at->what.begin(), at->what.end(), elsewhere->what.begin(), elsewhere->what.end()).first -
                at->what.begin());
        const auto tell = [alike](auto next, auto end) {
            std::string text;
            for (int i = 0; i < 3 && next != end; ++i, ++next) {
                const std::size_t skipped = i == 0 && alike > 300 ? alike - 200 : 0;
                text += "    " + std::to_string(to_ms(next->at) % 1'000'000) + " " + next->what.substr(0, 50) +
                        (skipped > 0 ? " ... " : "") +
                        next->what.substr(std::min(next->what.size(), std::max<std::size_t>(skipped, 50))) + "\n";
            }
            return text.empty() ? "    nothing more\n" : text;
        };
        return "device " + std::to_string(device) + " hears\n" + tell(at, here.end()) + "  and in the other world\n" +
               tell(elsewhere, there.end());
    }
    return std::nullopt;
}

}  // namespace kindroom::sim
