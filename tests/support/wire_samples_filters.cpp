#include "support/wire_samples_filters.hpp"

namespace kindroom::samples {
namespace {

constexpr auto some_end = some_time + Duration{900'000};

v1::Request& next(std::vector<CommandSample>& all, const char* name) {
    auto& sample = all.emplace_back(CommandSample{name, {}});
    sample.request.set_id(static_cast<std::uint32_t>(all.size()));
    return sample.request;
}

domain::Hold hold() { return {.cause = domain::HeldFor::filter, .filter_id = "links", .says = "Links are looked at."}; }
domain::FilterNote note() { return {.filter_id = "help-en", .says = "You are heard."}; }

domain::HeldCard waiting() {
    return {.message = message,
            .text = "see example.org",
            .labels = {"sleep"},
            .why = hold(),
            .back = {},
            .accepted_at = some_time,
            .until = some_end,
            .author = id_of<AccountId>(private_byte)};
}
domain::HeldCard returned() {
    domain::HeldCard card = waiting();
    card.why.cause = domain::HeldFor::returned;
    card.back = {.cause = domain::ReturnCause::by_moderator, .note = "Please without the link."};
    card.until = never;
    return card;
}
domain::HelpDirectory help() {
    return {.introduction = "In danger call 112.",
            .entries = {{.name = "A line",
                         .about = "someone who listens",
                         .country = "DE",
                         .languages = {"de", "en"},
                         .contact = "0800 0000000",
                         .hours = "day and night",
                         .verified_on = "2025-11-01",
                         .doubtful = true}}};
}

}  // namespace

void add_filter_commands(std::vector<CommandSample>& all) {
    auto& post = *next(all, "post_message_moderator_first").mutable_post_message();
    post.set_room_id(bytes_of(0x11));
    post.set_client_key(bytes_of(0x44));
    post.set_text("is this too much?");
    post.set_moderator_first(true);
    auto& settings = *next(all, "create_room_with_first_messages_held").mutable_create_room()->mutable_settings();
    settings.set_topic("Careful");
    settings.set_hold_first_messages(3);
    next(all, "list_held").mutable_list_held()->set_room_id(bytes_of(0x11));
    next(all, "list_held_for_review").mutable_list_held_for_review()->set_room_id(bytes_of(0x11));
    auto& release = *next(all, "release_held").mutable_release_held();
    release.set_room_id(bytes_of(0x11));
    release.set_message_id(bytes_of(0x22));
    auto& give_back = *next(all, "return_held").mutable_return_held();
    give_back.set_room_id(bytes_of(0x11));
    give_back.set_message_id(bytes_of(0x22));
    give_back.set_note("Please without the link.");
    next(all, "try_filters").mutable_try_filters()->set_text("see example.org");
    next(all, "try_filters_over_room").mutable_try_filters()->set_room_id(bytes_of(0x11));
    next(all, "call_moderator").mutable_call_moderator()->set_room_id(bytes_of(0x11));
    auto& person = *next(all, "point_to_help").mutable_point_to_help()->mutable_person();
    person.set_room_id(bytes_of(0x11));
    person.set_token(bytes_of(0x55));
}

void add_filter_replies(std::vector<ReplySample>& all) {
    const auto add = [&all](const char* name, domain::Reply reply) { all.push_back({name, std::move(reply)}); };
    auto careful = card();
    careful.settings.hold_first_messages = 3;
    add("room_card_with_first_messages_held", std::move(careful));
    add("message_accepted_held", domain::MessageAccepted{.message = message,
                                                         .posted_at = some_time,
                                                         .appears_at = std::nullopt,
                                                         .held = hold(),
                                                         .held_until = some_end});
    add("help_directory_with_doubt", help());
    add("held_messages", domain::HeldMessages{room, {waiting(), returned()}});
    add("held_for_review", domain::HeldForReview{room, {waiting()}});
    add("filters_tried", domain::FiltersTried{{{.message = message, .filters = {note()}}}});
    add("moderator_called", domain::ModeratorCalled{true});
}

void add_filter_events(std::vector<EventSample>& all) {
    const auto someone = id_of<AccountId>(private_byte);
    all.push_back(
        {"message_returned_by_moderator",
         domain::MessageReturned{
             room, message, "see example.org", {domain::ReturnCause::by_moderator, "Please without the link."}}});
    all.push_back({"held_waiting", domain::HeldWaiting{room, waiting()}});
    all.push_back({"held_settled", domain::HeldSettled{room, message, someone}});
    all.push_back({"moderator_needed", domain::ModeratorNeeded{room, message, someone}});
    all.push_back({"help_offered", domain::HelpOffered{.room = room,
                                                       .message = message,
                                                       .filter = note(),
                                                       .help = help(),
                                                       .moderator_called = true,
                                                       .by = {someone}}});
    all.push_back({"filters_acted", domain::FiltersActed{room, message, {note()}, {"anger"}}});
}

}  // namespace kindroom::samples
