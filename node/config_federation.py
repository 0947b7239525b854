"""What an operator can set about the trust between nodes. `node.config` adds it to all the rest.

A node speaks with those of its trusted circle alone unless somebody has typed out what it means to
be open: that must not come about by a word that was copied from elsewhere.
"""

# ruff: noqa: RUF009  (`setting` makes a dataclass field, as `field` does)

from dataclasses import dataclass
from typing import Final, Literal

from node.config_values import one_of, read_line, read_text, setting

OutsidePosts = Literal["refuse", "take"]

OPEN_SENTENCE: Final = (
    "I understand that people of any server can read and follow our public groups."
)
"""What is typed out for `federation` "open"."""


# No slots: of two such parts of one configuration only one may have them.
@dataclass(frozen=True, kw_only=True)
class FederationSettings:
    """What there is to say about a node that is open to all."""

    open_federation: str = setting(
        "",
        read_line,
        "The sentence that has to be typed out before `federation` may be `open`.",
    )

    outside_posts: OutsidePosts = setting(
        "refuse",
        one_of("refuse", "take"),
        "What becomes of threads and replies that people of nodes outside the circle write in "
        "groups of this node.",
    )

    safety_contact: str = setting(
        "",
        read_line,
        "Who is told, and how, when somebody in the circle may not be safe: a name and a way to "
        "reach them. Other nodes can read it.",
    )
    minimum_rules: str = setting(
        "Kindness first. No methods, no pressure, no selling, and nobody is made known against "
        "their will. Reports are looked at within a day. What is deleted stays deleted.",
        read_text,
        "The rules that this node keeps and expects of each node in its circle. Other nodes can "
        "read it.",
    )

    @property
    def means_open(self) -> bool:
        """Whether the sentence stands there; how it is spaced does not matter."""
        return self.open_federation.split() == OPEN_SENTENCE.split()
