"""Beginnings of letters to somebody whom the team worries about. They are made to be changed: a
letter that says no more than its beginning is refused (safety invariant 8)."""

from dataclasses import dataclass
from typing import Final

from node.i18n import N_


@dataclass(frozen=True, slots=True)
class Beginning:
    """One beginning. What stands in [brackets] is for the person who writes."""

    name: str
    title: str
    text: str


BEGINNINGS: Final = (
    Beginning(
        "heard",
        N_("You were heard"),
        N_(
            "Hello, I am [your name] and look after this place. I read what you wrote about "
            "[in your words], and I am glad that you said it. Are you safe tonight? If not, please "
            "call the emergency number. People to talk to, day and night, are on the page “Get "
            "help now”. You can write back to me."
        ),
    ),
    Beginning(
        "details",
        N_("Please leave a detail out"),
        N_(
            "Hello, I am [your name] and look after this place. Thank you for being open about how "
            "hard it is. One part of your post, [which], could hurt others who are in a bad place. "
            "Would you change it? How you feel may stand there as it is."
        ),
    ),
    Beginning(
        "friend",
        N_("Somebody worries about you"),
        N_(
            "Hello, I am [your name] and look after this place. Somebody here was worried about "
            "you, and so I am writing. How are you today? [Something of your own.] If you would "
            "rather talk to somebody else, the page “Get help now” has numbers."
        ),
    ),
)

STEPS: Final = (
    N_("Read it slowly, and read what stands around it."),
    N_("Is it an emergency, now? Then the help page comes first; you are not an ambulance."),
    N_("Is the post safe for others to read? Details of a method are not."),
    N_("Answer as a person, in your own words."),
    N_("Say where help is."),
    N_("Look after the others who read it."),
    N_("Look after yourself: take a break, and tell somebody."),
)
"""What to do, in order, after the guidance of the National Suicide Prevention Alliance."""
