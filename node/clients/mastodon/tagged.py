"""Public posts with the hashtags that a reader follows, among what is in their home anyway."""

from collections.abc import Mapping, Sequence

from node.clients.mastodon.entities.status import Status
from storage.actors import Actor
from storage.timelines import Window
from storage.unit_of_work import UnitOfWork


def with_followed_tags(
    uow: UnitOfWork,
    reader: Actor,
    ids: Sequence[int],
    window: Window,
    without: frozenset[int],
) -> list[int]:
    """The page with such posts in it, but of the actors `without`. Two queries at most."""
    names = uow.followed_tags.names(reader.id)
    if not names:
        return list(ids)
    tagged = uow.timelines.tagged(sorted(names), window, without, visibilities=("public",))
    found = sorted({*ids, *tagged}, reverse=True)
    return found[-window.limit :] if window.upwards else found[: window.limit]


def without_doubles(shown: Mapping[int, Status]) -> dict[int, Status]:
    """The same without a post beside somebody who shares it."""
    shared = {one.reblog.id for one in shown.values() if one.reblog is not None}
    return {number: one for number, one in shown.items() if one.id not in shared}
