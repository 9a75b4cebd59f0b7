// What came of a script: what each device was told, what had reached B, and what must never be.
#include <algorithm>
#include <google/protobuf/text_format.h>

#include "domain/matter.hpp"
#include "sim/two_worlds.hpp"

namespace kindroom::sim {

namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

// Makes what one device is told comparable: ids are drawn at random, so they are called by what is known of them, or by
// the order of their first appearance; a cursor says nothing but that it is one, and how long.
class Renamer {
  public:
    explicit Renamer(const std::map<std::string, std::string>& known) : known_(known) {}

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
        const auto [place, is_new] = names_.emplace(bytes, names_.size());
        return "#" + std::to_string(place->second);
    }

    const std::map<std::string, std::string>& known_;
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

// Of what goes out in one moment: answers and rooms come from several shards, in an order of chance; the steps of one
// room keep theirs.
enum class Forget { order_of_answers, all_order };
void forget_order(HeardByDevice& heard, Forget which) {
    // What may change places stands where its key says.
    const auto key = [&](const Heard& one) {
        const bool is_answer = which == Forget::all_order || one.what.starts_with("reply ");
        return std::pair(is_answer, is_answer ? one.what : one.what.substr(0, one.what.find(" cursor:")));
    };
    for (auto& one : heard)
        std::stable_sort(one.begin(), one.end(), [&](const Heard& a, const Heard& b) {
            return a.at != b.at ? a.at < b.at : key(a) < key(b);
        });
}

// Those of A, who is the first of all: their words, and until when their offers are open.
void forget_own_times(v1::Event& event) {
    const auto forget = [](v1::Message& message) {
        if (message.author().name() == "A") message.set_posted_at_ms(0);
    };
    if (event.has_room_event() && event.room_event().has_posted())
        forget(*event.mutable_room_event()->mutable_posted()->mutable_message());
    if (event.reply().has_room_resumed())
        for (auto& step : *event.mutable_reply()->mutable_room_resumed()->mutable_events())
            if (step.has_posted()) forget(*step.mutable_posted()->mutable_message());
    if (event.reply().has_contacts())
        for (auto& offer : *event.mutable_reply()->mutable_contacts()->mutable_made()) offer.set_fades_at_ms(0);
    if (event.reply().has_offer_made())
        event.mutable_reply()->mutable_offer_made()->mutable_offer()->set_fades_at_ms(0);
    if (event.reply().has_history_page())
        for (auto& message : *event.mutable_reply()->mutable_history_page()->mutable_messages()) forget(message);
}

using People = google::protobuf::RepeatedPtrField<v1::Person>;

// The roster that an event tells, and of which room, if it tells one.
People* roster_in(v1::Event& event) {
    if (event.has_roster_changed()) return event.mutable_roster_changed()->mutable_people();
    if (!event.has_reply()) return nullptr;
    v1::Reply& reply = *event.mutable_reply();
    if (reply.has_room_joined()) return reply.mutable_room_joined()->mutable_roster();
    if (reply.has_room_resumed()) return reply.mutable_room_resumed()->mutable_roster();
    return nullptr;
}
std::string room_in(const v1::Event& event) {
    if (event.has_roster_changed()) return event.roster_changed().room_id();
    return event.reply().has_room_joined() ? event.reply().room_joined().room().room_id()
                                           : event.reply().room_resumed().room().room_id();
}

}  // namespace

// ---- what the devices were told -------------------------------------------------------------------------------------

std::size_t Play::first_device_of(std::size_t person) const {
    // The operator's is the first of all.
    std::size_t first = 1;
    for (std::size_t p = 0; p < person; ++p) first += script_.people[p];
    return first;
}

// What is the same in all worlds has one name in all of them.
std::map<std::string, std::string> Play::names() const {
    std::map<std::string, std::string> names;
    for (std::size_t room = 0; room < rooms_.size(); ++room)
        names.emplace(rooms_[room], "room " + std::to_string(room));
    for (const auto& [where, token] : tokens_)
        names.emplace(token, "person " + std::to_string(where.second) + " in room " + std::to_string(where.first));
    for (const auto& [number, words] : words_)
        names.emplace(to_field(words.message), "words of act " + std::to_string(number));
    return names;
}

TimePoint Play::moment_of(TimePoint at) const {
    // Before the turn nobody has done anything yet that could be told.
    const TimePoint turn = begin_ + script_.turn;
    const Duration until = script_.kind == Turn::racing ? Duration{700} : Duration{0};
    return at < turn + until ? turn : at;
}

HeardByDevice Play::heard_by(std::size_t person) const {
    const std::size_t first = first_device_of(person);
    const auto known = names();
    HeardByDevice heard(script_.people[person]);
    std::vector<Renamer> renamers(heard.size(), Renamer(known));
    for (const Sent& sent : sent_) {
        if (sent.device < first || sent.device >= first + heard.size() || !sent.is_heard) continue;
        v1::Event event = sent.event;
        put_in_order(event, known);
        renamers[sent.device - first].rename(event);
        heard[sent.device - first].push_back({moment_of(sent.at), event.ShortDebugString()});
    }
    const bool is_strict = script_.has_large_windows() && script_.kind == Turn::settled;
    forget_order(heard, is_strict ? Forget::order_of_answers : Forget::all_order);
    return heard;
}

HeardByDevice Play::heard_after_the_turn_by_a() const {
    const std::size_t first = first_device_of(Script::a);
    const auto known = names();
    HeardByDevice heard(script_.people[Script::a]);
    std::vector<Renamer> renamers(heard.size(), Renamer(known));
    std::map<std::pair<std::size_t, std::string>, std::string> rosters;
    for (const Sent& sent : sent_) {
        if (sent.device < first || sent.device >= first + heard.size() || !sent.is_heard) continue;
        v1::Event event = sent.event;
        // Where B never was A asks for less, and has nobody to lose from the roster.
        if (event.has_reply()) event.mutable_reply()->set_request_id(0);
        if (People* people = roster_in(event)) {
            people->erase(std::remove_if(people->begin(), people->end(),
                                         [&](const v1::Person& one) { return is_b(one.token()); }),
                          people->end());
            std::string told;
            for (const auto& one : *people) told += one.ShortDebugString();
            auto& before = rosters[{sent.device, room_in(event)}];
            if (std::exchange(before, told) == told && event.has_roster_changed()) continue;
        }
        // When A's own words arrived depends on what else A had asked for just before.
        forget_own_times(event);
        // That somebody whom A has blocked is in a room A is to know.
        if (!turned_ || sent.at <= sent_[*turned_].at || event.reply().has_heads_up()) continue;
        put_in_order(event, known);
        renamers[sent.device - first].rename(event);
        heard[sent.device - first].push_back({sent.at, event.ShortDebugString()});
    }
    // Where A answers B's words, the server looks them up first; so acts of one moment may change places.
    forget_order(heard, Forget::all_order);
    return heard;
}

bool Play::is_b(const std::string& token) const {
    return std::any_of(tokens_.begin(), tokens_.end(),
                       [&](const auto& one) { return one.first.second == Script::b && one.second == token; });
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

// ---- what is on the disk --------------------------------------------------------------------------------------------

void Play::read_disk() {
    const auto& disk = *world_.ground().disk;
    std::set<std::string> rooms(rooms_.begin(), rooms_.end());
    for (const Person& person : people_)
        for (const auto& [other, room] : person.direct_rooms) rooms.insert(room);
    std::map<std::string, std::size_t> numbers;
    for (std::size_t number = 0; number < script_.acts.size(); ++number) numbers.emplace(key_of(number), number);
    for (const std::string& room : rooms) {
        const auto id = id_from<RoomId>(room);
        for (const auto& row : disk.read_steps({.room = id, .after = Position{0}, .limit = UINT32_MAX}).steps) {
            const auto number = numbers.find(to_field(row.message.client_key));
            if (number == numbers.end()) continue;
            Words& words = words_[number->second];
            words.room = id;
            words.message = row.message.id;
            words.steps.emplace(row.kind, row.position);
        }
    }
}

// ---- what had reached B ---------------------------------------------------------------------------------------------

std::map<RoomId, Position> Play::mark() const {
    const auto& ground = world_.ground();
    const auto a = ground.disk->find_account(people_[Script::a].login_id);
    const auto b = ground.disk->find_account(people_[Script::b].login_id);
    const auto loaded = ground.disk->load_account(*b);
    for (const auto& record : loaded->matters)
        for (const auto& wrapped : loaded->keys) {
            if (wrapped.id != record.content.person_key) continue;
            const auto key = ground.vault.unwrap(wrapped.wrapped, wrapped.id);
            const auto packed =
                crypto::Vault::open(record.content.box, nullptr, &*key, {.room = {}, .message = {}, .kind = "matter"});
            const auto matter = packed ? domain::unpack_matter(*packed) : std::nullopt;
            if (!matter) continue;
            const auto* met = std::get_if<domain::MetBlock>(&*matter);
            if (met && met->other == *a) return met->dark.received;
        }
    return {};
}

std::optional<Play::Place> Play::place_of(std::size_t number) const {
    const Act& act = script_.acts[number];
    const bool changes = act.kind == Act::Kind::edit || act.kind == Act::Kind::retract;
    const auto words = words_.find(changes ? *act.about : number);
    if (words == words_.end()) return std::nullopt;
    const auto step = words->second.steps.find(act.kind == Act::Kind::edit      ? store::StepKind::edited
                                               : act.kind == Act::Kind::retract ? store::StepKind::retracted
                                                                                : store::StepKind::posted);
    if (step == words->second.steps.end()) return std::nullopt;
    return Place{words->second.room, step->second};
}

bool Play::had_reached_b(const Place& place) const {
    const auto reached = mark();
    const auto found = reached.find(place.first);
    return found != reached.end() && place.second <= found->second;
}

std::set<std::size_t> Play::not_received() const {
    std::set<std::size_t> acts;
    for (std::size_t i = 0; i < script_.acts.size(); ++i) {
        const Act& act = script_.acts[i];
        if (act.person != Script::a || !act.makes_a_step()) continue;
        const auto place = place_of(i);
        if (!place || !had_reached_b(*place)) acts.insert(i);
    }
    return acts;
}

std::set<std::size_t> Play::taken_back_too_late() const {
    std::set<std::size_t> acts;
    for (const std::size_t i : not_received()) {
        const Act& act = script_.acts[i];
        if (act.kind != Act::Kind::retract || !place_of(i)) continue;
        const auto words = place_of(*act.about);
        if (words && had_reached_b(*words)) acts.insert(i);
    }
    return acts;
}

// ---- what must never be ---------------------------------------------------------------------------------------------

std::vector<std::string> Play::broken() const {
    std::vector<std::string> broken = world_.witness().violations();
    if (which_ != World::blocks) return broken;
    if (!turned_ || !sent_[*turned_].event.reply().has_people_blocked()) {
        broken.push_back("A block was not answered with yes.");
        return broken;
    }
    const auto is_of = [&](const Sent& sent, std::size_t person) {
        const std::size_t first = first_device_of(person);
        return sent.device >= first && sent.device < first + script_.people[person];
    };
    // What would show B to A, and the words of A that B had not received, to B.
    std::vector<std::string> of_b{"B says"};
    std::vector<std::string> of_a;
    for (const auto& [number, words] : words_)
        if (script_.acts[number].person == Script::b) of_b.push_back(to_field(words.message));
    for (std::size_t room = 0; room < rooms_.size(); ++room)
        if (const auto token = tokens_.find({room, Script::b}); token != tokens_.end()) of_b.push_back(token->second);
    for (const std::size_t number : not_received()) {
        of_a.push_back((script_.acts[number].kind == Act::Kind::edit ? "A says better " : "A says ") +
                       std::to_string(number));
        const bool says = script_.acts[number].kind != Act::Kind::edit;
        if (const auto words = words_.find(number); says && words != words_.end())
            of_a.push_back(to_field(words->second.message));
    }
    const auto shows = [](const Sent& sent, const std::vector<std::string>& any) {
        const std::string bytes = sent.event.SerializeAsString();
        // A number that goes on is another one.
        return std::any_of(any.begin(), any.end(), [&](const std::string& one) {
            const auto at = bytes.find(one);
            return at != std::string::npos && (one.size() == 16 || one == "B says" || at + one.size() == bytes.size() ||
                                               !std::isdigit(static_cast<unsigned char>(bytes[at + one.size()])));
        });
    };
    for (std::size_t i = 0; i < sent_.size(); ++i) {
        if (i > *turned_ && is_of(sent_[i], Script::a) && shows(sent_[i], of_b))
            broken.push_back("After the reply A is shown something of B: " + sent_[i].event.ShortDebugString());
        if (is_of(sent_[i], Script::b) && shows(sent_[i], of_a))
            broken.push_back("B is shown what had not reached B: " + sent_[i].event.ShortDebugString());
    }
    return broken;
}

}  // namespace kindroom::sim
