#include "cli/marks.hpp"

#include <algorithm>

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

template <class Goes>
void Marks::forget_where(Goes goes) {
    for (auto& message : messages_) {
        if (!message || !goes(*message)) continue;
        places_.erase(message->message_id);
        message.reset();
    }
}

void Marks::forget_author(const std::string& room_id, const std::string& token) {
    forget_where([&](const Message& message) { return message.room_id == room_id && message.author.token() == token; });
}

void Marks::forget_room(const std::string& room_id) {
    forget_where([&](const Message& message) { return message.room_id == room_id; });
}

std::vector<v1::Person> Marks::authors(const std::string& room_id) const {
    std::vector<v1::Person> out;
    for (std::size_t i = 0; i < size; ++i) {
        const auto& message = messages_[(next_ + size - 1 - i) % size];
        if (!message || message->room_id != room_id) continue;
        const auto is_same = [&](const v1::Person& one) { return one.token() == message->author.token(); };
        if (std::none_of(out.begin(), out.end(), is_same)) out.push_back(message->author);
    }
    return out;
}

}  // namespace kindroom::cli
