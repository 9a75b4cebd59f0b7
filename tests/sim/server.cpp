#include "sim/server.hpp"

namespace kindroom::sim {

namespace {

constexpr auto within_tasks = test::ManualScheduler::Here::within_tasks;
// Nobody guesses passphrases here.
constexpr crypto::PassphraseCost cheap{.passes = 1, .memory_bytes = 8 * 1024};

crypto::Key256 master_key_of(std::uint64_t seed) {
    crypto::Key256 key{};
    crypto::Random(seed).fill(std::as_writable_bytes(std::span(key)));
    return key;
}

}  // namespace

HouseGround::HouseGround(std::uint64_t seed)
    : master(master_key_of(seed)), vault(master), names(master), cursors(master) {}

std::map<DataKeyId, crypto::DataKey> HouseGround::opened(const std::vector<store::WrappedKey>& keys) const {
    std::map<DataKeyId, crypto::DataKey> out;
    for (const auto& key : keys)
        if (const auto one = vault.unwrap(key.wrapped, key.id)) out.emplace(key.id, *one);
    return out;
}

SimServer::SimServer(HouseGround& ground, std::uint32_t shards, std::uint64_t seed)
    : ground_(ground),
      store_worker_(ground.clock, within_tasks),
      passphrase_worker_(ground.clock, within_tasks),
      store_(store_worker_, ground.clock, ground.disk),
      passphrases_(passphrase_worker_, ground.limits.passphrase_queue_max, cheap, ground.metrics),
      services_{.limits = ground.limits,
                .clock = ground.clock,
                .store = store_,
                .bus = bus_,
                .master = ground.master,
                .vault = ground.vault,
                .names = ground.names,
                .passphrases = passphrases_,
                .shards = registry_,
                .metrics = ground.metrics,
                .house = {.name = "Sim", .open_registration = true, .appeal = "write to the house"}} {
    for (std::uint32_t i = 0; i < shards; ++i) {
        auto& scheduler = shards_.emplace_back(ground.clock, within_tasks);
        all_.push_back(&scheduler);
        homes_.push_back(std::make_unique<actors::Home>(services_, scheduler, crypto::Random(seed + i)));
    }
    all_.push_back(&store_worker_);
    all_.push_back(&passphrase_worker_);
}

SimServer::~SimServer() {
    for (auto* scheduler : all_) scheduler->shut_down();
}

actors::HouseTexts SimServer::texts() const {
    actors::HouseTexts texts = house_texts();
    texts.filters = ground_.filters;
    texts.help.entries = ground_.help;
    return texts;
}

void SimServer::draw_anew(std::uint64_t seed) {
    const auto moment = static_cast<std::uint64_t>(to_ms(ground_.clock.now()));
    for (std::uint64_t shard = 0; shard < homes_.size(); ++shard)
        homes_[shard]->random() = crypto::Random((seed * 64 + shard) * 0x9e3779b97f4a7c15 ^ moment * 0xd1342543de82ef95);
}

void SimServer::read_again() {
    registry_.send(actors::Shards::front, [texts = texts()](actors::Home& front) mutable {
        front.house_desk().take_in(std::move(texts), [](bool) {});
    });
}

void SimServer::open(MoveOnlyFunction<void(bool)> ready) {
    registry_.send(actors::Shards::front,
                   [texts = texts(), ready = std::move(ready)](actors::Home& front) mutable {
                       front.house_desk().open(std::move(texts), std::move(ready));
                   });
}

actors::HouseTexts house_texts() {
    return {.rules = {{.rule_id = "kind", .text = "Be kind."}},
            .data_policy = "We keep what you say for as long as the room says.",
            .help = {.introduction = "You are not alone.", .entries = {}},
            .filters = {}};
}

}  // namespace kindroom::sim
