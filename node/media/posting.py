"""Use cases of pictures of posts, on an open `uow`: keep what was uploaded, describe it, give it to
a thread, a reply or a post on a profile, let those see it who may read that.

Whether a post may be read is decided where it stands; the composition root hands that in as
`MayRead`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.media import rules
from node.media.rules import PictureLimits, RemoteMedia
from node.media.service import TYPE, Shape
from node.ports import Clock, NewId
from node.safety.newcomers import Newcomers
from storage.actors import Actor
from storage.media import new_name
from storage.post_media import PostMedia, Words
from storage.unit_of_work import UnitOfWork

MayRead = Callable[[UnitOfWork, int, Actor | None], bool]
"""(open transaction, id of a post, reader or None for a visitor) to whether it is there for them.
It asks as much of the database for a post that there is not."""

WAITS: Final = timedelta(days=1)
"""How long a picture waits for its post."""


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture that a reader may see; `is_open` says that everybody may."""

    media: PostMedia
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaWords:
    """Other words for a picture; None leaves what there is."""

    id: int
    alt: str | None = None
    focus: tuple[float, float] | None = None


class PostPictures:
    """Pictures of posts."""

    def __init__(
        self, now: Clock, new_id: NewId, newcomers: Newcomers, limits: PictureLimits
    ) -> None:
        self._now = now
        self._new_id = new_id
        self._newcomers = newcomers
        self.limits = limits

    def insist_sender(self, uow: UnitOfWork, owner: Actor) -> None:
        """Before a picture is taken in. Raises Refused."""
        if owner.suspended_at is not None:
            raise Refused(N_("This account is suspended and cannot post."), "suspended")
        if not self._newcomers.may_send_images(uow, owner):
            raise Refused(N_("You are new here. You can add pictures in a few days."), "newcomer")
        if uow.post_media.count_waiting(owner.id) >= self.limits.waiting:
            raise Refused(
                N_("Many of your pictures wait to be posted. Post some, or try again tomorrow."),
                "too-many-waiting",
            )

    def begin(
        self, owner: Actor, shape: Shape, blurhash: str, alt: str, focus: tuple[float, float]
    ) -> PostMedia:
        """A picture that is about to be kept. Raises Invalid."""
        now = self._now()
        return PostMedia(
            id=self._new_id(),
            name=new_name(),
            owner_id=owner.id,
            type=TYPE,
            width=shape.width,
            height=shape.height,
            small_width=shape.small_width,
            small_height=shape.small_height,
            size=shape.size,
            focus_x=focus[0],
            focus_y=focus[1],
            created_at=now,
            kept_until=now + WAITS,
            words=Words(alt=rules.words_about(alt, "description"), blurhash=blurhash),
        )

    def own(self, uow: UnitOfWork, owner: Actor, media_id: int) -> PostMedia:
        """What a persona uploaded. Raises NotFound for what is another's, too."""
        # Before its words are opened: another's takes as long as what is not there.
        if uow.post_media.owner_of(media_id) != owner.id:
            raise NotFound
        media = uow.post_media.get(media_id)
        if media is None or media.remote_url is not None:
            raise NotFound
        return media

    def describe(
        self,
        uow: UnitOfWork,
        owner: Actor,
        media_id: int,
        alt: str | None,
        focus: tuple[float, float] | None,
    ) -> PostMedia:
        """Other words for a picture that waits; None leaves what there is. Raises NotFound, also
        for one that was posted: those words change with the post. Raises Invalid."""
        return _described(uow, self._waiting(uow, owner, media_id), alt, focus)

    def describe_for(
        self,
        uow: UnitOfWork,
        owner: Actor,
        post_id: int,
        ids: Collection[int],
        said: Sequence[MediaWords],
    ) -> None:
        """Other words for pictures of a post that is about to be changed and will have `ids`. What
        is said of any other picture has no effect. Raises Invalid."""
        if not said:
            return
        known = {one.id: one for one in uow.post_media.of_posts([post_id]).get(post_id, [])}
        known |= uow.post_media.waiting(owner.id, [one.id for one in said])
        for one in said:
            media = known.get(one.id) if one.id in ids else None
            if media is not None and media.owner_id == owner.id:
                _described(uow, media, one.alt, one.focus)

    def discard(self, uow: UnitOfWork, owner: Actor, media_id: int) -> None:
        """Forget a picture that waits. Raises NotFound, and Invalid for one that was posted."""
        media = self.own(uow, owner, media_id)
        if media.post_id is not None:
            raise Invalid("id", N_("This picture is part of a post. Change the post instead."))
        uow.post_media.drop([media.id])

    def take(self, uow: UnitOfWork, author_id: int, ids: Sequence[int]) -> tuple[PostMedia, ...]:
        """The pictures for a post that is about to be, in this order. Raises Invalid for too many,
        and for one that the author did not upload or has posted."""
        return self._taken(uow, author_id, ids, {})

    def give(self, uow: UnitOfWork, post_id: int, media: Sequence[PostMedia]) -> None:
        """Make them part of the post, which is stored. Raises Invalid when one was just posted."""
        for position, one in enumerate(media):
            if not uow.post_media.give(one.id, post_id, position):
                raise rules.not_waiting()

    def change(
        self, uow: UnitOfWork, post_id: int, author_id: int, ids: Sequence[int]
    ) -> tuple[PostMedia, ...]:
        """These pictures instead of those that the post has: what is in both stays. Raises Invalid
        as `take` does."""
        present = {one.id: one for one in uow.post_media.of_posts([post_id]).get(post_id, [])}
        wanted = self._taken(uow, author_id, ids, present)
        uow.post_media.drop(present.keys() - {one.id for one in wanted})
        for position, one in enumerate(wanted):
            if one.id in present:
                uow.post_media.place(one.id, position)
            elif not uow.post_media.give(one.id, post_id, position):
                raise rules.not_waiting()
        return wanted

    def hold(self, uow: UnitOfWork, owner: Actor, ids: Sequence[int], until: timedelta) -> None:
        """Let pictures wait so much longer than others: their post is planned for then. Raises
        Invalid as `take` does."""
        self.take(uow, owner.id, ids)
        uow.post_media.keep(owner.id, ids, self._now() + until + WAITS)

    def receive(
        self, uow: UnitOfWork, post_id: int, author_id: int, found: Sequence[RemoteMedia]
    ) -> None:
        """What another node attached to a post of its own, instead of what was known of it."""
        present = uow.post_media.of_posts([post_id]).get(post_id, [])
        found = found[: rules.REMOTE_MOST]
        if [(one.remote_url, one.alt) for one in present] == [(o.url, o.alt) for o in found]:
            return
        uow.post_media.drop([one.id for one in present])
        for position, one in enumerate(found):
            uow.post_media.add(self._remote(post_id, author_id, position, one))

    def find(
        self,
        uow: UnitOfWork,
        name: str,
        reader: Actor | None,
        may_read: MayRead,
        *,
        remote: bool = False,
    ) -> Seen:
        """The picture of that name, of this node or of a `remote` one. Raises NotFound unless this
        reader may see it; that takes the same questions as for one that never was."""
        media = uow.post_media.by_name(name)
        if media is not None and (media.remote_url is not None) != remote:
            media = None
        post_id = 0 if media is None else media.post_id or 0
        is_there = may_read(uow, post_id, reader)
        if media is None:
            raise NotFound
        if media.post_id is None:
            if reader is None or media.owner_id != reader.id:
                raise NotFound
            return Seen(media, is_open=False)
        if not is_there:
            raise NotFound
        return Seen(media, is_open=reader is None or may_read(uow, post_id, None))

    def reader(
        self, uow: UnitOfWork, name: str, viewer: Actor | None, admission: str
    ) -> Actor | None:
        """Who looks: whoever is signed in, else the persona that a pass is for, while it may act
        here (`uow.post_media.passes`)."""
        media = uow.post_media.by_name(name) if viewer is None and admission else None
        if media is None:
            return viewer
        reader_id = uow.post_media.bearer(media, admission, self._now())
        reader = None if reader_id is None else uow.actors.get(reader_id)
        if reader is None or not reader.is_local or reader.gone_at or reader.suspended_at:
            return None
        return reader

    def _waiting(self, uow: UnitOfWork, owner: Actor, media_id: int) -> PostMedia:
        media = self.own(uow, owner, media_id)
        if media.post_id is not None:
            raise NotFound
        return media

    def _taken(
        self,
        uow: UnitOfWork,
        owner_id: int,
        ids: Sequence[int],
        present: dict[int, PostMedia],
    ) -> tuple[PostMedia, ...]:
        ids = list(dict.fromkeys(ids))
        if len(ids) > self.limits.per_post:
            raise rules.too_many_in_post(self.limits.per_post)
        fresh = [one for one in ids if one not in present]
        known = present | uow.post_media.waiting(owner_id, fresh)
        if any(one not in known for one in ids):
            raise rules.not_waiting()
        return tuple(known[one] for one in ids)

    def _remote(self, post_id: int, author_id: int, position: int, found: RemoteMedia) -> PostMedia:
        return PostMedia(
            id=self._new_id(),
            name=new_name(),
            owner_id=author_id,
            post_id=post_id,
            position=position,
            kind=found.kind,
            type=found.type,
            remote_url=found.url,
            width=found.width,
            height=found.height,
            focus_x=found.focus[0],
            focus_y=found.focus[1],
            created_at=self._now(),
            words=Words(alt=found.alt, blurhash=found.blurhash),
        )


def _described(
    uow: UnitOfWork, media: PostMedia, alt: str | None, focus: tuple[float, float] | None
) -> PostMedia:
    said = media.alt if alt is None else rules.words_about(alt, "description")
    words = Words(alt=said, blurhash=media.blurhash)
    point = (media.focus_x, media.focus_y) if focus is None else focus
    uow.post_media.describe(media, words, point)
    return replace(media, words=words, focus_x=point[0], focus_y=point[1])
