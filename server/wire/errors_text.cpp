#include "wire/errors_text.hpp"

#include "base/assert.hpp"

namespace kindroom::wire {

const char* text_of(Errc code) {
    switch (code) {
        case Errc::malformed:
            return "The server could not read this request; please check its form, then send it again.";
        case Errc::invalid_argument:
            return "One field of this request does not fit; please correct the field that is named here.";
        case Errc::unknown_command:
            return "This server does not know this request; it may be older than your program, which can go on without "
                   "it.";
        case Errc::hello_needed:
            return "Please say Hello first; then everything else can be asked.";
        case Errc::sign_in_needed:
            return "Please sign in first; rules, data policy and help can be read without.";
        case Errc::already_signed_in:
            return "You are signed in already; please open another connection for another account.";
        case Errc::rules_needed:
            return "Please read the house rules that are in force now and consent to them; then this is open to you.";
        case Errc::not_allowed:
            return "This is for other hands here; please ask a moderator or the people who run this house.";
        case Errc::sign_in_failed:
            return "These did not fit together; please check login id and passphrase, or use your recovery code.";
        case Errc::invite_invalid:
            return "This invite does not open the door; please check it, or ask for a new one.";
        case Errc::passphrase_unsuitable:
            return "This passphrase would not protect you well; please choose several words that nobody would guess.";
        case Errc::banned:
            return "This account cannot be used here for now; the decision says why, until when, and how to object.";
        case Errc::room_unavailable:
            return "You cannot go into this room just now; please choose another one, or try again later.";
        case Errc::not_in_room:
            return "You are not in this room; please join it first.";
        case Errc::room_paused:
            return "The room is paused for now; you can read, ask for help or leave, and post once it is open again.";
        case Errc::floor_taken:
            return "It is not your turn just now; please listen, and raise a hand if you would like to speak.";
        case Errc::listen_only:
            return "For a while you can read here but not post; the time says from when you can post again.";
        case Errc::slow_mode:
            return "This room leaves some quiet between two messages; please wait a little and send yours again.";
        case Errc::room_out_of_hours:
            return "The room has its hours; you can read, ask for help or leave, and post at the time that is given.";
        case Errc::many_to_one:
            return "Many people have just turned to this person; please leave them a moment, and send yours again "
                   "then.";
        case Errc::text_empty:
            return "There are no words in this yet; please write something and send it again.";
        case Errc::text_too_long:
            return "This text is longer than fits; please shorten it, or send it in parts.";
        case Errc::name_unsuitable:
            return "This name cannot be used here; please choose another one.";
        case Errc::message_gone:
            return "This message is not here to be changed; please go on without it.";
        case Errc::edit_too_late:
            return "The time for changing this message is over; you can still take it back.";
        case Errc::idempotency_mismatch:
            return "This key was used for another message before; please send this one with a key of its own.";
        case Errc::cursor_invalid:
            return "This place in the room cannot be found; please read again from the newest messages.";
        // One answer for every cause, so it may hint at none.
        case Errc::connection_resting:
            return "What you say does not reach them now; it may later.";
        case Errc::stepped_away:
            return "You have stepped away; help and leaving work as always, and everything else once you are back.";
        case Errc::offered_before:
            return "You have offered this person contact before; you can do so again at the time that is given.";
        case Errc::no_shared_room:
            return "Contact can be offered to people you were lately in a room with; please meet there first.";
        case Errc::person_unknown:
            return "Nobody in this room was ever known by this token; please choose the person again.";
        case Errc::too_many:
            return "You have as many of these as this house can keep for you; please end one of them first.";
        case Errc::rate_limited:
            return "That was a lot at once; please take a breath and try again at the time that is given.";
        case Errc::unavailable:
            return "The server cannot do this just now and nothing was changed; please try again in a moment.";
        case Errc::not_found:
            return "There is nothing by this name; please check how it is written.";
        case Errc::recused:
            return "You have blocked this person; please ask another moderator, or say that it is urgent if you are "
                   "alone here.";
        case Errc::out_of_room:
            return "You cannot be in this room for now; the decision says why, until when, and how to object.";
        case Errc::no_contacts:
            return "Your contacts rest for now; the decision says why, until when, and how to object.";
        case Errc::needs_another:
            return "Somebody else has to do this than the one who did what came before; please ask another moderator.";
        case Errc::network_banned:
            return "No account can be made from this network for now; please try again later.";
        case Errc::case_claimed:
            return "Another moderator is looking at this case; please take one that nobody has.";
        case Errc::case_closed:
            return "This case is decided; please look at what was decided.";
        case Errc::appeal_invalid:
            return "Nothing can be appealed with this code; please check how it is written, and how long ago it was.";
        case Errc::would_be_held:
            return "A moderator would look at these words first; please say them as a message of its own, with your name.";
        case Errc::not_seated:
            return "This is for those who are seated in the circle; please sign up for the next one.";
        case Errc::not_now:
            return "This is not the time for that in the circle; please look how it stands and try again later.";
        case Errc::nobody_drawn:
            return "Nobody was drawn; please let people sign up, or draw once more.";
        case Errc::draw_full:
            return "No more people can take part in this draw; please sign up for the next one.";
    }
    // An Errc made from a number that is none.
    KINDROOM_ASSERT(false);
    return "";
}

}  // namespace kindroom::wire
