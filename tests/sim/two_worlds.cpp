// How a script is played. What came of it is read in two_worlds_heard.cpp.
#include "sim/two_worlds.hpp"

#include <algorithm>

namespace kindroom::sim {

namespace {

using Kind = Act::Kind;

// Long enough for everybody to have come in, on the slowest line.
constexpr Duration each_step_of_moving_in{2'000};
const std::string label = "grief";

std::string name_of(std::size_t person) { return std::string(1, static_cast<char>('A' + person)); }

std::size_t number_of(const v1::Person& person) { return static_cast<std::size_t>(person.name().at(0) - 'A'); }

// An id that nothing has: of each act another one, because a room remembers for a while what it has once looked up in
// vain, and in some world somebody may have asked before.
std::string nothing(std::size_t number) {
    std::string id = key_of(number);
    std::replace(id.begin(), id.end(), 'k', '?');
    return id;
}

}  // namespace

std::string key_of(std::size_t number) {
    std::string key(16, 'k');
    for (std::size_t i = 0; i < 4; ++i) key[i] = static_cast<char>('a' + (number >> (4 * i)) % 16);
    return key;
}

Play::Play(const Script& script, World world, std::set<std::size_t> left_out, std::set<std::size_t> sent_elsewhere)
    : script_(script),
      which_(world),
      left_out_(std::move(left_out)),
      sent_elsewhere_(std::move(sent_elsewhere)),
      world_(script.seed,
             {.shards = script.shards,
              .limits = script.limits,
              .pace = script.pace,
              .filters = script.filters,
              .by_the_clock = true,
              .ids_by_the_clock = script.is_moderated()}) {
    world_.witness().set_listener(
        [this](const Connection& connection, const v1::Batch& batch) { listen(connection, batch); });
    move_in();
    begin_ = world_.ground().clock.now();
    Duration turn_at = script_.turn;
    // What A says on the same device just after the turn, and still reaches B, comes before the leave.
    if (which_ == World::leaves)
        for (std::size_t i = 0; i < script_.acts.size(); ++i) {
            const Act& act = script_.acts[i];
            const bool has_reached = act.makes_a_step() && sent_elsewhere_.contains(i) && !left_out_.contains(i);
            if (act.person == Script::a && act.device == 0 && has_reached) turn_at = std::max(turn_at, act.at);
        }
    for (std::size_t i = 0; i < script_.acts.size(); ++i)
        world_.outside().after(script_.acts[i].at, [this, i] { perform(i); });
    if (turn_at > script_.turn)
        world_.outside().after(script_.turn, [this] { people_[Script::a].devices[0]->ask(ping()); });
    world_.outside().after(turn_at, [this] { turn(); });
    world_.pass(script_.length);
    read_disk();
}

// All of it at the same moments in every world. Only in `alone` B stays outside.
void Play::move_in() {
    operator_ = &world_.operators_device();
    operator_->begin();
    for (std::size_t i = 0; i < script_.rooms.size(); ++i) {
        auto request = create_room("Room " + std::to_string(i));
        auto& settings = *request.mutable_create_room()->mutable_settings();
        settings.set_history_before_joining(script_.rooms[i].history_before_joining);
        settings.add_content_labels(label);
        furnish(settings, script_.rooms[i]);
        rooms_.push_back(world_.ask(*operator_, std::move(request)).room_card().room().room_id());
    }
    for (const std::size_t devices : script_.people) {
        Person& person = people_.emplace_back();
        for (std::size_t i = 0; i < devices; ++i) person.devices.push_back(&world_.new_device());
        for (Device* device : person.devices) device->begin();
        person.devices[0]->ask(create_account(), [&person](const v1::Reply* reply) {
            if (reply) person.login_id = reply->account_created().login_id();
        });
    }
    world_.pass(each_step_of_moving_in);
    for (Person& person : people_) {
        person.devices[0]->ask(consent(1));
        for (std::size_t i = 1; i < person.devices.size(); ++i) person.devices[i]->ask(sign_in(person.login_id));
    }
    world_.pass(each_step_of_moving_in);
    for (std::size_t p = 0; p < people_.size(); ++p) {
        for (Device* device : people_[p].devices)
            for (std::size_t room = 0; room < rooms_.size(); ++room) {
                if (!is_there(p) || script_.rooms[room].is_empty_at_first) continue;
                device->ask(join(rooms_[room], name_of(p)), [this, p, room](const v1::Reply* reply) {
                    if (reply && reply->has_room_joined()) tokens_[{room, p}] = reply->room_joined().you().token();
                });
            }
        // A is the first in every world, so that the ticks of the rooms begin alike.
        if (p == Script::a) world_.pass(each_step_of_moving_in);
    }
    world_.pass(each_step_of_moving_in);
    appoint();
}

// Whether that device has been shown the words that an act is about: nobody can guess the id of a message. To whoever
// has blocked somebody their words are as if they had never been.
bool Play::known_to(const Act& act) const {
    const std::string* words = words_of(act.about);
    if (!words) return false;
    // What others know is theirs to say (PRODUCT X3: a third person's own words).
    if (act.person > Script::b) return true;
    const bool is_of_b = script_.acts[*act.about].person == Script::b;
    if (act.person == Script::a && is_of_b && has_turned()) return false;
    const auto shown = shown_.find(first_device_of(act.person) + act.device);
    return shown != shown_.end() && shown->second.contains(*words);
}

bool Play::has_turned() const { return world_.ground().clock.now() - begin_ >= script_.turn; }

// Whether others could know of somebody, in this world and by now.
bool Play::is_there(std::size_t person) const {
    if (which_ == World::alone) return person != Script::b;
    return which_ == World::blocks || person != Script::a || begin_ == TimePoint{} || !has_turned();
}

// ---- the turn -------------------------------------------------------------------------------------------------------

void Play::turn() {
    Device& device = *people_[Script::a].devices[0];
    // Where A stood in reading depended on B's words until now.
    for (Device* one : people_[Script::a].devices)
        for (std::size_t room = 0; room < rooms_.size(); ++room) pages_[{one, room}].clear();
    v1::Request request = ping();
    if (which_ == World::blocks) {
        request = block({{rooms_[script_.named_in], tokens_[{script_.named_in, Script::b}]}});
    } else if (which_ == World::leaves) {
        for (const std::string& room : rooms_) device.ask(leave(room));
        for (const auto& [other, room] : people_[Script::a].direct_rooms) device.ask(disconnect(room));
    }
    device.ask(std::move(request));
    turning_request_ = device.last_request();
}

void Play::listen(const Connection& connection, const v1::Batch& batch) {
    for (const auto& event : batch.event()) {
        sent_.push_back({.at = world_.ground().clock.now(),
                         .device = connection.device(),
                         .is_heard = !connection.is_over(),
                         .event = event});
        if (script_.is_moderated()) note_codes(connection, sent_.back().event);
        note_shown(connection.device(), event);
        const bool is_a = !people_.empty() && connection.device() == first_device_of(Script::a);
        if (is_a && turning_request_ != 0 && event.reply().request_id() == turning_request_) turned_ = sent_.size() - 1;
        if (event.has_contact_offered())
            for (std::size_t p = 0; p < people_.size(); ++p)
                if (people_[p].login_id == connection.login_id)
                    people_[p].offers[number_of(event.contact_offered().offer().person())] =
                        event.contact_offered().offer().offer_id();
    }
}

void Play::note_shown(std::size_t device, const v1::Event& event) {
    auto& shown = shown_[device];
    if (event.has_room_event()) shown.insert(event.room_event().posted().message().message_id());
    for (const auto& step : event.reply().room_resumed().events()) shown.insert(step.posted().message().message_id());
    for (const auto& message : event.reply().history_page().messages()) shown.insert(message.message_id());
}

// ---- acts -----------------------------------------------------------------------------------------------------------

const std::string* Play::words_of(const std::optional<std::size_t>& act) const {
    const auto found = act ? said_.find(*act) : said_.end();
    return found == said_.end() ? nullptr : &found->second;
}

void Play::perform(std::size_t number) {
    const Act& act = script_.acts[number];
    Device& device = *people_[act.person].devices[act.device];
    const std::uint32_t before = device.last_request();
    act_out(number);
    const bool is_sent = device.last_request() != before;
    if (is_sent) sent_acts_.insert(number);
    // Something goes in its place, so that whatever this device sends next is on its way as long as ever.
    if (!is_sent && sent_elsewhere_.contains(number)) device.ask(ping());
}

void Play::act_out(std::size_t number) {
    if (left_out_.contains(number)) return;
    const Act& act = script_.acts[number];
    Person& person = people_[act.person];
    Device& device = *person.devices[act.device];
    // Networks fail whatever people do; and what A says after the turn and still reaches B came before the leave.
    const bool is_network = act.kind >= Kind::cut && act.kind <= Kind::go_on;
    const bool is_excepted = act.person == Script::a && (is_network || act.makes_a_step());
    // Whoever has blocked somebody seeks them no more.
    if (act.person == Script::a && act.whom == Script::b && act.kind != Kind::say && has_turned()) return;
    if (!is_there(act.person) && !is_excepted) return;
    const std::string& room = rooms_[act.room];
    const std::string* words = words_of(act.about);
    switch (act.kind) {
        case Kind::say:
            return say(number, act, device, room);
        case Kind::edit:
            if (words) device.ask(edit(room, *words, name_of(act.person) + " says better " + std::to_string(number)));
            return;
        case Kind::retract:
            if (words) device.ask(retract(room, *words));
            return;
        case Kind::hear:
            return device.ask(hear(room, known_to(act) ? *words : nothing(number)));
        case Kind::reveal:
            return device.ask(reveal(room, known_to(act) ? *words : nothing(number)));
        case Kind::read:
            return read(act, device);
        case Kind::look_around:
            return device.ask(roster(room));
        case Kind::leave:
            return device.ask(leave(room));
        case Kind::join:
            return device.ask(join(room, name_of(act.person)));
        case Kind::offer:
            return device.ask(offer_contact({room, tokens_[{act.room, *act.whom}]}));
        case Kind::accept:
            if (person.offers.contains(*act.whom))
                device.ask(answer_offer(person.offers[*act.whom], true), [this, &act](const v1::Reply* reply) {
                    if (reply && reply->has_contact_made()) meet(act, reply->contact_made().contact());
                });
            return;
        case Kind::say_directly:
            if (person.direct_rooms.contains(*act.whom)) say(number, act, device, person.direct_rooms[*act.whom]);
            return;
        case Kind::list_contacts:
            return device.ask(list_contacts(), [this, &act](const v1::Reply* reply) {
                if (reply)
                    for (const auto& contact : reply->contacts().contacts()) meet(act, contact);
            });
        case Kind::ping:
            return device.ask(ping());
        case Kind::cut:
            return device.cut();
        case Kind::go_away:
            return device.stay_away(true);
        case Kind::come_back:
            return device.stay_away(false);
        case Kind::stall:
            return device.stall(true);
        case Kind::go_on:
            return device.stall(false);
        case Kind::ask_for_warning:
            return device.ask(heads_up(room));
        case Kind::block_back:
            return device.ask(block({{room, tokens_[{act.room, *act.whom}]}}));
        case Kind::of_the_house:
            return in_house(number, act, device, room);
    }
}

// A direct room is listened to once its device knows of it.
void Play::meet(const Act& act, const v1::Contact& contact) {
    if (act.person == Script::a && number_of(contact.person()) == Script::b && has_turned()) return;
    Person& person = people_[act.person];
    person.direct_rooms[number_of(contact.person())] = contact.room_id();
    if (person.followed.emplace(act.device, contact.room_id()).second)
        person.devices[act.device]->ask(resume(contact.room_id()));
}

void Play::say(std::size_t number, const Act& act, Device& device, const std::string& room) {
    auto request = post(room, key_of(number), name_of(act.person) + " says " + std::to_string(number) + act.more);
    auto& words = *request.mutable_post_message();
    if (act.kind == Kind::say) point_to_others(act, words);
    words.set_breath_ms(static_cast<std::uint32_t>(act.breath.count()));
    words.set_moderator_first(act.moderator_first);
    device.ask(std::move(request), [this, number](const v1::Reply* reply) {
        if (reply && reply->has_message_accepted()) said_.emplace(number, reply->message_accepted().message_id());
    });
}

void Play::point_to_others(const Act& act, v1::PostMessage& words) {
    // Nobody answers what is not there, nor mentions who is not; but B may name A whom B has seen.
    if (known_to(act)) words.set_reply_to(*words_of(act.about));
    const bool is_between = act.person == Script::a && act.whom == Script::b && has_turned();
    if (act.whom && !is_between && (is_there(*act.whom) || act.person == Script::b))
        words.add_mentions(tokens_[{act.room, *act.whom}]);
    if (act.labelled) words.add_labels(label);
}

void Play::read(const Act& act, Device& device) {
    std::string& page = pages_[{&device, act.room}];
    auto request = history(rooms_[act.room], act.limit);
    if (act.goes_on && !page.empty()) request.mutable_get_history()->set_before(page);
    device.ask(std::move(request), [&page](const v1::Reply* reply) {
        if (reply && reply->has_history_page()) page = reply->history_page().earlier();
    });
}

}  // namespace kindroom::sim
