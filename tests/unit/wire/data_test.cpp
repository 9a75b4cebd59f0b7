// One's own data on the wire: where it goes on, and how it is read and written.
#include "support/wire_samples_data.hpp"
#include "unit/wire/reading.hpp"
#include "wire/export_place.hpp"

namespace kindroom::wire {
namespace {

using Part = domain::ExportPlace::Part;

std::vector<domain::ExportPlace> some_places() {
    return {{},
            {.part = Part::private_matters, .matter = samples::id_of<MatterId>(0x61)},
            {.part = Part::rooms, .room = samples::room},
            {.part = Part::words, .room = samples::room},
            {.part = Part::reports, .report = samples::id_of<SecretHash>(0x71)},
            samples::place()};
}

TEST(OwnData, APlaceIsReadAsItWasWrittenAndAllAreOfOneLength) {
    for (const auto& place : some_places()) {
        const auto written = write_place(place, samples::cursors());
        EXPECT_EQ(written.size(), 33u);
        EXPECT_EQ(read_place(written, samples::cursors()), place);
    }
}

TEST(OwnData, APositionIsNotSeen) {
    auto further = samples::place();
    further.position = next(further.position);
    const auto here = write_place(samples::place(), samples::cursors());
    const auto there = write_place(further, samples::cursors());
    // What is the same of both is the room; the rest has nothing in common.
    EXPECT_TRUE(std::equal(here.begin(), here.begin() + 17, there.begin()));
    int alike = 0;
    for (std::size_t i = 17; i < here.size(); ++i) alike += here[i] == there[i];
    EXPECT_LT(alike, 4);
}

TEST(OwnData, AnythingElseIsNoPlace) {
    const auto whole = write_place(samples::place(), samples::cursors());
    EXPECT_FALSE(read_place(std::span(whole).first(32), samples::cursors()));
    auto longer = whole;
    longer.push_back({});
    EXPECT_FALSE(read_place(longer, samples::cursors()));
    auto other_part = whole;
    other_part[0] = std::byte{9};
    EXPECT_FALSE(read_place(other_part, samples::cursors()));
    auto further = sample("export_my_data_further");
    further.mutable_export_my_data()->set_cursor("x");
    EXPECT_EQ(refusal(further), "46 cursor");
}

TEST(OwnData, IsAskedForFromTheBeginningOrFromAPlace) {
    expect_read<domain::ExportMyData>(sample("export_my_data"),
                                      [](const domain::ExportMyData& get) { EXPECT_EQ(get.after, std::nullopt); });
    expect_read<domain::ExportMyData>(sample("export_my_data_further"),
                                      [](const domain::ExportMyData& get) { EXPECT_EQ(get.after, samples::place()); });
    expect_read<domain::EraseAccount>(sample("erase_account"), [](const domain::EraseAccount& erase) {
        EXPECT_EQ(erase.passphrase.reveal(), "four quiet herons at dusk");
    });
}

}  // namespace
}  // namespace kindroom::wire
