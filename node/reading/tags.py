"""Tags that a persona follows, and those that it shows on its profile."""

from typing import Final

from node.errors import Invalid, NotFound
from node.ports import NewId
from storage.actors import Actor
from storage.own_tags import OwnTag
from storage.unit_of_work import UnitOfWork

FOLLOWED_MOST: Final = 500
FEATURED_MOST: Final = 10


class Tags:
    """Use cases of tags. Names are as posts carry them (`storage.hashtags.tag_key`)."""

    def __init__(self, new_id: NewId) -> None:
        self._new_id = new_id

    def follow(self, uow: UnitOfWork, persona: Actor, name: str) -> None:
        """Public posts with this tag come into the persona's home. Raises Invalid."""
        if uow.followed_tags.count(persona.id) >= FOLLOWED_MOST:
            raise Invalid("name", f"You follow {FOLLOWED_MOST} hashtags already")
        uow.followed_tags.add(OwnTag(id=self._new_id(), persona_id=persona.id, name=name))

    def unfollow(self, uow: UnitOfWork, persona: Actor, name: str) -> None:
        """Where it was not followed, nothing changes."""
        uow.followed_tags.drop(persona.id, name)

    def feature(self, uow: UnitOfWork, persona: Actor, name: str) -> OwnTag:
        """Show a tag on the persona's profile. Raises Invalid."""
        known = uow.featured_tags.get(persona.id, name)
        if known is not None:
            return known
        if uow.featured_tags.count(persona.id) >= FEATURED_MOST:
            raise Invalid("name", f"Validation failed: You show {FEATURED_MOST} hashtags already")
        tag = OwnTag(id=self._new_id(), persona_id=persona.id, name=name)
        uow.featured_tags.add(tag)
        return tag

    def unfeature(self, uow: UnitOfWork, persona: Actor, tag_id: int) -> None:
        """Raises NotFound."""
        if not uow.featured_tags.drop_id(persona.id, tag_id):
            raise NotFound
