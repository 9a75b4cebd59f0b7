#include "bench/pace.hpp"

namespace kindroom::bench {

namespace {

double milliseconds(std::chrono::steady_clock::duration time) {
    return std::chrono::duration<double, std::milli>(time).count();
}

}  // namespace

Pace::Pace(Scene& scene, std::vector<std::uint32_t> authors, double posts_per_second)
    : scene_(scene), authors_(std::move(authors)), posts_per_second_(posts_per_second), timer_(scene.around().io) {
    scene_.on_message = [this](std::uint32_t viewer, Tag tag) { arrived(viewer, tag); };
}

Pace::Clock::time_point Pace::due_at(std::uint64_t number) const {
    const std::chrono::duration<double> after(static_cast<double>(number) / posts_per_second_);
    return start_ + std::chrono::duration_cast<Clock::duration>(after);
}

void Pace::run(std::chrono::seconds time) {
    to_reply_.clear();
    to_last_.clear();
    late_.clear();
    posts_ = 0;
    posts_max_ = static_cast<std::uint64_t>(posts_per_second_ * static_cast<double>(time.count()));
    start_ = Clock::now();
    arm();
    scene_.until([this] { return posts_ == posts_max_ && unanswered_ == 0 && scene_.ledger().is_complete(); },
                 "what was posted at its pace");
}

void Pace::arm() {
    if (posts_ == posts_max_) return;
    timer_.expires_at(due_at(posts_));
    timer_.async_wait([this](auto cancelled) {
        if (!cancelled) post_what_is_due();
    });
}

void Pace::post_what_is_due() {
    const auto now = Clock::now();
    for (auto due = due_at(posts_); posts_ < posts_max_ && due <= now; due = due_at(++posts_)) post(due);
    arm();
}

void Pace::post(Clock::time_point due) {
    const std::uint32_t author = authors_[posts_ % authors_.size()];
    Tag tag;
    auto request = scene_.next_post(author, tag);
    auto& mine = under_way_[author];
    if (mine.posts.empty()) mine.first = tag.number;
    mine.posts.push_back({.due = due, .left = scene_.ledger().audience(author)});
    unanswered_ += 1;
    late_.add(milliseconds(Clock::now() - due));
    scene_.member(author).ask(std::move(request), [this, due](const auto&) {
        unanswered_ -= 1;
        to_reply_.add(milliseconds(Clock::now() - due));
    });
}

void Pace::arrived(std::uint32_t viewer, Tag tag) {
    const auto found = under_way_.find(tag.author);
    if (found == under_way_.end() || scene_.ledger().is_excused(viewer)) return;
    auto& mine = found->second;
    if (tag.number < mine.first) return;
    Post& post = mine.posts.at(tag.number - mine.first);
    if (--post.left > 0) return;
    to_last_.add(milliseconds(Clock::now() - post.due));
    for (; !mine.posts.empty() && mine.posts.front().left == 0; ++mine.first) mine.posts.pop_front();
}

void Pace::report(Figures& into) const {
    into.note("posts", static_cast<std::uint64_t>(to_reply_.count()));
    to_last_.measured(into, "last_delivery");
    to_reply_.measured(into, "reply");
    Figures own;
    late_.measured(own, "generator_late");
    for (const auto& [name, value] : own.all_measured()) into.note(name.c_str(), value);
}

}  // namespace kindroom::bench
