#include <gtest/gtest.h>

#include "crypto/names.hpp"
#include "crypto/passphrase.hpp"
#include "crypto/random.hpp"

namespace kindroom::crypto {
namespace {

TEST(WellKnown, PhrasesWordsAndPatternsAreFound) {
    for (const char* passphrase : {
             "correcthorsebatterystaple",
             "Correct Horse Battery Staple",
             "correct-horse-battery-staple1",
             "passwordpassword",
             "Password123456789",
             "P@ssw0rdP@ssw0rd",
             "this is my password",
             "mysecretpassword1!",
             "iloveyou iloveyou",
             "I love you forever",
             "letmeinletmein1",
             "welcometokindroom",
             "kindroomkindroom",
             "administrator123",
             "to be or not to be",
             "The quick brown fox!",
             "winter is coming 2026",
             "123456789012345",
             "098765432109876",
             "aaaaaaaaaaaaaaa",
             "abababababababab",
             "abcabcabcabcabc",
             "abcdefghijklmno",
             "qwertyuiopasdfgh",
             "poiuytrewqlkjhg",
             "qwertzuiopasdfg",
             "1q2w3e4r5t6z7u8i",
             "1qaz2wsx3edc4rfv",
             "qazwsxedcrfvtgb",
             "aaaabbbbccccdddd",
             "...............",
             "!!!!!!!!!!!!!!!1",
             "amber-heron-4127",
             "Amber Heron 4127",
             "xk9vmpxk9vmpxk9vmp",
             "111111111111119",
             "\u0430\u0430\u0430\u0430\u0430\u0430\u0430\u0430\u0430\u0430\u0430\u0430\u0430\u0430\u0430",
         })
        EXPECT_TRUE(is_well_known(passphrase)) << passphrase;
}

TEST(WellKnown, PassphrasesOfOnesOwnAreLetThrough) {
    for (const char* passphrase : {
             "four quiet words here",
             "another four quiet words",
             "my aunt keeps seven geese",
             "Tr0ubadour on the 4th floor",
             "the kettle sings at dusk",
             "blaue Tassen im Regen",
             "une tasse bleue sous la pluie",
             "vK3!rT9#pL2$wX7@",
             "amber herons stand still",
             "zwölf Boxkämpfer jagen",
             "\u0442\u0440\u0438 \u0441\u0438\u043d\u0438\u0435 \u0447\u0430\u0448\u043a\u0438",
             "\u4e09\u53ea\u84dd\u8272\u7684\u676f\u5b50\u5728\u96e8\u91cc\u7b49\u7740\u6211\u4eec\u5462",
             "#%&/()=?*+-_.:;<>",
         })
        EXPECT_FALSE(is_well_known(passphrase)) << passphrase;
}

TEST(WellKnown, TheLoginIdIsNoPassphrase) {
    Random random(1);
    for (int i = 0; i < 100; ++i) EXPECT_TRUE(is_well_known(make_login_id(random)));
}

TEST(WellKnown, ARecoveryCodeWouldDo) {
    Random random(1);
    for (int i = 0; i < 100; ++i) EXPECT_FALSE(is_well_known(make_recovery_code(random).reveal()));
}

}  // namespace
}  // namespace kindroom::crypto
