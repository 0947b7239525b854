"""What audiences are called on pages: a word, and what it means."""

from typing import Final

from node.i18n import N_
from storage.post_record import Audience

AUDIENCES: Final[tuple[tuple[Audience, str, str], ...]] = (
    (
        "followers",
        N_("My followers on this node"),
        N_("Only people of this node whom you let follow you. It never leaves this node."),
    ),
    (
        "public",
        N_("Everybody"),
        N_("Anybody can read it, and it is copied to the nodes of those who follow you."),
    ),
    (
        "unlisted",
        N_("Everybody, quietly"),
        N_("The same, but it is left out of lists of what is new."),
    ),
    ("self", N_("Only me"), N_("A note to yourself. Nobody else can read it.")),
)
NAMES: Final[dict[Audience, str]] = {
    "followers": N_("Followers on this node"),
    "public": N_("Everybody"),
    "unlisted": N_("Everybody, quietly"),
    "self": N_("Only me"),
}
"""What stands beside a post, whoever reads it."""
