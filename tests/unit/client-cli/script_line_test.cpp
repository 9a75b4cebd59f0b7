#include "cli/script_line.hpp"

#include <gtest/gtest.h>

namespace kindroom::cli {
namespace {

TEST(ScriptLine, ARequestIsTheJsonMappingOfTheProtocol) {
    const auto line =
        read_script_line(R"({"id":7,"postMessage":{"roomId":"AAECAwQFBgcICQoLDA0ODw==","text":"hello"}})");
    const auto* request = std::get_if<v1::Request>(&line);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->id(), 7u);
    EXPECT_EQ(request->post_message().text(), "hello");
    EXPECT_EQ(request->post_message().room_id().size(), 16u);
    EXPECT_EQ(request->post_message().client_key(), "") << "a script says itself what it sends";
}

TEST(ScriptLine, NamesOfTheProtoAreUnderstoodToo) {
    const auto line = read_script_line(R"({"list_rooms":{}})");
    ASSERT_TRUE(std::holds_alternative<v1::Request>(line));
    EXPECT_EQ(std::get<v1::Request>(line).id(), 0u);
}

TEST(ScriptLine, EveryCommandOfTheProtocolCanBeWritten) {
    const auto* commands = v1::Request::descriptor()->FindOneofByName("command");
    ASSERT_GE(commands->field_count(), 53);
    for (int i = 0; i < commands->field_count(); ++i) {
        const auto* field = commands->field(i);
        const auto line = read_script_line("{\"" + field->json_name() + "\":{}}");
        const auto* request = std::get_if<v1::Request>(&line);
        ASSERT_TRUE(request) << field->name();
        EXPECT_EQ(static_cast<int>(request->command_case()), field->number()) << field->name();
    }
}

TEST(ScriptLine, WhomABlockMeansIsWrittenAsTheProtocolHasIt) {
    const auto line = read_script_line(
        R"({"blockPeople":{"people":[{"roomId":"AAECAwQFBgcICQoLDA0ODw==","token":"AQ=="}],"report":"He shouted."}})");
    const auto* request = std::get_if<v1::Request>(&line);
    ASSERT_TRUE(request);
    EXPECT_EQ(request->block_people().people(0).token(), "\x01");
    EXPECT_EQ(request->block_people().report(), "He shouted.");
}

TEST(ScriptLine, EmptyLinesAndCommentsAreNothing) {
    for (const char* line : {"", "   ", "# a comment", "\t# another", "\r"}) {
        EXPECT_TRUE(std::holds_alternative<Nothing>(read_script_line(line))) << line;
    }
}

TEST(ScriptLine, WhatIsNotUnderstoodIsSaidSo) {
    for (const char* line :
         {"hello", "[]", "1", "{", "{}", R"({"fly":{}})", R"({"ping":{},"getMe":{}})", R"({"ping":{}} {"ping":{}})",
          R"({"wait":"tea"})", R"({"wait":"posted","x":1})", R"({"wait":"posted","timeoutMs":-1})", R"({"wait":7})",
          R"({"drop":false})", R"({"drop":true,"x":1})", R"({"id":2147483648,"ping":{}})"}) {
        EXPECT_TRUE(std::holds_alternative<Wrong>(read_script_line(line))) << line;
    }
    EXPECT_TRUE(std::holds_alternative<Drop>(read_script_line(R"({"drop":true})")));
}

TEST(ScriptLine, AWaitNamesAnEventATextAndATime) {
    const auto line = read_script_line(R"({"wait":"posted","containing":"tea","timeout_ms":250})");
    const auto* wait = std::get_if<WaitFor>(&line);
    ASSERT_TRUE(wait);
    EXPECT_EQ(wait->what, "posted");
    EXPECT_EQ(wait->containing, "tea");
    EXPECT_EQ(wait->timeout, std::chrono::milliseconds(250));
}

v1::Event posted(const std::string& name, const std::string& text) {
    v1::Event event;
    auto& message = *event.mutable_room_event()->mutable_posted()->mutable_message();
    message.mutable_author()->set_name(name);
    message.set_text(text);
    return event;
}

TEST(Wait, IsFulfilledByItsKindAndItsText) {
    const v1::Event event = posted("Ana", "a cup of tea");
    EXPECT_TRUE(fulfils({"roomEvent", "", {}}, event));
    EXPECT_TRUE(fulfils({"posted", "tea", {}}, event));
    EXPECT_TRUE(fulfils({"posted", "Ana", {}}, event));
    EXPECT_FALSE(fulfils({"posted", "coffee", {}}, event));
    EXPECT_FALSE(fulfils({"edited", "", {}}, event));
    EXPECT_FALSE(fulfils({"closed", "", {}}, event));
}

TEST(Wait, EveryKindOfEventCanBeWaitedFor) {
    const auto* kinds = v1::Event::descriptor()->FindOneofByName("kind");
    for (int i = 0; i < kinds->field_count(); ++i) {
        const auto* field = kinds->field(i);
        if (field->name() == "reply") continue;
        v1::Event event;
        v1::Event::GetReflection()->MutableMessage(&event, field);
        const auto line = read_script_line("{\"wait\":\"" + field->json_name() + "\"}");
        const auto* wait = std::get_if<WaitFor>(&line);
        ASSERT_TRUE(wait) << field->name();
        EXPECT_TRUE(fulfils(*wait, event)) << field->name();
    }
}

TEST(Wait, FindsTextsInLists) {
    v1::Event event;
    event.mutable_roster_changed()->add_people()->set_name("Ana");
    event.mutable_roster_changed()->add_people()->set_name("Ben");
    EXPECT_TRUE(fulfils({"rosterChanged", "Ben", {}}, event));
    EXPECT_FALSE(fulfils({"rosterChanged", "Cleo", {}}, event));
}

TEST(Wait, AReplyIsNeverWaitedFor) {
    v1::Event event;
    event.mutable_reply()->mutable_done();
    EXPECT_FALSE(fulfils({"roomEvent", "", {}}, event));
}

TEST(JsonLine, IsOneLineInTheUsualMapping) {
    EXPECT_EQ(to_json_line(posted("Ana", "two\nlines")),
              R"({"roomEvent":{"posted":{"message":{"author":{"name":"Ana"},"text":"two\nlines"}}}})");
}

}  // namespace
}  // namespace kindroom::cli
