// The one place that knows every concrete type. From the bottom up: clock, log, keys, store, shards, actors, sockets;
// and in the reverse order at the end, so that nothing is called that has gone.
#include "serve.hpp"

#include <algorithm>
#include <future>
#include <sys/prctl.h>
#include <unistd.h>

#include "actors/home.hpp"
#include "actors/passphrase_desk.hpp"
#include "bus/local_bus.hpp"
#include "config/address.hpp"
#include "config/changed.hpp"
#include "config/house_texts.hpp"
#include "config/load.hpp"
#include "counted.hpp"
#include "domain/help.hpp"
#include "net/handed_in.hpp"
#include "net/listener.hpp"
#include "net/web_hook.hpp"
#include "operator/noted_heads.hpp"
#include "operator/rotate_keys.hpp"
#include "ops/health.hpp"
#include "ops/log.hpp"
#include "ops/metrics.hpp"
#include "runtime/shard_pool.hpp"
#include "runtime/signals.hpp"
#include "runtime/system_clock.hpp"
#include "runtime/worker.hpp"
#include "store/memory_store.hpp"
#include "store/sqlite/sqlite_store.hpp"
#include "text/time_zones.hpp"
#include "wire/decode.hpp"

namespace kindroom {

namespace {

// How long a stopping server waits for its clients to go by themselves.
constexpr Duration goodbye_patience{5'000};
constexpr Duration start_patience{60'000};
constexpr Duration note_head_every = std::chrono::hours(24);

using Sentence = std::string;
using Sentences = std::vector<Sentence>;

Sentences lines_of(const std::vector<config::Mistake>& mistakes) {
    Sentences out;
    for (const config::Mistake& mistake : mistakes) out.push_back(to_text(mistake));
    return out;
}

actors::HouseTexts texts_of(config::HouseTexts texts) {
    return {.rules = std::move(texts.rules),
            .data_policy = std::move(texts.data_policy),
            .help = std::move(texts.help),
            .filters = std::move(texts.filters)};
}

// A database without its key is unreadable, so a key is made only where there is no database yet.
std::variant<crypto::MasterKey, Sentence> master_key(const config::Config& config, crypto::Random& random) {
    const auto& file = config.keys.master_key_file;
    const bool has_data = config.store.kind == "sqlite" && std::filesystem::exists(config.store.path);
    if (std::filesystem::exists(file) || has_data) return crypto::MasterKey::read_file(file);
    return crypto::MasterKey::create_file(file, random);
}

// check_config() has refused a name that is none.
TimeZone time_zone(const config::Config& config) {
    return text::find_time_zone(config.house.time_zone).value_or(TimeZone{});
}

class Server {
  public:
    Server(const config::Config& config, const std::filesystem::path& file, ops::Log& log, runtime::Signals& signals)
        : config_(config), file_(file), log_(log), signals_(signals), shards_(config.runtime.shards) {}

    // What is in the way; none: it serves.
    Sentences start();
    void reload();
    void stop();
    void on_storage_failed(std::string_view why);

  private:
    std::optional<Sentence> open_store(const crypto::MasterKey& master);
    std::optional<Sentence> check_master_key(const crypto::MasterKey& master);
    std::optional<Sentence> open_house(config::HouseTexts texts);
    std::optional<Sentence> open_listener();
    void open_web_hook();
    // What was changed in the file, and is not taken in by a reload.
    void tell_of_what_needs_a_restart(const config::Config& fresh);
    // Says how many entries of the help directory nobody has tried for long.
    void doubt_help(const domain::HelpDirectory& help);
    net::Pages pages();
    void settle();
    void note_audit_head(Task then);
    void note_audit_head_daily();

    const config::Config& config_;
    const std::filesystem::path file_;
    ops::Log& log_;
    runtime::Signals& signals_;
    ops::Metrics metrics_;
    ops::Health health_;
    runtime::SystemClock clock_;
    runtime::ShardPool shards_;
    runtime::Worker passphrase_worker_{"passphrases"};
    // The memory store's thread, and where the few files are written that no shard should wait for.
    runtime::Worker storage_worker_{"storage"};
    bus::LocalBus bus_;
    std::optional<crypto::MasterKey> master_;
    std::optional<crypto::Vault> vault_;
    std::optional<crypto::Names> names_;
    std::unique_ptr<store::Store> store_;
    std::optional<actors::PassphraseDesk> passphrases_;
    actors::Shards routes_;
    std::optional<actors::Services> services_;
    std::vector<std::unique_ptr<actors::Home>> homes_;
    std::optional<net::WebHook> web_hook_;
    std::optional<net::Listener> listener_;
};

// Runs `question` on a shard and waits for its answer; only main's thread may wait.
template <class T>
std::optional<T> ask(Scheduler& shard, MoveOnlyFunction<void(MoveOnlyFunction<void(T)>)> question) {
    auto promise = std::make_shared<std::promise<T>>();
    auto answer = promise->get_future();
    shard.post([question = std::move(question), promise]() mutable {
        question([promise](T value) { promise->set_value(std::move(value)); });
    });
    if (answer.wait_for(start_patience) != std::future_status::ready) return std::nullopt;
    return answer.get();
}

void Server::on_storage_failed(std::string_view why) {
    log_.operator_notice(ops::Level::error, why);
    // No destructor, no flush: what was acknowledged is on the disk, and what is not must not be pretended.
    _exit(static_cast<int>(ExitCode::storage_failed));
}

std::optional<Sentence> Server::open_store(const crypto::MasterKey& master) {
    store::Watch watch = told_to(metrics_, health_, log_);
    if (config_.store.kind == "memory") {
        store_ = std::make_unique<store::MemoryStore>(storage_worker_, clock_, std::make_shared<store::MemoryDisk>(),
                                                      config_.limits.store_queue_max, std::move(watch));
    } else {
        auto opened = store::SqliteStore::open({.path = config_.store.path.string(),
                                                .audit_key = crypto::ChainKey(master),
                                                .ring = config_.keys.ring_file.string(),
                                                .readers = config_.store.readers,
                                                .queue_max = config_.limits.store_queue_max,
                                                .vfs = {},
                                                .watch = std::move(watch)},
                                               clock_, [this](std::string_view why) { on_storage_failed(why); });
        if (auto* trouble = std::get_if<Sentence>(&opened)) return *trouble;
        store_ = std::move(std::get<std::unique_ptr<store::SqliteStore>>(opened));
    }
    return check_master_key(master);
}

std::optional<Sentence> Server::check_master_key(const crypto::MasterKey& master) {
    const auto fingerprint = master.fingerprint();
    using Found = Result<std::optional<Bytes>>;
    const auto found =
        ask<Found>(shards_[0], [this](auto answer) { store_->read_meta("master_key", shards_[0], std::move(answer)); });
    if (!found || !*found) return "the store does not answer";
    if (**found) {
        if (!std::equal(fingerprint.begin(), fingerprint.end(), (**found)->begin(), (**found)->end()))
            return "the master key in " + config_.keys.master_key_file.string() +
                   " is not the one that this database was written with: put the right file there";
        return std::nullopt;
    }
    const auto kept = ask<Result<store::Committed>>(shards_[0], [&](auto answer) {
        store::Transaction transaction;
        transaction.changes.push_back(store::PutMeta{"master_key", Bytes(fingerprint.begin(), fingerprint.end())});
        store_->commit(std::move(transaction), shards_[0], std::move(answer));
    });
    if (!kept || !*kept) return "the store cannot be written";
    return std::nullopt;
}

std::optional<Sentence> Server::open_house(config::HouseTexts texts) {
    const auto opened = ask<bool>(shards_[0], [this, texts = texts_of(std::move(texts))](auto answer) mutable {
        homes_.front()->house_desk().open(std::move(texts), std::move(answer));
    });
    if (!opened || !*opened) return "the rooms and rules cannot be read from the store";
    return std::nullopt;
}

void Server::open_web_hook() {
    const auto address = config::parse_web_address(config_.house.web_hook);
    if (!address) return;
    web_hook_.emplace(shards_[0], *address, config_.limits, metrics_);
    services_->page_outside = [this] { web_hook_->page(); };
}

void Server::doubt_help(const domain::HelpDirectory& help) {
    const auto doubtful = std::ranges::count_if(help.entries, [this](const domain::HelpEntry& entry) {
        return domain::is_doubtful(entry, clock_.now(), config_.limits.help_stale_after);
    });
    if (doubtful > 0)
        log_.operator_notice(ops::Level::warning,
                             "In " + config_.house.help_file.string() + ", " + std::to_string(doubtful) +
                                 " of the places to turn to were never verified, or long ago: try them, and set "
                                 "verified_on. Until then they are shown as doubtful.");
}

net::Pages Server::pages() {
    return {.healthz =
                [this] {
                    return net::HttpAnswer{health_.is_alive() ? 200u : 503u, health_.alive_json()};
                },
            .readyz =
                [this] {
                    return net::HttpAnswer{health_.is_ready() ? 200u : 503u, health_.ready_json(ops::Detail::none)};
                },
            .metrics =
                [this] {
                    metrics_.set(ops::Gauge::ready, health_.is_ready() ? 1 : 0);
                    return net::HttpAnswer{200, metrics_.exposition()};
                }};
}

std::optional<Sentence> Server::open_listener() {
    auto handed_in = net::handed_in_socket();
    if (auto* trouble = std::get_if<Sentence>(&handed_in)) return std::move(*trouble);
    std::vector<std::reference_wrapper<actors::Home>> homes;
    for (auto& home : homes_) homes.push_back(*home);
    listener_.emplace(shards_, std::move(homes), config_, *names_, metrics_, log_, pages(),
                      std::get<std::optional<int>>(handed_in));
    return listener_->open();
}

Sentences Server::start() {
    metrics_.set(ops::Gauge::started_at_seconds, to_ms(clock_.now()) / 1'000);
    auto texts = config::load_house_texts(config_);
    if (auto* mistakes = std::get_if<std::vector<config::Mistake>>(&texts)) return lines_of(*mistakes);

    if (config_.store.kind == "sqlite")
        if (auto trouble = operator_::settle_rotation(config_)) return {std::move(*trouble)};
    auto random = crypto::Random::from_system();
    auto master = master_key(config_, random);
    if (auto* trouble = std::get_if<Sentence>(&master)) return {*trouble};
    master_.emplace(std::move(std::get<crypto::MasterKey>(master)));
    vault_.emplace(*master_);
    names_.emplace(*master_);

    shards_.start();
    if (auto trouble = open_store(*master_)) return {*trouble};
    passphrases_.emplace(passphrase_worker_, config_.limits.passphrase_queue_max,
                         crypto::PassphraseCost{.passes = config_.runtime.passphrase_passes,
                                                .memory_bytes = config_.runtime.passphrase_memory_bytes},
                         metrics_);
    services_.emplace(actors::Services{.limits = config_.limits,
                                       .clock = clock_,
                                       .store = *store_,
                                       .bus = bus_,
                                       .master = *master_,
                                       .vault = *vault_,
                                       .names = *names_,
                                       .passphrases = *passphrases_,
                                       .shards = routes_,
                                       .metrics = metrics_,
                                       .house = {.name = config_.house.name,
                                                 .open_registration = config_.house.open_registration,
                                                 .appeal = config_.house.appeal,
                                                 .time_zone = time_zone(config_)},
                                       .page_outside = {}});
    open_web_hook();
    for (std::size_t i = 0; i < shards_.size(); ++i)
        homes_.push_back(std::make_unique<actors::Home>(*services_, shards_[i], crypto::Random::from_system()));
    doubt_help(std::get<config::HouseTexts>(texts).help);
    if (auto trouble = open_house(std::move(std::get<config::HouseTexts>(texts)))) return {*trouble};
    if (auto trouble = open_listener()) return {*trouble};
    health_.set(ops::Check::listening, true);
    health_.set(ops::Check::serving, true);
    note_audit_head_daily();
    log_.info(ops::LogEvent::server_ready,
              {{"tls_port", listener_->tls_port()}, {"plain_port", listener_->plain_port()}});
    return {};
}

void Server::tell_of_what_needs_a_restart(const config::Config& fresh) {
    for (const std::string& key : config::changed_for_a_restart(config_, fresh))
        log_.operator_notice(ops::Level::warning, key + " was changed. It is taken in by a restart, not by a reload.");
}

// All or nothing: what is wrong in one file leaves everything as it was.
void Server::reload() {
    const auto refused = [this](const Sentences& why) {
        metrics_.add(ops::Counter::reloads_failed);
        for (const Sentence& one : why) log_.operator_notice(ops::Level::error, one);
        log_.error(ops::LogEvent::reload_refused);
    };
    auto loaded = config::load_config(file_);
    if (auto* mistakes = std::get_if<std::vector<config::Mistake>>(&loaded)) return refused(lines_of(*mistakes));
    const auto& fresh_config = std::get<config::Config>(loaded);
    auto texts = config::load_house_texts(fresh_config);
    if (auto* mistakes = std::get_if<std::vector<config::Mistake>>(&texts)) return refused(lines_of(*mistakes));
    if (auto trouble = listener_->reload_tls()) return refused({*trouble});
    doubt_help(std::get<config::HouseTexts>(texts).help);
    const auto taken = ask<bool>(
        shards_[0], [this, fresh = texts_of(std::move(std::get<config::HouseTexts>(texts)))](auto answer) mutable {
            homes_.front()->house_desk().take_in(std::move(fresh), std::move(answer));
        });
    if (!taken || !*taken) return refused({"the house rules could not be stored; the old ones stay in force"});
    tell_of_what_needs_a_restart(fresh_config);
    metrics_.add(ops::Counter::reloads);
    log_.info(ops::LogEvent::reload_done);
}

// Waits until what the rooms had under way is on the disk: transactions of a shard keep their order, so an empty one
// behind them answers when they are done.
void Server::settle() {
    for (std::size_t i = 0; i < shards_.size(); ++i)
        ask<Result<store::Committed>>(shards_[i],
                                      [this, i](auto answer) { store_->commit({}, shards_[i], std::move(answer)); });
}

// Beside the database, so that an end of the log that was cut off is missed. Of a store that keeps nothing there is
// nothing to note.
void Server::note_audit_head(Task then) {
    const auto& path = config_.store.audit_heads_file;
    if (path.empty() || config_.store.kind == "memory") return then();
    store_->read_audit_head(storage_worker_, [this, path, then = std::move(then)](auto head) mutable {
        const auto trouble = head ? operator_::note_head(path, {.at = clock_.now(), .head = *head}) : std::nullopt;
        if (trouble) log_.operator_notice(ops::Level::error, *trouble);
        then();
    });
}

void Server::note_audit_head_daily() {
    note_audit_head([this] { storage_worker_.after(note_head_every, [this] { note_audit_head_daily(); }); });
}

void Server::stop() {
    health_.set(ops::Check::serving, false);
    log_.info(ops::LogEvent::server_stopping);
    if (listener_) {
        std::promise<void> gone;
        auto is_gone = gone.get_future();
        listener_->stop(goodbye_patience, [&gone] { gone.set_value(); });
        is_gone.wait();
    }
    if (services_) settle();
    if (web_hook_) web_hook_->stop();
    if (store_ && services_) {
        const auto noted = std::make_shared<std::promise<void>>();
        note_audit_head([noted] { noted->set_value(); });
        noted->get_future().wait_for(goodbye_patience);
    }
    shards_.stop(goodbye_patience);
    passphrase_worker_.stop();
    listener_.reset();
    homes_.clear();
    web_hook_.reset();
    store_.reset();
    storage_worker_.stop();
    log_.info(ops::LogEvent::server_stopped);
}

}  // namespace

ExitCode serve(const config::Config& config, const std::filesystem::path& file) {
    // Words, keys and passphrases are in this memory: no image of it is left on a disk, and no process of the same user
    // may look into it (prctl(2)). A limit of zero would not hold back a program that the kernel pipes images to.
    if (!config.runtime.core_dumps) ::prctl(PR_SET_DUMPABLE, 0);
    runtime::Signals signals;
    wire::silence_protobuf();
    ops::Log log(config.log);
    Server server(config, file, log, signals);
    log.info(ops::LogEvent::server_starting);
    if (const auto troubles = server.start(); !troubles.empty()) {
        for (const Sentence& trouble : troubles) log.operator_notice(ops::Level::error, trouble);
        server.stop();
        return ExitCode::cannot_start;
    }
    while (signals.wait() == runtime::Request::reload) server.reload();
    server.stop();
    return ExitCode::done;
}

}  // namespace kindroom
