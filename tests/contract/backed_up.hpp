// A house with a backup beside it, and the orders of its operator.
#pragma once

#include <filesystem>
#include <fstream>
#include <sstream>

#include "contract/sealed_house.hpp"
#include "operator/data_orders.hpp"
#include "store/sqlite/backup.hpp"

namespace kindroom::test {

namespace fs = std::filesystem;

class Backup : public testing::Test {
  protected:
    Backup() { house_.say(1, ana_, place_, "before the backup"); }

    std::string backup() const { return house_.file("copies/monday"); }
    // What the command printed, both ways; its code is in code_.
    std::string order(const operator_::DataOrder& order) {
        std::ostringstream out;
        std::ostringstream err;
        code_ = operator_::look_after_data(order, house_.config(), out, err);
        return out.str() + err.str();
    }
    std::string make() { return order(operator_::MakeBackup{.file = backup(), .ring = {}}); }
    std::string restore() { return order(operator_::Restore{.file = backup()}); }
    std::string verify() { return order(operator_::Restore{.file = backup(), .only_verify = true}); }
    // The sentence with which it is refused.
    std::string refusal() {
        const auto checked = store::check_backup(backup(), house_.master());
        const auto* trouble = std::get_if<std::string>(&checked);
        return trouble ? *trouble : "";
    }
    void write(const std::string& content) const { std::ofstream(backup(), std::ios::binary) << content; }

    SealedHouse house_;
    const Keeper place_ = house_.key(house_.room, SealedHouse::day(30));
    const Keeper ana_ = house_.person(1);
    int code_ = -1;
    const bool has_folder_ = fs::create_directory(house_.file("copies"));
};

}  // namespace kindroom::test
