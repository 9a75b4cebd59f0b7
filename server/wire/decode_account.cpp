// Commands before and around signing in. Secrets are copied into `Secret`; decode.cpp wipes the originals afterwards.
#include "kindroom/v1/commands.pb.h"
#include "wire/decode_commands.hpp"
#include "wire/fields.hpp"

namespace kindroom::wire {

Read read(v1::Hello& hello) {
    return domain::Hello{.protocol_version = hello.protocol_version(), .client = std::move(*hello.mutable_client())};
}

Read read(v1::GetHelp& get) {
    return domain::GetHelp{.country = std::move(*get.mutable_country()),
                           .language = std::move(*get.mutable_language())};
}

Read read(v1::CreateAccount& create) {
    return domain::CreateAccount{.invite_code = Secret{create.invite_code()},
                                 .passphrase = Secret{create.passphrase()},
                                 .device_label = std::move(*create.mutable_device_label())};
}

Read read(v1::SignIn& sign_in) {
    return domain::SignIn{.login_id = std::move(*sign_in.mutable_login_id()),
                          .passphrase = Secret{sign_in.passphrase()},
                          .device_label = std::move(*sign_in.mutable_device_label())};
}

Read read(v1::ResumeSession& resume) { return domain::ResumeSession{.device_token = Secret{resume.device_token()}}; }

Read read(v1::RecoverAccount& recover) {
    return domain::RecoverAccount{.login_id = std::move(*recover.mutable_login_id()),
                                  .recovery_code = Secret{recover.recovery_code()},
                                  .new_passphrase = Secret{recover.new_passphrase()},
                                  .device_label = std::move(*recover.mutable_device_label())};
}

Read read(v1::ConsentToRules& consent) { return domain::ConsentToRules{.version = consent.version()}; }

Read read(v1::ChangePassphrase& change) {
    return domain::ChangePassphrase{.current_passphrase = Secret{change.current_passphrase()},
                                    .new_passphrase = Secret{change.new_passphrase()},
                                    .end_other_sessions = change.end_other_sessions()};
}

Read read(v1::RevokeSession& revoke) {
    const auto session = required_id<SessionId>(revoke.session_id(), "session_id");
    if (!session) return session.error();
    return domain::RevokeSession{.session = *session};
}

Read read(v1::RevokeAllSessions& revoke) { return domain::RevokeAllSessions{.include_this = revoke.include_this()}; }

}  // namespace kindroom::wire
