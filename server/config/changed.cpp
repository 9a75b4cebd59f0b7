#include "config/changed.hpp"

#include "config/keys.hpp"

namespace kindroom::config {

namespace {

// The files of the house are read from wherever the fresh configuration says, and its filters by fresh limits that
// nothing else asks about.
bool is_taken_in_by_a_reload(const Key& key) {
    const bool is_file = key.section == "house" && key.kind == Kind::path;
    return is_file || (key.section == "limits" && key.name.starts_with("filter"));
}

}  // namespace

std::vector<std::string> changed_for_a_restart(const Config& running, const Config& fresh) {
    std::vector<std::string> names;
    for (const Key& key : keys())
        if (!is_taken_in_by_a_reload(key) && written(key, running) != written(key, fresh))
            names.push_back(key.full_name());
    return names;
}

}  // namespace kindroom::config
