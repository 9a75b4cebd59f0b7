// Links, telephone numbers, e-mail and postal addresses: found however they are written, and not where there are none.
#include "filters/contacts.hpp"

#include <gtest/gtest.h>

#include "text/letters.hpp"

namespace kindroom::filters {
namespace {

std::string found(std::string_view text) {
    static const Contacts contacts;
    auto kinds = contacts.find(text::to_utf8(text::unmasked(text)));
    std::sort(kinds.begin(), kinds.end());
    std::string names;
    for (const What what : kinds) names.append(names.empty() ? "" : " ").append(name_of(what));
    return names;
}

TEST(Contacts, ALinkIsFoundHoweverItIsWritten) {
    for (const char* text :
         {"see https://example.org/a", "HTTP : //example", "hxxps://evil.example", "www.example.net", "example.com",
          "my page: Example.COM.", "example (dot) com", "example[.]com is gone, example dot com", "discord.gg/abc",
          "t.me/somebody", "youtu.be/x", "ｅｘａｍｐｌｅ．ｃｏｍ", "ex\u200bample.com", "ехаmple.com"})
        EXPECT_EQ(found(text), "links") << text;
}

TEST(Contacts, AnEMailAddressIsNoLinkAndFoundHoweverItIsWritten) {
    for (const char* text : {"ana@example.org", "Ana.B+x @ example . org", "ana (at) example (dot) org",
                             "ana at example dot com", "ANA＠EXAMPLE．ORG", "ana@mail.example.co.uk"})
        EXPECT_NE(found(text).find("emails"), std::string::npos) << text << " -> " << found(text);
}

TEST(Contacts, ATelephoneNumberIsFoundHoweverItIsWritten) {
    for (const char* text :
         {"0171 2345678", "+49 (0)171 / 234-56-78", "0 1 7 1 2 3 4 5 6", "call 555-123-4567", "1.800.555.0199",
          "oh one seven one two three four five", "null eins sieben eins zwei drei vier", "０１７１２３４５６７８",
          "zero 1 7 one 2 3 4 5"})
        EXPECT_EQ(found(text), "phones") << text;
}

TEST(Contacts, AnAddressIsFound) {
    for (const char* text : {"I live at 12 Oak Street", "221b, Baker Street", "Hauptstraße 5", "Lindenweg 12a",
                             "Hauptstr. 7", "12 rue de la Paix", "calle de Alcala 42", "SW1A 1AA"})
        EXPECT_EQ(found(text), "addresses") << text;
}

TEST(Contacts, WhatPeopleSayOtherwiseIsNone) {
    for (const char* text :
         {"I went home. Me too.", "It is 10:30 on 2026-11-27, or 27.11.2026", "I slept 4 hours, woke at 5, 6, 7",
          "it cost 1000 or 20000", "we walked 2 miles down the road", "at home. So what", "@Ana how are you",
          "Today is day 100 of 365", "my heart rate was 120/80 at 9", "version 1.2.3", "I have 3 kids, 2 dogs and 1 cat",
          "she said no.I left", "tried it.it hurt", "5 minutes walk", "call 116123 or 112", "12 steps", "...",
          "meet me at noon", "ich war um 7 weg"})
        EXPECT_EQ(found(text), "") << text;
}

}  // namespace
}  // namespace kindroom::filters
