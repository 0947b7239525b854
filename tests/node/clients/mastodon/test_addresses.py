"""The addresses that apps show lead to our pages, and tell nothing on the way."""

from tests.node.clients.house import ClientHouse
from tests.node.clients.mastodon.community import Community


async def test_addresses_of_apps_lead_to_our_pages(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    group = await one_house.group("grief", rowan)
    await one_house.group("den", rowan, "private")
    thread = await Community(one_house).thread(group.actor.id, rowan)
    status = await rowan.ok("GET", f"/api/v1/statuses/{thread.id}")
    visitor = one_house.visitor

    async def leads_to(path: str) -> str:
        answer = await visitor.get(path)
        assert answer.status == 302
        return answer.headers["Location"]

    assert await leads_to(status["url"]) == f"/posts/{thread.id}"
    assert await leads_to("/@rowan") == "/personas/rowan"
    assert await leads_to("/@grief") == "/groups/grief"
    assert await leads_to("/@den") == "/personas/den"
    assert await leads_to("/@nobody") == "/personas/nobody"
