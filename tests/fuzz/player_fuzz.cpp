// Plays what several devices say, in any order and at any time, into a whole server: dispatcher, actors, codec and
// store, in virtual time, while connections are cut, the store refuses and the server dies. The witness of the
// simulation stands at the door (tests/sim/witness.hpp) and holds the house to its promises; in the end everything is
// answered.
//
// A script is a list of acts. The first byte of one says who, the second what; a command is followed by the number of
// its field in Request, by a length, and by as many bytes of its message. Whoever wrote the bytes cannot know ids that
// the server makes at random, so a field of bytes that holds a single one stands for one that was seen before.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <google/protobuf/descriptor.h>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sim/asking.hpp"
#include "sim/world.hpp"
#include "text/text.hpp"
#include "wire/decode.hpp"

namespace kindroom::sim {
namespace {

namespace pb = google::protobuf;
using Outcome = store::MemoryStore::Outcome;

class Script {
  public:
    explicit Script(std::string_view bytes) : left_(bytes) {}
    bool is_over() const { return left_.empty(); }
    std::uint8_t byte() {
        if (left_.empty()) return 0;
        const auto value = static_cast<std::uint8_t>(left_.front());
        left_.remove_prefix(1);
        return value;
    }
    std::string_view some() {
        const auto piece = left_.substr(0, byte());
        left_.remove_prefix(piece.size());
        return piece;
    }

  private:
    std::string_view left_;
};

Limits tight() {
    Limits limits;
    limits.window_steps = 8;
    limits.history_page_max = 5;
    limits.outbox_bytes_max = 8'000;
    limits.outbox_events_max = 20;
    limits.requests_in_flight_max = 4;
    limits.roster_tick = Duration{2'000};
    limits.roster_tick_jitter = Duration{500};
    limits.presence_linger = Duration{5'000};
    limits.room_idle_max = Duration{3'000};
    limits.account_idle_max = Duration{3'000};
    limits.posts_burst = limits.newcomer_posts_burst = 20;
    without_first_visits(limits);
    limits.sessions_per_account_max = 4;
    return limits;
}

// What was seen so far, to be named by one byte.
class Known {
  public:
    void add(const std::string& name, const std::string& value) {
        auto& all = values_[name];
        if (!value.empty() && all.size() < 64 && std::find(all.begin(), all.end(), value) == all.end())
            all.push_back(value);
    }
    // All ids and names within it.
    void learn(const pb::Message& message) {
        const auto* const reads = message.GetReflection();
        std::vector<const pb::FieldDescriptor*> fields;
        reads->ListFields(message, &fields);
        for (const auto* field : fields) {
            const int count = field->is_repeated() ? reads->FieldSize(message, field) : 1;
            for (int i = 0; i < count; ++i) {
                if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE)
                    learn(field->is_repeated() ? reads->GetRepeatedMessage(message, field, i)
                                               : reads->GetMessage(message, field));
                if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_STRING)
                    add(kind_of(*field), field->is_repeated() ? reads->GetRepeatedString(message, field, i)
                                                              : reads->GetString(message, field));
            }
        }
    }
    // Puts what is known where a single byte stands for it.
    void fill_in(pb::Message& message) const {
        const auto* const all = message.GetReflection();
        std::vector<const pb::FieldDescriptor*> fields;
        all->ListFields(message, &fields);
        for (const auto* field : fields) {
            const int count = field->is_repeated() ? all->FieldSize(message, field) : 1;
            for (int i = 0; i < count; ++i) {
                if (field->cpp_type() == pb::FieldDescriptor::CPPTYPE_MESSAGE)
                    fill_in(field->is_repeated() ? *all->MutableRepeatedMessage(&message, field, i)
                                                 : *all->MutableMessage(&message, field));
                if (field->cpp_type() != pb::FieldDescriptor::CPPTYPE_STRING) continue;
                const auto value =
                    field->is_repeated() ? all->GetRepeatedString(message, field, i) : all->GetString(message, field);
                const auto meant = named(kind_of(*field), value);
                field->is_repeated() ? all->SetRepeatedString(&message, field, i, meant)
                                     : all->SetString(&message, field, meant);
            }
        }
    }

  private:
    // Fields of several names hold the same kind of thing.
    static std::string kind_of(const pb::FieldDescriptor& field) {
        static const std::map<std::string, std::string> same{{"reply_to", "message_id"},
                                                             {"before", "cursor"},
                                                             {"after", "cursor"},
                                                             {"earlier", "cursor"},
                                                             {"later", "cursor"},
                                                             {"other_token", "token"},
                                                             {"mentions", "token"},
                                                             {"current_passphrase", "passphrase"},
                                                             {"new_passphrase", "passphrase"},
                                                             {"rooms", "room_id"},
                                                             {"code", "invite_code"}};
        const auto found = same.find(field.name());
        return found == same.end() ? field.name() : found->second;
    }
    std::string named(const std::string& kind, const std::string& value) const {
        const auto found = values_.find(kind);
        if (value.size() != 1 || found == values_.end()) return value;
        return found->second[static_cast<unsigned char>(value.front()) % found->second.size()];
    }

    std::map<std::string, std::vector<std::string>> values_;
};

class Player {
  public:
    explicit Player(std::uint64_t seed) : world_(seed, {.shards = 2, .limits = tight(), .pace = {}}) {
        known_.add("passphrase", passphrase);
        devices_.push_back(&world_.operators_device());
        devices_.front()->begin();
        hear(world_.ask(*devices_.front(), create_room("Evening porch")));
        hear(world_.ask(*devices_.front(), create_room("Kitchen")));
        for (const char* name : {"Ana", "Ben", "Cleo"}) {
            Device& device = world_.new_device();
            devices_.push_back(&device);
            device.begin();
            hear(world_.ask(device, create_account()));
            world_.ask(device, consent(1));
            hear(world_.ask(device, join(room(), name)));
        }
        // One that nobody has signed in with yet.
        devices_.push_back(&world_.new_device());
        devices_.back()->begin();
    }

    void play(Script script) {
        while (!script.is_over() && is_well()) act(script);
        rest();
    }
    bool is_well() const { return world_.witness().violations().empty(); }
    const std::vector<std::string>& violations() const { return world_.witness().violations(); }

  private:
    std::string room() {
        v1::Request any;
        any.mutable_join_room()->set_room_id(std::string(1, '\0'));
        known_.fill_in(any);
        return any.join_room().room_id();
    }
    void hear(const v1::Reply& reply) {
        known_.learn(reply);
        // Also of one that was changed.
        if (reply.has_room_card()) rooms_.insert(id_from<RoomId>(reply.room_card().room().room_id()));
    }

    void act(Script& script) {
        Device& device = *devices_[script.byte() % devices_.size()];
        const auto what = script.byte();
        switch (what % 16) {
            case 0:
                return world_.pass(Duration{1} * script.byte());
            case 1:
                return world_.pass(Duration{1'000} * script.byte());
            case 2:
                return world_.pass(Duration{600'000} * script.byte());
            case 3:
                return device.cut();
            case 4:
                return device.stall(true);
            case 5:
                return device.stall(false);
            case 6:
                return device.begin();
            case 7:
                return world_.kill_server(Duration{10} * script.byte());
            case 8:
                return world_.set_store_policy([left = script.byte() % 4](auto) mutable {
                    return left > 0 && left-- > 0 ? Outcome::refuse : Outcome::ok;
                });
            default:
                return command(device, script);
        }
    }

    void command(Device& device, Script& script) {
        const auto* const field = v1::Request::descriptor()->FindFieldByNumber(script.byte());
        const auto bytes = script.some();
        if (!field || !field->containing_oneof() || device.has_given_up() || device.waiting() > 6) return;
        v1::Request request;
        auto* const asked = request.GetReflection()->MutableMessage(&request, field);
        (void)asked->ParsePartialFromArray(bytes.data(), static_cast<int>(bytes.size()));
        asked->DiscardUnknownFields();
        known_.fill_in(*asked);
        put_in_order(request);
        device.ask(request, [this](const v1::Reply* reply) {
            if (reply) hear(*reply);
        });
        world_.pass(Duration{script.byte() % 32});
    }

    // The witness knows a post by its key and compares what is kept with what was said. So each key is used for one
    // text in one room, which cleaning leaves as it is, and without a breath or a moderator's look, in which it may be
    // taken back unseen.
    void put_in_order(v1::Request& request) {
        if (request.has_resume_room()) request.mutable_resume_room()->clear_cursor();
        if (!request.has_post_message()) return;
        auto& post = *request.mutable_post_message();
        const auto key = post.client_key().empty() ? 0 : static_cast<unsigned char>(post.client_key().front());
        post.set_client_key(std::string(15, 'k') + static_cast<char>(key));
        post.clear_breath_ms();
        post.clear_moderator_first();
        post.set_text(text::clean_message(post.text()));
        post = posts_.emplace(post.client_key(), post).first->second;
    }

    void rest() {
        world_.set_store_policy({});
        for (auto& device : world_.devices()) device->stall(false);
        const auto rests = [&] {
            for (auto& device : world_.devices()) {
                // Whoever has not signed in is sent away after a while, and comes back when they ask for something.
                const bool is_where_it_belongs = device->is_connected() || device->last_ending.close_code == 4003;
                if (!device->has_given_up() && (!is_where_it_belongs || device->waiting() + device->unanswered() > 0))
                    return false;
            }
            return true;
        };
        if (is_well() && !world_.pass_until(rests, Duration{120'000}) && is_well())
            world_.witness().violation("something is never answered, or somebody never comes back");
        world_.pass(Duration{1'000});
        if (is_well()) world_.witness().check_posts({rooms_.begin(), rooms_.end()});
    }

    SimWorld world_;
    std::vector<Device*> devices_;
    std::set<RoomId> rooms_;
    std::map<std::string, v1::PostMessage> posts_;
    Known known_;
};

}  // namespace
}  // namespace kindroom::sim

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace sim = kindroom::sim;
    kindroom::wire::silence_protobuf();
    // Long scripts find nothing that two short ones do not.
    if (size == 0 || size > 1'000) return 0;
    sim::Player player(data[0]);
    player.play(sim::Script({reinterpret_cast<const char*>(data) + 1, size - 1}));
    for (const auto& violation : player.violations()) std::fprintf(stderr, "%s\n", violation.c_str());
    if (!player.is_well()) std::abort();
    return 0;
}
