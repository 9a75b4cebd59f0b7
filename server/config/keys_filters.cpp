// The limits of filters, of holds for review and of help.
#include "config/key_rows.hpp"

namespace kindroom::config {

void add_filter_limits(std::vector<Key>& keys) {
    using L = Limits;
    Rows{keys, "limits"}
        .heading("Filters, holds for review and help")
        .count("filters_max", limit<&L::filters_max>, {1, 10'000}, "Filters of the house.")
        .count("filter_words_max", limit<&L::filter_words_max>, {1, 100'000}, "Words and phrases of all filters.")
        .count("filter_patterns_max", limit<&L::filter_patterns_max>, {1, 10'000}, "Patterns of all filters.")
        .count("filter_pattern_bytes_max", limit<&L::filter_pattern_bytes_max>, {1, 10'000}, "One pattern, in bytes.")
        .duration("review_max", limit<&L::review_max>, {1 * second, day},
                  "How long a message waits for a moderator before it goes back to its author with its text.")
        .count("held_for_review_max", limit<&L::held_for_review_max>, {1, 1'000},
               "Messages of one person that wait for a moderator in one room. Beyond: refused as too many.")
        .count("first_messages_max", limit<&L::first_messages_max>, {1, 255},
               "How many first messages of each person a room may be set to hold.")
        .duration("call_again", limit<&L::call_again>, {1 * second, hour},
                  "How long after a call for a moderator the same person's next one pages somebody again.")
        .count("points_per_day", limit<&L::points_per_day>, {1, 1'000},
               "People whom one person may point to help in a day.")
        .duration("help_stale_after", limit<&L::help_stale_after>, {day, 10 * year},
                  "How long after its verified_on an entry of the help directory is shown as doubtful.")
        .count("web_hook_queue_max", limit<&L::web_hook_queue_max>, {1, 10'000},
               "Pages that wait for the web hook. Beyond: the newest is dropped, and counted.")
        .count("web_hook_tries_max", limit<&L::web_hook_tries_max>, {1, 100},
               "Tries to send one page to the web hook. Then: dropped, and counted.")
        .duration("web_hook_try_max", limit<&L::web_hook_try_max>, {1, 10 * minute}, "One try.")
        .duration("web_hook_retry_first", limit<&L::web_hook_retry_first>, {1, hour},
                  "Before the second try, twice as long each time.")
        .duration("web_hook_retry_max", limit<&L::web_hook_retry_max>, {1, day}, "But at most this.");
}

}  // namespace kindroom::config
