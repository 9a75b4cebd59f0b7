#include "config/filters_file.hpp"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "config/document.hpp"
#include "config/nearest.hpp"
#include "config/table_reader.hpp"

namespace kindroom::config {

namespace {

using filters::Actions;
using filters::Filter;
using filters::What;

constexpr std::array<What, 9> kinds{What::words,     What::patterns, What::links,      What::phones, What::emails,
                                    What::addresses, What::labels,   What::repetition, What::pace};
constexpr std::array<std::string_view, 4> actions{"hold", "label", "help_card", "call_moderator"};
// What somebody may try to have done to a person.
constexpr std::array<std::string_view, 18> sanctions{
    "ban",    "block",  "close",  "delete",  "kick",      "listen_only", "mute", "quarantine", "refuse",
    "reject", "remove", "report", "retract", "shadowban", "silence",     "slow", "timeout",    "warn"};

constexpr std::string_view no_sanction =
    "No filter can do anything to a person: decisions are made by people, with reasons and an appeal. It can hold, "
    "label, help_card and call_moderator.";
constexpr std::string_view help_only =
    "A cry for help is never an offence: what finds one can answer with help_card and call_moderator, and with nothing "
    "else.";

bool is_sanction(std::string_view action) {
    return std::ranges::any_of(sanctions, [&](std::string_view word) { return action.starts_with(word); });
}

std::string said_by(What what) {
    switch (what) {
        case What::words:
        case What::patterns:
            return "Some of these words are looked at here before others see them.";
        case What::links:
            return "Links are looked at here before others see them.";
        case What::phones:
            return "Telephone numbers are looked at here before others see them.";
        case What::emails:
            return "E-mail addresses are looked at here before others see them.";
        case What::addresses:
            return "Addresses are looked at here before others see them.";
        case What::labels:
            return "Messages with this label are looked at here before others see them.";
        case What::repetition:
            return "The same words came several times.";
        case What::pace:
            return "Many messages came in a short time.";
        case What::help:
            return "What you said sounds as if you could use somebody beside you.";
    }
    return "";
}

// Reads the whole file; what it promises about sizes it keeps by stopping to add.
class FiltersReader {
  public:
    FiltersReader(const std::string& file, const Limits& limits, std::vector<Mistake>& mistakes)
        : file_(file), limits_(limits), mistakes_(mistakes) {}

    void read_filter(const Value& item) {
        Reader reader{file_, "filter", item, mistakes_};
        reader.allow_only({"id", "what", "says", "actions", "label", "words", "patterns", "labels", "count", "within"});
        Filter filter;
        read_id(reader, filter);
        read_what(reader, filter);
        read_says(reader, filter);
        read_lists(reader, filter);
        read_actions(reader, filter);
        keep(reader, std::move(filter));
    }
    void read_help(const Value& item) {
        Reader reader{file_, "help", item, mistakes_};
        reader.allow_only({"id", "says", "actions", "language", "words", "patterns"});
        Filter filter;
        filter.what = What::help;
        read_id(reader, filter);
        read_says(reader, filter);
        filter.language = reader.text("language", Need::required);
        read_lists(reader, filter);
        if (reader.has("actions"))
            read_actions(reader, filter);
        else
            filter.actions = {.help_card = true, .call_moderator = true};
        keep(reader, std::move(filter));
    }
    std::variant<filters::FilterSetPtr, std::vector<Mistake>> finish() {
        if (!mistakes_.empty()) return mistakes_;
        auto made = filters::FilterSet::make(std::move(filters_));
        if (auto* set = std::get_if<filters::FilterSetPtr>(&made)) return std::move(*set);
        for (auto& trouble : std::get<std::vector<filters::Trouble>>(made))
            mistakes_.push_back({.file = file_,
                                 .line = places_[trouble.filter].line,
                                 .column = places_[trouble.filter].column,
                                 .key = "filter",
                                 .value = std::move(trouble.value),
                                 .remedy = std::move(trouble.remedy)});
        return mistakes_;
    }

  private:
    void read_id(Reader& reader, Filter& filter) {
        filter.id = reader.text("id", Need::required);
        if (filter.id.empty()) return;
        if (!is_stable_id(filter.id))
            reader.blame("id", filter.id, "An id has small letters, digits and hyphens, 64 at most.");
        if (!ids_.insert(filter.id).second)
            reader.blame("id", filter.id, "Two filters have this id; nobody could be told which of them acted.");
    }
    void read_what(Reader& reader, Filter& filter) {
        const std::string name = reader.text("what", Need::required);
        const auto found = std::ranges::find(kinds, name, filters::name_of);
        if (found != kinds.end()) {
            filter.what = *found;
        } else if (!name.empty()) {
            std::string known;
            for (const What kind : kinds) known.append(known.empty() ? "" : ", ").append(filters::name_of(kind));
            reader.blame("what", name,
                         name == "help" ? "Write [[help]] instead of [[filter]]." : "It is one of: " + known + ".");
        }
    }
    void read_says(Reader& reader, Filter& filter) {
        filter.says = reader.text("says", Need::optional);
        if (filter.says.empty()) filter.says = said_by(filter.what);
    }
    void read_lists(Reader& reader, Filter& filter) {
        filter.words = reader.texts("words");
        filter.patterns = reader.texts("patterns");
        filter.labels = reader.texts("labels");
        const auto belongs = [&](std::string_view name, bool fits) {
            if (reader.has(name) && !fits) reader.blame(name, "", "This filter looks for something else.");
        };
        const bool is_help = filter.what == What::help;
        const bool counts = filter.what == What::repetition || filter.what == What::pace;
        belongs("words", filter.what == What::words || is_help);
        belongs("patterns", filter.what == What::patterns || is_help);
        belongs("labels", filter.what == What::labels);
        belongs("count", counts);
        belongs("within", counts);
        if (counts) {
            filter.count = reader.count("count", filters::Habits::remembered_max);
            filter.within = reader.duration("within", filters::Habits::remembered_for);
            if (filter.count == 1) reader.blame("count", "1", "Every message would be found; write 2 or more.");
        }
        const auto is_needed = [&](std::string_view name, bool is_missing) {
            if (is_missing) reader.blame(name, "", "List at least one.");
        };
        is_needed("words", filter.what == What::words && filter.words.empty());
        is_needed("patterns", filter.what == What::patterns && filter.patterns.empty());
        is_needed("labels", filter.what == What::labels && filter.labels.empty());
        is_needed("words", is_help && filter.words.empty() && filter.patterns.empty());
        for (const std::string& pattern : filter.patterns)
            if (pattern.size() > limits_.filter_pattern_bytes_max)
                reader.blame("patterns", "", "One is longer than limits.filter_pattern_bytes_max.");
        for (const std::string& word : filter.words)
            if (word.size() > 4 * std::size_t{limits_.name_code_points_max})
                reader.blame("words", "", "One is longer than four times limits.name_code_points_max.");
    }
    void read_actions(Reader& reader, Filter& filter) {
        for (const std::string& action : reader.texts("actions")) {
            if (action == "hold")
                filter.actions.hold = true;
            else if (action == "label")
                filter.actions.label = true;
            else if (action == "help_card")
                filter.actions.help_card = true;
            else if (action == "call_moderator")
                filter.actions.call_moderator = true;
            else
                blame_action(reader, action);
        }
        const Actions& acts = filter.actions;
        if (!reader.has("actions")) reader.blame("actions", "", "This is missing: what is to be done?");
        if ((filter.what == What::help || acts.help_card) && (acts.hold || acts.label))
            reader.blame("actions", acts.hold ? "hold" : "label", std::string{help_only});
        if (acts == Actions{} && reader.has("actions") && mistakes_.empty())
            reader.blame("actions", "", "List at least one of: hold, label, help_card, call_moderator.");
        filter.label = reader.text("label", acts.label ? Need::required : Need::optional);
        if (!acts.label && reader.has("label"))
            reader.blame("label", filter.label, "A label is only given by the action \"label\".");
        if (filter.what == What::labels && acts.label)
            reader.blame("actions", "label", "The message has a label already; choose another action.");
    }
    void blame_action(Reader& reader, const std::string& action) {
        std::string guess = nearest(action, actions);
        if (is_sanction(action))
            reader.blame("actions", action, std::string{no_sanction});
        else
            reader.blame("actions", action,
                         "There is no such action." + (guess.empty() ? "" : " Did you mean " + guess + "?"));
    }
    void keep(Reader& reader, Filter filter) {
        words_ += filter.words.size();
        patterns_ += filter.patterns.size();
        if (words_ > limits_.filter_words_max && !std::exchange(told_words_, true))
            reader.blame("words", "", "All filters together have more words than limits.filter_words_max.");
        if (patterns_ > limits_.filter_patterns_max && !std::exchange(told_patterns_, true))
            reader.blame("patterns", "", "All filters together have more patterns than limits.filter_patterns_max.");
        places_.push_back(reader.where());
        filters_.push_back(std::move(filter));
    }

    const std::string& file_;
    const Limits& limits_;
    std::vector<Mistake>& mistakes_;
    std::vector<Filter> filters_;
    std::vector<Where> places_;
    std::set<std::string> ids_;
    std::size_t words_ = 0;
    std::size_t patterns_ = 0;
    bool told_words_ = false;
    bool told_patterns_ = false;
};

}  // namespace

std::variant<filters::FilterSetPtr, std::vector<Mistake>> parse_filters(std::string_view text, const std::string& file,
                                                                        const Limits& limits) {
    auto document = parse_document(text, file);
    if (auto* mistake = std::get_if<Mistake>(&document)) return std::vector{std::move(*mistake)};
    std::vector<Mistake> mistakes;
    Reader root{file, "", Value{.data = std::get<Table>(std::move(document))}, mistakes};
    root.allow_only({"filter", "help"});
    FiltersReader reader{file, limits, mistakes};
    const auto filters = root.items("filter");
    const auto helps = root.items("help");
    if (filters.size() + helps.size() > limits.filters_max) {
        root.add({}, "filter", "", "There are more filters than limits.filters_max allows.");
        return mistakes;
    }
    for (const Value& item : filters) reader.read_filter(item);
    for (const Value& item : helps) reader.read_help(item);
    return reader.finish();
}

}  // namespace kindroom::config
