#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "domain/audit.hpp"

namespace kindroom::domain {
namespace {

template <class Id>
Id any_id() {
    std::array<std::uint8_t, Id::size> bytes;
    for (auto& byte : bytes) byte = *rc::gen::arbitrary<std::uint8_t>();
    return Id(bytes);
}

template <class Enum>
Enum any_from(Enum first, Enum last) {
    return static_cast<Enum>(*rc::gen::inRange(static_cast<int>(first), static_cast<int>(last) + 1));
}

AuditEntry any_entry() {
    AuditEntry entry{.kind = any_from(AuditKind::decision_made, last_audit_kind),
                     .at = from_ms(*rc::gen::arbitrary<std::int64_t>()),
                     .actor = any_from(AuditActor::server, AuditActor::account),
                     .by = any_id<AuditName>(),
                     .subject = any_id<AuditName>(),
                     .room = any_id<RoomId>(),
                     .ref = any_id<AuditRef>(),
                     .rule_id = *rc::gen::arbitrary<std::string>(),
                     .rules_version = *rc::gen::arbitrary<std::uint32_t>(),
                     .source = any_from(AuditSource::none, AuditSource::rule),
                     .automated = *rc::gen::arbitrary<bool>(),
                     .outcome = any_from(AuditOutcome::none, AuditOutcome::reversed)};
    if (*rc::gen::arbitrary<bool>()) entry.act = DecisionAction::server_ban;
    if (*rc::gen::arbitrary<bool>()) entry.role = any_from(Role::member, Role::admin);
    return entry;
}

TEST(AuditEntry, AnyIsTheSameAfterPackingAndUnpacking) {
    EXPECT_TRUE(rc::check([] {
        const auto entry = any_entry();
        RC_ASSERT(unpack_audit_entry(pack(entry)) == entry);
    }));
}

TEST(AuditEntry, OneThatIsCutOrHasMoreIsNone) {
    const auto packed = pack({.kind = AuditKind::role_set, .rule_id = "kind", .role = Role::admin});
    for (std::size_t size = 0; size < packed.size(); ++size)
        EXPECT_FALSE(unpack_audit_entry(std::string_view(packed).substr(0, size)).has_value());
    EXPECT_FALSE(unpack_audit_entry(packed + "x").has_value());
}

TEST(AuditEntry, TheFirstPackingIsReadForGood) {
    std::string packed("\1\13", 2);
    packed.resize(9, '\0');
    packed += std::string(8, '\0') + '\2' + std::string(7, '\0') + std::string(4 * 16, '\0');
    packed += std::string(8, '\0') + std::string(8, '\0');
    packed += std::string(4 * 8, '\0') + '\3' + std::string(7, '\0');
    const AuditEntry entry{.kind = AuditKind::role_set, .actor = AuditActor::operator_, .role = Role::admin};
    EXPECT_EQ(unpack_audit_entry(packed), entry);
}

}  // namespace
}  // namespace kindroom::domain
