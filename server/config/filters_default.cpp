// The filters of a house whose operator has written none yet.
#include "config/filters_file.hpp"

namespace kindroom::config {

std::string_view default_filters_text() {
    return R"TOML(# What this house looks for in messages, and what it does then. Changes take effect with SIGHUP. Try them first:
#
#   kindroomd filters try FILE          each line of FILE is taken for a message; says which filter would act on it
#
# No filter can do anything to a person. The author is always told which one acted. What a filter may do ("actions"):
#
#   "hold"            a moderator on duty looks at it before others see it; after limits.review_max it goes back to its author
#   "label"           it is given the label that stands in `label`; readers choose whether they see such words at once
#   "help_card"       the author, and nobody else, is shown places to turn to
#   "call_moderator"  moderators on duty are told within a second
#
# What a [[filter]] looks for ("what"):
#
#   "words"       `words`: words and phrases. Capitals, accents, look-alike letters, digits for letters, repeated letters,
#                 invisible characters, and blanks or dots within a word do not hide one. A part of a word is not found.
#   "patterns"    `patterns`: regular expressions (RE2), on the text in small letters without accents, any blanks as one
#   "links", "phones", "emails", "addresses"      in digits, in words, with blanks in between
#   "labels"      `labels`: those that the author gave
#   "repetition"  the same words `count` times `within` a time, by one person in one room; "pace": any words
#
# Every key of a filter:
#
#   id        small letters, digits and hyphens; the author is told it. Each once in this file.
#   what      see above
#   says      one sentence for the author. Left out: a plain one.
#   actions   one or more of the four
#   label     with the action "label": which
#   words, patterns, labels, count, within       see above

[[filter]]
id = "links"
what = "links"
says = "Links are looked at by a moderator before others see them: they can tell who somebody is, or harm who follows them."
actions = ["hold"]

[[filter]]
id = "phone-numbers"
what = "phones"
says = "Telephone numbers are looked at by a moderator before others see them, so that nobody tells strangers where they can be reached."
actions = ["hold"]

[[filter]]
id = "e-mail-addresses"
what = "emails"
says = "E-mail addresses are looked at by a moderator before others see them, so that nobody tells strangers where they can be reached."
actions = ["hold"]

[[filter]]
id = "street-addresses"
what = "addresses"
says = "Addresses are looked at by a moderator before others see them, so that nobody tells strangers where they live."
actions = ["hold"]

# Against floods, if you have any: people in a bad hour say "yes" and "I know" many times.
#
# [[filter]]
# id = "the-same-again"
# what = "repetition"
# count = 6
# within = "5m"
# says = "The same words came several times; a moderator looks at them before others see them again."
# actions = ["hold"]

# [[help]] finds what may be a cry for help. It is answered with a card for its author and by telling moderators, and it can
# do nothing else: the message is shown like any other. Beside it no other filter acts, but those about contact details.
#
#   language  of the phrases, such as "en": places that speak it are shown
#   words, patterns       as above; at least one of them
#   actions   left out: both "help_card" and "call_moderator"
#
# These phrases are a beginning. Have them read by somebody who knows how people in your rooms speak.

[[help]]
id = "help-en"
language = "en"
words = [
    "kill myself", "killing myself", "end my life", "ending my life", "take my own life", "want to die", "wanna die",
    "better off dead", "better off without me", "end it all", "no reason to live", "not worth living", "suicide note",
    "do not want to live", "don't want to live", "do not want to be alive", "don't want to be alive", "cut myself",
    "hurt myself", "harm myself", "overdose tonight",
]

[[help]]
id = "help-de"
language = "de"
words = [
    "mich umbringen", "bring mich um", "mir das leben nehmen", "nehme mir das leben", "will nicht mehr leben",
    "möchte nicht mehr leben", "will sterben", "möchte sterben", "besser tot", "ohne mich besser dran", "mich ritzen",
    "mich verletzen", "schluss machen mit dem leben", "keinen sinn mehr zu leben", "abschiedsbrief",
]

[[help]]
id = "help-fr"
language = "fr"
words = [
    "me tuer", "me suicider", "en finir avec la vie", "envie de mourir", "veux mourir", "ne veux plus vivre",
    "mettre fin à mes jours", "me faire du mal", "lettre d'adieu",
]

[[help]]
id = "help-es"
language = "es"
words = [
    "matarme", "suicidarme", "quitarme la vida", "quiero morir", "no quiero vivir", "no quiero seguir viviendo",
    "acabar con mi vida", "hacerme daño", "cortarme las venas",
]
)TOML";
}

}  // namespace kindroom::config
