"""Past what stops somebody: what stops you, an answer, a small plan. One question on a screen.

A bare number is a weak answer to a crisis. In a trial with people whose posts were flagged (Cohen
and others 2023), one minute of this made 78 % use a helpline, where the number alone made 39 %.

It is one page with parts that lead to each other by their names (`#burden`). Names after "#" stay
in the browser: not even this node can know what somebody chose, and it works without a connection.
"""

from dataclasses import dataclass
from typing import Final

from node.i18n import N_


@dataclass(frozen=True, slots=True)
class Barrier:
    """What stops somebody, and what can be said to it."""

    name: str
    says: str
    answer: tuple[str, ...]


BARRIERS: Final = (
    Barrier(
        "burden",
        N_("I do not want to be a burden"),
        (
            N_(
                "You would not be one. People who answer helplines chose to; it is what "
                "they are there for."
            ),
            N_("Most people whom a friend asks for help feel trusted, not burdened."),
        ),
    ),
    Barrier(
        "afraid",
        N_("I am afraid of what happens then"),
        (
            N_("On most helplines you can stay anonymous, and end the talk whenever you like."),
            N_(
                "You can ask first: “What happens with what I tell you?” They will say "
                "honestly when they would call somebody, and when not."
            ),
        ),
    ),
    Barrier(
        "talk",
        N_("I cannot talk now"),
        (
            N_(
                "Then do not talk. Many helplines have a chat or answer texts; look for "
                "“write” beside the numbers."
            ),
            N_(
                "To somebody you know, a few words are enough: “I am not okay. Can you "
                "stay with me?”"
            ),
        ),
    ),
    Barrier(
        "words",
        N_("I do not know what to say"),
        (
            N_(
                "You can read this out: “I am having a very bad time and do not want to "
                "be alone with it.”"
            ),
            N_("They will ask the questions. Silence is fine, too; they know it well."),
        ),
    ),
    Barrier(
        "before",
        N_("I tried before, and it did not help"),
        (
            N_(
                "That hurts, and it was not your fault. It can be another person this "
                "time, and another day."
            ),
            N_(
                "You may say so at once: “Last time it did not help, because …” Or try "
                "another way: a text, a friend, a doctor."
            ),
        ),
    ),
    Barrier(
        "cost",
        N_("I cannot pay for it"),
        (
            N_(
                "Most crisis lines cost nothing; the cost stands beside each number. You "
                "need no insurance and no papers."
            ),
        ),
    ),
    Barrier(
        "bad-enough",
        N_("It is not bad enough"),
        (
            N_("You need not wait until it is worse. It is enough that it is hard now."),
            N_(
                "Helplines hear from people who are lonely or worn out every day, not "
                "only from people in danger."
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Choice:
    """One part of a small plan."""

    name: str
    says: str


WHO: Final = (
    Choice("call", N_("I will call a helpline")),
    Choice("write", N_("I will write to a helpline")),
    Choice("friend", N_("I will write to somebody I trust")),
    Choice("near", N_("I will go where other people are")),
)
WHEN: Final = (
    Choice("now", N_("now, before I do anything else")),
    Choice("alone", N_("as soon as I am alone")),
    Choice("worse", N_("if it gets worse tonight")),
    Choice("morning", N_("tomorrow when I get up")),
)


def plan_of(step: str) -> tuple[str, str] | None:
    """The two halves of a small plan by its name, such as "call-now"; None for any other name."""
    who, _, when = step.partition("-")
    found = (
        [one.says for one in WHO if one.name == who],
        [one.says for one in WHEN if one.name == when],
    )
    return (found[0][0], found[1][0]) if found[0] and found[1] else None
