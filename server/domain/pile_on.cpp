#include "domain/pile_on.hpp"

#include <algorithm>

namespace kindroom::domain {

namespace {

// Turns of one author to one person that are remembered: of several, some may be hidden from the one who asks. What
// somebody does pushes out nothing that others did, so that nobody gets faster by what is hidden from them.
constexpr std::ptrdiff_t turns_of_each = 8;

}  // namespace

Result<void> PileOn::may_turn_to(const Message& message, const Asker& author, Horizon horizon, TimePoint now) const {
    if (message.reply_to && message.reply_to_voice == Voice::person)
        if (auto may = may_turn_to(message.reply_to_author, author, horizon, now); !may) return may;
    for (const Mention& mention : message.mentions)
        if (auto may = may_turn_to(mention.account, author, horizon, now); !may) return may;
    return {};
}

Result<void> PileOn::may_turn_to(AccountId person, const Asker& author, Horizon horizon, TimePoint now) const {
    const auto found = turns_.find(person);
    if (person == author.account || found == turns_.end()) return {};
    // When each of the others turned to them last.
    std::map<AccountId, TimePoint> others;
    for (const Turn& turn : found->second)
        if (turn.author != author.account && now - turn.at < limits_.pile_on_window &&
            author.visibility->shows(turn.words, horizon) && author.visibility->shows(turn.towards, horizon))
            others[turn.author] = std::max(others[turn.author], turn.at);
    if (others.size() < limits_.pile_on_people_max) return {};
    std::vector<TimePoint> times;
    for (const auto& [other, at] : others) times.push_back(at);
    std::ranges::sort(times);
    return refuse_until(Errc::many_to_one, times[times.size() - limits_.pile_on_people_max] + limits_.pile_on_window);
}

void PileOn::apply(const RoomStep& posted) {
    const Message& message = std::get<MessagePosted>(posted.what).message;
    const Sighting words{.author = posted.author,
                         .voice = posted.voice,
                         .room = posted.room,
                         .position = posted.position,
                         .at = posted.at,
                         .about = posted.about,
                         .about_at = posted.about_at};
    const auto turn = [&](Sighting towards) {
        return Turn{.author = posted.author, .at = posted.at, .words = words, .towards = towards};
    };
    if (message.reply_to && message.reply_to_voice == Voice::person)
        note(message.reply_to_author, turn({.author = message.reply_to_author,
                                            .voice = message.reply_to_voice,
                                            .room = posted.room,
                                            .position = message.reply_to_position,
                                            .at = message.reply_to_posted_at,
                                            .about = message.reply_to_position,
                                            .about_at = message.reply_to_posted_at}));
    for (const Mention& mention : message.mentions)
        note(mention.account, turn({.kind = Sighting::Kind::mention,
                                    .author = mention.account,
                                    .room = posted.room,
                                    .position = posted.position,
                                    .at = posted.at}));
}

void PileOn::note(AccountId person, Turn turn) {
    const TimePoint now = turn.at;
    if (person == turn.author || turn.words.voice == Voice::moderator) return;
    for (auto& [other, turns] : turns_)
        std::erase_if(turns, [&](const Turn& past) { return now - past.at >= limits_.pile_on_window; });
    std::erase_if(turns_, [](const auto& one) { return one.second.empty(); });
    auto& turns = turns_[person];
    const auto is_theirs = [author = turn.author](const Turn& past) { return past.author == author; };
    turns.push_back(std::move(turn));
    if (std::ranges::count_if(turns, is_theirs) > turns_of_each) turns.erase(std::ranges::find_if(turns, is_theirs));
}

}  // namespace kindroom::domain
