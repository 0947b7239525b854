"""What a persona says of itself, changed; and the nodes that know the persona told of it.

Whoever heard anything of the persona gets an Update with its whole document; nobody else does, so a
change tells no node of a persona that it never met.
"""

from typing import Final

from activitypub.render import render_activity
from activitypub.vocabulary import PUBLIC, Update
from federation.outbox import Outbox
from node.accounts import rules
from node.errors import Invalid, NotFound
from node.groups.documents import persona_document
from node.groups.drafts import Markdown
from node.i18n import N_
from node.ports import Clock, PublicHalf
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

NOTE_MOST: Final = 2000


class Introducing:
    """Use cases of a persona's own words about itself."""

    def __init__(
        self, outbox: Outbox, markdown: Markdown, now: Clock, public_half: PublicHalf
    ) -> None:
        self._outbox = outbox
        self._markdown = markdown
        self._now = now
        self._public_half = public_half

    def describe(
        self,
        uow: UnitOfWork,
        persona: Actor,
        *,
        display_name: str | None = None,
        note: str | None = None,
    ) -> None:
        """Another name to show, another text (Markdown); None leaves it. Raises Invalid."""
        if display_name is None and note is None:
            return
        name, source = persona.name, persona.summary_source or ""
        if display_name is not None:
            name = rules.display_name(display_name.strip() or persona.handle)
        if note is not None:
            source = _checked(note)
        uow.actors.update_profile(
            persona.id,
            name=name,
            summary=self._markdown(source) if source else "",
            summary_source=source or None,
            updated_at=self._now(),
        )

    def announce(self, uow: UnitOfWork, persona_id: int) -> None:
        """Tell the nodes that know the persona how it is now. Raises NotFound."""
        persona, keys = uow.actors.get(persona_id), uow.keys.private(persona_id)
        if persona is None or keys is None:
            raise NotFound
        inboxes = uow.memberships.follower_inboxes(persona_id) + uow.erasure.told(persona_id)
        inboxes = list(dict.fromkeys(inboxes))
        if not inboxes:
            return
        _, uri = self._outbox.new_activity_uri()
        halves = self._public_half(persona.uri, persona.id, keys)
        place = uow.profiles.get(persona_id)
        is_locked = place is None or place.profile.locked
        document = persona_document(persona, halves, locked=is_locked)
        update = Update(id=uri, actor=persona.uri, to=(PUBLIC,), object=document)
        self._outbox.publish(
            uow,
            actor=persona,
            document=render_activity(update),
            inboxes=inboxes,
            root=persona.uri,
            object_uri=persona.uri,
        )


def _checked(note: str) -> str:
    text = note.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > NOTE_MOST:
        raise Invalid("note", N_("What you say about yourself fits 2,000 characters."))
    return text
