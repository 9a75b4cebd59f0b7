// What the dialogues about reports and cases have in common.
#pragma once

#include "sim/boundaries.hpp"

namespace kindroom::sim {

inline v1::Request report_message(const std::string& room, const std::string& message, const std::string& words) {
    v1::Request request;
    request.mutable_report()->mutable_message()->set_room_id(room);
    request.mutable_report()->mutable_message()->set_message_id(message);
    request.mutable_report()->set_words(words);
    return request;
}
inline v1::Request report_person(const Somebody& person, const std::string& words) {
    v1::Request request;
    set_person(*request.mutable_report()->mutable_person(), person);
    request.mutable_report()->set_words(words);
    return request;
}
inline v1::Request get_reports(const std::string& receipt = {}) {
    v1::Request request;
    request.mutable_get_reports()->set_receipt(receipt);
    return request;
}
inline v1::Request list_cases() {
    v1::Request request;
    request.mutable_list_cases();
    return request;
}
inline v1::Request open_case(const std::string& id, bool show = true, std::uint32_t report = 0) {
    v1::Request request;
    request.mutable_open_case()->set_case_id(id);
    request.mutable_open_case()->set_show(show);
    request.mutable_open_case()->set_report(report);
    return request;
}
inline v1::Request claim_case(const std::string& id) {
    v1::Request request;
    request.mutable_claim_case()->set_case_id(id);
    return request;
}
inline v1::Request resolve_case(const std::string& id) {
    v1::Request request;
    request.mutable_resolve_case()->set_case_id(id);
    request.mutable_resolve_case()->set_outcome(v1::CASE_OUTCOME_ACTED);
    request.mutable_resolve_case()->set_answer("We talked to them.");
    return request;
}
inline v1::Request dismiss_case(const std::string& id) {
    v1::Request request;
    request.mutable_dismiss_case()->set_case_id(id);
    return request;
}
inline v1::Request tap_out() {
    v1::Request request;
    request.mutable_tap_out();
    return request;
}

class Reporting : public Boundaries {
  protected:
    void come_in_with_mira() {
        come_in();
        mira_ = &moderator("Mira");
        EXPECT_TRUE(world_->ask(*mira_, go_on_duty(room_)).has_on_duty());
        settle();
    }
    v1::Reply reports(Device& device, const std::string& message, const std::string& words = "was unkind") {
        return world_->ask(device, report_message(room_, message, words));
    }
    std::vector<v1::CaseCard> queue(Device& device) {
        const auto reply = world_->ask(device, list_cases());
        EXPECT_TRUE(reply.has_cases()) << reply.ShortDebugString();
        return {reply.cases().cases().begin(), reply.cases().cases().end()};
    }
    std::string only_case() {
        const auto all = queue(*mira_);
        EXPECT_EQ(all.size(), 1u);
        return all.empty() ? std::string() : all.front().case_id();
    }
    v1::CaseReport shown(const std::string& id, std::uint32_t report = 0) {
        const auto reply = world_->ask(*mira_, open_case(id, true, report));
        EXPECT_TRUE(reply.has_case_opened()) << reply.ShortDebugString();
        return reply.case_opened().report();
    }
    static Lines texts_of(const v1::CaseReport& report) {
        Lines lines;
        for (const auto& message : report.evidence())
            lines.push_back((message.reported() ? "> " : "") + message.text());
        return lines;
    }
    static int heard(const Device& device, v1::Event::KindCase kind) {
        return static_cast<int>(std::count_if(device.heard.begin(), device.heard.end(),
                                              [&](const v1::Event& event) { return event.kind_case() == kind; }));
    }
    std::vector<domain::AuditEntry> audit_log() {
        std::vector<domain::AuditEntry> entries;
        for (const auto& row : world_->ground().disk->read_audit({.after = 0, .limit = 10'000}))
            entries.push_back(domain::unpack_audit_entry(as_text(row.entry)).value());
        return entries;
    }
    AuditName name_in_log(const Device& device) {
        return world_->ground().names.audit_name(world_->ground().disk->find_account(device.login_id()).value());
    }
    void restart() {
        world_->kill_server();
        EXPECT_TRUE(
            world_->pass_until([&] { return world_->is_up() && mira_->is_connected() && ana_->is_connected(); }));
        world_->pass(Duration{3'000});
    }

    Device* mira_ = nullptr;
};

}  // namespace kindroom::sim
