"""What members keep at hand and put together: toolkits and collections at the front door."""

from tests.node.coping.cards import drafted, joined, published
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor


async def items(house: WebHouse, visitor: Visitor) -> list[str]:
    """The paths of what somebody keeps, in its order."""
    assert visitor.persona is not None
    number = visitor.persona.id
    found = await house.db.read(lambda uow: uow.toolkit.of_persona(number, 9))
    return [f"/toolkit/{one.id}" for one in found]


async def packed(house: WebHouse, *titles: str) -> tuple[Visitor, Visitor, list[str]]:
    """Ann, who published cards; bea, who keeps them; and where they are."""
    ann = await house.member("ann")
    group = await house.group("grief", ann)
    cards = [await published(ann, group, title=title) for title in titles]
    bea = await joined(house, "bea", group)
    for card in cards:
        await bea.send(f"{card}/save")
    return ann, bea, cards


def stand(page: str, *words: str) -> bool:
    """Whether the words follow each other on a page."""
    places = [page.index(word) for word in words]
    return places == sorted(places)


async def test_a_toolkit_is_in_ones_own_order_with_hard_moments_first(
    any_house: WebHouse,
) -> None:
    _, bea, cards = await packed(any_house, "Breathe", "Walk")
    await bea.send(f"{cards[1]}/save")
    own = await drafted(bea, title="Tea")
    await bea.submit(own, at=own, act="toolkit")
    page = (await bea.get("/toolkit")).text
    assert stand(page, ">Breathe<", ">Walk<", ">Tea<")
    assert page.count(">Walk<") == 1
    _, walk, tea = await items(any_house, bea)
    await bea.submit(tea, at="/toolkit", act="up")
    assert stand((await bea.get("/toolkit")).text, ">Breathe<", ">Tea<", ">Walk<")
    await bea.submit(walk, at=walk, act="note", note="By the river", hard="yes")
    page = (await bea.get("/toolkit")).text
    assert stand(page, ">Walk<", "By the river", "For other days", ">Breathe<", ">Tea<")


async def test_a_toolkit_is_nobody_elses(house: WebHouse) -> None:
    ann, bea, _ = await packed(house, "Walk")
    assert "still empty" in (await ann.get("/toolkit")).text
    [walk] = await items(house, bea)
    assert (await bea.get(walk)).status == 200
    assert (await ann.get(walk)).status == 404
    assert (await ann.send(walk, act="out")).status == 404
    assert "Walk" in (await bea.get("/toolkit")).text


async def test_what_its_author_took_back_can_be_taken_out(house: WebHouse) -> None:
    ann, bea, [card] = await packed(house, "Walk")
    delete = f"/posts/{card.rpartition('/')[2]}/delete"
    await ann.submit(delete, at=delete)
    [walk] = await items(house, bea)
    assert "A card that is gone" in (await bea.get("/toolkit")).text
    await bea.submit(walk, at="/toolkit", act="out")
    assert "A card that is gone" not in (await bea.get("/toolkit")).text


async def begun(visitor: Visitor, title: str, group_id: int) -> str:
    """Begin a collection; its path."""
    at = "/coping/collections/new"
    page = await visitor.submit(at, at=at, title=title, group=str(group_id))
    assert page.status == 200, page.text
    return page.path.partition("?")[0]


async def test_a_collection_is_its_makers_and_its_groups(any_house: WebHouse) -> None:
    house = any_house
    host = await house.member("host")
    group = await house.group("grief", host)
    ann, bea = await joined(house, "ann", group), await joined(house, "bea", group)
    card = await published(ann, group)
    path = await begun(ann, "For nights", group.actor.id)
    await ann.submit(f"{card}/collect", at=card, collection=path.rpartition("/")[2])
    assert "Five things" in (await house.visitor().get(path)).text
    edit = f"{path}/edit"
    assert (await bea.get(edit)).status == 403
    refused = await bea.send(edit, act="drop")
    assert refused.status == 403
    number = card.rpartition("/")[2]
    await ann.submit(edit, at=edit, act="take-out", card=number)
    assert "There is no card in it yet" in (await ann.get(path)).text
    await host.submit(edit, at=edit, act="drop")
    assert (await ann.get(path)).status == 404


async def test_what_is_closed_stays_closed_in_collections(house: WebHouse) -> None:
    host = await house.member("host")
    group, us = await house.group("grief", host), await house.group("us", host, "private")
    ann = await joined(house, "ann", group)
    path = await begun(ann, "For nights", group.actor.id)
    secret = await published(host, us, title="Ours")
    shut = await host.send(f"{secret}/collect", collection=path.rpartition("/")[2])
    assert shut.status == 403
    assert "Ours" not in (await host.get(path)).text
    closed = await begun(host, "Just us", us.actor.id)
    assert (await ann.get(closed)).status == 404
    assert "Just us" not in (await ann.get("/coping/collections")).text
    assert "Just us" in (await host.get("/coping/collections")).text
