"""One's own account: what everybody sees of it, and what its owner typed."""

from typing import Final

from node.clients.composition import usual_visibility
from node.clients.mastodon.entities.account import CredentialAccount, Field, Source
from node.clients.mastodon.people import account
from node.clients.mastodon.shown import Site
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

ASKING_MOST: Final = 100
"""Requests to follow that are counted."""


def own_account(uow: UnitOfWork, persona: Actor, site: Site) -> CredentialAccount:
    """The persona for its owner. How many it follows is told to itself alone."""
    place = uow.statuses.places([persona.id]).get(persona.id)
    chosen = uow.preferences.get(persona.id)
    seen = account(persona, site, place, chosen)
    fields = {name: getattr(seen, name) for name in seen.__struct_fields__}
    fields["following_count"] = uow.statuses.following(persona.id)
    asking = uow.profiles.followers(persona.id, ASKING_MOST, state="pending")
    source = Source(
        privacy=chosen.visibility or usual_visibility(locked=seen.locked),
        sensitive=chosen.sensitive,
        language=chosen.language,
        note=persona.summary_source or "",
        fields=[Field(name=one.name, value=one.value) for one in chosen.fields],
        follow_requests_count=len(asking),
        hide_collections=chosen.hides_collections,
        discoverable=chosen.discoverable,
        indexable=chosen.indexable,
    )
    return CredentialAccount(**fields, source=source)
