#include "golden/databases/scene.hpp"

#include "support/store_records.hpp"

namespace kindroom::test {

std::vector<store::Transaction> scene_1() {
    using namespace std::chrono_literals;
    const RoomId room = a_room(1).id;
    const DataKeyId today = place_key_of(room);
    const DataKeyId yesterday = an_id<DataKeyId>(500);
    auto evening = a_room(1);
    evening.settings.welcome_text = "Welcome. Take your time.";
    evening.settings.retention = domain::Retention::days_7;
    evening.settings.slow_mode = 2s;
    evening.settings.seats = 12;
    evening.handover_note = some_words(today, {}, "sealed note");
    auto closed = a_room(2);
    closed.state = domain::RoomState::closed;
    closed.settings.content_labels.clear();
    auto banned = an_account(3);
    banned.ban = some_words({}, banned.person_key, "sealed decision");
    banned.ban_ends_at = never;
    auto moderator = an_account(2);
    moderator.standing = {.role = domain::Role::moderator, .moderates = {room}};
    const auto member = [&](std::uint64_t number, bool joined) {
        return store::PutMembership{{.room = room,
                                     .account = an_id<AccountId>(number),
                                     .joined = joined,
                                     .joined_after = Position{number},
                                     .name = some_words({}, an_account(number).person_key, "sealed name"),
                                     .passed = 255}};
    };
    auto old_words = a_message(room, 1);
    old_words.content.place_key = yesterday;
    auto answer = a_message(room, 3);
    answer.voice = domain::Voice::moderator;
    answer.reply_to = an_id<MessageId>(2);
    answer.reply_to_author = a_message(room, 2).author;
    answer.reply_to_position = Position{2};
    return {
        {{store::PutRoom{evening}, store::PutRoom{closed}, store::InsertKey{a_key(today, room, a_day + 24h)},
          store::InsertKey{a_key(yesterday, room, a_day)}}},
        {{store::InsertKey{a_key(an_account(1).person_key)}, store::InsertKey{a_key(moderator.person_key)},
          store::InsertKey{a_key(banned.person_key)}, store::PutAccount{an_account(1)}, store::PutAccount{moderator},
          store::PutAccount{banned}}},
        {{store::PutSession{a_session(an_account(1).id, 1)}, store::PutSession{a_session(moderator.id, 2)},
          member(1, true), member(2, true), member(3, false)}},
        {{store::InsertMessage{old_words}, store::InsertMessage{a_message(room, 2)}, store::InsertMessage{answer},
          store::InsertMessage{a_message(room, 4)}}},
        {{store::EditMessage{.room = room,
                             .message = an_id<MessageId>(2),
                             .step = Position{5},
                             .content = some_words(today, {}, "sealed and edited")},
          store::RetractMessage{room, an_id<MessageId>(4), Position{6}}}},
        {{store::ExpireRoom{room, a_day}}},
        {{store::PutInvite{{.code = an_id<SecretHash>(1), .standing = {}, .uses_left = 3, .ends_at = a_day + 336h}},
          store::PutRules{{.rules = {.version = 1, .rules = {{"kind", "Be kind."}, {"quiet", "Leave people room."}}},
                           .file_digest = an_id<SecretHash>(2),
                           .published_at = a_day}},
          store::PutMeta{"master_key", to_bytes("fingerprint")}}},
    };
}

std::vector<store::Transaction> news_of_2() {
    using namespace std::chrono_literals;
    const RoomId room = a_room(1).id;
    const DataKeyId today = place_key_of(room);
    const AccountId first = an_account(1).id;
    const AccountId second = an_account(2).id;
    const store::MembershipRecord left{.room = room,
                                       .account = second,
                                       .joined = false,
                                       .joined_after = Position{2},
                                       .left_at = a_day + 2h,
                                       .name = some_words({}, an_account(2).person_key, "sealed name"),
                                       .passed = 255};
    auto reply = a_message(room, 7);
    reply.reply_to = an_id<MessageId>(2);
    reply.reply_to_author = a_message(room, 2).author;
    reply.reply_to_position = Position{2};
    reply.reply_to_posted_at = a_message(room, 2).posted_at;
    auto waiting = a_held(room, 11);
    waiting.reply_to = reply.id;
    // Held and then released at position 10.
    auto released = a_message(room, 10);
    released.posted_at = a_held(room, 10).due_at;
    const auto received = [&](std::uint64_t position) {
        return store::PutReceived{{.account = first, .room = room, .position = Position{position}}};
    };
    auto changed = a_matter(first, 1);
    changed.content.box = to_bytes("sealed again");
    // There were no cases yet.
    auto older = a_report(3);
    older.case_id = {};
    older.number = 0;
    return {
        {{store::InsertMessage{reply},
          store::EditMessage{.room = room,
                             .message = reply.id,
                             .step = Position{8},
                             .at = a_day + 1h,
                             .content = some_words(today, {}, "sealed and edited")},
          store::RetractMessage{
              .room = room, .message = an_id<MessageId>(3), .step = Position{9}, .at = a_day + 1h + 1min}}},
        {{store::PutHeld{a_held(room, 10)}, store::PutHeld{waiting}, store::PutMembership{left}}},
        {{store::DeleteHeld{room, an_id<MessageId>(10)}, store::InsertMessage{released}}},
        {{store::PutMatter{a_matter(first, 1)}, store::PutMatter{a_matter(first, 2)},
          store::PutMatter{a_matter(first, 3)}, store::PutMatter{a_matter(second, 1)}, received(7)}},
        {{store::PutMatter{changed}, store::DeleteMatter{first, an_id<MatterId>(2)}, received(9), received(8)}},
        {{store::InsertKey{a_key(an_id<DataKeyId>(3))}, store::PutReport{older}}},
    };
}

std::vector<store::Transaction> news_of_3() {
    return {
        {{store::InsertKey{a_key(a_case(1).content.place_key)}, store::PutCase{a_case(1)},
          store::PutReport{a_report(4)}, store::PutReport{a_report(5)}}},
        {{store::MarkReportSeen{a_report(4).receipt}}},
        {{store::AppendAudit{an_audit_entry(1)}, store::AppendAudit{an_audit_entry(2)}}},
    };
}

// Rooms that never run unattended.
std::vector<store::Transaction> attendance_of_3() {
    using namespace std::chrono_literals;
    const RoomId room = a_room(1).id;
    auto night = a_room(3);
    night.settings.join_policy = domain::JoinPolicy::knock;
    night.settings.needs_moderator = true;
    night.settings.opening_hours = {{.opens = 1'080, .closes = 1'200}, {.opens = 9'960, .closes = 60}};
    night.settings.opening_words = "Come in.";
    night.settings.closing_words = "Sleep well.";
    night.settings.listen_only = 30s;
    night.state = domain::RoomState::paused;
    night.pause_sentence = some_words(an_id<DataKeyId>(600), {}, "sealed sentence");
    const store::RoomInviteRecord invite{
        .room = room, .code = an_id<SecretHash>(4), .uses_left = 2, .ends_at = a_day + 336h};
    return {
        {{store::InsertKey{a_key(an_id<DataKeyId>(600), night.id, a_day + 24h)}, store::PutRoom{night}}},
        {{store::PutListening{.room = room, .account = an_account(1).id, .until = a_day + 3h},
          store::PutRoomInvite{invite}}},
    };
}

// Decisions: two that wait or do not, one that was forgotten, and the networks of a ban.
std::vector<store::Transaction> decisions_of_3() {
    using namespace std::chrono_literals;
    const auto forgotten = a_decision(3);
    const auto network = [](std::uint64_t number, DecisionId decision) {
        return store::PutNetworkBan{
            {.network = an_id<NetworkId>(number), .decision = decision, .ends_at = a_day + 720h}};
    };
    return {
        {{store::PutDecision{a_decision(1, a_day + 24h)}, store::PutDecision{a_decision(2)},
          store::PutDecision{forgotten}, network(1, a_decision(1).id), network(2, forgotten.id)}},
        {{store::DeleteDecision{forgotten.id}, store::DeleteNetworkBans{forgotten.id}}},
    };
}

// Circles.
std::vector<store::Transaction> circles_of_3() {
    const RoomId room = a_room(1).id;
    auto circle = a_room(4);
    circle.settings.kind = domain::RoomKind::circle;
    circle.settings.turn_soft = Duration{180'000};
    circle.settings.turn_hard = Duration{240'000};
    circle.circle = to_bytes("a circle as it stands");
    auto shared = a_held(room, 12);
    shared.voice = domain::Voice::unsigned_share;
    return {
        {{store::PutRoom{circle}, store::PutHeld{shared}}},
        {{store::EndMembership{.room = room, .account = an_account(1).id, .left_at = a_day}}},
    };
}

// Somebody who erased their account.
std::vector<store::Transaction> news_of_4() {
    const auto gone = an_account(9);
    const auto name = some_words({}, gone.person_key, "sealed name");
    return {
        {{store::InsertKey{a_key(gone.person_key)}, store::PutAccount{gone},
          store::PutMembership{{.room = a_room(1).id, .account = gone.id, .name = name}}}},
        {{store::EraseAccount{gone.id}}},
    };
}

std::vector<store::Transaction> scene_of(std::int64_t schema) {
    auto scene = scene_1();
    if (schema >= 2)
        for (auto& transaction : news_of_2()) scene.push_back(std::move(transaction));
    if (schema >= 3)
        for (auto& transaction : news_of_3()) scene.push_back(std::move(transaction));
    if (schema >= 3)
        for (auto& transaction : attendance_of_3()) scene.push_back(std::move(transaction));
    if (schema >= 3)
        for (auto& transaction : decisions_of_3()) scene.push_back(std::move(transaction));
    if (schema >= 3)
        for (auto& transaction : circles_of_3()) scene.push_back(std::move(transaction));
    if (schema >= 4)
        for (auto& transaction : news_of_4()) scene.push_back(std::move(transaction));
    return scene;
}

}  // namespace kindroom::test
