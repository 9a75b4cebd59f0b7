// The texts of a house whose operator has written none yet. They promise what this version does, and no more.
#include "config/house_texts.hpp"

namespace kindroom::config {

std::string_view default_rules_text() {
    return R"(# House rules. Each has an id that stays the same for good, since decisions name it, and a text for people.
# Everybody is asked to accept them again when an id or a text changes; comments and layout change nothing.

[[rule]]
id = "be-kind"
text = "Be kind. People come here in hard hours. No insults, no threats, no contempt for who somebody is, and no pressing for answers."

[[rule]]
id = "no-advice-unasked"
text = "Listen first. Speak of what you have been through yourself, and give advice only when somebody asks for it. Nobody here is your doctor or lawyer."

[[rule]]
id = "no-methods-or-numbers"
text = "You may say how bad it is, thoughts of suicide and of hurting yourself included. Leave out methods, places, doses, weights and other numbers: they can hurt others who read them."

[[rule]]
id = "what-is-said-here-stays-here"
text = "What is said here stays here. Do not copy, photograph or retell other people's words, and do not try to find out who somebody is."

[[rule]]
id = "no-contact-details"
text = "No telephone numbers, addresses, links to profiles or other contact details, neither your own nor anybody else's."

[[rule]]
id = "no-selling"
text = "No selling, no recruiting, no campaigning and no collecting of people for a study."

[[rule]]
id = "no-sexual-approaches"
text = "No flirting and no sexual approaches. People who are in need are not here to be courted, and some may be under age."

[[rule]]
id = "moderators-may-act"
text = "Moderators may take words back, pause a room or ask somebody to go when these rules are broken. They say what was decided, by which rule and why, and how you can object. Asking for help is never an offence."
)";
}

std::string_view default_data_policy() {
    return R"(What this house keeps about you, and who can read it

What we do not ask for
You need no name, no e-mail address and no telephone number. Your login id is made by the server at random. If you lose
both your passphrase and your recovery code, nobody can let you in again, since nobody knows who you are.

What is kept
- Your login id, and your passphrase and recovery code as hashes from which they cannot be read.
- The devices you are signed in on: the name you gave each, when it signed in and when it was last used. You can list them and
  sign them out, one by one or all at once.
- The rooms you are in, the name you chose in each, what you may do there, and which version of the house rules you accepted.
- Your words, until their time is over: each room says whether it keeps them for 24 hours, 7 days or 30 days. Words that waited for a
  moderator and came back to you are kept until you have them back, and no longer than that.
- What was reported to the moderators, with a few messages around it, as it was then, even if it is taken back later. It is sealed
  under a key of its own, which is destroyed 183 days after the outcome; while somebody objects to that, not before it is decided.
  What is written when somebody objects is kept as long.
- Whom you mute, block or are in contact with, sealed under a key of yours. Nobody can list it but you. When several people
  who have nothing to do with each other block one person, moderators are told so some hours later, and never by whom.
- What moderators note for the next one when they hand over.
- Decisions about you, with their reasons, for six months after they are over.
- A log of what moderators and those who run the house have done: what was decided or changed, when, by which rule, in which room. It
  calls everybody by a scrambled name and has no words of anybody. It is kept for good, so that nothing can be undone in secret. Whom
  you have muted, blocked or are in contact with is not in it.

Your network address is not written down. To slow down guessing and floods, the server counts attempts for each network in
memory, under a scrambled form of the address. Only if you are banned together with your network is that scrambled form kept, for as
long as the ban lasts, and 30 days at most. The log and the counters hold no words, names, login ids or addresses.

How your words are kept
Words are sealed before they are stored, under keys of their own for each room and day, and personal texts under a key of each
person. Those keys are sealed under one master key, which lies outside the database, and once more under a ring of keys, which lies
outside of it and of its backups. When the time of a day's words is over, its key is destroyed in both, and from then on nobody can
read those words: not this server, not whoever takes its files, and not in a backup that was made before. What was reported, as said
above, is the exception. What all this rests on is that those who run this house keep no old copy of the ring.

Who can read them
Everybody who is in the room can read what you say there, and can copy it or photograph a screen. This service is NOT end-to-end
encrypted: the server itself handles readable words. It needs to, because moderators must be able to act on what is said, and
because the server decides, for each person, what reaches them. So whoever runs this server, and anybody who takes over the running
machine together with its master key, could read what is kept at that time. Somebody who takes the database alone cannot read words;
they would see sizes, times and random numbers.
A program of the house compares what you say in rooms with words, phrases and forms that the house looks for, such as links,
telephone numbers and cries for help. It can have a message wait until a moderator on duty has looked at it, without your name beside it,
give it a label, show you places to turn to, or call a moderator, and nothing else. You are told each time. Why it waited is
forgotten when it is shown or when you have it back.

On the way
Between you and the server everything is encrypted (TLS). Somebody who watches your network can still see which server you connect to,
when, and roughly how much.

What you can do yourself, at any time, banned or not
You can take back your own messages. You can have a copy of everything that is kept of you (/export in the client). And you can erase your
account (/erase): your key is destroyed at once, so that your words, names and settings cannot be read any more, in backups neither; your
messages are taken back, and for others you have left. What stays is that somebody, who cannot be told any more, was in a room and spoke
at certain times, until those words' time would have been over; and entries of the log of decisions, from which nothing leads to you.
What was reported of what you said, and what you reported, stays sealed with its case until the key of that case is destroyed, as said
above.

On your own device
This server cannot hide from somebody who looks at your screen, or who uses your device, that you were here.
)";
}

}  // namespace kindroom::config
