#include "cli/marks.hpp"

namespace kindroom::cli {

std::string letters(std::size_t index) {
    index %= Marks::size;
    if (index < 26) return std::string(1, static_cast<char>('a' + index));
    index -= 26;
    return {static_cast<char>('a' + index / 26), static_cast<char>('a' + index % 26)};
}

std::optional<std::size_t> read_letters(std::string_view mark) {
    if (mark.empty() || mark.size() > 2) return std::nullopt;
    std::size_t place = 0;
    for (char c : mark) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (c < 'a' || c > 'z') return std::nullopt;
        place = place * 26 + static_cast<std::size_t>(c - 'a');
    }
    return mark.size() == 1 ? place : 26 + place;
}

std::string Marks::mark(const Message& message) {
    if (const auto known = places_.find(message.message_id); known != places_.end()) return letters(known->second);
    auto& place = messages_[next_];
    if (place) places_.erase(place->message_id);
    place = message;
    places_[message.message_id] = next_;
    const std::string mark = letters(next_);
    next_ = (next_ + 1) % size;
    return mark;
}

std::string Marks::find(const std::string& message_id) const {
    const auto known = places_.find(message_id);
    return known == places_.end() ? std::string() : letters(known->second);
}

std::optional<Marks::Message> Marks::read(std::string_view mark) const {
    const auto place = read_letters(mark);
    return place ? messages_[*place] : std::nullopt;
}

void Marks::forget(const std::string& message_id) {
    const auto known = places_.find(message_id);
    if (known == places_.end()) return;
    messages_[known->second].reset();
    places_.erase(known);
}

}  // namespace kindroom::cli
