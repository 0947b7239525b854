"""What a device may ask for and what it is told. Pure decisions.

What passes through a push service can be read on a locked screen, and its time and size by the
service. So a message says by default only that there is something; names are said where the node
allows it and the person chose it, words of anybody never.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final, Literal, get_args

from node.errors import Invalid
from node.i18n import N_
from storage.notifications import Kind

Alert = Literal[
    "mention",
    "status",
    "reblog",
    "follow",
    "follow_request",
    "favourite",
    "poll",
    "update",
    "quote",
    "quoted_update",
    "admin.sign_up",
    "admin.report",
]
"""Kinds of news as the Mastodon API names them."""
ALERTS: Final[tuple[Alert, ...]] = get_args(Alert)
Policy = Literal["all", "followed", "follower", "none"]
POLICIES: Final[tuple[Policy, ...]] = get_args(Policy)

_ALERT_OF: Final[Mapping[Kind, Alert]] = {
    "reply": "mention",
    "mention": "mention",
    "message": "mention",
    "message-request": "mention",
    "reaction": "favourite",
    "share": "reblog",
    "follow": "follow",
    "follow-accepted": "follow",
    "follow-request": "follow_request",
    "application": "follow_request",
    "let-in": "follow",
    "poll": "poll",
    "room": "mention",
}
TITLE: Final = "Kith"
NEUTRAL: Final = N_("Something new for you")
_WITH_NAME: Final[Mapping[Kind, str]] = {
    "reply": N_("%(name)s answered you"),
    "mention": N_("%(name)s mentioned you"),
    "message": N_("%(name)s wrote to you"),
    "message-request": N_("%(name)s asks to write to you"),
    "reaction": N_("%(name)s felt with you"),
    "share": N_("%(name)s handed on what you wrote"),
    "follow": N_("%(name)s follows you"),
    "follow-accepted": N_("%(name)s lets you follow"),
    "follow-request": N_("%(name)s asks to follow you"),
    "application": N_("%(name)s asks to join"),
    "let-in": N_("%(name)s let you in"),
    "poll": N_("A poll of %(name)s has ended"),
}
_NAME_MOST: Final = 60


@dataclass(frozen=True, slots=True)
class Ties:
    """What the person and whoever did something are to each other."""

    follows: bool
    is_followed: bool


def alert_of(kind: Kind) -> Alert:
    """The kind of news by which a device asks for it."""
    return _ALERT_OF[kind]


def is_wanted(alerts: Iterable[str], policy: str, kind: Kind, ties: Ties) -> bool:
    """Whether a device asked for this news from such a person."""
    if alert_of(kind) not in alerts:
        return False
    if policy == "none":
        return False
    if policy == "followed":
        return ties.follows
    if policy == "follower":
        return ties.is_followed
    return True


def needs_ties(policy: str) -> bool:
    """Whether `is_wanted` looks at them."""
    return policy in ("followed", "follower")


def body_of(kind: Kind, name: str | None) -> tuple[str, dict[str, str]]:
    """The sentence, marked with N_, and what to fill in; `name` is None where none is said."""
    sentence = _WITH_NAME.get(kind)
    if name is None or sentence is None:
        return NEUTRAL, {}
    return sentence, {"name": " ".join(name.split())[:_NAME_MOST]}


def policy_of(value: str) -> Policy:
    """Raises Invalid."""
    for known in POLICIES:
        if known == value:
            return known
    raise Invalid("data[policy]", f"data[policy] must be one of {', '.join(POLICIES)}")
