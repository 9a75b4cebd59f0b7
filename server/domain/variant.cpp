#include "domain/variant.hpp"

namespace kindroom::domain {

namespace {

std::uint8_t bit(std::size_t mention) { return static_cast<std::uint8_t>(1u << mention); }

}  // namespace

Variant variant_of(const RoomStep& step, const View& view) {
    Variant variant;
    if (const auto* posted = std::get_if<MessagePosted>(&step.what)) {
        const Message& message = posted->message;
        variant.without_link = message.reply_to && !view.shows_link_of(message);
        variant.without_words = view.visibility.withholds(step.author, message.labels);
        for (std::size_t i = 0; i < message.mentions.size(); ++i)
            if (!view.shows_mention(message, message.mentions[i])) variant.without_mentions |= bit(i);
    } else if (const auto* edited = std::get_if<MessageEdited>(&step.what)) {
        variant.without_words = view.visibility.withholds(step.author, edited->labels);
    }
    return variant;
}

RoomStep cut_to(Variant variant, RoomStep step) {
    if (auto* posted = std::get_if<MessagePosted>(&step.what)) {
        Message& message = posted->message;
        if (variant.without_link) message.reply_to.reset();
        message.withheld = variant.without_words;
        std::vector<Mention> shown;
        for (std::size_t i = 0; i < message.mentions.size(); ++i)
            if (!(variant.without_mentions & bit(i))) shown.push_back(message.mentions[i]);
        message.mentions = std::move(shown);
    } else if (auto* edited = std::get_if<MessageEdited>(&step.what)) {
        edited->withheld = variant.without_words;
    }
    return step;
}

}  // namespace kindroom::domain
