#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/load.hpp"
#include "unit/config/folder.hpp"

namespace kindroom::config {

namespace {

// A configuration that works, in a folder that lives as long.
class CheckConfig : public testing::Test {
  protected:
    CheckConfig() {
        config_.listen.certificate = folder_.write("certificate.pem", "x");
        config_.listen.certificate_key = folder_.write("certificate.key", "x");
        config_.keys.master_key_file = folder_.write("master.key", "x");
        config_.store.path = folder_.path() / "kindroom.db";
        config_.operator_.socket = folder_.path() / "operator.sock";
    }
    std::vector<std::string> keys_at_fault() const {
        std::vector<std::string> keys;
        for (const Mistake& mistake : check_config(config_)) {
            EXPECT_FALSE(mistake.remedy.empty());
            keys.push_back(mistake.key);
        }
        return keys;
    }
    Folder folder_;
    Config config_;
};

using testing::ElementsAre;
using testing::IsEmpty;

}  // namespace

TEST_F(CheckConfig, OneThatWorksHasNoMistake) { EXPECT_THAT(keys_at_fault(), IsEmpty()); }

// PRODUCT: a decision says how to appeal.
TEST_F(CheckConfig, HowToObjectIsAlwaysSaid) {
    EXPECT_NE(config_.house.appeal.find("/appeal"), std::string::npos) << "in a house that has written nothing, too";
    for (const char* nothing : {"", " \n", "\u200b", "\u2060 \u00a0"}) {
        config_.house.appeal = nothing;
        EXPECT_THAT(keys_at_fault(), ElementsAre("house.appeal")) << nothing;
    }
}

TEST_F(CheckConfig, FilesThatMustExistAreMissedEachByItself) {
    config_.house.rules_file = folder_.path() / "rules.toml";
    config_.house.help_file = folder_.path();
    config_.listen.certificate = folder_.path() / "none.pem";
    config_.listen.certificate_key.clear();
    config_.keys.master_key_file = folder_.path() / "none" / "master.key";
    config_.store.path = folder_.path() / "none" / "kindroom.db";
    EXPECT_THAT(keys_at_fault(), ElementsAre("house.rules_file", "house.help_file", "listen.certificate",
                                             "listen.certificate_key", "store.path", "keys.master_key_file"));
}

TEST_F(CheckConfig, AKeyMayBeMissingOnlyWhereThereIsNoDatabaseYet) {
    config_.keys.master_key_file = folder_.path() / "none.key";
    EXPECT_THAT(keys_at_fault(), IsEmpty());
    config_.store.path = folder_.write("kindroom.db", "x");
    EXPECT_THAT(keys_at_fault(), ElementsAre("keys.master_key_file"));
    config_.store.kind = "memory";
    EXPECT_THAT(keys_at_fault(), IsEmpty());
}

TEST_F(CheckConfig, APlainListenerBeyondLoopbackMustBeWanted) {
    config_.listen.plain_address = "127.0.0.1:0";
    EXPECT_THAT(keys_at_fault(), IsEmpty());
    config_.listen.plain_address = "0.0.0.0:0";
    EXPECT_THAT(keys_at_fault(), ElementsAre("listen.plain_address"));
    config_.listen.plain_beyond_loopback = true;
    EXPECT_THAT(keys_at_fault(), IsEmpty());
}

TEST_F(CheckConfig, AHouseWithoutTlsNeedsNoCertificate) {
    config_.listen.certificate.clear();
    config_.listen.certificate_key.clear();
    config_.listen.address.clear();
    EXPECT_THAT(keys_at_fault(), ElementsAre("listen.address"));
    config_.listen.plain_address = "127.0.0.1:0";
    EXPECT_THAT(keys_at_fault(), IsEmpty());
}

TEST_F(CheckConfig, TheKeyIsNotTheDatabase) {
    config_.store.path = config_.keys.master_key_file;
    EXPECT_THAT(keys_at_fault(), ElementsAre("keys.master_key_file"));
}

TEST_F(CheckConfig, TheKeyRingIsAFileOfItsOwn) {
    config_.keys.ring_file = config_.store.path;
    EXPECT_THAT(keys_at_fault(), ElementsAre("keys.ring_file"));
    config_.keys.ring_file = config_.keys.master_key_file;
    EXPECT_THAT(keys_at_fault(), ElementsAre("keys.ring_file"));
    config_.keys.ring_file.clear();
    EXPECT_THAT(keys_at_fault(), ElementsAre("keys.ring_file"));
}

TEST_F(CheckConfig, ASocketPathThatTheKernelWouldCutIsRefused) {
    config_.operator_.socket = folder_.path() / std::string(107, 's');
    EXPECT_THAT(keys_at_fault(), ElementsAre("operator.socket"));
}

TEST_F(CheckConfig, OriginsAreWrittenAsBrowsersSendThem) {
    config_.listen.origins = {"https://a.example", "a.example"};
    EXPECT_THAT(keys_at_fault(), ElementsAre("listen.origins"));
    config_.listen.origins = {"https://a.example/"};
    EXPECT_THAT(keys_at_fault(), ElementsAre("listen.origins"));
}

TEST_F(CheckConfig, NetworksOfProxiesAreAddressesOrPrefixesAndNeverEverybody) {
    config_.listen.proxies = {"192.0.2.7", "10.1.0.0/16", "2001:db8::/32"};
    EXPECT_THAT(keys_at_fault(), IsEmpty());
    for (const char* network : {"10.1.2.3/16", "proxy.example", "0.0.0.0/0"}) {
        config_.listen.proxies = {"192.0.2.7", network};
        EXPECT_THAT(keys_at_fault(), ElementsAre("listen.proxies")) << network;
    }
}

TEST_F(CheckConfig, LimitsThatContradictOneAnotherAreAllTold) {
    config_.limits.ping_every = config_.limits.idle_max + Duration{1};
    config_.limits.roster_tick_jitter = config_.limits.roster_tick + Duration{1};
    config_.limits.seats_max = config_.limits.seats_default - 1;
    config_.limits.outbox_bytes_max = config_.limits.frame_bytes_max - 1;
    EXPECT_THAT(keys_at_fault(), ElementsAre("limits.frame_bytes_max", "limits.ping_every", "limits.seats_default",
                                             "limits.roster_tick_jitter"));
}

}  // namespace kindroom::config
