// Taking one's data along, and being forgotten.
#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "cli/nearest.hpp"
#include "cli/private_lines.hpp"
#include "cli/talk.hpp"
#include "cli/terminal_text.hpp"

namespace kindroom::cli {

namespace asio = boost::asio;

Talk::Task<> Talk::export_data(std::string rest) {
    const std::string path(trim(rest));
    if (path.empty()) {
        notice(
            "/export and the name of a new file, such as: /export mine.jsonl. Everything that is kept of you is "
            "written "
            "into it, one piece a line; only you can read the file, and nobody is told.");
        co_return;
    }
    PrivateLines lines(path);
    std::string cursor;
    while (lines.is_well()) {
        v1::Request request;
        request.mutable_export_my_data()->set_cursor(cursor);
        const v1::Reply reply = co_await ask(std::move(request));
        // Long enough, it is asked for faster than the house gives it.
        if (reply.error().code() == v1::ERROR_CODE_RATE_LIMITED && reply.error().retry_at_ms() != 0) {
            // This machine's clock may be another one than the house's.
            const auto wait = std::clamp<std::int64_t>(reply.error().retry_at_ms() - now_ms(), 200, 5'000);
            wake_.expires_after(std::chrono::milliseconds(wait));
            co_await wake_.async_wait(asio::as_tuple(asio::use_awaitable));
            if (over_ || quitting_) break;
            continue;
        }
        if (refused(reply)) break;
        for (const auto& piece : reply.my_data().pieces()) lines.add(piece);
        cursor = reply.my_data().next();
        if (!cursor.empty() || !lines.is_well()) continue;
        notice("All that is kept of you is in " + clean_line(path) +
               ". It holds your words as they are: mind where it lies.");
        co_return;
    }
    if (!lines.is_well()) notice(clean_line(lines.trouble()));
    lines.discard();
}

Talk::Task<> Talk::erase_account(std::string) {
    notice(
        "Your account goes, at once and for good: nobody can bring it back, the house neither. What you said is taken "
        "back and can be read by nobody any more, in no copy either. For others you have left. /export first, if you "
        "want to keep your words.");
    const bool wanted = co_await yes("Do you want to erase your account? (yes or no) ");
    if (!wanted) {
        if (!quitting_) notice("Nothing was done.");
        co_return;
    }
    const auto passphrase = co_await terminal_.secret("Your passphrase: ");
    if (!passphrase) {
        quitting_ = true;
        co_return;
    }
    v1::Request request;
    request.mutable_erase_account()->set_passphrase(*passphrase);
    leaving_ = true;
    const v1::Reply reply = co_await ask(std::move(request));
    if (!reply.has_done()) {
        leaving_ = false;
        if (!over_) refused(reply);
        // Where no answer came, it is not known.
        if (reply.error().code() != v1::ERROR_CODE_UNAVAILABLE && !quitting_)
            notice("Nothing was erased; your account is as it was.");
        co_return;
    }
    profile_.login_id.clear();
    profile_.device_token.clear();
    keep_profile();
    notice("You are forgotten here. Take care.");
    quitting_ = true;
}

}  // namespace kindroom::cli
