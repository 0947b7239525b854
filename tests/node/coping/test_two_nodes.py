"""Cards go round: one node's card is in the other's library, is made anew there, and the chain of
who made what comes back."""

from dataclasses import replace

from node.coping.library import Shelf, Wish
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.node.coping.cards import CARD
from tests.world import House, World


async def shelf(house: House, reader: Actor, wish: Wish) -> Shelf:
    coping = house.node.rooms.coping
    return await house.node.rooms.db.read(lambda uow: coping.browse(uow, reader, wish))


async def published(house: House, author: Actor, group_uri: str, made_from: int = 0) -> str:
    """A card of the author's, new or made from a post; its URI."""
    coping = house.node.rooms.coping

    def write(uow: UnitOfWork) -> str:
        group = uow.groups.by_uri(group_uri)
        assert group is not None
        if made_from:
            own = coping.remix(uow, author, made_from)
            _, card = coping.own_card(uow, author, own.id)
            coping.write(uow, author, own.id, replace(card, title="With a bell"))
        else:
            own = coping.begin(uow, author, replace(CARD, licence="cc-by-sa"))
        return coping.publish(uow, author, own.id, group.actor.id).uri

    return await house.node.rooms.db.write(write)


async def test_a_card_of_a_peer_is_in_the_library_and_its_remix_names_it(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    group = await harbour.group("grief", ann)
    await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    await published(harbour, ann, group.actor.uri)
    await world.settle()

    [there] = (await shelf(meadow, bea, Wish(topic="anxiety", effort="little"))).cards
    assert there.card == replace(CARD, licence="cc-by-sa")
    assert (await shelf(meadow, bea, Wish(topic="sleep"))).cards == []

    remixed = await published(meadow, bea, group.actor.uri, there.post.id)
    await world.settle()
    found = (await shelf(harbour, ann, Wish(words="bell"))).cards
    assert [one.post.uri for one in found] == [remixed]
    [origin] = found[0].card.made_from
    assert origin.title == CARD.title
    assert origin.author == f"@ann@{harbour.authority}"
    assert origin.url.startswith(harbour.origin)
    assert origin.licence == "cc-by-sa"
    assert found[0].card.licence == "cc-by-sa"


async def test_a_peer_takes_its_card_back_from_toolkits(world: World) -> None:
    harbour, meadow = world
    ann, bea = await harbour.persona("ann"), await meadow.persona("bea")
    group = await harbour.group("grief", ann)
    await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    uri = await published(harbour, ann, group.actor.uri)
    await world.settle()
    there = await meadow.post(uri)
    here = await harbour.post(uri)
    assert there is not None
    assert here is not None
    coping = meadow.node.rooms.coping
    await meadow.node.rooms.db.write(lambda uow: coping.save(uow, bea, there.id))
    suggested = await meadow.node.rooms.db.read(lambda uow: coping.suggest(uow, bea, ["sleep"]))
    assert [one.title for one in suggested] == [CARD.title]
    rooms = harbour.node.rooms
    await rooms.db.write(lambda uow: rooms.coping.withdraw(uow, ann, here.id))
    await world.settle()
    [kept] = await meadow.node.rooms.db.read(lambda uow: coping.toolkit(uow, bea))
    assert kept.card is None
    assert await meadow.node.rooms.db.read(lambda uow: coping.suggest(uow, bea)) == []
