// What the filters of the house say to words in this room, and what comes of it.
#include <algorithm>
#include <limits>

#include "actors/history.hpp"
#include "actors/home.hpp"
#include "actors/room_actor.hpp"
#include "domain/help.hpp"
#include "text/text.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Why something waits that was held by a filter which the house does not have any more: authority is always explained
// (PRODUCT X1).
constexpr const char* said_of_a_former_filter = "The house looked for something in it that it does not look for now.";

FilterNote note_of(const filters::Filter& filter) { return {.filter_id = filter.id, .says = filter.says}; }

}  // namespace

void RoomActor::add_labels(std::vector<std::string>& labels, const std::vector<std::string>& more) {
    for (const std::string& label : more)
        if (std::find(labels.begin(), labels.end(), label) == labels.end()) labels.push_back(label);
}

// A moderator on duty is who would look at it. Two contacts have nobody who looks after them; help is there for them
// too.
Screening RoomActor::screen(AccountId author, const std::string& text, const std::vector<std::string>& labels) const {
    Screening seen;
    const filters::FilterSetPtr filters = home_.notice()->filters;
    if (!filters || room_->attendance().is_on_duty(author, home_.now())) return seen;
    const bool is_direct = room_->settings().kind == RoomKind::direct;
    const auto habits = habits_.find(author);
    const filters::Verdict verdict = filters->judge({.text = text,
                                                     .labels = labels,
                                                     .habits = habits == habits_.end() ? nullptr : &habits->second,
                                                     .now = home_.now()});
    if (verdict.help) {
        seen.help = note_of(*verdict.help);
        seen.language = verdict.help->language;
    }
    if (is_direct) return seen;
    if (verdict.held_by)
        seen.hold = Hold{.cause = HeldFor::filter, .filter_id = verdict.held_by->id, .says = verdict.held_by->says};
    seen.labels = verdict.labels;
    seen.calls = verdict.called_by != nullptr;
    for (const filters::Filter* filter : verdict.acted)
        if (filter != verdict.held_by && filter != verdict.help) seen.acted.push_back(note_of(*filter));
    return seen;
}

Screening RoomActor::screen(const Identity& who, const PostMessage& command) const {
    Screening seen;
    if (command.voice != Voice::moderator) seen = screen(who.account, command.text, command.labels);
    seen.is_unsigned = command.voice == Voice::unsigned_share;
    if (seen.hold || room_->settings().kind == RoomKind::direct) return seen;
    const bool is_own = command.voice == Voice::person;
    if (is_own && room_->is_among_first_messages(who.account) && !who.standing.may_moderate(id_))
        seen.hold = Hold{.cause = HeldFor::first_messages};
    else if (is_own && command.moderator_first)
        seen.hold = Hold{.cause = HeldFor::own_wish};
    // Last, so that whatever waits for this cause waits for no other: see let_go_of().
    else if (decided_to_hold(who))
        seen.hold = Hold{.cause = HeldFor::decision};
    return seen;
}

void RoomActor::tell_screened(AccountId author, const Screening& seen, std::optional<MessageId> message) {
    if (!seen.acted.empty() || !seen.labels.empty())
        tell_account(author,
                     FiltersActed{.room = id_, .message = message, .filters = seen.acted, .labels = seen.labels});
    // Which words they are would tell when they were said.
    if (seen.calls) need_moderator(seen.is_unsigned ? std::nullopt : message, author);
    if (!seen.help) return;
    tell_account(author, HelpOffered{.room = id_,
                                     .message = message,
                                     .filter = *seen.help,
                                     .help = help_for(home_.notice()->help, "", seen.language, home_.now(),
                                                      services_.limits.help_stale_after),
                                     .moderator_called = seen.calls && is_anybody_on_duty()});
}

void RoomActor::refuse_words(const Envelope& envelope, Screening seen) {
    if (seen.hold->cause == HeldFor::filter)
        seen.acted.push_back({.filter_id = seen.hold->filter_id, .says = seen.hold->says});
    tell_screened(envelope.who->account, seen, std::nullopt);
    const Decision* decided = seen.hold->cause == HeldFor::decision ? decided_to_hold(*envelope.who) : nullptr;
    turn_down(envelope, decided ? refuse_because_of(*decided, Errc::would_be_held) : refuse(Errc::would_be_held));
}

void RoomActor::note_habit(AccountId author, const std::string& folded) {
    const TimePoint now = home_.now();
    if (habits_.size() > 2 * std::size_t{room_->settings().seats} + 64)
        std::erase_if(habits_, [&](const auto& habits) { return habits.second.is_forgotten(now); });
    habits_[author].note(folded, now);
}

void RoomActor::put_passed(AccountId author, Work& work) const {
    const Member* member = room_->ever_member(author);
    // Nobody asks for more than that.
    if (member && member->passed <= services_.limits.first_messages_max)
        work.changes.push_back(store::PutPassed{.room = id_, .account = author, .passed = member->passed});
}

Hold RoomActor::hold_of(const store::HeldRecord& record) const {
    Hold hold{.cause = record.cause, .filter_id = record.filter_id, .says = {}};
    if (!record.filter_id.empty()) hold.says = said_of_a_former_filter;
    if (const filters::FilterSetPtr filters = home_.notice()->filters)
        for (const filters::Filter& filter : filters->filters())
            if (filter.id == record.filter_id) hold.says = filter.says;
    return hold;
}

const Decision* RoomActor::decided_to_hold(const Identity& who) const {
    return who.sanctions ? who.sanctions->held_in(id_, home_.now()) : nullptr;
}

bool RoomActor::edit_would_be_held(AccountId author, const Screening& seen, const Message& before) const {
    if (!seen.hold) return false;
    // What was let through before is no news.
    const Screening then = screen(author, before.text, before.labels);
    return !then.hold || then.hold->filter_id != seen.hold->filter_id;
}

void RoomActor::on(const Envelope& envelope, const TryFilters&) {
    const Identity& who = *envelope.who;
    const Member* member = room_->member(who.account);
    if (!member) return services_.shards.refuse(envelope.from, refuse(Errc::not_in_room));
    const auto then = [&home = home_, to = envelope.from](Result<HistoryPage> page) {
        const auto& shards = home.services().shards;
        if (!page) return shards.refuse(to, page.error());
        FiltersTried tried;
        const filters::FilterSetPtr filters = home.notice()->filters;
        for (const Message& message : page->messages) {
            if (!filters) break;
            TriedMessage one{.message = message.id, .filters = {}};
            const filters::Verdict verdict = filters->judge({.text = message.text, .labels = message.labels});
            for (const filters::Filter* filter : verdict.acted) one.filters.push_back(note_of(*filter));
            if (!one.filters.empty()) tried.messages.push_back(std::move(one));
        }
        shards.reply(to, std::move(tried));
    };
    // As many as the memory may hold, counted by what they see.
    read_page(home_,
              {.to = envelope.from,
               .who = envelope.who,
               .room = id_,
               .horizon = room_->horizon(*member),
               .up_to = shown_up_to_},
              {.direction = PageQuery::Direction::back,
               .from = next(shown_up_to_),
               .limit = services_.limits.window_steps,
               .bytes_max = std::numeric_limits<std::uint32_t>::max()},
              std::nullopt, then);
}

}  // namespace kindroom::actors
