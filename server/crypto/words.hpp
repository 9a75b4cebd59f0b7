// Words for names that the server makes up. Chosen to be plain, short and kind: nature and materials; nothing of bodies,
// illness, violence or religion. The lists may grow at their end only, and a list of signs never changes its length: signs
// are drawn from it anew each time, so another length would give everybody another sign.
#pragma once

#include <span>
#include <string_view>

namespace kindroom::crypto {

std::span<const std::string_view> sign_adjectives();
std::span<const std::string_view> sign_nouns();
std::span<const std::string_view> login_colours();
std::span<const std::string_view> animals();

}  // namespace kindroom::crypto
