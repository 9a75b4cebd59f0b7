// Reading back: each reader asks for one page after the other from the newest to the oldest, and begins anew. Each page
// is compared with what the reader received when it was said.
#include <chrono>
#include <map>

#include "bench/machine.hpp"
#include "bench/scenario.hpp"
#include "bench/scene.hpp"
#include "e2e/support/guest.hpp"

namespace kindroom::bench {

namespace {

constexpr std::uint32_t authors_of_each_room = 8;
constexpr std::uint32_t at_a_time = 64;
constexpr std::uint32_t page_messages = 50;

class History final : public Bout {
  public:
    explicit History(const Options& options) : scene_(options) {
        const std::uint32_t readers = std::min(options.readers, scene_.people());
        for (std::uint32_t i = 0; i < readers; ++i)
            readers_[static_cast<std::uint32_t>(std::uint64_t{i} * scene_.people() / readers)] = {};
        scene_.on_message = [this](std::uint32_t viewer, Tag tag) {
            if (const auto found = readers_.find(viewer); found != readers_.end()) found->second.story.push_back(tag);
        };
        scene_.roll_call();
        fill();
    }

    std::vector<Figures> turn() override {
        times_.clear();
        messages_ = 0;
        ends_at_ = Clock::now() + std::chrono::seconds(scene_.options().seconds);
        const Meter meter(scene_.server());
        for (auto& [number, reader] : readers_) {
            reader.left = reader.story.size();
            read(number, {});
        }
        scene_.until([this] { return under_way_ == 0; }, "the last page");
        Figures figures;
        const auto pages = static_cast<double>(times_.count());
        meter.report(figures);
        figures.note("messages_in_each_room", std::uint64_t{scene_.options().posts});
        figures.note("messages_per_page", static_cast<double>(messages_) / pages);
        figures.measured("pages_per_second", pages / meter.seconds());
        figures.measured("pages_per_cpu_second", pages / meter.server_cpu());
        times_.measured(figures, "page");
        return {figures};
    }

  private:
    using Clock = std::chrono::steady_clock;
    struct Reader {
        // All that this member may see, in order, and how much of it is before the page to be read.
        std::vector<Tag> story;
        std::size_t left = 0;
    };

    void fill() {
        const auto authors = scene_.posters(authors_of_each_room);
        const auto all = scene_.options().rooms * scene_.options().posts;
        scene_.each(
            all, at_a_time,
            [&](std::uint32_t i, const Scene::Done& done) {
                Tag tag;
                const auto author = authors[i % authors.size()];
                auto post = scene_.next_post(author, tag);
                scene_.member(author).ask(std::move(post), [done](const auto&) { done(); });
            },
            "a history");
        scene_.settle();
    }

    void read(std::uint32_t number, const std::string& before) {
        auto asked = test::reading(scene_.member(number).room, page_messages);
        if (!before.empty()) asked.mutable_get_history()->set_before(before);
        under_way_ += 1;
        scene_.member(number).ask(std::move(asked), [this, number, start = Clock::now()](const auto& reply) {
            const auto now = Clock::now();
            times_.add(std::chrono::duration<double, std::milli>(now - start).count());
            under_way_ -= 1;
            const auto& page = reply.history_page();
            compare(readers_[number], page);
            if (now < ends_at_) read(number, page.earlier());
        });
    }

    void compare(Reader& reader, const v1::HistoryPage& page) {
        const auto size = static_cast<std::size_t>(page.messages_size());
        if (size > reader.left) throw WrongDelivery("a page holds more than is before it");
        reader.left -= size;
        for (std::size_t i = 0; i < size; ++i) {
            std::size_t from = 0;
            if (next_tag(page.messages(static_cast<int>(i)).text(), from) != reader.story[reader.left + i])
                throw WrongDelivery("a page is not what was received");
        }
        messages_ += size;
        if (!page.earlier().empty()) return;
        if (reader.left > 0) throw WrongDelivery("the history ends before its beginning");
        reader.left = reader.story.size();
    }

    Scene scene_;
    std::map<std::uint32_t, Reader> readers_;
    Clock::time_point ends_at_{};
    std::uint32_t under_way_ = 0;
    std::uint64_t messages_ = 0;
    Times times_;
};

}  // namespace

std::unique_ptr<Bout> make_history(const Options& options) { return std::make_unique<History>(options); }

}  // namespace kindroom::bench
