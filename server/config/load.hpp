// From a file to a Config, with every mistake in it at once.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "config/config.hpp"
#include "config/mistake.hpp"

namespace kindroom::config {

// Overrides by name: `kindroomd__LISTEN__ADDRESS` stands for listen.address, in capitals or not. A list is separated by
// commas; everything else is written as in the file, without quotes. Variables of other names do not concern us.
using Environment = std::map<std::string, std::string>;
Environment environment_of_this_process();

// Reads and understands the file, and looks at nothing else: for those who only want to know what is set. Relative
// paths are taken from the file's folder. Start-up and reload only: reads files.
std::variant<Config, std::vector<Mistake>> read_config(const std::filesystem::path& path,
                                                       const Environment& environment);

// read_config(), then check_config(): for the server, `kindroomd --check` and reloading.
std::variant<Config, std::vector<Mistake>> load_config(const std::filesystem::path& path);
std::variant<Config, std::vector<Mistake>> load_config(const std::filesystem::path& path,
                                                       const Environment& environment);

// Whether this configuration can work: addresses, limits that contradict one another, files that must exist. All
// mistakes; `file`, `line` and `column` are empty, since a Config does not know where it came from.
std::vector<Mistake> check_config(const Config& config);

// The same as read_config() for a text that is in memory; `file` is for mistakes, `folder` for relative paths (empty:
// they are left as they are).
std::variant<Config, std::vector<Mistake>> parse_config(std::string_view text, const std::string& file,
                                                        const std::filesystem::path& folder,
                                                        const Environment& environment);

// The commented sample: every key with its default, its range and what it is for. deploy/kindroomd.toml is this text.
std::string default_config_text();
// The sample with some keys set: by full name ("listen.certificate"), the value as it is written in TOML.
std::string config_text(const std::map<std::string, std::string>& set);

}  // namespace kindroom::config
