#include "filters/filter.hpp"

#include "base/assert.hpp"

namespace kindroom::filters {

std::string_view name_of(What what) {
    switch (what) {
        case What::words:
            return "words";
        case What::patterns:
            return "patterns";
        case What::links:
            return "links";
        case What::phones:
            return "phones";
        case What::emails:
            return "emails";
        case What::addresses:
            return "addresses";
        case What::labels:
            return "labels";
        case What::repetition:
            return "repetition";
        case What::pace:
            return "pace";
        case What::help:
            return "help";
    }
    KINDROOM_ASSERT(false);
    return "";
}

bool is_about_contact_details(What what) {
    return what == What::links || what == What::phones || what == What::emails || what == What::addresses;
}

}  // namespace kindroom::filters
