"""Use cases of pictures, on an open `uow`: keep what was uploaded, let those see it who may, give
it to a message, forget it. Bytes on disk are `pictures.py`'s, decoding is `recoder.py`'s.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from node.errors import Invalid, NotFound
from node.i18n import N_
from node.media import rules
from node.media.rules import PictureLimits
from node.ports import Clock, NewId
from node.visibility import may_see_picture
from storage.actors import Actor
from storage.attachments import Attachment
from storage.avatars import Avatar, AvatarRepository
from storage.media import new_name
from storage.unit_of_work import UnitOfWork

TYPE = "image/webp"


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """The sizes in pixels of both renditions, and their bytes together."""

    width: int
    height: int
    small_width: int
    small_height: int
    size: int


@dataclass(frozen=True, slots=True)
class Words:
    """What the sender says of one picture that waits: its name, a description, or none needed."""

    name: str
    alt: str
    is_decorative: bool


class Media:
    """Pictures of messages, and the faces of personas."""

    def __init__(self, now: Clock, new_id: NewId, origin: str, limits: PictureLimits) -> None:
        self._now = now
        self._new_id = new_id
        self._origin = origin
        self.limits = limits

    def begin(
        self, uow: UnitOfWork, owner_id: int, conversation_id: int, shape: Shape
    ) -> Attachment:
        """A picture that is about to be kept. Raises Invalid when as many wait as one message
        can hold."""
        waiting = uow.attachments.waiting(owner_id, conversation_id)
        if len(waiting) >= self.limits.per_message:
            raise rules.too_many()
        return Attachment(
            id=self._new_id(),
            name=new_name(),
            owner_id=owner_id,
            conversation_id=conversation_id,
            alt="",
            type=TYPE,
            width=shape.width,
            height=shape.height,
            small_width=shape.small_width,
            small_height=shape.small_height,
            size=shape.size,
            created_at=self._now(),
        )

    def waiting(self, uow: UnitOfWork, owner_id: int, conversation_id: int) -> list[Attachment]:
        """What this persona uploaded there and has not sent."""
        return uow.attachments.waiting(owner_id, conversation_id)

    def give(
        self,
        uow: UnitOfWork,
        owner_id: int,
        conversation_id: int,
        message_id: int,
        words: Sequence[Words],
    ) -> list[Attachment]:
        """Make pictures that wait part of a message, in this order. Raises Invalid for one that
        nobody described, NotFound for one that does not wait."""
        if len(words) > self.limits.per_message:
            raise rules.too_many()
        waiting = {one.name: one for one in uow.attachments.waiting(owner_id, conversation_id)}
        given = []
        for position, said in enumerate(words):
            picture = waiting.get(said.name)
            alt = rules.description(said.alt, said.is_decorative, f"alt-{said.name}")
            if picture is None or not uow.attachments.give(picture, message_id, position, alt):
                raise NotFound
            given.append(replace(picture, message_id=message_id, position=position, alt=alt))
        return given

    def describe(
        self, uow: UnitOfWork, owner_id: int, conversation_id: int, words: Sequence[Words]
    ) -> None:
        """Keep what was said so far of pictures that wait. Raises Invalid."""
        said = {one.name: rules.words_about(one.alt, f"alt-{one.name}") for one in words}
        for picture in uow.attachments.waiting(owner_id, conversation_id):
            alt = said.get(picture.name)
            if alt is not None and alt != picture.alt:
                uow.attachments.describe(picture, alt)

    def take_back(self, uow: UnitOfWork, owner_id: int, conversation_id: int, name: str) -> None:
        """Forget a picture that waits. Nothing happens when there is none."""
        for picture in uow.attachments.waiting(owner_id, conversation_id):
            if picture.name == name:
                uow.attachments.drop(picture.id)

    def find(self, uow: UnitOfWork, name: str, reader: Actor) -> Attachment:
        """The picture of that name. Raises NotFound unless this persona may see it; that takes the
        same questions as for one that never was."""
        picture = uow.attachments.by_name(name)
        number = 0 if picture is None else picture.message_id or 0
        message = uow.messages.held(number, reader.id)
        author = uow.actors.get(0 if picture is None else picture.owner_id)
        hidden = uow.blocks.hides(reader.id)
        own = uow.blocks.listed(reader.id, len(hidden)) if hidden else []
        blocked = frozenset(one.actor.id for one in own)
        if picture is None or not may_see_picture(
            picture, author, message, reader, hidden, blocked
        ):
            raise NotFound
        return picture

    def wear(
        self, uow: UnitOfWork, persona_id: int, account_id: int, name: str, fingerprint: bytes
    ) -> Avatar:
        """The blob `name` is the persona's face from now on. Raises Invalid when another persona
        of the account wears the same one: it would tell everybody that they belong together."""
        return self._put_on(uow, uow.avatars, "avatars", persona_id, account_id, name, fingerprint)

    def wear_header(
        self, uow: UnitOfWork, persona_id: int, account_id: int, name: str, fingerprint: bytes
    ) -> Avatar:
        """The same for the wide picture on top of a profile."""
        return self._put_on(uow, uow.headers, "headers", persona_id, account_id, name, fingerprint)

    def _put_on(
        self,
        uow: UnitOfWork,
        worn: AvatarRepository,
        where: str,
        persona_id: int,
        account_id: int,
        name: str,
        fingerprint: bytes,
    ) -> Avatar:
        others = set(uow.accounts.personas_of(account_id)) - {persona_id}
        if fingerprint in worn.prints(others).values():
            raise Invalid(
                "image",
                N_(
                    "You use this picture for another persona. The same picture twice would show "
                    "others that both are you. Choose a different one."
                ),
            )
        avatar = Avatar(persona_id=persona_id, name=name, created_at=self._now())
        worn.put(avatar, f"{self._origin}/{where}/{name}", account_id, fingerprint)
        return avatar

    def bare(self, uow: UnitOfWork, persona_id: int) -> None:
        """No face any more."""
        uow.avatars.drop(persona_id, self._now())
