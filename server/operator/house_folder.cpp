#include "operator/house_folder.hpp"

#include <map>
#include <ostream>
#include <string>

#include "config/filters_file.hpp"
#include "config/house_texts.hpp"
#include "config/load.hpp"
#include "crypto/master_key.hpp"
#include "operator/dev_certificate.hpp"
#include "operator/private_file.hpp"

namespace kindroom::operator_ {

namespace {

namespace fs = std::filesystem;

// One run of it. Each step returns false after it has told what went wrong.
class Maker {
  public:
    Maker(const fs::path& folder, std::ostream& out, std::ostream& err) : folder_(folder), out_(out), err_(err) {}

    bool make(Certificate certificate) {
        return make_folder(folder_) && make_folder(folder_ / "house") && make_key() &&
               make_file("house/rules.toml", config::default_rules_text()) &&
               make_file("house/data-policy.txt", config::default_data_policy()) &&
               make_file("house/filters.toml", config::default_filters_text()) &&
               (certificate == Certificate::none || make_certificate()) && make_config(certificate);
    }

  private:
    bool make_folder(const fs::path& folder) {
        std::error_code trouble;
        if (fs::is_directory(folder, trouble)) return true;
        fs::create_directories(folder, trouble);
        if (!trouble) fs::permissions(folder, fs::perms::owner_all, trouble);
        return !trouble || tell(folder.string() + " could not be made: " + trouble.message() + ".");
    }

    bool make_key() {
        const fs::path path = folder_ / "master.key";
        if (exists(path)) return kept(path);
        // A new key beside an old database would look like a house whose words are all lost.
        if (exists(folder_ / "kindroom.db")) {
            return tell("There is a database but no master key. Bring " + path.string() +
                        " back from its backup; without it the words in the database cannot be read.");
        }
        auto random = crypto::Random::from_system();
        auto key = crypto::MasterKey::create_file(path, random);
        if (const auto* trouble = std::get_if<std::string>(&key)) return tell(*trouble);
        return made(path);
    }

    bool make_certificate() {
        const fs::path folder = folder_ / "tls";
        if (!make_folder(folder)) return false;
        if (exists(folder / "server.pem")) return kept(folder / "server.pem");
        const auto certificate = make_dev_certificate(folder);
        if (const auto* trouble = std::get_if<std::string>(&certificate)) return tell(*trouble);
        const auto& files = std::get<DevCertificate>(certificate);
        made(files.certificate);
        out_ << "       for localhost, 127.0.0.1 and ::1 only, for 90 days\n"
             << "       on this machine:  kindroom --ca " << files.authority.string() << "\n"
             << "       from elsewhere:   kindroom --server wss://YOUR-HOUSE:7443 --pin " << files.fingerprint << "\n"
             << "       (once listen.address is 0.0.0.0:7443 and not this machine's own)\n";
        return true;
    }

    bool make_config(Certificate certificate) {
        std::map<std::string, std::string> set{{"house.rules_file", "\"house/rules.toml\""},
                                               {"house.data_policy_file", "\"house/data-policy.txt\""},
                                               {"house.filters_file", "\"house/filters.toml\""}};
        if (certificate == Certificate::development) {
            set["listen.certificate"] = "\"tls/server.pem\"";
            set["listen.certificate_key"] = "\"tls/server.key\"";
            // A browser would remember it of localhost, whatever else is served there.
            set["listen.https_only_for"] = "\"0ms\"";
        }
        if (!make_file("kindroomd.toml", config::config_text(set))) return false;
        const std::string file = (folder_ / "kindroomd.toml").string();
        out_ << "\nNext:\n";
        if (certificate == Certificate::none) out_ << "  set listen.certificate and listen.certificate_key in it\n";
        out_
            << "  kindroomd --check --config " << file << "\n"
            << "  kindroomd --config " << file << "\n"
            << "  kindroomd first-admin --config " << file << "\n"
            << "Keep a copy of " << (folder_ / "master.key").string()
            << " apart from the backups, which `kindroomd backup` makes.\n"
            << "Before you open, list places to turn to: house.help_file, with an example in deploy/house/help.toml.\n";
        return true;
    }

    bool make_file(const char* name, std::string_view text) {
        const fs::path path = folder_ / name;
        if (exists(path)) return kept(path);
        if (const auto trouble = write_private_file(path, text)) return tell(*trouble);
        return made(path);
    }

    static bool exists(const fs::path& path) {
        std::error_code ignored;
        return fs::exists(path, ignored);
    }
    bool made(const fs::path& path) {
        out_ << "made   " << path.string() << "\n";
        return true;
    }
    bool kept(const fs::path& path) {
        out_ << "kept   " << path.string() << "\n";
        return true;
    }
    bool tell(const std::string& sentence) {
        err_ << sentence << "\n";
        return false;
    }

    const fs::path& folder_;
    std::ostream& out_;
    std::ostream& err_;
};

}  // namespace

bool make_house_folder(const fs::path& folder, Certificate certificate, std::ostream& out, std::ostream& err) {
    return Maker{folder, out, err}.make(certificate);
}

}  // namespace kindroom::operator_
