// What hangs in the hall of the house for everybody to read: rules, policy, help, and the list of rooms.
#pragma once

#include <map>
#include <memory>

#include "domain/settings.hpp"
#include "filters/filter_set.hpp"

namespace kindroom::actors {

// An immutable snapshot; each shard holds the newest. The house desk makes new ones.
struct Notice {
    domain::HouseRules rules;
    std::string data_policy;
    domain::HelpDirectory help;
    // Null: nothing is looked for.
    filters::FilterSetPtr filters;
    // `joined` is false in each card; it is the viewer's.
    std::map<RoomId, domain::RoomCard> rooms;
};

using NoticePtr = std::shared_ptr<const Notice>;

}  // namespace kindroom::actors
