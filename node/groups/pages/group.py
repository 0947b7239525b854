"""A group: what it is for, how people treat each other there, and its threads."""

from datetime import timedelta
from typing import Any

from node.groups.applying import Door, door_for
from node.groups.keys import GROUPS, WAITS
from node.groups.pages.cursor import read_cursor, write_cursor
from node.groups.pages.labels import REPLIES_WANTED
from node.groups.pages.own_names import OwnNames, own_names
from node.groups.pages.places import group_at
from node.groups.reading import GroupPage
from node.groups.reading import group_page as read_group_page
from node.groups.rules import Allowed
from node.safety.keys import FILTERS, MUTING
from node.safety.sieve import Sieve, sieve_of
from node.visibility import is_member
from node.web.http import Request, Response
from node.web.keys import DB, NOW
from node.web.page import page
from node.web.sessions import viewer_of
from storage.actors import Actor
from storage.memberships import Membership
from storage.unit_of_work import UnitOfWork

NEW_FOR = timedelta(days=14)


async def group_page(request: Request) -> Response:
    """GET /groups/{handle}; `name` is of this node, `name@host` of another. `before` pages on."""
    viewer = viewer_of(request)
    reader = viewer.persona if viewer else None
    before = read_cursor(request.query.get("before"))
    filters, muting = request.app[FILTERS], request.app[MUTING]

    def read(uow: UnitOfWork) -> tuple[GroupPage, Door, OwnNames, Sieve, bool]:
        group = group_at(uow, request, reader)
        found = read_group_page(uow, group.actor.id, reader, before)
        sieve = sieve_of(uow, filters, muting, reader)
        names = own_names(uow, viewer, group.actor.id)
        door, waits = door_for(uow, group, reader), _waits(request, uow, found, reader)
        return found, door, names, sieve, waits

    found, door, names, sieve, waits = await request.app[DB].read(read)
    threads = sieve.in_list(found.threads, "public")
    return page(
        request,
        "groups/group.html",
        group=found.group.group,
        actor=found.group.actor,
        guidelines=_guidelines(request, found.group.group.guidelines),
        **_belonging(request, found, door),
        may_write=viewer is not None and found.may_open_thread == Allowed(),
        moderators=found.moderators,
        pinned=found.pinned,
        threads=threads,
        folded=sieve.folded((*found.pinned, *threads), "public"),
        wanted=REPLIES_WANTED,
        older=write_cursor(found.next),
        is_first=before is None,
        also_here=names.also_here,
        somebody_waits=waits,
    )


def _belonging(request: Request, found: GroupPage, door: Door) -> dict[str, Any]:
    """What the reader is to the group."""
    membership = found.membership
    return {
        "membership": membership,
        "is_member": is_member(membership),
        "may_join": door.may_join,
        "asks": door.asks,
        "has_asked": door.has_asked,
        "can_moderate": found.can_moderate,
        "welcome_thread": found.welcome_thread if _is_new(request, membership) else None,
    }


def _is_new(request: Request, membership: Membership | None) -> bool:
    """Whether somebody came in so lately that they are led to where people say hello."""
    return membership is not None and membership.changed_at > request.app[NOW]() - NEW_FOR


def _waits(request: Request, uow: UnitOfWork, found: GroupPage, reader: Actor | None) -> bool:
    """Whether somebody in the group waits for an answer that the reader could give."""
    if reader is None or not is_member(found.membership):
        return False
    return request.app[WAITS](uow, reader, found.group.actor.id)


def _guidelines(request: Request, text: str) -> str:
    return request.app[GROUPS].markdown(text) if text else ""
