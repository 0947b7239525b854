"""Cards of tests, and what people do with them at the pages."""

from typing import Final

from node.coping.cards import Card
from node.groups.membership import new_membership
from storage.groups import GroupWithActor
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Page, Visitor

CARD: Final = Card(
    title="Five things around you",
    what="Look for five things you can see.",
    when_it_helps="When fear carries you off.",
    effort="little",
    cost="free",
    steps=("Put your feet on the floor.", "Name five things."),
    topics=("anxiety",),
    licence="cc-by",
    language="en",
)
FORM: Final = {
    "title": CARD.title,
    "what": CARD.what,
    "when_it_helps": CARD.when_it_helps,
    "effort": "little",
    "cost": "free",
    "steps": "1. Put your feet on the floor.\n- Name five things.",
    "topic-anxiety": "yes",
    "basis": "own",
    "licence": "cc-by",
    "language": "en",
}


async def drafted(visitor: Visitor, **changes: str) -> str:
    """Write a draft; its path."""
    page = await visitor.submit("/coping/new", at="/coping/new", **(FORM | changes))
    assert page.path.startswith("/coping/drafts/"), page.text
    return page.path.partition("?")[0]


async def published(visitor: Visitor, group: GroupWithActor, **changes: str) -> str:
    """Write a card and publish it; its path."""
    draft = await drafted(visitor, **changes)
    page = await publish(visitor, draft, group)
    assert page.status == 200, page.text
    assert not page.path.startswith(draft), page.text
    return page.path.partition("?")[0]


async def publish(visitor: Visitor, draft: str, group: GroupWithActor) -> Page:
    """Press the button that publishes a draft."""
    return await visitor.submit(
        f"{draft}/publish", at=f"{draft}/publish", group=str(group.actor.id), federate="yes"
    )


async def joined(house: WebHouse, handle: str, group: GroupWithActor) -> Visitor:
    """Somebody new who belongs to the group."""
    visitor = await house.member(handle)
    assert visitor.persona is not None
    membership = new_membership(group.actor.id, visitor.persona.id, house.clock.now())
    await house.db.write(lambda uow: uow.memberships.put(membership))
    return visitor
