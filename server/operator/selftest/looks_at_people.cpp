// Looks at what the protocol has fields for, at contacts, and at what calls answer.
#include <algorithm>
#include <fstream>
#include <google/protobuf/descriptor.h>
#include <set>
#include <sstream>

#include "operator/selftest/looks.hpp"

namespace kindroom::operator_ {

namespace {

namespace pb = google::protobuf;

// Fields whose names speak of what the protocol must not tell anybody.
void find_fields(const pb::Descriptor& message, std::set<std::string>& seen, std::vector<std::string>& found) {
    static const std::set<std::string> forbidden{"count",  "member_count", "unread",  "likes",    "followers", "streak",
                                                 "rank",   "last_seen",    "typing",  "presence", "sequence",  "number",
                                                 "online", "last_active",  "members", "total",    "search"};
    if (!seen.insert(message.full_name()).second) return;
    for (int i = 0; i < message.field_count(); ++i) {
        const auto& field = *message.field(i);
        if (forbidden.contains(field.name())) found.push_back(field.full_name());
        if (field.message_type()) find_fields(*field.message_type(), seen, found);
    }
}

// An answer without what is another each time: request ids, random ids and times.
std::string bare(v1::Reply reply) {
    reply.clear_request_id();
    if (reply.has_error()) reply.mutable_error()->clear_retry_at_ms();
    if (reply.has_offer_made()) {
        auto& offer = *reply.mutable_offer_made()->mutable_offer();
        offer.clear_offer_id();
        offer.clear_fades_at_ms();
        offer.mutable_person()->clear_token();
        offer.mutable_person()->clear_name();
        offer.mutable_person()->clear_sign();
    }
    if (reply.has_message_accepted()) reply.clear_message_accepted();
    return reply.SerializeAsString();
}

std::size_t offers_made(Someone& who) {
    v1::Request request;
    request.mutable_list_contacts();
    return static_cast<std::size_t>(who.get(std::move(request)).contacts().made_size());
}

v1::Request disconnecting(const std::string& room) {
    v1::Request request;
    request.mutable_disconnect()->set_room_id(room);
    return request;
}

v1::Request stepping_away() {
    v1::Request request;
    request.mutable_step_away();
    return request;
}

v1::Request switching_contacts_off() {
    v1::Request request;
    request.mutable_set_contacts_open()->set_open(false);
    return request;
}

v1::Request hearing(const std::string& room, const std::string& message) {
    v1::Request request;
    request.mutable_hear_message()->set_room_id(room);
    request.mutable_hear_message()->set_message_id(message);
    return request;
}

}  // namespace

Verdict look_for_fields(Stage&) {
    std::set<std::string> seen;
    std::vector<std::string> found;
    find_fields(*v1::Batch::descriptor(), seen, found);
    find_fields(*v1::Request::descriptor(), seen, found);
    if (!found.empty()) return tells("the protocol has " + found.front());
    return nothing_tells("no such field in the " + std::to_string(seen.size()) + " messages of the protocol");
}

Verdict look_at_direct(Stage& stage) {
    Someone eve(stage.house);
    eve.join(stage.room, "Eve");
    const auto with_ana = stage.ben.become_contact_of(stage.ana, stage.room);
    const auto with_cleo = stage.ben.become_contact_of(stage.cleo, stage.room);
    const auto with_dora = stage.ben.become_contact_of(stage.dora, stage.room);
    const auto with_eve = stage.ben.become_contact_of(eve, stage.room);
    stage.ben.post(with_ana, "before");
    stage.ana_blocks_ben();
    stage.cleo.get(disconnecting(with_cleo));
    stage.dora.get(stepping_away());
    eve.get(switching_contacts_off());
    std::set<std::string> answers;
    for (const auto& room : {with_ana, with_cleo, with_dora, with_eve})
        answers.insert(bare(stage.ben.ask(posting(room, "hello"))));
    if (answers.size() != 1) return tells(std::to_string(answers.size()) + " different answers");
    if (stage.ben.refusal(posting(with_ana, "hello")) != v1::ERROR_CODE_CONNECTION_RESTING)
        return tells("the answer is not that the contact rests");
    return nothing_tells("blocked, disconnected, stepped away, switched off: the same bytes");
}

Verdict look_at_offers(Stage& stage) {
    stage.ana_blocks_ben();
    const auto to_ana = bare(stage.ben.ask(offering(stage.ana.in(stage.room))));
    const auto to_cleo = bare(stage.ben.ask(offering(stage.cleo.in(stage.room))));
    if (to_ana != to_cleo) return tells("the offer is answered differently");
    if (offers_made(stage.ben) != 2) return tells("one of two offers is not listed");
    stage.ana.listen();
    for (const auto& event : stage.ana.heard())
        if (event.has_contact_offered()) return tells("she is shown his offer");
    return nothing_tells("the same answer, and both stand open in his list");
}

Verdict look_at_old_token(Stage& stage) {
    Someone eve(stage.house);
    eve.join(stage.room, "Eve");
    const auto eves = eve.in(stage.room);
    const auto anas = stage.ana.in(stage.room);
    eve.leave(stage.room);
    stage.ana_blocks_ben();
    const auto muting = [&](const v1::PersonRef& person) {
        v1::Request request;
        *request.mutable_add_mute()->mutable_person() = person;
        auto reply = stage.ben.get(std::move(request));
        reply.mutable_muted()->clear_mute_id();
        return bare(reply);
    };
    if (muting(anas) != muting(eves)) return tells("a mute is answered differently");
    if (bare(stage.ben.ask(offering(anas))) != bare(stage.ben.ask(offering(eves))))
        return tells("an offer is answered differently");
    return nothing_tells("mute and offer: as for somebody who has left");
}

Verdict look_at_names(Stage& stage) {
    const auto other = stage.keeper.make_room();
    stage.ana.join(other, "Ana");
    stage.ana_blocks_ben();
    stage.ben.join(other, "Ana");
    return nothing_tells("her name is free for him, as every name is");
}

Verdict look_at_charges(Stage& stage) {
    stage.ana_blocks_ben();
    const auto hidden = stage.ana.post(stage.room, "hidden");
    const auto shown = stage.dora.post(stage.room, "shown");
    if (bare(stage.ben.ask(hearing(stage.room, hidden))) != bare(stage.ben.ask(hearing(stage.room, shown))))
        return tells("hearing what is hidden is answered differently");
    return nothing_tells("the same answer at the same charge, seen or not");
}

Verdict look_at_invites(Stage& stage) {
    const auto& calls = *v1::Request::descriptor();
    for (int i = 0; i < calls.field_count(); ++i)
        if (const auto& name = calls.field(i)->name();
            name.find("invite") != std::string::npos && name != "create_invite" && name != "create_room_invite")
            return tells("there is a call " + name + " that nobody has looked at");
    const auto other = stage.keeper.make_room([](auto& settings) { settings.set_join_policy(v1::JOIN_POLICY_INVITE); });
    v1::Request inviting;
    inviting.mutable_create_room_invite()->set_room_id(other);
    if (stage.dora.refusal(inviting) != v1::ERROR_CODE_NOT_ALLOWED) return tells("a member can make an invite");
    // The one who blocks him looks after the rooms, and had made him an invite.
    stage.keeper.make_moderator(stage.ana.login_id());
    stage.ana.wait_for([](const v1::Event& event) { return event.has_role_changed(); }, "that she is a moderator");
    const std::string code = stage.ana.get(inviting).invite_created().code();
    stage.ana_blocks_ben();
    v1::Request joining;
    joining.mutable_join_room()->set_room_id(other);
    joining.mutable_join_room()->set_name("Ben");
    joining.mutable_join_room()->set_invite_code(code);
    if (!stage.ben.ask(joining).has_room_joined()) return tells("an invite of hers does not hold any more");
    return nothing_tells("invites are the house's; one that she made holds, as if she had left");
}

Verdict look_at_own_list(Stage& stage) {
    stage.ana_blocks_ben();
    v1::Request request;
    request.mutable_list_boundaries();
    const auto list = stage.ben.get(std::move(request)).boundaries();
    if (list.blocks_size() + list.mutes_size() + list.away_size() > 0) return tells("his list speaks of her");
    return nothing_tells("his own boundaries, none");
}

Verdict look_at_receipt(Stage& stage) {
    Someone eve(stage.house);
    eve.join(stage.room, "Eve");
    const auto eves = eve.in(stage.room);
    eve.leave(stage.room);
    stage.ana_blocks_ben();
    const auto reporting = [&](const v1::PersonRef& person) {
        v1::Request request;
        *request.mutable_block_people()->add_people() = person;
        request.mutable_block_people()->set_report("what happened");
        return stage.ben.get(std::move(request)).people_blocked();
    };
    const auto of_ana = reporting(stage.ana.in(stage.room));
    const auto of_eve = reporting(eves);
    if (of_ana.report_receipt().empty() || of_ana.report_receipt().size() != of_eve.report_receipt().size() ||
        of_ana.blocks_size() != of_eve.blocks_size())
        return tells("the receipts differ");
    return nothing_tells("one form of receipt, for one who blocks him and for one who has left");
}

Verdict look_at_second_account(Stage& stage) {
    Someone moderator(stage.house);
    Someone bens_second(stage.house);
    moderator.join(stage.room, "Mara");
    bens_second.join(stage.room, "Benjamin");
    stage.keeper.make_moderator(moderator.login_id());
    stage.ana_blocks_ben();
    v1::Request link;
    link.mutable_link_people()->set_room_id(stage.room);
    link.mutable_link_people()->set_token(stage.ben.in(stage.room).token());
    link.mutable_link_people()->set_other_token(bens_second.in(stage.room).token());
    moderator.get(std::move(link));
    // The block follows a moment after the answer.
    for (int tries = 0; tries < 200; ++tries) {
        bens_second.forget_heard();
        stage.ana.post(stage.room, "hers");
        stage.dora.post(stage.room, "mark " + std::to_string(tries));
        bens_second.wait_for(
            [&](const v1::Event& event) {
                return event.room_event().posted().message().text() == "mark " + std::to_string(tries);
            },
            "words");
        const auto hers = std::any_of(bens_second.heard().begin(), bens_second.heard().end(), [](const auto& event) {
            return event.room_event().posted().message().text() == "hers";
        });
        if (!hers) return nothing_tells("the block reaches his second account, and nobody is told");
    }
    return tells("his second account still sees her");
}

Verdict look_at_logs(Stage& stage) {
    stage.ana_blocks_ben();
    std::ifstream file(stage.house.log_file());
    std::ostringstream text;
    text << file.rdbuf();
    for (const auto& word : {stage.ana.login_id(), stage.ben.login_id(), std::string("Ana"), std::string("Ben")})
        if (text.str().find(word) != std::string::npos) return tells("the log holds " + word);
    return nothing_tells(std::to_string(text.str().size()) + " bytes of log, no name and no login id");
}

}  // namespace kindroom::operator_
