#include "actors/history.hpp"

#include "actors/home.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// Rows asked for at once: enough that a page is mostly filled by one read.
constexpr std::uint32_t chunk = 64;

struct HistoryReading {
    Reading reading;
    PageQuery query;
    PageBuilder builder;
    RoomCodec codec;
};

void read_on(Home& home, std::unique_ptr<HistoryReading> state, Position from);

void on_rows(Home& home, std::unique_ptr<HistoryReading> state, Result<store::MessageRows> rows) {
    const Reading& reading = state->reading;
    const auto& shards = home.services().shards;
    if (!rows) return shards.refuse(reading.to, rows.error());
    const View view{*reading.who->visibility, reading.room, reading.horizon};
    state->codec.learn(rows->keys);
    const bool back = state->query.direction == PageQuery::Direction::back;
    for (const auto& record : rows->messages) {
        // Older than the viewer's coming in: so is all that follows.
        if (back && record.position <= reading.horizon.from)
            return shards.reply(reading.to, state->builder.finish(true));
        auto message = state->codec.open(record);
        if (message && !state->builder.add(std::move(*message), view))
            return shards.reply(reading.to, state->builder.finish(false));
    }
    if (rows->messages.size() < chunk) return shards.reply(reading.to, state->builder.finish(true));
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

void read_history(Home& home, Reading reading, PageQuery query) {
    const RoomId room = reading.room;
    Position from = query.from;
    if (query.direction == PageQuery::Direction::on && from < reading.horizon.from) from = reading.horizon.from;
    auto state = std::make_unique<HistoryReading>(
        HistoryReading{std::move(reading), query, PageBuilder(query, room), RoomCodec(room, home.services())});
    read_on(home, std::move(state), from);
}

void read_missed(Home& home, Reading reading, RoomResumed resumed, Position after, Position shown_up_to) {
    const store::Store::StepsQuery query{.room = reading.room, .after = after, .limit = chunk};
    home.services().store.read_steps(
        query, home.scheduler(),
        [&home, reading = std::move(reading), resumed = std::move(resumed), after, shown_up_to](auto rows) mutable {
            const auto& shards = home.services().shards;
            if (!rows) return shards.refuse(reading.to, rows.error());
            const View view{*reading.who->visibility, reading.room, reading.horizon};
            RoomCodec codec(reading.room, home.services());
            codec.learn(rows->keys);
            // What is durable and not shown yet is about to be published: it must not arrive twice.
            std::erase_if(rows->steps, [&](const auto& row) { return row.position > shown_up_to; });
            resumed.at = rows->steps.empty() ? shown_up_to : rows->steps.back().position;
            std::size_t bytes = 0;
            for (const auto& row : rows->steps) {
                auto step = codec.open(row);
                // Of a message that is new to them they see the present words, and nothing if it is gone.
                const bool is_new = row.message.position > after;
                if (!step || !view.shows(*step) || (is_new && row.kind != store::StepKind::posted)) continue;
                if (const auto* posted = std::get_if<MessagePosted>(&step->what)) bytes += posted->message.text.size();
                resumed.steps.push_back(view.seen(std::move(*step)));
                if (bytes < home.services().limits.history_page_bytes_max) continue;
                resumed.at = row.position;
                break;
            }
            shards.reply(reading.to, std::move(resumed));
        });
}

}  // namespace kindroom::actors
