#include "actors/history.hpp"

#include <algorithm>

#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Rows asked for at once: enough that a page is mostly filled by one read.
constexpr std::uint32_t chunk = 64;

struct HistoryReading {
    Reading reading;
    PageQuery query;
    std::optional<HistoryPage> at_hand;
    PageBuilder builder;
    RoomCodec codec;
    MoveOnlyFunction<void(Result<HistoryPage>)> then;
};

void read_on(Home& home, std::unique_ptr<HistoryReading> state, Position from);

void on_rows(Home& home, std::unique_ptr<HistoryReading> state, Result<store::MessageRows> rows) {
    const Reading& reading = state->reading;
    if (!rows) return state->then(rows.error());
    if (state->at_hand) return state->then(std::move(*state->at_hand));
    const View view{*reading.who->visibility, reading.room, reading.horizon};
    state->codec.learn(rows->keys);
    const bool back = state->query.direction == PageQuery::Direction::back;
    for (const auto& record : rows->messages) {
        // Older than what the viewer may see, or asked for: so is all that follows.
        if (back && record.position <= std::max(reading.horizon.from, reading.seen_already))
            return state->then(state->builder.finish(true));
        if (record.position > reading.up_to) return state->then(state->builder.finish(true));
        auto message = state->codec.open(record);
        if (message) rewind(*message, reading.up_to);
        if (message && !state->builder.add(std::move(*message), view)) return state->then(state->builder.finish(false));
    }
    if (rows->messages.size() < chunk) return state->then(state->builder.finish(true));
    const Position from = rows->messages.back().position;
    read_on(home, std::move(state), from);
}

void read_on(Home& home, std::unique_ptr<HistoryReading> state, Position from) {
    const store::Store::MessagesQuery query{.room = state->reading.room,
                                            .from = from,
                                            .direction = state->query.direction == PageQuery::Direction::back
                                                             ? store::Store::Direction::back
                                                             : store::Store::Direction::on,
                                            .limit = chunk};
    home.services().store.read_messages(query, home.scheduler(), [&home, state = std::move(state)](auto rows) mutable {
        on_rows(home, std::move(state), std::move(rows));
    });
}

}  // namespace

void read_page(Home& home, Reading reading, PageQuery query, std::optional<HistoryPage> at_hand,
               MoveOnlyFunction<void(Result<HistoryPage>)> then) {
    const RoomId room = reading.room;
    const Position from = query.direction == PageQuery::Direction::on ? std::max(query.from, reading.horizon.from)
                                                                      : std::min(query.from, next(reading.up_to));
    auto state = std::make_unique<HistoryReading>(HistoryReading{std::move(reading), query, std::move(at_hand),
                                                                 PageBuilder(query, room),
                                                                 RoomCodec(room, home.services()), std::move(then)});
    read_on(home, std::move(state), from);
}

void read_history(Home& home, const Reading& reading, PageQuery query, std::optional<HistoryPage> at_hand,
                  GetHistory asked) {
    read_page(home, reading, query, std::move(at_hand), [&home, reading, asked](Result<HistoryPage> page) {
        const auto& shards = home.services().shards;
        if (!page) return shards.refuse(reading.to, page.error());
        RoomActor* here = home.room_if_here(reading.room);
        // Too much was said meanwhile, or some of it has gone: what became of the page is in the store.
        if (here && !asked.ended_at && !here->bring_up_to_date(*page, reading))
            return here->handle({reading.to, reading.who, asked});
        page->asked = asked;
        page->asked.ended_at = reading.up_to;
        shards.reply(reading.to, std::move(*page));
    });
}

namespace {

struct MissedReading {
    Reading reading;
    Missed missed;
    MissedPart part{};
    std::size_t bytes = 0;
    RoomCodec codec;
    MoveOnlyFunction<void(Result<MissedPart>)> then;
};

void read_missed_on(Home& home, std::unique_ptr<MissedReading> state, Position from);

// What becomes of older words takes no place from new ones, but has a bound of its own. For after each step.
void keep_newest_changes(MissedPart& part, std::uint32_t changes_max) {
    const auto is_change = [](const RoomStep& step) { return !std::holds_alternative<MessagePosted>(step.what); };
    if (std::ranges::count_if(part.steps, is_change) <= changes_max) return;
    part.steps.erase(std::ranges::find_if(part.steps, is_change));
    part.leaves_out = true;
}

// Returns whether there is room for more.
bool take_missed(const Limits& limits, MissedReading& state, const store::StepRow& row) {
    const View view{*state.reading.who->visibility, state.reading.room, state.reading.horizon};
    auto step = state.codec.open(row);
    // As the room was when they asked, which is what the memory has too.
    if (auto* posted = step ? std::get_if<MessagePosted>(&step->what) : nullptr)
        rewind(posted->message, state.reading.up_to);
    // Of a message that is new to them they see the present words, and nothing if it is gone.
    const bool is_new = row.message.position > state.missed.after;
    if (!step || !view.shows(*step) || (is_new && row.kind != store::StepKind::posted)) return true;
    RoomStep seen = view.seen(std::move(*step));
    auto& steps = state.part.steps;
    // As they see it: an edit that is hidden from them may have made it longer.
    const std::size_t bytes = state.bytes + text_bytes(seen);
    // As much as a window may hold, which is answered at once.
    const bool is_full = bytes > limits.history_page_bytes_max || steps.size() >= limits.window_steps;
    if (is_full && !steps.empty() && !state.missed.catches_up) return false;
    state.bytes = bytes;
    // Of its edits the newest one.
    if (std::holds_alternative<MessageEdited>(seen.what))
        std::erase_if(steps, [edited = message_of(seen)](const RoomStep& earlier) {
            return std::holds_alternative<MessageEdited>(earlier.what) && message_of(earlier) == edited;
        });
    steps.push_back(std::move(seen));
    if (state.missed.catches_up) keep_newest_changes(state.part, limits.window_steps);
    return true;
}

// Whoever has come no further than this has not come to the edits that follow it either: they arrive when their turn
// is, and what has reached somebody is all up to a position.
void finish_missed(std::unique_ptr<MissedReading> state, Position at) {
    const View view{*state->reading.who->visibility, state->reading.room, state->reading.horizon};
    auto& steps = state->part.steps;
    for (RoomStep& step : steps)
        if (auto* posted = std::get_if<MessagePosted>(&step.what)) rewind(posted->message, at);
    // Of what they said then something may be hidden that was not in their present words.
    std::erase_if(steps, [&](const RoomStep& step) { return !view.shows(step); });
    for (RoomStep& step : steps) step = view.seen(std::move(step));
    state->part.at = at;
    state->part.leaves_out |= state->missed.leaves_out || at != state->reading.up_to;
    state->then(std::move(state->part));
}

void on_missed_rows(Home& home, std::unique_ptr<MissedReading> state, Result<store::StepRows> rows) {
    if (!rows) return state->then(rows.error());
    const Position up_to = state->reading.up_to;
    if (auto& at_hand = state->missed.at_hand)
        return state->then(
            MissedPart{.steps = std::move(*at_hand), .at = up_to, .leaves_out = state->missed.leaves_out});
    state->codec.learn(rows->keys);
    for (const auto& row : rows->steps) {
        // What is durable and not shown yet is about to be published: it must not arrive twice.
        if (row.position > up_to) break;
        if (take_missed(home.services().limits, *state, row)) continue;
        const Position at = state->part.steps.back().position;
        return finish_missed(std::move(state), at);
    }
    if (rows->steps.size() == chunk && rows->steps.back().position < up_to) {
        const Position from = rows->steps.back().position;
        return read_missed_on(home, std::move(state), from);
    }
    finish_missed(std::move(state), up_to);
}

void read_missed_on(Home& home, std::unique_ptr<MissedReading> state, Position from) {
    const store::Store::StepsQuery query{.room = state->reading.room, .after = from, .limit = chunk};
    home.services().store.read_steps(query, home.scheduler(), [&home, state = std::move(state)](auto rows) mutable {
        on_missed_rows(home, std::move(state), std::move(rows));
    });
}

}  // namespace

void read_missed(Home& home, Reading reading, Missed missed, MoveOnlyFunction<void(Result<MissedPart>)> then) {
    const RoomId room = reading.room;
    const Position from = missed.from;
    read_missed_on(home,
                   std::make_unique<MissedReading>(MissedReading{.reading = std::move(reading),
                                                                 .missed = std::move(missed),
                                                                 .codec = RoomCodec(room, home.services()),
                                                                 .then = std::move(then)}),
                   from);
}

}  // namespace kindroom::actors
