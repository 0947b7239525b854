"""What signals are called on pages."""

from typing import Final

from node.i18n import N_

SOURCES: Final = {
    "author": N_("They said themselves that they are not safe"),
    "words": N_("A word rule found something"),
    "member": N_("A member is worried"),
    "moderator": N_("Somebody of the team asks you to look"),
}
SEVERITIES: Final = {
    3: N_("Look now"),
    2: N_("Look soon"),
    1: N_("Look when you can"),
}
OUTCOMES: Final = (
    ("answered", N_("I answered, and they are as safe as I can tell")),
    ("signposted", N_("I said where help is")),
    ("emergency", N_("Emergency services, or somebody near them, were called")),
    ("no-risk", N_("There was no risk; the rule or the worry was wrong")),
    ("elsewhere", N_("Somebody else looks after it")),
)
