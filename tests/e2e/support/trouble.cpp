#include "e2e/support/trouble.hpp"

#include <algorithm>

namespace kindroom::test {

namespace {

Settings settings_with(Settings more) {
    more.insert({{"limits.history_page_max", "1000"}, {"limits.history_page_bytes_max", "1 MiB"}});
    return more;
}

}  // namespace

TroubledHouse::TroubledHouse(const Settings& more) : house(settings_with(more)), relay(house.port()) {
    // The commands that make a house are not under its faults.
    house.stop();
    house.surround(faults.environment());
    house.start();
    relay.lead_to(house.port());
    room = house.make_room("Evening porch", {"--seats", "40"});
    rule_ = house.ordered({"rules", "show"}).house_rules().rules(0).rule_id();
    for (const char* name : {"Ana", "Ben", "Cleo", "Dan"})
        writers.push_back(std::make_unique<Writer>(house, relay, room, name));
    eve_ = std::make_unique<Guest>(member_in(house, room, "Eve"));
    for (std::size_t i = 0; i < others_max; ++i) {
        const auto name = "Other " + std::to_string(i);
        Guest guest = member_in(house, room, name);
        const auto token = guest.join(room, name).you().token();
        others_.push_back({.guest = std::move(guest), .name = name, .token = token});
    }
}

void TroubledHouse::begin_to_write() {
    for (auto& writer : writers) writer->start();
    wait_accepted();
}

void TroubledHouse::wait_accepted(std::uint64_t each) {
    std::vector<std::uint64_t> wanted;
    for (const auto& writer : writers) wanted.push_back(writer->times_accepted() + each);
    for (std::size_t i = 0; i < writers.size(); ++i) ASSERT_TRUE(writers[i]->wait_accepted(wanted[i])) << house.log();
}

void TroubledHouse::wait_refused(std::uint64_t each) {
    std::vector<std::uint64_t> wanted;
    for (const auto& writer : writers) wanted.push_back(writer->times_refused() + each);
    for (std::size_t i = 0; i < writers.size(); ++i) ASSERT_TRUE(writers[i]->wait_refused(wanted[i])) << house.log();
}

std::uint64_t TroubledHouse::times_accepted() const {
    std::uint64_t all = 0;
    for (const auto& writer : writers) all += writer->times_accepted();
    return all;
}

void TroubledHouse::block_and_ban(std::size_t number, Expected expected) {
    SCOPED_TRACE("other " + std::to_string(number));
    Other& one = others_[number];
    v1::Request asked;
    auto& person = *asked.mutable_block_people()->add_people();
    person.set_room_id(room);
    person.set_token(one.token);
    const auto reply = eve_->ask(asked);
    one.is_blocked = reply.has_people_blocked();
    EXPECT_EQ(reply.error().code(),
              expected == Expected::accepted ? v1::ERROR_CODE_UNSPECIFIED : v1::ERROR_CODE_UNAVAILABLE);
    const auto ordered = house.order({"ban", one.guest.login_id(), "--rule", rule_, "--facts", "told Eve to leave"});
    one.is_banned = ordered.code == 0;
    EXPECT_EQ(one.is_banned, expected == Expected::accepted) << ordered.out << ordered.err;
}

void TroubledHouse::posts(std::size_t number, const std::string& text) {
    said_.push_back({.id = others_[number].guest.post(room, text), .text = text});
}

void TroubledHouse::kill() {
    house.kill();
    relay.cut();
}

void TroubledHouse::start() {
    house.start();
    relay.lead_to(house.port());
    eve_->connect(house);
    eve_->resume_session();
    for (auto& one : others_) {
        if (one.is_banned || one.is_erased) continue;
        one.guest.connect(house);
        one.guest.resume_session();
    }
}

void TroubledHouse::expect_exactly_what_was_accepted() {
    expect_one_story(writers, room, said_);

    std::vector<std::string> blocked;
    std::vector<std::string> kept;
    const auto listed = eve_->get(request(R"({"listBoundaries":{}})")).boundaries();
    for (const auto& block : listed.blocks()) kept.push_back(block.person().name());
    for (const auto& one : others_) {
        if (one.is_blocked) blocked.push_back(one.name);
        Guest again(house.options());
        again.connect();
        const auto reply = again.ask(signing_in(one.guest.login_id(), good_passphrase));
        EXPECT_EQ(reply.has_signed_in(), !one.is_erased) << one.name;
        EXPECT_EQ(reply.signed_in().me().has_ban(), one.is_banned) << one.name;
    }
    std::ranges::sort(blocked);
    std::ranges::sort(kept);
    EXPECT_EQ(kept, blocked);
    const auto verified = house.command({"audit", "verify"});
    EXPECT_EQ(verified.code, 0) << verified.out << verified.err;
}

void TroubledHouse::expect_nobody_was_cut() {
    EXPECT_FALSE(house.server().wait_ended(Milliseconds(0))) << house.log();
    EXPECT_FALSE(eve_->line().ending());
    for (auto& writer : writers) EXPECT_EQ(writer->guest().line().times_opened(), 1u);
}

}  // namespace kindroom::test
