// Freezing what is reported: the message as it stands, its edits, and what stood around it for the one who reports.
#pragma once

#include <string>
#include <variant>
#include <vector>

#include "actors/identity.hpp"
#include "base/task.hpp"
#include "domain/case_book.hpp"

namespace kindroom::actors {

class Home;

// One message, or people.
using ReportedThing = std::variant<domain::ReportedMessage, std::vector<domain::PersonRef>>;

struct Frozen {
    domain::Reported reported;
    std::vector<domain::FrozenMessage> evidence;
};

// With what was said about it.
struct FrozenReport {
    Frozen what;
    std::string words;
};

// What this person had been shown of the thing, whatever they put away themselves by now. A thing that does not exist,
// or that was never shown to them, is `unknown` and takes the same steps (PRODUCT look 21). Refuses with unavailable.
// `then` runs on the shard of `home`.
void freeze(Home& home, IdentityPtr who, ReportedThing thing, MoveOnlyFunction<void(Result<Frozen>)> then);

}  // namespace kindroom::actors
