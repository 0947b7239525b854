"""What a copy holds of life outside groups: what a persona shared, and who follows whom."""

from typing import Any, Final

from node.i18n import N_
from node.rights.parts import BATCH, MANY, Exporter, Owner, paged, when
from storage.actors import Actor
from storage.memberships import MembershipState
from storage.unit_of_work import UnitOfWork

Item = dict[str, Any]
_STATES: Final[tuple[MembershipState, ...]] = ("accepted", "pending")


def shares(uow: UnitOfWork, _owner: Owner, persona: Actor, after: int) -> list[tuple[int, Item]]:
    """What the persona handed on. The words are somebody else's."""
    return [
        (
            one.id,
            {
                "type": "Announce",
                "actor": persona.uri,
                "object": one.post_uri,
                "published": when(one.created_at),
            },
        )
        for one in uow.own.shares(persona.id, BATCH, after)
    ]


def follows(uow: UnitOfWork, persona: Actor) -> list[Item]:
    """Whom the persona follows or has asked, and who follows it or asks to."""
    return [
        {way: actor.uri, "state": state}
        for state in _STATES
        for way, found in (
            ("follows", uow.profiles.following(persona.id, MANY, state=state)),
            ("followedBy", uow.profiles.followers(persona.id, MANY, state=state)),
        )
        for actor in found
    ]


OUTSIDE_GROUPS: Final = (Exporter("shares", N_("What you shared"), paged(shares)),)
