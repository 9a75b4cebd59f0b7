// People who do what people do in such a house, at random, on one or two devices each; and the faults that befall them.
#pragma once

#include <deque>
#include <set>
#include <string>
#include <vector>

#include "sim/asking.hpp"
#include "sim/world.hpp"

namespace kindroom::sim {

class Crowd {
  public:
    struct Options {
        std::uint32_t people = 4;
        std::uint32_t rooms = 2;
        // Roughly one act per device in this time.
        Duration act_every{400};
        // Roughly one fault in this time; 0 for none.
        Duration fault_every{1500};
    };
    Crowd(SimWorld& world, Options options);

    // Lets them act for a while, then ends all faults and lets everything come to rest.
    void live(Duration time);
    // What everybody holds and can read in the end, compared with what is on the disk.
    void check();

  private:
    struct Person {
        std::string name;
        std::string login_id;
        bool is_signing_up = false;
        bool is_banned = false;
        std::vector<Device*> devices;
    };
    struct Mine {
        std::string room;
        std::string message;
    };

    void act_later(Person& person, Device& device);
    void act(Person& person, Device& device);
    void come_in(Person& person, Device& device);
    void in_room(Person& person, Device& device, const std::string& room);
    void talk(Person& person, Device& device, const std::string& room);
    void leave_room(Person& person, Device& device, const std::string& room);
    void read_a_page(Device& device, const std::string& room);
    void end_a_session(Device& device);
    void look_after_the_house();
    void review(Device& device, const std::string& room);
    void change_attendance(Device& device, const std::string& room);
    void fault_later();
    void fault();

    void check_screens();
    void check_history(Device& device, const std::string& room);
    std::vector<std::pair<std::string, std::string>> read_all(Device& device, const std::string& room, bool back);
    void check_page(const v1::GetHistory& asked, const v1::HistoryPage& page, std::uint32_t limit);
    std::string some_text();

    SimWorld& world_;
    Chance& chance_;
    const Options options_;
    bool is_over_ = false;
    Device* operator_ = nullptr;
    bool operator_is_busy_ = false;
    std::vector<std::string> rooms_;
    std::deque<Person> people_;
    std::vector<Mine> said_;
    // Of these, what waited for a moderator when it was taken.
    std::vector<Mine> held_;
    // Posts that were refused for now, to be repeated or not.
    std::vector<v1::Request> refused_;
    std::uint64_t words_ = 0;
};

}  // namespace kindroom::sim
