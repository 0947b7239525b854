"""Somebody of another node is looked up there, for who signed in and asked for it."""

from tests.node.clients.house import ClientHouse
from tests.world import World


async def test_a_group_of_another_node_is_found_and_read(world: World) -> None:
    harbour, meadow = [ClientHouse(house, world.clock) for house in world.houses]
    rowan, ash = await harbour.person("rowan"), await meadow.person("ash")
    group = await meadow.group("walks", ash)
    den = await meadow.group("den", ash, "private")
    handle = f"!walks@{meadow.house.authority}"

    unasked = await rowan.get("/api/v2/search", q=handle)
    visitor = await harbour.visitor.get("/api/v2/search", q=handle, resolve=True)
    by_name = await rowan.get("/api/v2/search", q=handle, resolve=True)
    by_address = await rowan.get("/api/v2/search", q=group.actor.uri, resolve=True)
    person = await rowan.get("/api/v2/search", q=ash.persona.uri, resolve=True)
    hidden = [
        await rowan.get("/api/v2/search", q=text, resolve=True)
        for text in (den.actor.uri, f"@den@{meadow.house.authority}", "https://127.0.0.2/nobody")
    ]

    assert unasked.body["accounts"] == visitor.body["accounts"] == []
    [found] = by_name.body["accounts"]
    assert found["acct"] == f"walks@{meadow.house.authority}"
    assert found["group"] is True
    assert by_address.body["accounts"] == [found]
    assert person.body["accounts"][0]["acct"] == f"ash@{meadow.house.authority}"
    assert [one.status for one in hidden] == [200, 200, 200]
    assert all(one.body["accounts"] == [] for one in hidden)
