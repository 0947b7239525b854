"""Words that a group can begin with: the welcome thread, and threads for every week. Moderators
change them as they like; what is stored is always their own text."""

from dataclasses import dataclass
from typing import Final

from node.i18n import N_


@dataclass(frozen=True, slots=True)
class Example:
    """`weekday` 0 is Monday."""

    title: str
    text: str
    reply_wanted: str
    weekday: int
    hour: int


WELCOME_TITLE: Final = N_("New here? This is a place to say hello")
WELCOME_TEXT: Final = N_(
    "You do not have to tell your story, or anything at all. A hello is enough, and reading along"
    " is fine too. Somebody will say hello back."
)
WELCOME_CLOSING: Final = N_(
    "Thank you for every hello. This thread rests now; a fresh one is open. You are welcome there,"
    " however long you have been here."
)

EXAMPLES: Final = (
    Example(
        N_("Small wins of the week"),
        N_(
            "You got up. You answered a message. You left one thing for tomorrow. Nothing is too"
            " small to be told here."
        ),
        "celebrate",
        4,
        17,
    ),
    Example(
        N_("What are you dreading?"),
        N_(
            "Is there something this week that you would rather not face? Say it here. You need"
            " not do anything about it; somebody will read it."
        ),
        "just-listening",
        0,
        8,
    ),
    Example(
        N_("Sunday evening: how are you really?"),
        N_("Not how you should be. How you are. One word is enough."),
        "just-listening",
        6,
        18,
    ),
)

CLOSING: Final = N_("Thank you for being here. Let it go now, and do something kind for yourself.")
"""What a reply session ends with where its caller said nothing else."""
