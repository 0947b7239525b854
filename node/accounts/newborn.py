"""A persona as it comes into the world: the actor, and the keys that are its own from then on."""

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from node.ports import PublicHalf
from storage.actors import Actor
from storage.keys import PrivateKeys
from storage.unit_of_work import UnitOfWork


def new_persona(origin: str, actor_id: int, handle: str, name: str, now: datetime) -> Actor:
    """The actor. `actor_id` must be a random one: programs see it, and two that followed each other
    would tell that they were made by one person in one sitting."""
    uri = f"{origin}/personas/{handle}"
    return Actor(
        id=actor_id,
        uri=uri,
        type="Person",
        handle=handle,
        authority=urlsplit(origin).netloc.lower(),
        name=name,
        summary="",
        summary_source=None,
        url=uri,
        inbox=f"{uri}/inbox",
        shared_inbox=f"{origin}/inbox",
        outbox=f"{uri}/outbox",
        followers=f"{uri}/followers",
        featured=None,
        moderators=None,
        icon_url=None,
        language=None,
        sensitive=False,
        posting_restricted=False,
        is_local=True,
        created_at=now,
        fetched_at=None,
        updated_at=None,
        gone_at=None,
        suspended_at=None,
    )


def keep_with_keys(
    uow: UnitOfWork, persona: Actor, keys: PrivateKeys, public_half: PublicHalf
) -> None:
    """Store the actor, and fresh `keys` as its own. AlreadyThere when the handle is taken."""
    own = replace(keys, actor_id=persona.id)
    uow.actors.add(persona)
    uow.keys.add_private(own)
    uow.keys.put_public(public_half(persona.uri, persona.id, own), persona.id)
