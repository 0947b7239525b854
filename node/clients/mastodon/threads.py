"""The thread round a post: what stands above it, and what answers it, as ids."""

from collections.abc import Sequence
from typing import Final

from storage.actors import Actor
from storage.statuses import Twig
from storage.unit_of_work import UnitOfWork

LOOKED_AT: Final = 4000
"""Posts of one thread among which an answer is looked for."""
MOST: Final = 500
"""Posts shown above one, and below it."""
NOTHING: Final = 0


def above_and_below(
    uow: UnitOfWork, number: int, reader: Actor | None
) -> tuple[list[int], list[int]]:
    """The ids above a post, the thread first, and those below it, each answer followed by what
    answers that. Of a private message: what was written before and after it. Whether the reader may
    read any of them is not asked here."""
    at = uow.statuses.standing([number]).get(number)
    if at is not None:
        tree = uow.statuses.tree(at.thread_id, LOOKED_AT)
        return _above(tree, number), _below(tree, number)
    message = uow.messages.held(number, reader.id) if reader is not None else None
    if message is None or reader is None:
        return [], []
    talk = uow.messages.page(message.conversation_id, reader.id, MOST)
    ids = sorted(one.id for one in talk)
    return [one for one in ids if one < number], [one for one in ids if one > number]


def _above(tree: Sequence[Twig], number: int) -> list[int]:
    parents = {twig.id: twig.parent_id for twig in tree}
    found: list[int] = []
    at = parents.get(number)
    while at is not None and len(found) < MOST:
        found.append(at)
        at = parents.get(at)
    return found[::-1]


def _below(tree: Sequence[Twig], number: int) -> list[int]:
    answers: dict[int | None, list[int]] = {}
    for twig in tree:
        answers.setdefault(twig.parent_id, []).append(twig.id)
    found: list[int] = []
    waiting = answers.get(number, [])[::-1]
    while waiting and len(found) < MOST:
        one = waiting.pop()
        found.append(one)
        waiting.extend(reversed(answers.get(one, [])))
    return found
