"""What may be done with a coping card, as tables: its life, its licence, and who checks it. Pure.

A card is its writer's alone until it is published into a group, where it is a thread like any
other. What touches medicine bears "not checked yet" until a moderator of its group looked at it;
that never keeps anybody from reading it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from node.i18n import N_
from storage.card_checks import CardCheck
from storage.groups import Visibility

State = Literal[
    "draft", "kept", "published", "needs-check", "checked", "needs-change", "withdrawn", "gone"
]
Event = Literal[
    "write",
    "keep",
    "publish",
    "publish-medical",
    "edit",
    "edit-medical",
    "ask",
    "check",
    "ask-change",
    "withdraw",
    "drop",
]

TRANSITIONS: Final[Mapping[tuple[State, Event], State]] = {
    ("draft", "write"): "draft",
    ("draft", "keep"): "kept",
    ("draft", "publish"): "published",
    ("draft", "publish-medical"): "needs-check",
    ("draft", "drop"): "gone",
    ("kept", "write"): "kept",
    ("kept", "publish"): "published",
    ("kept", "publish-medical"): "needs-check",
    ("kept", "drop"): "gone",
    ("published", "edit"): "published",
    ("published", "edit-medical"): "needs-check",
    ("published", "ask"): "needs-check",
    ("published", "withdraw"): "withdrawn",
    ("needs-check", "edit"): "published",
    ("needs-check", "edit-medical"): "needs-check",
    ("needs-check", "check"): "checked",
    ("needs-check", "ask-change"): "needs-change",
    ("needs-check", "withdraw"): "withdrawn",
    ("checked", "edit"): "published",
    ("checked", "edit-medical"): "needs-check",
    ("checked", "ask"): "needs-check",
    ("checked", "ask-change"): "needs-change",
    ("checked", "withdraw"): "withdrawn",
    ("needs-change", "edit"): "published",
    ("needs-change", "edit-medical"): "needs-check",
    ("needs-change", "check"): "checked",
    ("needs-change", "withdraw"): "withdrawn",
}
"""From a state, by what happens, to the next one; what is not here is refused."""

OWN: Final[frozenset[State]] = frozenset({"draft", "kept"})
LIVE: Final[frozenset[State]] = frozenset({"published", "needs-check", "checked", "needs-change"})
"""Read by others, whatever the moderators found."""


def next_state(state: State, event: Event) -> State | None:
    """The state after `event`, None where it cannot happen."""
    return TRANSITIONS.get((state, event))


def state_of_published(
    *, medical: bool, edited_at: datetime | None, check: CardCheck | None
) -> State:
    """How a published card stands. What was found about earlier words says nothing about those
    that stand there now."""
    if check is not None and edited_at is not None and edited_at > check.changed_at:
        check = None
    if check is None:
        return "needs-check" if medical else "published"
    return "needs-check" if check.state == "asked" else check.state


EFFORTS: Final = {
    "little": N_("Little effort"),
    "some": N_("Some effort"),
    "a-lot": N_("Takes a lot"),
}
COSTS: Final = {
    "free": N_("Costs nothing"),
    "little": N_("Costs a little"),
    "a-lot": N_("Costs more"),
}
CONTEXTS: Final = {
    "at-night": N_("At night"),
    "alone": N_("When alone"),
    "with-others": N_("With others around"),
    "with-children": N_("With children"),
    "at-work": N_("At work or at school"),
    "outside": N_("Outside"),
    "without-money": N_("Without money"),
    "low-energy": N_("With little energy"),
    "in-pain": N_("In pain"),
    "in-panic": N_("In a moment of panic"),
}
"""Circumstances in which something helped or did not."""


@dataclass(frozen=True, slots=True)
class Licence:
    """`url` is None for what may only be read here."""

    slug: str
    label: str
    words: str
    url: str | None


LICENCES: Final = {
    one.slug: one
    for one in (
        Licence(
            "cc-by",
            N_("CC BY 4.0"),
            N_("Others may use and change it, and say that it comes from you."),
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        Licence(
            "cc-by-sa",
            N_("CC BY-SA 4.0"),
            N_("The same, and what they make of it stays as free."),
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ),
        Licence(
            "cc0",
            N_("CC0"),
            N_("Free for any use, without naming you."),
            "https://creativecommons.org/publicdomain/zero/1.0/",
        ),
        Licence(
            "only-here",
            N_("Only here"),
            N_("It stays on this node, and nobody makes another card of it."),
            None,
        ),
    )
}

REMIXES: Final[Mapping[str, tuple[str, ...]]] = {
    "cc0": ("cc-by", "cc-by-sa", "cc0", "only-here"),
    "cc-by": ("cc-by", "cc-by-sa", "only-here"),
    "cc-by-sa": ("cc-by-sa",),
    "only-here": (),
    "": (),
}
"""Licences that a card may have which is made from another: an author of CC BY is named wherever
it goes, CC BY-SA stays CC BY-SA, and what has no licence that we know is only read."""


def licence_of(given: str | None) -> str:
    """The slug of a licence by its URL or SPDX name, "" for none that we know."""
    if given is None:
        return ""
    asked = given.removeprefix("http://").removeprefix("https://").rstrip("/").lower()
    for one in LICENCES.values():
        known = (one.url or "").removeprefix("https://").rstrip("/")
        spdx = {"cc0": "cc0-1.0", "cc-by": "cc-by-4.0", "cc-by-sa": "cc-by-sa-4.0"}.get(one.slug)
        if asked in (known, f"www.{known}", spdx) and asked:
            return one.slug
    return ""


def licences_for_remix(sources: Iterable[str], *, all_own: bool = False) -> tuple[str, ...]:
    """What a card made from these may be licensed as: what every one of them allows. One's own
    words are one's own."""
    allowed = set(LICENCES)
    if not all_own:
        for licence in sources:
            allowed &= set(REMIXES.get(licence, ()))
    return tuple(slug for slug in LICENCES if slug in allowed)


THIS_NODE: Final = "node"


def bound_to(group_id: int, visibility: Visibility) -> str:
    """Among whom the words of a card stay that somebody makes another card of: THIS_NODE, the id of
    a private group, or "" for a card that everybody can read."""
    if visibility == "public":
        return ""
    return THIS_NODE if visibility == "local" else str(group_id)


def may_go_into(bound: str, group_id: int, visibility: Visibility) -> bool:
    """Whether a card with such a bond may be published in a group. What was said in a private group
    stays in it, and what stays on this node goes into no group that is copied to others."""
    if not bound:
        return True
    if bound == THIS_NODE:
        return visibility != "public"
    return bound == str(group_id)


ENOUGH: Final = 10
"""People that have to say the same before anybody else is told (safety invariant 25)."""


def said_by_enough(heard: Iterable[tuple[int, str]]) -> tuple[str, ...]:
    """What at least ENOUGH different people say. Each of `heard` is (person, what)."""
    people: dict[str, set[int]] = {}
    for person, what in heard:
        people.setdefault(what, set()).add(person)
    return tuple(sorted(what for what, who in people.items() if len(who) >= ENOUGH))
