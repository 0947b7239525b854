"""How many statements the calls cost that an app makes all day, and that none of them tells what
somebody else may read."""

from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.counting import queries

HOME = "/api/v1/timelines/home"
NEVER = "/api/v1/statuses/123456789"


async def _answered(
    house: ClientHouse, group_id: int, who: Client, times: int
) -> tuple[str, list[str]]:
    """A thread with answers: its address in the API, and the ids of the answers."""
    here = Community(house)
    thread = await here.thread(group_id, who, title="Sleep")
    ids = [str((await here.reply(thread, who, f"Answer {number}")).id) for number in range(times)]
    return f"/api/v1/statuses/{thread.id}", ids


async def test_a_page_of_a_group_asks_few_questions(one_house: ClientHouse) -> None:
    kit, rowan = await one_house.person("kit"), await one_house.person("rowan")
    group = await one_house.group("grief", rowan)
    await Community(one_house).join(group.actor.id, kit)
    few, _ = await _answered(one_house, group.actor.id, rowan, 2)
    many, ids = await _answered(one_house, group.actor.id, rowan, 9)

    costs = [await queries(kit, path) for path in (HOME, few, f"{few}/context", f"{many}/context")]

    shown = await kit.ok("GET", f"{many}/context")
    assert [one["id"] for one in shown["descendants"]] == ids
    assert costs[2] == costs[3]
    # They were 31, 24 and 44 when each thing round a post was a question of its own.
    assert all(cost <= most for cost, most in zip(costs, (23, 16, 22, 22), strict=True)), costs


async def test_prv_05_a_thread_of_others_costs_what_there_is_not(one_house: ClientHouse) -> None:
    kit, ash = await one_house.person("kit"), await one_house.person("ash")
    group = await one_house.group("quiet", kit, "private")
    path, _ = await _answered(one_house, group.actor.id, kit, 2)
    assert (await kit.get(f"{path}/context")).status == 200

    for client in (ash, one_house.visitor):
        asked = []
        for address in (f"{path}/context", f"{NEVER}/context"):
            assert (await client.get(address)).status == 404
            asked.append(await queries(client, address, answers=404))
        assert asked[0] == asked[1]
