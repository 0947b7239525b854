""" "This helped": a word from who asked to who answered, which only the two of them know of.

It is kept for both under a key of their own (`storage.helping`), it is never counted, and it can be
taken back. Somebody of another node is never sent it: nothing private goes to other nodes; there,
"Thank you" under the reply is what everybody sees.
"""

from dataclasses import dataclass
from typing import Final

from node.errors import NotFound
from node.groups.place import NOTHING
from node.groups.rules import is_reachable, may_thank
from node.notifications.service import Notifying
from node.ports import Clock, NewId
from node.viewer import Viewer
from node.visibility import may_read_group, may_see_persona, may_see_place
from storage.actors import Actor
from storage.helping import Helped
from storage.posts import Post
from storage.shapes import NEWEST
from storage.statuses import Standing
from storage.unit_of_work import UnitOfWork

HELPED: Final = "replying-helped"
LOOKED_AT: Final = 500
"""Marks of one persona that are looked through."""
PAGE: Final = 30


@dataclass(frozen=True, slots=True)
class Gift:
    """Who said that a reply helped, and in which thread. `id` is the row's."""

    id: int
    by: Actor
    thread: Post
    reply_id: int


@dataclass(frozen=True, slots=True)
class Gifts:
    """A page of them, newest first. `next` is where the following one begins."""

    gifts: list[Gift]
    next: int | None


class Thanking:
    """Use cases of the two."""

    def __init__(self, now: Clock, new_id: NewId, notifying: Notifying) -> None:
        self._now = now
        self._new_id = new_id
        self._notifying = notifying

    def thank(self, uow: UnitOfWork, viewer: Viewer, reply_id: int) -> Post:
        """The reply helped whoever asked; twice changes nothing. Raises NotFound for all that is
        no reply, by somebody of this node, in a thread of the viewer's own."""
        asker, reply, helper = self._found(uow, viewer, reply_id)
        if reply_id in self.thanked(uow, asker.id, reply.thread_id):
            return reply
        mine, theirs = self._new_id(), self._new_id()
        for row, other, holder in ((mine, theirs, asker), (theirs, mine, helper)):
            uow.helping.add(
                Helped(
                    id=row,
                    holder_id=holder.id,
                    side="author" if row == mine else "helper",
                    thread_id=reply.thread_id,
                    reply_id=reply.id,
                    other_row=other,
                    at=self._now(),
                )
            )
        self._notifying.tell_of_room(uow, HELPED, helper, asker, reply.id)
        return reply

    def take_back(self, uow: UnitOfWork, viewer: Viewer, reply_id: int) -> Post:
        """As if it had never been said: the news of it goes as well. Raises NotFound."""
        asker, reply, helper = self._found(uow, viewer, reply_id)
        for one in uow.helping.held(asker.id, "author", LOOKED_AT):
            if one.reply_id == reply_id:
                uow.helping.drop([one.id, one.other_row])
        uow.notifications.withdraw_room(helper.id, HELPED, asker.id, reply.id)
        return reply

    def thanked(self, uow: UnitOfWork, asker_id: int, thread_id: int) -> frozenset[int]:
        """The replies of a thread of which who started it said that they helped."""
        held = uow.helping.held(asker_id, "author", LOOKED_AT)
        return frozenset(one.reply_id for one in held if one.thread_id == thread_id)

    def given(self, uow: UnitOfWork, helper: Actor, before: int = NEWEST) -> Gifts:
        """What the persona gave: the replies of its own that helped, as far as their threads are
        still open to it."""
        held = uow.helping.held(helper.id, "helper", PAGE + 1, before)
        page = held[:PAGE]
        after = page[-1].id if len(held) > PAGE else None
        return Gifts(_gifts(uow, helper, page), after)

    def _found(self, uow: UnitOfWork, viewer: Viewer, reply_id: int) -> tuple[Actor, Post, Actor]:
        at = uow.posts.whereabouts(reply_id)
        asker_id = at.thread_author_id if at else NOTHING
        persona = uow.personas.get(asker_id)
        if at is None or persona is None or persona.account_id != viewer.account.id:
            raise NotFound
        # Under one of their names somebody does not act for another, but for a one-off.
        if asker_id != viewer.persona.id and not persona.is_one_off:
            raise NotFound
        view, asker = uow.posts.view(reply_id), uow.actors.get(asker_id)
        if view is None or asker is None or not may_see_place(at, uow.blocks.hides(asker_id)):
            raise NotFound
        if view.post.author_id == asker_id or not may_thank(view.post, view.author):
            raise NotFound
        return asker, view.post, view.author


def _gifts(uow: UnitOfWork, helper: Actor, page: list[Helped]) -> list[Gift]:
    """Five queries at most, however many there are."""
    standing = uow.statuses.standing([one.reply_id for one in page])
    open_threads = _open_threads(uow, helper, list(standing.values()))
    threads = uow.statuses.posts(open_threads)
    people = uow.actors.get_many({post.author_id for post in threads.values()})
    hidden = uow.blocks.hides(helper.id)
    found = []
    for one in page:
        thread = threads.get(one.thread_id)
        by = people.get(thread.author_id) if thread else None
        reply = standing.get(one.reply_id)
        if thread is None or by is None or reply is None or reply.is_gone:
            continue
        if thread.author_hidden or not is_reachable(by) or not may_see_persona(by, hidden):
            continue
        found.append(Gift(one.id, by, thread, one.reply_id))
    return found


def _open_threads(uow: UnitOfWork, helper: Actor, replies: list[Standing]) -> set[int]:
    groups = {one.group_id for one in replies}
    places = uow.statuses.places(groups)
    memberships = uow.statuses.memberships(helper.id, groups)
    return {
        one.thread_id
        for one in replies
        if one.group_id in places
        and may_read_group(places[one.group_id].group, helper, memberships.get(one.group_id))
    }
