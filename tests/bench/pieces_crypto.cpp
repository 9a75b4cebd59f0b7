// Cursors and the sealing of texts.
#include <memory>

#include "bench/pieces.hpp"
#include "crypto/cursor.hpp"
#include "crypto/vault.hpp"
#include "support/store_records.hpp"

namespace kindroom::bench {

namespace {

using namespace crypto;

const std::string text(100, 'w');

std::shared_ptr<const CursorSealer> a_sealer() { return std::make_shared<const CursorSealer>(MasterKey(Key256{1})); }

Act sealing_cursors() {
    return [sealer = a_sealer(), room = test::an_id<RoomId>(1), position = std::uint64_t{0}]() mutable {
        keep(sealer->seal(room, Position{++position}));
    };
}

Act opening_cursors() {
    const auto sealer = a_sealer();
    const auto room = test::an_id<RoomId>(1);
    return [sealer, room, cursor = sealer->seal(room, Position{7})] { keep(sealer->open(room, cursor)); };
}

struct Keys {
    DataKey place{Key256{1}};
    DataKey person{Key256{2}};
    Random random{1};
    Vault::Binding binding{.room = test::an_id<RoomId>(1), .message = test::an_id<MessageId>(1), .kind = "content"};
    Bytes box() { return Vault::seal(text, &place, &person, binding, random); }
};

Act sealing_texts() {
    return [keys = std::make_shared<Keys>()] { keep(keys->box()); };
}

Act opening_texts() {
    const auto keys = std::make_shared<Keys>();
    return [keys, box = keys->box()] { keep(Vault::open(box, &keys->place, &keys->person, keys->binding)); };
}

}  // namespace

std::vector<Piece> crypto_pieces() {
    return {{"cursor_seal", [] { return sealing_cursors(); }},
            {"cursor_open", [] { return opening_cursors(); }},
            {"text_seal", [] { return sealing_texts(); }},
            {"text_open", [] { return opening_texts(); }}};
}

}  // namespace kindroom::bench
