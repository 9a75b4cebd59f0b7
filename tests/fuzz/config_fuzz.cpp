// What an operator writes: the configuration, the house rules, the help directory. Whatever the bytes are, the answer
// is a value that keeps to its table, or mistakes of one line each.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/assert.hpp"
#include "config/filters_file.hpp"
#include "config/house_texts.hpp"
#include "config/keys.hpp"
#include "config/load.hpp"

namespace kindroom::config {
namespace {

template <class T>
void check_mistakes(const std::variant<T, std::vector<Mistake>>& read) {
    const auto* mistakes = std::get_if<std::vector<Mistake>>(&read);
    if (mistakes == nullptr) return;
    KINDROOM_ASSERT(!mistakes->empty());
    for (const Mistake& mistake : *mistakes) KINDROOM_ASSERT(to_text(mistake).find('\n') == std::string::npos);
}

// What was understood is written as text that is understood as the same.
void check_that_it_is_read_again(const Config& config) {
    std::map<std::string, std::string> set;
    for (const Key& key : keys()) set[key.full_name()] = written(key, config);
    const auto again = parse_config(config_text(set), "again", "", {});
    const auto* read = std::get_if<Config>(&again);
    KINDROOM_ASSERT(read != nullptr);
    for (const Key& key : keys()) KINDROOM_ASSERT(written(key, *read) == set[key.full_name()]);
}

}  // namespace
}  // namespace kindroom::config

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    namespace config = kindroom::config;
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto read =
        config::parse_config(text, "kindroomd.toml", "", {{"kindroomd__LISTEN__ORIGINS", std::string{text}}});
    config::check_mistakes(read);
    if (const auto* understood = std::get_if<config::Config>(&read)) config::check_that_it_is_read_again(*understood);
    config::check_mistakes(config::parse_rules(text, "rules.toml", kindroom::Limits{}));
    config::check_mistakes(config::parse_help(text, "help.toml"));
    config::check_mistakes(config::parse_filters(text, "filters.toml", kindroom::Limits{}));
    return 0;
}
