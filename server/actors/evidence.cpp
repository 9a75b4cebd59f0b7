#include "actors/evidence.hpp"

#include <algorithm>

#include "actors/home.hpp"
#include "domain/packer.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Rows read in each direction: what is hidden from the reporter takes room in it, and what is farther away says little.
constexpr std::uint32_t chunk = 64;
constexpr Position the_end{UINT64_MAX >> 1};

// One freezing on its way. It reads the same rows whatever it finds.
struct Freezing {
    IdentityPtr who;
    ReportedThing thing;
    std::uint32_t back = 0;
    MoveOnlyFunction<void(Result<Frozen>)> then;
    Frozen frozen{};

    // Of the room that is being read.
    RoomId room{};
    // Those of `thing` that are known there by now; of a message none.
    std::vector<PersonRef> asked{};
    VisibilityPtr visibility{};
    RoomActor::ReportPlace place{};
    std::optional<Message> target{};
    std::vector<Message> before{};

    bool is_about(AccountId account) const {
        return std::any_of(frozen.reported.about.begin(), frozen.reported.about.end(),
                           [&](const Acquaintance& one) { return one.account == account && one.room == room; });
    }
    // What had been shown to the reporter while they were there.
    bool was_shown(const Message& message) const {
        return place.horizon && message.posted_at < place.until &&
               View{*visibility, room, *place.horizon}.shows(message);
    }
    Message as_shown(Message message) const {
        message = View{*visibility, room, *place.horizon}.seen(std::move(message));
        message.earlier.clear();
        return message;
    }
};

using FreezingPtr = std::unique_ptr<Freezing>;

FrozenMessage frozen(const Message& message, bool is_reported) {
    FrozenMessage kept{.id = message.id,
                       .author = message.author,
                       .text = message.text,
                       .labels = message.labels,
                       .posted_at = message.posted_at,
                       .earlier = {},
                       .is_reported = is_reported,
                       .account = message.author_account,
                       .position = message.edited ? message.edited_at_position : message.position,
                       .at = message.edited ? message.edited_at : message.posted_at,
                       .about = message.position};
    for (const Version& earlier : message.earlier) kept.earlier.push_back({.at = earlier.at, .text = earlier.text});
    return kept;
}

void freeze_next_room(Home& home, FreezingPtr freezing);

void answer(Home& home, FreezingPtr freezing, Result<Frozen> result) {
    const std::uint32_t back = freezing->back;
    home.services().shards.send(back, [freezing = std::move(freezing), result = std::move(result)](Home&) mutable {
        freezing->then(std::move(result));
    });
}

// ---- the end --------------------------------------------------------------------------------------------------------

void finish(Home& home, FreezingPtr freezing) {
    Reported& reported = freezing->frozen.reported;
    reported.reporter = freezing->who->account;
    if (const auto* message = std::get_if<ReportedMessage>(&freezing->thing)) {
        reported.room = message->in_room;
        reported.kind = freezing->target ? CaseKind::message : CaseKind::unknown;
        reported.thing = thing_of(message->in_room, message->message);
        reported.message = message->message;
    } else {
        const auto& people = std::get<std::vector<PersonRef>>(freezing->thing);
        if (!people.empty()) reported.room = people.front().room;
        reported.kind = reported.about.empty() ? CaseKind::unknown : CaseKind::people;
        reported.thing = thing_of(reported.about);
    }
    if (reported.kind == CaseKind::unknown) {
        // Two that name the same unknown thing meet; it never meets the thing itself, whose author must not see it.
        Packer thing('u');
        thing.text(reported.message ? reported.thing : std::string());
        if (const auto* people = std::get_if<std::vector<PersonRef>>(&freezing->thing))
            for (const PersonRef& person : *people) thing.id(person.room).id(person.token);
        reported.thing = thing.take();
    }
    Frozen whole = std::move(freezing->frozen);
    answer(home, std::move(freezing), std::move(whole));
}

// ---- one message ----------------------------------------------------------------------------------------------------

using Direction = store::Store::Direction;

template <class Then>
void read_around(Home& home, RoomId room, Position from, Direction direction, FreezingPtr freezing, Then then) {
    home.services().store.read_messages(
        {.room = room, .from = from, .direction = direction, .limit = chunk}, home.scheduler(),
        [&home, room, freezing = std::move(freezing), then](auto rows) mutable {
            if (!rows) return answer(home, std::move(freezing), rows.error());
            RoomCodec codec(room, home.services());
            codec.learn(rows->keys);
            std::vector<Message> messages;
            for (const auto& record : rows->messages)
                if (auto message = codec.open(record)) messages.push_back(std::move(*message));
            then(home, std::move(freezing), std::move(messages));
        });
}

// The nearest of both sides, more of what came before.
void keep_neighbours(Freezing& freezing, std::vector<Message> before, std::vector<Message> after, std::size_t most) {
    const std::size_t behind = std::min(after.size(), std::max(most / 2, most - std::min(most, before.size())));
    before.resize(std::min(before.size(), most - behind));
    after.resize(behind);
    auto& evidence = freezing.frozen.evidence;
    for (auto it = before.rbegin(); it != before.rend(); ++it) evidence.push_back(frozen(*it, false));
    evidence.push_back(frozen(*freezing.target, true));
    for (const Message& message : after) evidence.push_back(frozen(message, false));
}

std::vector<Message> shown_of(const Freezing& freezing, std::vector<Message> messages, std::size_t most) {
    std::vector<Message> shown;
    for (Message& message : messages)
        if (shown.size() < most && freezing.was_shown(message)) shown.push_back(freezing.as_shown(std::move(message)));
    return shown;
}

// As somebody whom a case is about, the author of an unsigned share is a person like any other.
Person known_as(Person author) {
    if (author.voice == Voice::unsigned_share) author.voice = Voice::person;
    return author;
}

void freeze_around(Home& home, FreezingPtr freezing) {
    const RoomId room = freezing->room;
    const Position at = freezing->target ? freezing->target->position : the_end;
    const std::size_t most = home.services().limits.evidence_neighbours_max;
    read_around(home, room, at, Direction::back, std::move(freezing),
                [room, at, most](Home& here, FreezingPtr on, std::vector<Message> messages) {
                    on->before = shown_of(*on, std::move(messages), most);
                    read_around(here, room, at, Direction::on, std::move(on),
                                [most](Home& there, FreezingPtr last, std::vector<Message> later) {
                                    if (last->target) {
                                        const Message& target = *last->target;
                                        last->frozen.reported.about = {{.account = target.author_account,
                                                                        .room = last->room,
                                                                        .person = known_as(target.author)}};
                                        auto after = shown_of(*last, std::move(later), most);
                                        keep_neighbours(*last, std::move(last->before), std::move(after), most);
                                    }
                                    finish(there, std::move(last));
                                });
                });
}

// Whose an unsigned share is: a case about it opens that, and nothing else does.
void open_author(Home& home, FreezingPtr freezing) {
    if (!freezing->target || freezing->target->author.voice != Voice::unsigned_share)
        return freeze_around(home, std::move(freezing));
    const AccountId author = freezing->target->author_account;
    home.room(freezing->room)
        .find_known_as(author, [&home, freezing = std::move(freezing)](std::optional<Person> known) mutable {
            if (known) {
                freezing->target->author = std::move(*known);
                freezing->target->author.voice = Voice::unsigned_share;
            }
            freeze_around(home, std::move(freezing));
        });
}

void freeze_message(Home& home, FreezingPtr freezing) {
    const ReportedMessage wanted = std::get<ReportedMessage>(freezing->thing);
    home.services().store.find_message(
        wanted.in_room, wanted.message, home.scheduler(),
        [&home, wanted, freezing = std::move(freezing)](auto rows) mutable {
            if (!rows) return answer(home, std::move(freezing), rows.error());
            RoomCodec codec(wanted.in_room, home.services());
            codec.learn(rows->keys);
            if (!rows->messages.empty()) freezing->target = codec.open(rows->messages.front());
            if (freezing->target && !freezing->was_shown(*freezing->target)) freezing->target.reset();
            open_author(home, std::move(freezing));
        });
}

// ---- people ---------------------------------------------------------------------------------------------------------

void freeze_people(Home& home, FreezingPtr freezing) {
    for (auto& person : freezing->place.people)
        if (person && person->account != freezing->who->account && !freezing->is_about(person->account))
            freezing->frozen.reported.about.push_back(
                {.account = person->account, .room = freezing->room, .person = std::move(person->person)});
    const RoomId room = freezing->room;
    read_around(home, room, the_end, Direction::back, std::move(freezing),
                [](Home& here, FreezingPtr on, std::vector<Message> messages) {
                    // A report about somebody opens none of their unsigned shares.
                    std::erase_if(messages, [&](const Message& m) {
                        return !on->is_about(m.author_account) || m.author.voice == Voice::unsigned_share;
                    });
                    // What they said last, the message that led to the report among it.
                    const std::size_t most = here.services().limits.evidence_neighbours_max + 1;
                    auto shown = shown_of(*on, std::move(messages), most);
                    for (auto it = shown.rbegin(); it != shown.rend(); ++it)
                        on->frozen.evidence.push_back(frozen(*it, false));
                    freeze_next_room(here, std::move(on));
                });
}

// ---- room by room ---------------------------------------------------------------------------------------------------

void enter_room(Home& home, FreezingPtr freezing, std::vector<PersonToken> tokens) {
    const auto& shards = home.services().shards;
    const RoomId room = freezing->room;
    shards.send(shards.home_of(room), [room, tokens = std::move(tokens),
                                       freezing = std::move(freezing)](Home& there) mutable {
        IdentityPtr reporter = freezing->who;
        there.room(room).find_for_report(
            std::move(reporter), std::move(tokens), [&there, freezing = std::move(freezing)](auto place) mutable {
                if (!place) return answer(there, std::move(freezing), place.error());
                freezing->place = std::move(*place);
                if (std::holds_alternative<ReportedMessage>(freezing->thing))
                    freeze_message(there, std::move(freezing));
                else
                    freeze_people(there, std::move(freezing));
            });
    });
}

void freeze_next_room(Home& home, FreezingPtr freezing) {
    const auto& people = std::get<std::vector<PersonRef>>(freezing->thing);
    const auto is_asked = [&](const PersonRef& person) {
        return std::find(freezing->asked.begin(), freezing->asked.end(), person) != freezing->asked.end();
    };
    const auto next = std::find_if_not(people.begin(), people.end(), is_asked);
    if (next == people.end()) return finish(home, std::move(freezing));
    freezing->room = next->room;
    std::vector<PersonToken> tokens;
    for (const PersonRef& person : people) {
        if (person.room != freezing->room) continue;
        tokens.push_back(person.token);
        freezing->asked.push_back(person);
    }
    enter_room(home, std::move(freezing), std::move(tokens));
}

}  // namespace

void freeze(Home& home, IdentityPtr who, ReportedThing thing, MoveOnlyFunction<void(Result<Frozen>)> then) {
    auto freezing = std::make_unique<Freezing>(Freezing{.who = std::move(who),
                                                        .thing = std::move(thing),
                                                        .back = home.shard(),
                                                        .then = std::move(then)});
    freezing->visibility =
        std::make_shared<const Visibility>(freezing->who->visibility->before_own_boundaries(home.now()));
    const auto* message = std::get_if<ReportedMessage>(&freezing->thing);
    if (!message) return freeze_next_room(home, std::move(freezing));
    freezing->room = message->in_room;
    enter_room(home, std::move(freezing), {});
}

}  // namespace kindroom::actors
