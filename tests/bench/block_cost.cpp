// How long the reply to a block takes between two people who share 20 rooms of 12 members and have three devices each:
// at an idle server, and at one that is kept busy.
#include <atomic>
#include <chrono>
#include <thread>

#include "bench/machine.hpp"
#include "bench/scenario.hpp"
#include "bench/scene.hpp"
#include "e2e/support/guest.hpp"

namespace kindroom::bench {

namespace {

constexpr int shared_rooms = 20;
constexpr std::uint32_t members = 12;
constexpr int devices = 3;

// Keeps posts under way in a room of 12, on a thread of its own.
class Load {
  public:
    explicit Load(Scene& scene) : scene_(scene), thread_([this] { run(); }) {}
    ~Load() {
        stop_ = true;
        thread_.join();
    }

  private:
    void run() {
        for (std::uint32_t author = 0; author < 4; ++author)
            for (int i = 0; i < 8; ++i) post(author);
        scene_.until([this] { return stop_ && under_way_ == 0; }, "the load");
    }
    void post(std::uint32_t author) {
        Tag tag;
        under_way_ += 1;
        scene_.member(author).ask(scene_.next_post(author, tag), [this, author](const auto&) {
            under_way_ -= 1;
            if (!stop_) post(author);
        });
    }

    Scene& scene_;
    std::atomic<bool> stop_{false};
    int under_way_ = 0;
    // Last, so that all it uses exists before it starts.
    std::thread thread_;
};

class BlockCost final : public Bout {
  public:
    explicit BlockCost(const Options& options) : scene_(options) {
        scene_.roll_call();
        for (int r = 0; r < shared_rooms; ++r)
            rooms_.push_back(house().make_room("Shared " + std::to_string(r), {"--seats", "1000"}));
        for (std::uint32_t m = 0; m < members - 2; ++m) {
            auto& other = *others_.emplace_back(newcomer());
            for (const auto& room : rooms_) other.join(room, "Other");
        }
    }

    std::vector<Figures> turn() override {
        std::vector<Figures> out{measure("idle")};
        {
            const Load load(scene_);
            out.push_back(measure("busy"));
        }
        scene_.settle();
        return out;
    }

  private:
    test::House& house() { return scene_.house(); }

    std::unique_ptr<test::Guest> newcomer() {
        auto guest = std::make_unique<test::Guest>(house().options());
        guest->connect();
        guest->sign_up({});
        guest->consent();
        return guest;
    }

    // Two people in all the rooms, on all their devices; how long the one's block of the other takes.
    double block_once() {
        std::vector<std::unique_ptr<test::Guest>> all;
        v1::PersonRef other;
        for (int person = 0; person < 2; ++person) {
            auto& first = *all.emplace_back(newcomer());
            for (const auto& room : rooms_) {
                const auto joined = first.join(room, person == 0 ? "Ana" : "Ben");
                other.set_room_id(room);
                other.set_token(joined.you().token());
            }
            for (int device = 1; device < devices; ++device) {
                auto& more = *all.emplace_back(std::make_unique<test::Guest>(house().options()));
                more.connect();
                more.get(test::signing_in(first.login_id(), test::good_passphrase));
                for (const auto& room : rooms_) {
                    v1::Request listen;
                    listen.mutable_resume_room()->set_room_id(room);
                    more.get(std::move(listen));
                }
            }
        }
        v1::Request block;
        *block.mutable_block_people()->add_people() = other;
        const auto start = std::chrono::steady_clock::now();
        all.front()->get(std::move(block));
        return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start).count();
    }

    Figures measure(const char* what) {
        Times times;
        const Meter meter(scene_.server());
        for (std::uint32_t pair = 0; pair < scene_.options().pairs; ++pair) times.add(block_once());
        Figures figures;
        figures.note("what", what);
        figures.note("shared_rooms", std::uint64_t{shared_rooms});
        figures.note("devices", std::uint64_t{devices});
        meter.report(figures);
        times.measured(figures, "reply");
        return figures;
    }

    Scene scene_;
    std::vector<std::string> rooms_;
    std::vector<std::unique_ptr<test::Guest>> others_;
};

}  // namespace

Options busy_room(Options options) {
    options.rooms = 1;
    options.members = members;
    options.boundaries = 0;
    return options;
}

std::unique_ptr<Bout> make_block_cost(const Options& options) { return std::make_unique<BlockCost>(options); }

}  // namespace kindroom::bench
