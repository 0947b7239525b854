"""A card of a closed group is made anew among the same people alone, and nothing of it goes out."""

import pytest
from sqlalchemy import text

from node.coping.rules import bound_to, may_go_into
from node.groups.membership import new_membership
from storage.groups import GroupWithActor, Visibility
from storage.unit_of_work import UnitOfWork
from tests.node.coping.cards import joined, publish, published
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor


async def remixed(visitor: Visitor, card: str) -> str:
    """A draft made from a card; its path."""
    page = await visitor.submit(f"{card}/remix", at=card)
    assert page.status == 200, page.text
    return page.path.partition("?")[0].removesuffix("/edit")


async def activities(house: WebHouse) -> str:
    """All that goes out, or waits to."""

    def read(uow: UnitOfWork) -> str:
        rows = uow.connection.execute(text("SELECT * FROM activities"))
        return " ".join(str(tuple(row)) for row in rows)

    return await house.db.read(read)


async def joined_too(house: WebHouse, visitor: Visitor, group: GroupWithActor) -> None:
    """One more group for somebody."""
    assert visitor.persona is not None
    membership = new_membership(group.actor.id, visitor.persona.id, house.clock.now())
    await house.db.write(lambda uow: uow.memberships.put(membership))


@pytest.mark.parametrize("kind", ["private", "local"])
async def test_invariant_16_a_card_of_a_closed_group_is_made_anew_among_its_readers_alone(
    any_house: WebHouse, kind: Visibility
) -> None:
    house = any_house
    ann = await house.member("ann")
    open_group, closed = await house.group("grief", ann), await house.group("us", ann, kind)
    card = await published(ann, closed, title="Ours alone")
    bea = await joined(house, "bea", closed)
    await joined_too(house, bea, open_group)
    draft = await remixed(bea, card)
    # Other words of one's own do not loosen it: the chain would name the card and its author.
    await bea.submit(f"{draft}/edit", at=f"{draft}/edit", title="My walk")
    offered = (await bea.get(f"{draft}/publish")).text
    assert "Grief" not in offered
    assert "not everybody can read" in offered
    refused = await publish(bea, draft, open_group)
    assert refused.status == 422
    assert "fewer people can read" in refused.text
    assert "Ours alone" not in await activities(house)
    assert (await publish(bea, draft, closed)).status == 200
    # What anybody can read may be made anew anywhere.
    free = await published(ann, open_group, title="For all")
    assert (await publish(bea, await remixed(bea, free), closed)).status == 200


async def test_ones_own_words_go_anywhere_and_do_not_tell_where_they_stood(
    house: WebHouse,
) -> None:
    ann = await house.member("ann")
    open_group, closed = await house.group("grief", ann), await house.group("us", ann, "private")
    card = await published(ann, closed, title="Mine")
    made = await publish(ann, await remixed(ann, card), open_group)
    assert made.status == 200
    assert "Made from" not in made.text
    assert card.rpartition("/")[2] not in await activities(house)


def test_a_bond_is_as_wide_as_the_group_of_the_card() -> None:
    places: list[tuple[int, Visibility]] = [
        (1, "public"),
        (2, "local"),
        (3, "private"),
        (4, "private"),
    ]

    def fitting(number: int, visibility: Visibility) -> list[int]:
        bound = bound_to(number, visibility)
        return [group for group, kind in places if may_go_into(bound, group, kind)]

    assert fitting(1, "public") == [1, 2, 3, 4]
    assert fitting(2, "local") == [2, 3, 4]
    assert fitting(3, "private") == [3]
