// What the client keeps on disk: one small file per profile, in one directory, readable by its owner only. It holds the
// way to the server and this device's token; never a passphrase, never a word that was said.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace kindroom::cli {

struct Profile {
    std::string server;
    std::string ca_file;
    std::string pin;
    std::string login_id;
    std::string device_token;  // bytes

    bool operator==(const Profile&) const = default;
};

// Letters, digits, '-' and '_'; at most 64.
bool is_profile_name(std::string_view name);

// Whether both lead to one server, however they are written.
bool is_same_server(const std::string& one, const std::string& other);
// What the profile for a server is called where nobody has chosen a name: "rooms-example-org-7443".
std::string profile_name_for(const std::string& server);

class ProfileStore {
  public:
    // Nothing is made before the first save().
    explicit ProfileStore(std::filesystem::path home) : home_(std::move(home)) {}

    // --home's default: $XDG_CONFIG_HOME/kindroom, or ~/.config/kindroom.
    static std::filesystem::path default_home();

    // Nothing if there is none, or none that can be read.
    std::optional<Profile> load(const std::string& name) const;
    // Replaces the profile in one step: after a crash either the old or the new one is there. False if it cannot be
    // written.
    bool save(const std::string& name, const Profile& profile) const;

    std::filesystem::path file(const std::string& name) const;

  private:
    std::filesystem::path home_;
};

}  // namespace kindroom::cli
