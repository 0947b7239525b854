"""What people do at the pages of groups, in the words of tests."""

import re

from storage.groups import GroupWithActor
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

SETTINGS = "/groups/circle/settings"


async def private_group(
    house: WebHouse, host: Visitor, policy: str = "invitation", *questions: str
) -> GroupWithActor:
    """The group !circle, private, with a way of coming in and questions."""
    made = await house.group("circle", host, "private")

    def set_up(uow: UnitOfWork) -> None:
        uow.groups.update(made.actor.id, join_policy=policy)
        uow.applications.ask(made.actor.id, questions)

    await house.db.write(set_up)
    return made


async def invite(moderator: Visitor, handle: str = "circle", **fields: str) -> str:
    """The path of a fresh invitation."""
    page = await moderator.submit(
        f"/groups/{handle}/invitations", at=f"/groups/{handle}/invitations", **fields
    )
    assert page.status == 200, page.text
    found = re.search(r"<code>http://[^/]+(/invitations/[\w-]{22})</code>", page.text)
    assert found is not None
    return found[1]


async def comes_in(visitor: Visitor, link: str, **answers: str) -> Page:
    """Follow an invitation and press its button."""
    await visitor.get(link)
    return await visitor.submit(link, **answers)


def persona_id(visitor: Visitor) -> int:
    assert visitor.persona is not None
    return visitor.persona.id
