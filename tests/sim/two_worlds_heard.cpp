// What came of a script: what each device was told, what had reached B, and what must never be.
#include <algorithm>

#include "domain/matter.hpp"
#include "sim/two_worlds.hpp"
#include "sim/two_worlds_compared.hpp"

namespace kindroom::sim {

namespace {

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

bool Play::is_of(const Sent& sent, std::size_t person) const {
    const std::size_t first = first_device_of(person);
    return sent.device >= first && sent.device < first + script_.people[person];
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
    std::vector<std::vector<Delivery>> told(script_.people[person]);
    for (const Sent& sent : sent_)
        if (is_of(sent, person) && sent.is_heard) told[sent.device - first].push_back({moment_of(sent.at), sent.event});
    const bool is_strict = script_.has_large_windows() && script_.kind == Turn::settled;
    return comparable(std::move(told), is_strict ? Forget::order_of_answers : Forget::all_order, names());
}

HeardByDevice Play::heard_after_the_turn_by_a() const {
    const std::size_t first = first_device_of(Script::a);
    std::vector<std::vector<Delivery>> told(script_.people[Script::a]);
    std::map<std::pair<std::size_t, std::string>, std::string> rosters;
    for (const Sent& sent : sent_) {
        if (!is_of(sent, Script::a) || !sent.is_heard) continue;
        v1::Event event = sent.event;
        // Where B never was A asks for less, and has nobody to lose from the roster.
        if (event.has_reply()) event.mutable_reply()->set_request_id(0);
        if (People* people = roster_in(event)) {
            people->erase(std::remove_if(people->begin(), people->end(),
                                         [&](const v1::Person& one) { return is_b(one.token()); }),
                          people->end());
            std::string now;
            for (const auto& one : *people) now += one.ShortDebugString();
            auto& before = rosters[{sent.device, room_in(event)}];
            if (std::exchange(before, now) == now && event.has_roster_changed()) continue;
        }
        // When A's own words arrived depends on what else A had asked for just before.
        forget_own_times(event);
        // That somebody whom A has blocked is in a room A is to know.
        if (!turned_ || sent.at <= sent_[*turned_].at || event.reply().has_heads_up()) continue;
        told[sent.device - first].push_back({sent.at, std::move(event)});
    }
    // Where A answers B's words, the server looks them up first; so acts of one moment may change places.
    return comparable(std::move(told), Forget::all_order, names());
}

bool Play::is_b(const std::string& token) const {
    return std::any_of(tokens_.begin(), tokens_.end(),
                       [&](const auto& one) { return one.first.second == Script::b && one.second == token; });
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
        // A sign that had not reached B is taken along like words.
        if (act.house.kind == HouseAct::Kind::hear_all_the_same) acts.insert(i);
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

bool Play::turned_while_b_caught_up(const Play& leaves) const {
    const auto is_part = [this](const Sent& sent) {
        const auto& reply = sent.event.reply();
        return is_of(sent, Script::b) && reply.has_room_resumed() && !reply.room_resumed().caught_up();
    };
    const auto is_all_there = [&](const Sent& part) {
        return std::any_of(leaves.sent_.begin(), leaves.sent_.end(), [&](const Sent& sent) {
            const auto& reply = sent.event.reply();
            return sent.device == part.device && reply.request_id() == part.event.reply().request_id() &&
                   reply.room_resumed().caught_up() &&
                   reply.room_resumed().events_size() == part.event.reply().room_resumed().events_size();
        });
    };
    const auto turned = sent_.begin() + static_cast<std::ptrdiff_t>(turned_.value_or(0));
    return std::any_of(sent_.begin(), turned, [&](const Sent& sent) { return is_part(sent) && is_all_there(sent); });
}

// ---- what must never be ---------------------------------------------------------------------------------------------

std::vector<std::string> Play::broken() const {
    std::vector<std::string> broken = world_.witness().violations();
    if (which_ != World::blocks) return broken;
    if (!turned_ || !sent_[*turned_].event.reply().has_people_blocked()) {
        broken.push_back("A block was not answered with yes.");
        return broken;
    }
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
