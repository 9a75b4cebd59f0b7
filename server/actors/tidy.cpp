#include "actors/tidy.hpp"

#include <algorithm>

#include "crypto/passphrase.hpp"
#include "text/text.hpp"

namespace kindroom::actors {

using namespace domain;

namespace {

// The longest that the server makes is half as long.
constexpr std::size_t login_id_bytes_max = 64;

Result<void> tidy_label(std::string& label, const Limits& limits) {
    if (label.size() > limits.device_label_bytes_max) return bad_field("device_label");
    label = text::clean_line(label);
    return {};
}

Result<void> tidy_content_label(std::string& label, const Limits& limits) {
    label = text::clean_line(label);
    if (label.empty() || text::code_points(label) > limits.name_code_points_max) return bad_field("label");
    return {};
}

Result<void> judge_passphrase(const Secret& passphrase, const Limits& limits) {
    const std::size_t length = text::code_points(passphrase.reveal());
    if (length < limits.passphrase_code_points_min || length > limits.passphrase_code_points_max ||
        crypto::is_well_known(passphrase.reveal()))
        return refuse(Errc::passphrase_unsuitable);
    return {};
}

void tidy_settings(RoomSettings& settings) {
    settings.topic = text::clean_line(settings.topic);
    settings.welcome_text = text::clean_message(settings.welcome_text);
    for (auto& label : settings.content_labels) label = text::clean_line(label);
    settings.opening_words = text::clean_line(settings.opening_words);
    settings.closing_words = text::clean_line(settings.closing_words);
}

struct Tidy {
    const Limits& limits;

    // Most commands carry no text.
    template <class C>
    Result<void> operator()(C&) const {
        return {};
    }
    Result<void> operator()(Hello& command) const {
        if (command.client.size() > limits.client_name_bytes_max) return bad_field("client");
        return {};
    }
    Result<void> operator()(CreateAccount& command) const {
        if (auto judged = judge_passphrase(command.passphrase, limits); !judged) return judged;
        return tidy_label(command.device_label, limits);
    }
    Result<void> operator()(SignIn& command) const {
        // A passphrase that could not have been chosen is not worth a hash, and says nothing about the account. A login
        // id that was never made is not worth being remembered by whoever slows down guessing.
        if (text::code_points(command.passphrase.reveal()) > limits.passphrase_code_points_max ||
            command.login_id.size() > login_id_bytes_max)
            return refuse(Errc::sign_in_failed);
        return tidy_label(command.device_label, limits);
    }
    Result<void> operator()(RecoverAccount& command) const {
        if (command.login_id.size() > login_id_bytes_max) return refuse(Errc::sign_in_failed);
        if (auto judged = judge_passphrase(command.new_passphrase, limits); !judged) return judged;
        return tidy_label(command.device_label, limits);
    }
    Result<void> operator()(ChangePassphrase& command) const {
        return judge_passphrase(command.new_passphrase, limits);
    }
    Result<void> operator()(EraseAccount& command) const {
        if (text::code_points(command.passphrase.reveal()) > limits.passphrase_code_points_max)
            return refuse(Errc::sign_in_failed);
        return {};
    }
    Result<void> operator()(JoinRoom& command) const {
        auto name = text::clean_name(command.name, limits.name_code_points_max);
        if (!name) return refuse(Errc::name_unsuitable);
        command.name = std::move(*name);
        return {};
    }
    Result<void> operator()(PostMessage& command) const {
        command.text = text::clean_message(command.text);
        for (auto& label : command.labels) label = text::clean_line(label);
        return {};
    }
    Result<void> operator()(EditMessage& command) const {
        command.text = text::clean_message(command.text);
        return {};
    }
    Result<void> operator()(AddMute& command) const {
        if (auto* label = std::get_if<Label>(&command.what)) return tidy_content_label(label->label, limits);
        auto* words = std::get_if<Words>(&command.what);
        if (!words) return {};
        for (auto& word : words->words) word = text::fold_for_matching(word);
        std::erase_if(words->words, [](const auto& word) { return word.empty(); });
        std::sort(words->words.begin(), words->words.end());
        words->words.erase(std::unique(words->words.begin(), words->words.end()), words->words.end());
        if (words->words.empty()) return bad_field("words");
        for (const auto& word : words->words)
            if (text::code_points(word) > limits.name_code_points_max) return bad_field("words");
        return {};
    }
    Result<void> operator()(BlockPeople& command) const {
        command.report = text::clean_message(command.report);
        // A block is never refused; of a report that is too long its beginning is kept.
        command.report = text::first_code_points(command.report, limits.note_code_points_max);
        return {};
    }
    Result<void> operator()(Report& command) const {
        command.words = text::clean_message(command.words);
        command.rule_id = text::first_code_points(text::clean_line(command.rule_id), limits.name_code_points_max);
        if (text::code_points(command.words) > limits.note_code_points_max) return refuse(Errc::text_too_long);
        return {};
    }
    Result<void> operator()(GetReports& command) const {
        if (command.receipt.size() > limits.device_label_bytes_max) return refuse(Errc::not_found);
        return {};
    }
    Result<void> operator()(Appeal& command) const {
        if (command.code.size() > limits.device_label_bytes_max) return refuse(Errc::appeal_invalid);
        command.words = text::clean_message(command.words);
        if (text::code_points(command.words) > limits.note_code_points_max) return refuse(Errc::text_too_long);
        return {};
    }
    Result<void> operator()(GetAppeal& command) const {
        if (command.code.size() > limits.device_label_bytes_max) return refuse(Errc::appeal_invalid);
        return {};
    }
    Result<void> tidy_outcome(std::string& note, std::string& answer) const {
        for (std::string* text : {&note, &answer}) {
            *text = text::clean_message(*text);
            if (text::code_points(*text) > limits.note_code_points_max) return refuse(Errc::text_too_long);
        }
        return {};
    }
    Result<void> operator()(ResolveCase& command) const { return tidy_outcome(command.note, command.answer); }
    Result<void> operator()(DismissCase& command) const { return tidy_outcome(command.note, command.answer); }
    Result<void> operator()(SetLabelChoice& command) const { return tidy_content_label(command.label, limits); }
    Result<void> operator()(CreateRoom& command) const {
        tidy_settings(command.settings);
        return {};
    }
    Result<void> operator()(ChangeRoom& command) const {
        tidy_settings(command.settings);
        return {};
    }
    Result<void> operator()(PauseRoom& command) const {
        command.sentence = text::clean_line(command.sentence);
        return {};
    }
    Result<void> operator()(GoOffDuty& command) const {
        command.handover_note = text::clean_message(command.handover_note);
        return {};
    }
    Result<void> operator()(ReturnHeld& command) const {
        command.note = text::clean_message(command.note);
        // Authority is always explained (PRODUCT X1).
        if (command.note.empty()) return bad_field("note");
        if (text::code_points(command.note) > limits.note_code_points_max) return refuse(Errc::text_too_long);
        return {};
    }
    Result<void> operator()(TryFilters& command) const {
        command.text = text::clean_message(command.text);
        return {};
    }
    Result<void> operator()(PublishRules& command) const {
        if (command.rules.empty() || command.rules.size() > limits.rules_max) return bad_field("rules");
        for (auto& rule : command.rules) {
            rule.rule_id = text::clean_line(rule.rule_id);
            rule.text = text::clean_message(rule.text);
            if (rule.rule_id.empty() || text::code_points(rule.rule_id) > limits.name_code_points_max ||
                rule.text.empty() || text::code_points(rule.text) > limits.note_code_points_max)
                return bad_field("rules");
        }
        return {};
    }
    Result<void> operator()(Decide& command) const {
        command.facts = text::clean_message(command.facts);
        return {};
    }
    Result<void> operator()(BanAccount& command) const {
        command.facts = text::clean_message(command.facts);
        // Authority is always explained (PRODUCT X1).
        if (command.facts.empty() || text::code_points(command.facts) > limits.note_code_points_max)
            return bad_field("facts");
        return {};
    }
};

}  // namespace

Result<void> tidy(Command& command, const Limits& limits) { return std::visit(Tidy{limits}, command); }

}  // namespace kindroom::actors
