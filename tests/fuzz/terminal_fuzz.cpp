// What the server, or somebody behind it, sends to the command-line client: no bytes of it drive the terminal.
#include <cstddef>
#include <cstdint>
#include <google/protobuf/stubs/logging.h>
#include <string>
#include <string_view>

#include "base/assert.hpp"
#include "cli/screen.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {
namespace {

// Valid UTF-8 without control characters, in either of their spellings, and without anything that turns directions.
void check_harmless(std::string_view text, bool may_break_lines) {
    for (std::size_t i = 0; i < text.size(); ++i) {
        const auto byte = [&](std::size_t k) { return static_cast<unsigned char>(k < text.size() ? text[k] : 0); };
        KINDROOM_ASSERT(byte(i) >= 0x20 || (may_break_lines && byte(i) == '\n'));
        KINDROOM_ASSERT(byte(i) != 0x7f);
        KINDROOM_ASSERT(!(byte(i) == 0xc2 && byte(i + 1) < 0xa0));
        const bool is_general_punctuation = byte(i) == 0xe2 && (byte(i + 1) == 0x80 || byte(i + 1) == 0x81);
        const bool is_bidi = byte(i + 1) == 0x80 ? byte(i + 2) >= 0xaa && byte(i + 2) <= 0xae
                                                 : byte(i + 2) >= 0xa6 && byte(i + 2) <= 0xa9;
        KINDROOM_ASSERT(!is_general_punctuation || !is_bidi);
    }
}

void check_screen(const v1::Batch& batch) {
    const Screen screen({.colour = false, .columns = 60});
    const auto name = [](const std::string& room) { return clean_line(room); };
    for (const auto& event : batch.event()) {
        const auto& step = event.room_event();
        const auto& reply = event.reply();
        for (const auto& shown : {screen.message(step.posted().message(), {.mark = "a", .reply_mark = {}, .room = {}}),
                                  screen.edited("a", step.edited()),
                                  screen.help(reply.help_directory()),
                                  screen.rules(reply.house_rules()),
                                  screen.policy(reply.data_policy()),
                                  screen.sessions(reply.sessions()),
                                  screen.room_card(reply.room_card().room(), 0),
                                  screen.boundaries(reply.boundaries(), name),
                                  screen.refusal(reply.error(), 0),
                                  screen.decision(event.session_ended().decision(), name),
                                  screen.roster("", event.roster_changed().people(), {}),
                                  screen.person(event.contact_offered().offer().person()),
                                  screen.returned("", event.message_returned().text(), event.message_returned().cause(),
                                                  event.message_returned().note()),
                                  screen.help_offered(event.help_offered()),
                                  screen.decisions(reply.my_decisions(), name),
                                  screen.unconfirmed(reply.unconfirmed(), name),
                                  screen.reports(reply.reports()),
                                  screen.appeal(reply.appeal_status()),
                                  screen.circle(reply.circle_shown().circle(), 0),
                                  screen.case_card(reply.case_opened().card(), name),
                                  screen.case_report(reply.case_opened())})
            check_harmless(shown, true);
        for (const auto& held : reply.held_for_review().held())
            for (const auto whose : {Screen::Whose::own, Screen::Whose::of_others})
                check_harmless(screen.held("a", held, whose, 0), true);
    }
}

}  // namespace
}  // namespace kindroom::cli

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace cli = kindroom::cli;
    google::protobuf::SetLogHandler(nullptr);
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    const auto text = cli::clean_text(bytes);
    cli::check_harmless(text, true);
    KINDROOM_ASSERT(cli::clean_text(text) == text);
    cli::check_harmless(cli::clean_line(bytes), false);
    cli::check_harmless(cli::wrap(text, size % 100, "  "), true);
    cli::check_harmless(cli::rejoin(text), true);
    kindroom::v1::Batch batch;
    if (batch.ParseFromArray(data, static_cast<int>(size))) cli::check_screen(batch);
    return 0;
}
