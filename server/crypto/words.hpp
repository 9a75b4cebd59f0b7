// Words for names that the server makes up. Chosen to be plain, short and kind: nature and materials; nothing of
// bodies, illness, drink, violence or religion, and nothing that would judge the person who bears it. Words of the two
// lists for signs never change: signs are drawn from them anew each time, so another list would give everybody another
// sign.
#pragma once

#include <array>
#include <string_view>

namespace kindroom::crypto {

using WordList = std::array<std::string_view, 256>;

// "quiet" and "birch" of a sign.
const WordList& sign_adjectives();
const WordList& sign_nouns();
// "amber" and "heron" of a login id.
const WordList& login_colours();
const WordList& login_creatures();

}  // namespace kindroom::crypto
