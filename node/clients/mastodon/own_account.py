"""One's own account: what everybody sees of it, and what its owner typed."""

from node.clients.mastodon.entities.account import CredentialAccount, Source
from node.clients.mastodon.people import account
from node.clients.mastodon.shown import Site
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork


def own_account(uow: UnitOfWork, persona: Actor, site: Site) -> CredentialAccount:
    """The persona for its owner. How many it follows is told to itself alone."""
    place = uow.statuses.places([persona.id]).get(persona.id)
    seen = account(persona, site, place)
    fields = {name: getattr(seen, name) for name in seen.__struct_fields__}
    fields["following_count"] = uow.statuses.following(persona.id)
    source = Source(
        privacy="public",
        sensitive=False,
        language=persona.language,
        note=persona.summary_source or "",
    )
    return CredentialAccount(**fields, source=source)
