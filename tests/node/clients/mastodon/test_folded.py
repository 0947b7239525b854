"""What may tell a method is not in anybody's app until a person of the team has looked."""

from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community

METHOD = "How many pills does it take, somebody tell me"


async def _finds(client: Client, paths: tuple[str, ...], status: str) -> set[bool]:
    """Whether each list holds the words, and whether the status has an address."""
    found = {METHOD in (await client.get(path)).text for path in paths}
    return found | {(await client.get(f"/api/v1/statuses/{status}")).status == 200}


async def test_invariant_03_apps_hide_what_may_tell_a_method(house: ClientHouse) -> None:
    kit, rowan, ash = [await house.person(name) for name in ("kit", "rowan", "ash")]
    group = await house.group("grief", rowan)
    here = Community(house)
    for who in (kit, ash):
        await here.join(group.actor.id, who)
    thread = await here.thread(group.actor.id, kit, title="At night", text=METHOD)
    paths = ("/api/v1/timelines/home", f"/api/v1/accounts/{group.actor.id}/statuses")
    for reader, reads in ((ash, False), (kit, True), (rowan, True)):
        assert await _finds(reader, paths, str(thread.id)) == {reads}


async def test_invariant_03_nor_on_a_profile(house: ClientHouse) -> None:
    kit, ash = await house.person("kit"), await house.person("ash")
    said = await kit.ok("POST", "/api/v1/statuses", json={"status": METHOD, "visibility": "public"})
    author = said["account"]["id"]
    await ash.ok("POST", f"/api/v1/accounts/{author}/follow")
    paths = (f"/api/v1/accounts/{author}/statuses",)
    for reader, reads in ((ash, False), (kit, True)):
        assert await _finds(reader, paths, said["id"]) == {reads}

    calm = await kit.ok("POST", "/api/v1/statuses", json={"status": "Rain", "visibility": "public"})
    assert (await ash.get(f"/api/v1/statuses/{calm['id']}")).status == 200
