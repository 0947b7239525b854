"""What people do where threads wait, in the words of tests."""

import re

from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.membership import new_membership
from storage.groups import GroupWithActor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

QUEUE = "/needs-a-reply"


async def joins(house: WebHouse, group: GroupWithActor, *people: Visitor) -> None:
    """They belong to the group from now on."""

    def write(uow: UnitOfWork) -> None:
        for one in people:
            assert one.persona is not None
            member = new_membership(group.actor.id, one.persona.id, house.clock.now())
            uow.memberships.put(member)

    await house.db.write(write)


async def asks(
    house: WebHouse, group: GroupWithActor, who: Visitor, title: str, **fields: str
) -> Post:
    """A thread of theirs, a minute later than what was before."""
    persona = who.persona
    assert persona is not None
    house.clock.advance(minutes=1)
    draft = ThreadDraft(**({"title": title, "text": "Some words."} | fields))  # type: ignore[arg-type]
    return await house.db.write(
        lambda uow: house.rooms.groups.post_thread(uow, group.actor.id, persona, draft)
    )


async def answers(house: WebHouse, thread: Post, who: Visitor, text: str = "With you.") -> Post:
    persona = who.persona
    assert persona is not None
    house.clock.advance(minutes=1)
    return await house.db.write(
        lambda uow: house.rooms.groups.reply(uow, thread.id, persona, ReplyDraft(text=text))
    )


async def queue(who: Visitor, path: str = QUEUE) -> list[str]:
    """The titles that wait for them, in order."""
    page = await who.get(path)
    assert page.status == 200, page.text
    return titles(page)


def titles(page: Page) -> list[str]:
    return re.findall(r'<h2><a href="/posts/\d+/reply\?queue=1"[^>]*>([^<]*)</a></h2>', page.text)
