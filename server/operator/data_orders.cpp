#include "operator/data_orders.hpp"

#include <chrono>
#include <ostream>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "crypto/durable.hpp"
#include "operator/moments.hpp"
#include "operator/rotate_keys.hpp"
#include "store/sqlite/backup.hpp"
#include "store/sqlite/closed_database.hpp"
#include "store/sqlite/file_lock.hpp"

namespace kindroom::operator_ {

namespace {

namespace fs = std::filesystem;
using Sentence = std::string;

constexpr int all_is_well = 0;
constexpr int refused = 1;
constexpr int cannot_be_done = 2;

TimePoint now() { return std::chrono::floor<Duration>(std::chrono::system_clock::now()); }

bool is_there(const fs::path& path) {
    std::error_code ignored;
    return fs::exists(path, ignored);
}

fs::path beside(const fs::path& path, const char* ending) { return path.string() + ending; }

// The files that SQLite keeps beside a database.
constexpr const char* companions[] = {"-wal", "-shm"};

// One order being carried out.
class Keeper {
  public:
    Keeper(const config::Config& config, std::ostream& out, std::ostream& err)
        : config_(config), out_(out), err_(err) {}

    int operator()(const MakeBackup& order);
    int operator()(const Restore& order);
    int operator()(const RotateKeys&) {
        const auto trouble = rotate_keys(config_, out_);
        return trouble ? tell(cannot_be_done, *trouble) : all_is_well;
    }

  private:
    int tell(int code, const Sentence& sentence) {
        err_ << sentence << ".\n";
        return code;
    }
    fs::path ring_beside(const fs::path& backup, const fs::path& named) const {
        return named.empty() ? backup.parent_path() / config_.keys.ring_file.filename() : named;
    }
    std::variant<store::KeyRing, Sentence> open_ring(const fs::path& path) const {
        auto ring = store::KeyRing::open(path);
        if (auto* trouble = std::get_if<Sentence>(&ring)) return "the key ring " + path.string() + " " + *trouble;
        return ring;
    }
    // The one in use, which has forgotten the most; a copy only where there is none.
    fs::path ring_for(const Restore& order) const {
        return is_there(config_.keys.ring_file) ? config_.keys.ring_file : ring_beside(order.file, order.ring);
    }
    // Why the copy must not be put there; nothing: it may.
    std::optional<Sentence> what_speaks_against(const fs::path& copy, const store::KeyRing& ring) const;
    std::variant<store::BackupNote, Sentence> verify(const Restore& order, const crypto::MasterKey& master);
    std::optional<Sentence> bring_back(const Restore& order, const crypto::MasterKey& master,
                                       const crypto::MasterKey& present);
    std::optional<Sentence> put_in_place(const fs::path& fresh);
    std::optional<Sentence> set_aside(const fs::path& database, const fs::path& aside);

    const config::Config& config_;
    std::ostream& out_;
    std::ostream& err_;
};

// ---- making a backup ------------------------------------------------------------------------------------------------

// An older copy is replaced, and nothing else: neither the ring in use, to which what the server destroys meanwhile
// would come back, nor that of another house.
std::optional<Sentence> Keeper::what_speaks_against(const fs::path& copy, const store::KeyRing& ring) const {
    if (!is_there(copy)) return std::nullopt;
    std::error_code ignored;
    if (fs::equivalent(copy, config_.keys.ring_file, ignored))
        return copy.string() +
               " is the key ring itself: back up into another folder, or say with --ring where its copy goes";
    const auto before = store::KeyRing::open(copy);
    const auto* older = std::get_if<store::KeyRing>(&before);
    if (!older || older->id() != ring.id())
        return copy.string() + " is no copy of this key ring: it is kept; say with --ring where the copy goes";
    return std::nullopt;
}

int Keeper::operator()(const MakeBackup& order) {
    const auto master = crypto::MasterKey::read_file(config_.keys.master_key_file);
    if (const auto* trouble = std::get_if<Sentence>(&master)) return tell(cannot_be_done, *trouble);
    const fs::path copy = ring_beside(order.file, order.ring);
    {
        const auto ring = open_ring(config_.keys.ring_file);
        if (const auto* trouble = std::get_if<Sentence>(&ring)) return tell(cannot_be_done, *trouble);
        if (const auto trouble = what_speaks_against(copy, std::get<store::KeyRing>(ring)))
            return tell(cannot_be_done, *trouble);
    }
    // The server, if one runs here, comes first.
    constexpr int after_others = 10;
    ::setpriority(PRIO_PROCESS, 0, after_others);
    std::uint64_t told = 0;
    const auto progress = [&](std::uint64_t done, std::uint64_t all) {
        const std::uint64_t tenth = all == 0 ? 10 : 10 * done / all;
        if (tenth <= told) return;
        told = tenth;
        err_ << 10 * tenth << "%\n";
    };
    const auto trouble = store::make_backup(config_.store.path.string(), order.file,
                                            std::get<crypto::MasterKey>(master), now(), progress);
    if (trouble) return tell(cannot_be_done, *trouble);
    // After the database, and over the copy before: what is destroyed by now is destroyed in the copies too.
    const auto ring = open_ring(config_.keys.ring_file);
    if (const auto* why = std::get_if<Sentence>(&ring)) return tell(cannot_be_done, *why);
    if (!std::get<store::KeyRing>(ring).copy_to(copy))
        return tell(cannot_be_done, copy.string() + " cannot be written; the backup alone cannot be read without it");
    out_ << "made   " << order.file.string() << "\n"
         << "       without keys: it is worth nothing without the key ring and the master key\n"
         << "kept   " << copy.string() << ", the newest copy of the key ring\n"
         << "       keep no older one: what has been destroyed since could be read with it\n";
    return all_is_well;
}

// ---- bringing one back ----------------------------------------------------------------------------------------------

std::variant<store::BackupNote, Sentence> Keeper::verify(const Restore& order, const crypto::MasterKey& master) {
    const auto checked = store::check_backup(order.file, master);
    if (const auto* trouble = std::get_if<Sentence>(&checked)) return *trouble;
    const auto& note = std::get<store::BackupNote>(checked);
    out_ << "whole and unchanged, of this house, made on " << moment(note.made_at) << "\n"
         << "schema " << note.schema << ", which this program knows\n";
    const auto ring = open_ring(ring_for(order));
    if (const auto* trouble = std::get_if<Sentence>(&ring)) return *trouble;
    const auto looked = store::look_into_backup(order.file, master, std::get<store::KeyRing>(ring));
    if (const auto* trouble = std::get_if<Sentence>(&looked)) return *trouble;
    const auto& contents = std::get<store::BackupContents>(looked);
    out_ << "passes SQLite's own check\n"
         << "keys: " << contents.keys << " open, " << contents.keys_gone << " destroyed since\n"
         << "messages: " << contents.messages << " open, " << contents.messages_gone
         << " gone for good with their keys\n";
    return note;
}

int Keeper::operator()(const Restore& order) {
    const auto present = crypto::MasterKey::read_file(config_.keys.master_key_file);
    if (const auto* trouble = std::get_if<Sentence>(&present)) return tell(cannot_be_done, *trouble);
    const auto& in_use = std::get<crypto::MasterKey>(present);
    const auto named =
        crypto::MasterKey::read_file(order.master_key.empty() ? config_.keys.master_key_file : order.master_key);
    if (const auto* trouble = std::get_if<Sentence>(&named)) return tell(cannot_be_done, *trouble);
    const auto& master = std::get<crypto::MasterKey>(named);
    if (master.house_print() != in_use.house_print())
        return tell(refused, config_.keys.master_key_file.string() +
                                 " is of another house than the master key named: put this house's own key there");
    const auto verified = verify(order, master);
    if (const auto* trouble = std::get_if<Sentence>(&verified)) return tell(refused, *trouble);
    if (order.only_verify) return all_is_well;
    store::FileLock lock;
    if (const auto trouble = lock.acquire(config_.store.path.string()); !trouble.empty())
        return tell(cannot_be_done, trouble + ": stop it first");
    if (const auto trouble = bring_back(order, master, in_use)) return tell(cannot_be_done, *trouble);
    out_ << "Start the server. Clients come back by themselves; what was said after the backup was made is gone.\n";
    return all_is_well;
}

std::optional<Sentence> Keeper::bring_back(const Restore& order, const crypto::MasterKey& master,
                                           const crypto::MasterKey& present) {
    const fs::path fresh = beside(config_.store.path, ".restoring");
    // What a database that can still be opened has in its log comes into its file first, and what it destroyed last is
    // destroyed in the ring: otherwise somebody whose erasure a crash cut short would come back.
    store::KeyRing::Leaf given_out = store::KeyRing::no_leaf;
    if (is_there(config_.store.path) && is_there(config_.keys.ring_file)) {
        auto replaced = store::ClosedDatabase::open(config_.store.path.string(), config_.keys.ring_file);
        if (auto* opened = std::get_if<store::ClosedDatabase>(&replaced)) given_out = opened->last_leaf();
    }
    std::error_code ignored;
    for (const char* companion : companions) fs::remove(beside(fresh, companion), ignored);
    if (auto trouble = store::take_out_of_backup(order.file, master, fresh)) return trouble;
    if (!is_there(config_.keys.ring_file)) {
        const auto ring = open_ring(ring_for(order));
        if (const auto* trouble = std::get_if<Sentence>(&ring)) return *trouble;
        if (!std::get<store::KeyRing>(ring).copy_to(config_.keys.ring_file))
            return config_.keys.ring_file.string() + " cannot be written";
        out_ << "put    " << config_.keys.ring_file.string() << ", from its copy\n";
    }
    {
        auto database = store::ClosedDatabase::open(fresh.string(), config_.keys.ring_file);
        if (auto* trouble = std::get_if<Sentence>(&database)) return *trouble;
        auto& opened = std::get<store::ClosedDatabase>(database);
        if (auto trouble = opened.erase_again()) return trouble;
        if (auto trouble = opened.pass_over_leaves(given_out)) return trouble;
        if (master.fingerprint() != present.fingerprint())
            if (auto trouble = opened.rewrap(master, present)) return trouble;
    }
    return put_in_place(fresh);
}

std::optional<Sentence> Keeper::set_aside(const fs::path& database, const fs::path& aside) {
    // A log that is left alone beside another database would be taken for its own.
    for (const char* companion : companions) {
        if (!is_there(beside(database, companion))) continue;
        if (!crypto::rename_durably(beside(database, companion), beside(aside, companion)))
            return beside(database, companion).string() + " cannot be moved";
    }
    if (!crypto::link_durably(database, aside)) return aside.string() + " cannot be made";
    return std::nullopt;
}

std::optional<Sentence> Keeper::put_in_place(const fs::path& fresh) {
    const fs::path& database = config_.store.path;
    if (is_there(database)) {
        fs::path aside = beside(database, ".before-restore");
        for (int number = 2; is_there(aside); ++number)
            aside = beside(database, (".before-restore-" + std::to_string(number)).c_str());
        if (auto trouble = set_aside(database, aside)) return trouble;
        out_ << "moved  " << aside.string() << ", the database as it was\n";
    }
    // There is always one of the two under this name.
    if (!crypto::rename_durably(fresh, database)) return database.string() + " cannot be replaced";
    out_ << "put    " << database.string() << ", from the backup\n";
    return std::nullopt;
}

// Root gives such orders for a server that runs as another user: what was made anew belongs to whom its folder does.
void give_to_owners_of_folders(const config::Config& config, std::ostream& err) {
    if (::geteuid() != 0) return;
    const fs::path& database = config.store.path;
    for (const fs::path& file : {database, beside(database, companions[0]), beside(database, companions[1]),
                                 beside(database, ".lock"), config.keys.ring_file}) {
        struct stat folder {};
        struct stat own {};
        const auto parent = file.has_parent_path() ? file.parent_path() : fs::path(".");
        if (::lstat(file.c_str(), &own) != 0 || ::stat(parent.c_str(), &folder) != 0) continue;
        // What is somebody else's already was not made anew.
        if (own.st_uid != 0) continue;
        if (::lchown(file.c_str(), folder.st_uid, folder.st_gid) != 0)
            err << file.string() << " belongs to root: give it to the user of the server.\n";
    }
}

}  // namespace

int look_after_data(const DataOrder& order, const config::Config& config, std::ostream& out, std::ostream& err) {
    if (config.store.kind != "sqlite") {
        err << "This house keeps nothing, so there is nothing to copy and no key to change: see store.kind.\n";
        return cannot_be_done;
    }
    const int code = std::visit(Keeper(config, out, err), order);
    give_to_owners_of_folders(config, err);
    return code;
}

}  // namespace kindroom::operator_
