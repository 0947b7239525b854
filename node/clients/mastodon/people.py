"""People and groups as accounts, for one reader.

What would tell two personas of one account by, or count who follows whom, is told of nobody:
times of making are the same for all who are here, and counts are 0 (docs/clients.md).
"""

from collections.abc import Iterable
from typing import Final

from activitypub.content import markdown_to_html
from node.clients.mastodon.entities.account import Account, Field
from node.clients.mastodon.site import Site
from node.visibility import may_read_group, may_see_persona
from storage.actors import Actor
from storage.former_members import FORMER_MEMBER
from storage.memberships import Membership
from storage.preferences import Preferences
from storage.statuses import PlaceOfPosts
from storage.unit_of_work import UnitOfWork

SINCE: Final = "2026-01-01T00:00:00.000Z"
"""When everybody here and elsewhere came, as far as this API tells."""


def show_accounts(
    uow: UnitOfWork, ids: Iterable[int], reader: Actor | None, site: Site
) -> dict[int, Account]:
    """The accounts with these ids, as far as they are there for the reader: four queries at most.
    Whom the reader blocked is there by name alone."""
    wanted = list(dict.fromkeys(ids))
    actors, places = uow.actors.get_many(wanted), uow.statuses.places(wanted)
    memberships: dict[int, Membership] = {}
    hidden = own = frozenset[int]()
    if reader is not None:
        memberships = uow.statuses.memberships(reader.id, wanted)
        hidden, own = uow.blocks.hides(reader.id), uow.blocks.named_by(reader.id)
    shown, chosen = {}, uow.preferences.get_many(wanted)
    for number in wanted:
        actor, place = actors.get(number), places.get(number)
        if actor is None:
            continue
        if actor.type == "Group":
            if place and may_read_group(place.group, reader, memberships.get(number)):
                shown[number] = account(actor, site, place)
        elif number in own:
            shown[number] = bare_account(actor, site)
        elif may_see_persona(actor, hidden):
            shown[number] = account(actor, site, place, chosen.get(number))
    return shown


def account(
    actor: Actor,
    site: Site,
    place: PlaceOfPosts | None = None,
    chosen: Preferences | None = None,
) -> Account:
    """An account that may be shown, with its group or profile and what it says of itself."""
    chosen = chosen or Preferences(persona_id=actor.id)
    face, header = _face(actor, site), _header(actor, site)
    is_group = actor.type == "Group"
    address = _address(actor, site)
    return Account(
        id=str(actor.id),
        username=actor.handle,
        acct=acct(actor),
        url=actor.url or address,
        uri=actor.uri or address,
        # Who chose no name of their own is called by the handle; clients see to that.
        display_name="" if actor.name == actor.handle else actor.name,
        note=actor.summary.rstrip(),
        avatar=face,
        avatar_static=face,
        header=header,
        header_static=header,
        locked=_is_locked(actor, place),
        bot=actor.type in ("Application", "Service") or chosen.is_bot,
        group=is_group,
        discoverable=chosen.discoverable or _is_public_group(place),
        indexable=chosen.indexable,
        noindex=not (is_group or chosen.indexable),
        hide_collections=chosen.hides_collections,
        created_at=SINCE,
        fields=[Field(name=one.name, value=_inline(one.value)) for one in chosen.fields],
    )


def _is_public_group(place: PlaceOfPosts | None) -> bool:
    return place is not None and not place.is_profile and place.group.visibility == "public"


def _inline(text: str) -> str:
    """A short text as HTML within a line."""
    return markdown_to_html(text).strip().removeprefix("<p>").removesuffix("</p>")


def bare_account(actor: Actor, site: Site) -> Account:
    """Somebody by name alone."""
    shown = account(actor, site)
    shown.note = ""
    shown.avatar = shown.avatar_static = site.face
    shown.header = shown.header_static = site.header
    shown.header = shown.header_static = site.header
    return shown


def former_member(site: Site) -> Account:
    """Stands for everybody who left a group and took the name along."""
    return account(FORMER_MEMBER, site)


def acct(actor: Actor) -> str:
    """The handle, with the host for who is elsewhere."""
    return actor.handle if actor.is_local else f"{actor.handle}@{actor.authority}"


def _address(actor: Actor, site: Site) -> str:
    """Where who has no address of their own leads: home."""
    return f"{site.origin}/" if not actor.uri else actor.uri


def _face(actor: Actor, site: Site) -> str:
    """A picture of ours: what other nodes offer is never asked for by a reader (PRV-20)."""
    return actor.icon_url if actor.is_local and actor.icon_url else site.face


def _header(actor: Actor, site: Site) -> str:
    return actor.header_url if actor.is_local and actor.header_url else site.header


def _is_locked(actor: Actor, place: PlaceOfPosts | None) -> bool:
    """Whether somebody decides who may follow. Of people here that is so unless they say not."""
    if place is None:
        return actor.is_local
    if place.is_profile:
        return place.locked
    return place.group.join_policy != "open" or place.group.visibility == "private"
