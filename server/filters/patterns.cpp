#include "filters/patterns.hpp"

#include <re2/re2.h>
#include <re2/set.h>

namespace kindroom::filters {

namespace {

// For the program and the states that matching makes of it; when it is full, states are made anew.
constexpr std::int64_t memory_of_one = std::int64_t{4} << 20;
constexpr std::int64_t memory_of_all = std::int64_t{64} << 20;

RE2::Options options(std::int64_t memory) {
    RE2::Options options;
    options.set_case_sensitive(false);
    options.set_never_capture(true);
    options.set_log_errors(false);
    options.set_max_mem(memory);
    return options;
}

}  // namespace

std::optional<std::string> trouble_with(const std::string& pattern) {
    const RE2 tried(pattern, options(memory_of_one));
    if (!tried.ok()) return "This is no regular expression as RE2 knows them: " + tried.error() + ".";
    if (RE2::PartialMatch("", tried)) return "This pattern is found in every text, the empty one included.";
    return std::nullopt;
}

struct Patterns::Inside {
    RE2::Set set{options(memory_of_all), RE2::UNANCHORED};
    std::vector<std::uint32_t> meanings;
    // One by one, for a text for which all together would need too much memory.
    std::vector<std::unique_ptr<RE2>> each;
};

Patterns::Patterns() : inside_(std::make_unique<Inside>()) {}
Patterns::~Patterns() = default;
Patterns::Patterns(Patterns&&) noexcept = default;
Patterns& Patterns::operator=(Patterns&&) noexcept = default;

void Patterns::add(const std::string& pattern, std::uint32_t meaning) {
    if (inside_->set.Add(pattern, nullptr) < 0) return;
    inside_->meanings.push_back(meaning);
    inside_->each.push_back(std::make_unique<RE2>(pattern, options(memory_of_one)));
}

bool Patterns::finish() { return inside_->set.Compile(); }

bool Patterns::empty() const { return inside_->meanings.empty(); }

void Patterns::find(std::string_view text, std::vector<std::uint32_t>& found) const {
    if (empty() || text.empty()) return;
    const re2::StringPiece piece(text.data(), text.size());
    std::vector<int> which;
    RE2::Set::ErrorInfo error{};
    if (inside_->set.Match(piece, &which, &error)) {
        for (const int one : which) found.push_back(inside_->meanings[static_cast<std::size_t>(one)]);
        return;
    }
    if (error.kind != RE2::Set::kOutOfMemory) return;
    for (std::size_t i = 0; i < inside_->each.size(); ++i)
        if (RE2::PartialMatch(piece, *inside_->each[i])) found.push_back(inside_->meanings[i]);
}

}  // namespace kindroom::filters
