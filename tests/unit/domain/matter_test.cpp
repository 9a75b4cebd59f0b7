// What is kept of private matters: it must be read again as it was written, by every later version of the server.
#include "domain/matter.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <sstream>

#include "boundary_dialogue.hpp"
#include "domain/packer.hpp"

namespace kindroom::domain::test {
namespace {

// ---- any matter at all ----------------------------------------------------------------------------------------------

template <class Id>
Id any_id() {
    return numbered<Id>(*rc::gen::arbitrary<std::uint64_t>());
}
TimePoint any_time() { return *rc::gen::arbitrary<bool>() ? never : from_ms(*rc::gen::arbitrary<std::int64_t>()); }
std::string any_text() { return *rc::gen::string<std::string>(); }
std::optional<RoomId> any_room_or_everywhere() {
    return *rc::gen::arbitrary<bool>() ? std::optional(any_id<RoomId>()) : std::nullopt;
}
Person any_person() {
    return {.token = any_id<PersonToken>(),
            .name = any_text(),
            .sign = any_text(),
            .voice = *rc::gen::element(Voice::person, Voice::moderator)};
}
Acquaintance any_acquaintance() {
    return {.account = any_id<AccountId>(), .room = any_id<RoomId>(), .person = any_person()};
}

ChosenBlock any_chosen() {
    return {.other = any_acquaintance(),
            .from = any_time(),
            .until = any_time(),
            .end_asked_at = any_time(),
            .ends_at = any_time(),
            .because_of = *rc::gen::arbitrary<bool>() ? std::optional(any_id<AccountId>()) : std::nullopt};
}
MetBlock any_met() {
    MetBlock block{.other = any_id<AccountId>(),
                   .dark = {.side = Dark::Side::met, .from = any_time(), .until = any_time()}};
    for (int rooms = *rc::gen::inRange(0, 5); rooms > 0; --rooms)
        block.dark.received[any_id<RoomId>()] = Position{*rc::gen::arbitrary<std::uint64_t>()};
    return block;
}
KeptMute any_mute() {
    KeptMute mute{.what = WholeRoom{}, .room = any_room_or_everywhere(), .ends_at = any_time()};
    switch (*rc::gen::resize(rc::kNominalSize, rc::gen::inRange(0, 4))) {
        case 0:
            mute.what = any_acquaintance();
            break;
        case 1:
            mute.what = Words{*rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>())};
            break;
        case 2:
            mute.what = Label{any_text()};
    }
    return mute;
}
KeptOffer any_offer() {
    return {.way = *rc::gen::element(KeptOffer::Way::made, KeptOffer::Way::received),
            .state = *rc::gen::element(KeptOffer::State::open, KeptOffer::State::accepted, KeptOffer::State::put_away),
            .other = any_acquaintance(),
            .made_at = any_time(),
            .fades_at = any_time(),
            .own_name = any_text(),
            .counterpart = any_id<MatterId>()};
}

KeptDecision any_decision() {
    Decision decision{.id = any_id<DecisionId>(),
                      .action = static_cast<DecisionAction>(*rc::gen::inRange(1, 11)),
                      .room = any_room_or_everywhere(),
                      .message = *rc::gen::arbitrary<bool>() ? std::optional(any_id<MessageId>()) : std::nullopt,
                      .rule_id = any_text(),
                      .rule_text = any_text(),
                      .rules_version = *rc::gen::arbitrary<std::uint32_t>(),
                      .facts = any_text(),
                      .source = *rc::gen::element(DecisionSource::own, DecisionSource::report, DecisionSource::rule),
                      .automated = *rc::gen::arbitrary<bool>(),
                      .decided_at = any_time(),
                      .ends_at = any_time(),
                      .confirm_by = any_time(),
                      .appeal = any_text(),
                      .appeal_code = any_text(),
                      .state = static_cast<DecisionState>(*rc::gen::inRange(1, 5)),
                      .settled_at = any_time(),
                      .reversal = any_text()};
    return {.decision = std::move(decision),
            .by = any_id<AccountId>(),
            .confirmed_by = any_id<AccountId>(),
            .subject = any_person()};
}

constexpr std::size_t kinds = std::variant_size_v<Matter>;

Matter any_matter_of_kind(std::size_t kind) {
    switch (kind) {
        case 0:
            return any_chosen();
        case 1:
            return any_met();
        case 2:
            return any_mute();
        case 3:
            return KeptLabelChoice{any_text(), *rc::gen::element(LabelChoice::show, LabelChoice::ask)};
        case 4:
            return KeptAway{
                {.room = any_room_or_everywhere(), .until = any_time(), .firm = *rc::gen::arbitrary<bool>()}};
        case 5:
            return Linked{any_id<AccountId>()};
        case 6:
            // Whether it rests is judged anew each time, so it is not kept.
            return KeptContact{.other = any_id<AccountId>(),
                               .contact = {.room = any_id<RoomId>(), .person = any_person()},
                               .ended_at = any_time()};
        case 7:
            return any_offer();
        case 8:
            return ContactsOff{};
        default:
            return any_decision();
    }
}
Matter any_matter() {
    return any_matter_of_kind(*rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, kinds)));
}

// ---- there and back -------------------------------------------------------------------------------------------------

RC_GTEST_PROP(Matter, OfEachKindIsUnpackedAsItWasPacked, ()) {
    for (std::size_t kind = 0; kind < kinds; ++kind) {
        const Matter matter = any_matter_of_kind(kind);
        RC_ASSERT(matter.index() == kind);
        RC_ASSERT(unpack_matter(pack(matter)) == matter);
    }
}

RC_GTEST_PROP(Matter, APartOfItUnpacksToNothing, ()) {
    const std::string packed = pack(any_matter());
    for (std::size_t size = 0; size < packed.size(); ++size)
        RC_ASSERT(unpack_matter(std::string_view(packed).substr(0, size)) == std::nullopt);
    RC_ASSERT(unpack_matter(packed + '\0') == std::nullopt);
}

RC_GTEST_PROP(Matter, OfAnotherVersionUnpacksToNothing, (char version)) {
    RC_PRE(version != 1);
    std::string packed = pack(any_matter());
    packed.front() = version;
    RC_ASSERT(unpack_matter(packed) == std::nullopt);
}

RC_GTEST_PROP(Matter, GarbageUnpacksToNothingOrToWhatItIsThePackingOf, (std::string garbage)) {
    RC_ASSERT(unpack_matter(garbage) == std::nullopt);
    // The version is right, and the kind is one that there is.
    garbage.insert(0, std::string{1, static_cast<char>(any_matter().index()), 0, 0, 0, 0, 0, 0, 0});
    if (const auto matter = unpack_matter(garbage)) RC_ASSERT(pack(*matter) == garbage);
}

RC_GTEST_PROP(Matter, WithOneByteChangedItIsSomethingThatCouldHaveBeenPackedOrNothing, ()) {
    std::string packed = pack(any_matter());
    packed[*rc::gen::resize(rc::kNominalSize, rc::gen::inRange<std::size_t>(0, packed.size()))] =
        *rc::gen::arbitrary<char>();
    const auto matter = unpack_matter(packed);
    RC_CLASSIFY(matter.has_value(), "something");
    if (matter) RC_ASSERT(unpack_matter(pack(*matter)) == matter);
}

TEST(Matter, OfAnUnknownKindUnpacksToNothing) {
    for (const std::int64_t kind : {std::int64_t{kinds}, std::int64_t{-1}, INT64_MAX})
        EXPECT_EQ(unpack_matter(Packer(1).number(kind).take()), std::nullopt);
}

TEST(Matter, AMuteOfAnUnknownKindOfThingUnpacksToNothing) {
    const std::string packed = Packer(1).number(2).id(RoomId{}).time(never).number(4).text("what").take();
    EXPECT_EQ(unpack_matter(packed), std::nullopt);
}

TEST(Matter, WithAChoiceThatThereIsNotUnpacksToNothing) {
    const std::string chosen = pack(KeptLabelChoice{"grief", LabelChoice::ask});
    for (const char choice : {'\0', '\3'}) {
        std::string packed = chosen;
        packed[packed.size() - 8] = choice;
        EXPECT_EQ(unpack_matter(packed), std::nullopt);
    }
    std::string away = pack(KeptAway{});
    away[away.size() - 8] = 2;
    EXPECT_EQ(unpack_matter(away), std::nullopt) << "neither firm nor not";
}

// ---- the bytes ------------------------------------------------------------------------------------------------------

// Bytes as they are written below: hexadecimal, 'text', and *n behind one that comes n times.
std::string bytes_of(const std::string& written) {
    std::string bytes;
    std::istringstream in(written);
    for (std::string piece; in >> piece;) {
        if (piece.front() == '\'') {
            bytes += piece.substr(1, piece.size() - 2);
            continue;
        }
        const std::size_t times = piece.size() > 3 ? std::stoul(piece.substr(3)) : 1;
        bytes.append(times, static_cast<char>(std::stoi(piece.substr(0, 2), nullptr, 16)));
    }
    return bytes;
}

template <class Id>
Id filled(std::uint8_t byte) {
    std::array<std::uint8_t, Id::size> bytes{};
    bytes.fill(byte);
    return Id(bytes);
}
const Acquaintance ben_there{
    .account = filled<AccountId>(0xaa),
    .room = filled<RoomId>(0xbb),
    .person = {.token = filled<PersonToken>(0xcc), .name = "Ben", .sign = "heron", .voice = Voice::person}};
const std::string ben_there_written = "aa*16 bb*16 cc*16 03 00*7 'Ben' 05 00*7 'heron' 01 00*7 ";
const std::string never_written = "ff*7 7f ";

void expect_bytes(const Matter& matter, const std::string& written) {
    EXPECT_EQ(pack(matter), bytes_of(written));
    EXPECT_EQ(unpack_matter(bytes_of(written)), matter);
}

TEST(MatterBytes, OfAChosenBlock) {
    expect_bytes(ChosenBlock{.other = ben_there,
                             .from = from_ms(1000),
                             .until = never,
                             .end_asked_at = from_ms(2000),
                             .ends_at = from_ms(3000),
                             .because_of = filled<AccountId>(0xdd)},
                 "01 00*8 " + ben_there_written + "e8 03 00*6 " + never_written + "d0 07 00*6 b8 0b 00*6 dd*16");
}
TEST(MatterBytes, OfAMetBlock) {
    expect_bytes(MetBlock{.other = filled<AccountId>(0xaa),
                          .dark = {.side = Dark::Side::met,
                                   .from = from_ms(1000),
                                   .received = {{filled<RoomId>(0xbb), Position{5}}}}},
                 "01 01 00*7 aa*16 e8 03 00*6 " + never_written + "01 00*7 bb*16 05 00*7");
}
TEST(MatterBytes, OfEachMute) {
    const auto head = "01 02 00*7 bb*16 " + never_written;
    const auto mute = [](auto what) { return KeptMute{.what = std::move(what), .room = filled<RoomId>(0xbb)}; };
    expect_bytes(mute(ben_there), head + "00*8 " + ben_there_written);
    expect_bytes(mute(WholeRoom{}), head + "01 00*7");
    expect_bytes(mute(Words{{"a", "bc"}}), head + "02 00*7 02 00*7 01 00*7 'a' 02 00*7 'bc'");
    expect_bytes(mute(Label{"grief"}), head + "03 00*7 05 00*7 'grief'");
    expect_bytes(KeptMute{.what = Label{"grief"}, .ends_at = from_ms(1000)},
                 "01 02 00*7 00*16 e8 03 00*6 03 00*7 05 00*7 'grief'");
}
TEST(MatterBytes, OfADecision) {
    const Decision decision{.id = filled<DecisionId>(0xdd),
                            .action = DecisionAction::room_ban,
                            .room = filled<RoomId>(0xbb),
                            .rule_id = "kind",
                            .rule_text = "Kind.",
                            .rules_version = 3,
                            .facts = "Shouted.",
                            .source = DecisionSource::report,
                            .automated = true,
                            .decided_at = from_ms(1000),
                            .confirm_by = from_ms(2000),
                            .appeal = "Write.",
                            .appeal_code = "AB",
                            .state = DecisionState::reversed,
                            .settled_at = from_ms(3000),
                            .reversal = "Sorry."};
    expect_bytes(KeptDecision{.decision = decision,
                              .by = filled<AccountId>(0xaa),
                              .confirmed_by = filled<AccountId>(0xee),
                              .subject = ben_there.person},
                 "01 09 00*7 dd*16 08 00*7 bb*16 00*16 04 00*7 'kind' 05 00*7 'Kind.' 03 00*7 08 00*7 'Shouted.' "
                 "02 00*7 01 00*7 e8 03 00*6 " +
                     never_written +
                     "d0 07 00*6 06 00*7 'Write.' 02 00*7 'AB' 03 00*7 b8 0b 00*6 06 00*7 'Sorry.' aa*16 ee*16 "
                     "cc*16 03 00*7 'Ben' 05 00*7 'heron' 01 00*7");
}
TEST(MatterBytes, OfALabelChoice) {
    expect_bytes(KeptLabelChoice{"grief", LabelChoice::show}, "01 03 00*7 05 00*7 'grief' 01 00*7");
    expect_bytes(KeptLabelChoice{"grief", LabelChoice::ask}, "01 03 00*7 05 00*7 'grief' 02 00*7");
}
TEST(MatterBytes, OfAnAbsence) {
    expect_bytes(KeptAway{{.room = filled<RoomId>(0xbb), .until = from_ms(1000), .firm = true}},
                 "01 04 00*7 bb*16 e8 03 00*6 01 00*7");
    expect_bytes(KeptAway{}, "01 04 00*7 00*16 " + never_written + "00*8");
}
TEST(MatterBytes, OfALink) { expect_bytes(Linked{filled<AccountId>(0xaa)}, "01 05 00*7 aa*16"); }
TEST(MatterBytes, OfAContact) {
    expect_bytes(KeptContact{.other = filled<AccountId>(0xaa),
                             .contact = {.room = filled<RoomId>(0xbb), .person = ben_there.person},
                             .ended_at = from_ms(1000)},
                 "01 06 00*7 aa*16 bb*16 e8 03 00*6 cc*16 03 00*7 'Ben' 05 00*7 'heron' 01 00*7");
}
TEST(MatterBytes, OfAnOffer) {
    expect_bytes(KeptOffer{.way = KeptOffer::Way::received,
                           .state = KeptOffer::State::put_away,
                           .other = ben_there,
                           .made_at = from_ms(1000),
                           .fades_at = from_ms(2000),
                           .own_name = "Ana",
                           .counterpart = filled<MatterId>(0xdd)},
                 "01 07 00*7 02 00*7 03 00*7 " + ben_there_written + "e8 03 00*6 d0 07 00*6 03 00*7 'Ana' dd*16 00*8");
}
TEST(MatterBytes, OfContactsThatAreOff) { expect_bytes(ContactsOff{}, "01 08 00*7"); }

}  // namespace
}  // namespace kindroom::domain::test
