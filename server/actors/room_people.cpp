// What goes on in a room between two people, and what others of the house ask about the people in it.
#include <algorithm>

#include "actors/history.hpp"
#include "actors/home.hpp"
#include "actors/room_actor.hpp"

namespace kindroom::actors {

using namespace domain;

void RoomActor::tell_account(AccountId account, Event event) const {
    services_.shards.send(services_.shards.home_of(account), [account, event = std::move(event)](Home& there) mutable {
        if (AccountActor* actor = there.account_if_here(account)) actor->tell(std::move(event));
    });
}

// ---- one message, one reader ----------------------------------------------------------------------------------------

void RoomActor::on(const Envelope& envelope, HearMessage& command, Findings& findings) {
    const Identity& who = *envelope.who;
    const auto member = room_->may_read(who.asker(home_.now()), home_.now());
    if (!member) return turn_down(envelope, member.error());
    if (look_up_first(envelope, command.message, command, findings)) return;
    const Message* message = present(command.message, findings);
    if (message && message->author_account != who.account && view(who, **member).shows(*message)) {
        // At the end of the clock's minute, so that the moment says nothing about who it was, nor whether somebody whom
        // the author is not shown was first (PRODUCT X3).
        const Duration every = services_.limits.heard_every;
        if (heard_.empty())
            home_.scheduler().after(every - home_.now().time_since_epoch() % every, [&home = home_, id = id_] {
                if (RoomActor* here = home.room_if_here(id)) here->tell_heard();
            });
        heard_.note(message->author_account, who.account);
    }
    // The same answer whatever became of it.
    services_.shards.reply(envelope.from, Done{});
}

void RoomActor::tell_heard() {
    for (const auto& [author, hearers] : heard_.take())
        tell_account(author, WordsHeard{.room = id_, .by = {hearers.begin(), hearers.end()}});
}

void RoomActor::on(const Envelope& envelope, RevealMessage& command, Findings& findings) {
    const Identity& who = *envelope.who;
    const auto member = room_->may_read(who.asker(home_.now()), home_.now());
    if (!member) return turn_down(envelope, member.error());
    if (look_up_first(envelope, command.message, command, findings)) return;
    const Message* message = present(command.message, findings);
    const View seen_by = view(who, **member);
    if (!message || !seen_by.shows(*message)) return services_.shards.refuse(envelope.from, refuse(Errc::message_gone));
    MessageRevealed revealed{.room = id_, .message = seen_by.seen(*message)};
    revealed.message.withheld = false;
    answer_when_durable(envelope.from, std::move(revealed));
}

// By the roster of the last tick, like everything that members learn of coming and going: whoever asks again and again
// must not learn to the second when somebody comes whom they blocked, nor when that one blocks them.
void RoomActor::on(const Envelope& envelope, const GetHeadsUp&) {
    const auto asker = envelope.who->asker(home_.now());
    services_.shards.reply(envelope.from,
                           HeadsUp{.blocked_person_here = room_->holds_somebody_to_warn_of(asker, ticked_roster_)});
}

// ---- two contacts ---------------------------------------------------------------------------------------------------

void RoomActor::ask_whether_it_rests(AccountId member, MoveOnlyFunction<void(bool)> then) {
    when_loaded([this, member, then = std::move(then)](const Result<void>& loaded) mutable {
        const auto other = loaded && state_ == State::ready ? room_->other_than(member) : std::nullopt;
        if (!other) return then(true);
        // Asked for every cause, those too that are known here: whoever waits for the answer learns nothing by the
        // clock.
        services_.shards.send(services_.shards.home_of(*other), [other = *other, member, room = id_,
                                                                 then = std::move(then)](Home& there) mutable {
            there.account(other).rests_for(
                member, room, [&there, room, other, then = std::move(then)](bool rests) mutable {
                    const auto& shards = there.services().shards;
                    shards.send(shards.home_of(room), [room, other, rests, then = std::move(then)](Home& home) mutable {
                        const RoomActor* here = home.room_if_here(room);
                        then(rests || !here || here->rests_without(other));
                    });
                });
        });
    });
}

bool RoomActor::rests_without(AccountId other) const {
    return state_ != State::ready || !room_->member(other) || room_->is_quiet(created_at_, home_.now());
}

// ---- asked by others of the house -----------------------------------------------------------------------------------

RoomActor::FoundPeople RoomActor::people_of(const Identity& asker, const std::vector<PersonToken>& tokens) const {
    FoundPeople people(tokens.size());
    if (state_ != State::ready || !room_->ever_member(asker.account)) return people;
    for (std::size_t i = 0; i < tokens.size(); ++i)
        if (const auto found = room_->find(tokens[i]))
            people[i] = FoundPerson{.account = found->account,
                                    .person = room_->known_as(*found, *asker.visibility, home_.now()),
                                    .joined = found->member->joined,
                                    .left_at = found->member->left_at};
    return people;
}

void RoomActor::find_people(IdentityPtr asker, std::vector<PersonToken> tokens,
                            MoveOnlyFunction<void(Result<FoundPeople>)> then) {
    when_loaded([this, asker = std::move(asker), tokens = std::move(tokens),
                 then = std::move(then)](const Result<void>& loaded) mutable {
        if (!loaded) return then(loaded.error());
        then(people_of(*asker, tokens));
    });
}

void RoomActor::find_for_report(IdentityPtr reporter, std::vector<PersonToken> tokens,
                                MoveOnlyFunction<void(Result<ReportPlace>)> then) {
    when_loaded([this, reporter = std::move(reporter), tokens = std::move(tokens),
                 then = std::move(then)](const Result<void>& loaded) mutable {
        if (!loaded) return then(loaded.error());
        ReportPlace place{.horizon = {}, .until = never, .people = people_of(*reporter, tokens)};
        const Member* member = state_ == State::ready ? room_->ever_member(reporter->account) : nullptr;
        if (!member) return then(std::move(place));
        place.horizon = room_->horizon(*member);
        if (!member->joined) place.until = member->left_at;
        // A moderator's act can be reported like anybody's; only here is it asked whose it was.
        for (const AccountId account : room_->ever_members()) {
            const Person voice = codec_->person(account, Voice::moderator, "");
            for (std::size_t i = 0; i < tokens.size(); ++i)
                if (tokens[i] == voice.token) place.people[i] = FoundPerson{.account = account, .person = voice};
        }
        then(std::move(place));
    });
}

void RoomActor::find_known_as(AccountId account, MoveOnlyFunction<void(std::optional<Person>)> then) {
    when_loaded([this, account, then = std::move(then)](const Result<void>& loaded) mutable {
        const Member* member = loaded && state_ == State::ready ? room_->ever_member(account) : nullptr;
        then(member ? std::optional(member->person) : std::nullopt);
    });
}

void RoomActor::any_news(IdentityPtr who, Position after, MoveOnlyFunction<void(bool)> then) {
    when_loaded([this, who = std::move(who), after, then = std::move(then)](const Result<void>& loaded) mutable {
        const Member* member = loaded && state_ == State::ready ? room_->member(who->account) : nullptr;
        if (!member) return then(false);
        const View seen_by = view(*who, *member);
        read_page(home_,
                  {.to = {},
                   .who = who,
                   .room = id_,
                   .horizon = seen_by.horizon,
                   .up_to = shown_up_to_,
                   .seen_already = after},
                  {.direction = PageQuery::Direction::back, .from = next(shown_up_to_), .limit = 1, .bytes_max = 1},
                  std::nullopt, [then = std::move(then)](Result<HistoryPage> page) mutable {
                      then(page && !page->messages.empty());
                  });
    });
}

}  // namespace kindroom::actors
