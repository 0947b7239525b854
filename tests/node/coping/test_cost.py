"""What a page of cards costs does not grow with the groups that somebody is in."""

import pytest

from tests.node.coping.cards import drafted, joined, published
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor
from tests.statements import statements


async def cost(visitor: Visitor, path: str) -> int:
    """The statements for a page, once all round it is warm."""
    await visitor.get(path)
    with statements() as seen:
        assert (await visitor.get(path)).status == 200
    return len(seen)


async def collect(visitor: Visitor, group_id: int, title: str) -> None:
    """Begin a collection."""
    page = await visitor.submit(
        "/coping/collections/new", at="/coping/collections/new", title=title, group=str(group_id)
    )
    assert page.status == 200, page.text


@pytest.mark.parametrize("what", ["publish", "new", "waiting", "card"])
async def test_a_page_takes_as_many_statements_in_many_groups(house: WebHouse, what: str) -> None:
    ann = await house.member("ann")
    first = await house.group("first", ann)
    card, draft = await published(ann, first, medical="yes"), await drafted(ann)
    path = {
        "publish": f"{draft}/publish",
        "new": "/coping/collections/new",
        "waiting": "/coping/waiting",
        "card": card,
    }[what]
    await collect(await joined(house, "bea", first), first.actor.id, "One")
    before = await cost(ann, path)
    for name in ("second", "third", "fourth"):
        group = await house.group(name, ann)
        await published(ann, group, medical="yes")
        await collect(await joined(house, f"of_{name}", group), group.actor.id, name)
    assert await cost(ann, path) == before
