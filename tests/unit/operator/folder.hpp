// A folder of its own for one test, gone when the test ends.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace kindroom::operator_ {

class Folder {
  public:
    Folder() {
        std::string name = (std::filesystem::temp_directory_path() / "kindroom-operator-XXXXXX").string();
        if (mkdtemp(name.data()) == nullptr) std::abort();
        path_ = name;
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, const std::string& content) const { std::ofstream(path_ / name) << content; }
    std::string read(const std::string& name) const {
        std::ostringstream out;
        out << std::ifstream(path_ / name).rdbuf();
        return out.str();
    }

  private:
    std::filesystem::path path_;
};

// Whether only the owner may do anything with it.
inline bool is_private(const std::filesystem::path& path) {
    using std::filesystem::perms;
    return (std::filesystem::status(path).permissions() & (perms::group_all | perms::others_all)) == perms::none;
}

}  // namespace kindroom::operator_
