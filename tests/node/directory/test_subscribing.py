"""Two nodes: one follows the directory of the other, by HTTP through the guarded door."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from federation.addresses import AddressPolicy
from federation.http import AiohttpClient
from federation.resolver import Names
from federation.tls import peer_tls
from node.directory.fetching import asks_through, open_following
from node.directory.subscribing import Following, Trouble
from node.errors import Invalid
from tests.node.directory.town import as_json, at, bring, service, uuid
from tests.node.web.house import WebHouse, open_web_house


@asynccontextmanager
async def two(sqlite_url: str, folder: Path) -> AsyncIterator[tuple[WebHouse, WebHouse, str]]:
    """(who follows, who is followed, the address of its API)."""
    other = folder / "other.sqlite3"
    other.write_bytes(Path(sqlite_url.removeprefix("sqlite:///")).read_bytes())
    async with (
        open_web_house(sqlite_url) as here,
        open_web_house(f"sqlite:///{other}") as there,
    ):
        url = str(there.visitor().client.make_url("/hsds"))
        yield here, there, url


@asynccontextmanager
async def following(house: WebHouse, *networks: str) -> AsyncIterator[Following]:
    names = Names()
    policy = AddressPolicy(networks, ("localhost:8420",))
    http = AiohttpClient(policy, user_agent="Kith", tls=peer_tls(), names=names)
    rooms = house.rooms
    try:
        yield open_following(rooms.db, rooms.directory, http, rooms.policy, 24)
    finally:
        await http.close()
        names.close()


async def found(house: WebHouse) -> list[str]:
    """Names of services on the page of the directory."""
    text = (await house.visitor().get("/directory")).text
    return [one for one in ("Near Group", "Far Group", "Nearer Group") if f">{one}<" in text]


async def test_what_another_node_lists_shows_here_follows_it_and_goes_with_it(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with (
        two(sqlite_url, tmp_path) as (here, there, url),
        following(here, "127.0.0.0/8") as us,
    ):
        place = at("Near Group", "Tidewater", 51.5, -0.1)
        near = service("Near Group", service_at_locations=[place])
        bring(there, as_json(near, service("Far Group")))
        subscribing = here.rooms.directory.subscribing
        made = await here.db.write(lambda uow: subscribing.subscribe(uow, url, "CC BY 4.0"))
        assert await us.run_once() == 1
        assert await us.run_once() == 0
        assert await found(here) == ["Near Group", "Far Group"]
        page = (await here.visitor().get(f"/directory/services/{uuid('Near Group')}")).text
        assert f"From the directory of {made.source}" in page
        assert "7 Near Group Lane" in page
        assert "Near Group" not in (await here.visitor().get("/hsds/services")).text

        changed = near | {"name": "Nearer Group", "last_modified": "2026-11-23T12:00:00Z"}
        bring(there, as_json(changed))
        here.clock.advance(hours=25)
        assert await us.run_once() == 1
        assert await found(here) == ["Nearer Group"]
        gone = await here.visitor().get(f"/directory/services/{uuid('Far Group')}")
        assert "does not have it any more" in gone.text

        boss = await here.member("kim", role="administrator")
        one = f"/moderation/directory/sets/{made.id}"
        await boss.submit(one, at=one, act="end")
        assert await found(here) == []
        assert (await here.visitor().get(f"/directory/services/{uuid('Near Group')}")).status == 404


async def test_a_node_inside_our_own_network_is_never_asked(
    sqlite_url: str, tmp_path: Path
) -> None:
    async with two(sqlite_url, tmp_path) as (here, there, url), following(here) as us:
        bring(there, as_json(service("Near Group")))
        subscribing = here.rooms.directory.subscribing
        made = await here.db.write(lambda uow: subscribing.subscribe(uow, url, "CC BY 4.0"))
        assert await us.run_once() == 1
        kept = await here.db.read(lambda uow: uow.directory_sets.get(made.id))
        assert kept is not None
        assert "could not be reached" in (kept.trouble or "")
        assert await found(here) == []


async def test_a_node_that_is_blocked_is_not_asked(sqlite_url: str, tmp_path: Path) -> None:
    async with two(sqlite_url, tmp_path) as (here, _, url), following(here, "127.0.0.0/8"):
        rooms, authority = here.rooms, url.split("/")[2]
        await here.db.write(
            lambda uow: uow.peers.set_policy(authority, "block", rooms.now(), rooms.new_id)
        )
        await rooms.policy.refresh()
        asks = asks_through(None, rooms.policy)  # type: ignore[arg-type]
        with pytest.raises(Trouble, match="does not talk"):
            await asks(f"{url}/services", 1000)


@pytest.mark.parametrize(
    "url", ["", "ftp://x/hsds", "https://a@b/hsds", "http://localhost:8420/hsds"]
)
async def test_an_address_that_is_none_is_refused(sqlite_url: str, url: str) -> None:
    async with open_web_house(sqlite_url) as here:
        subscribing = here.rooms.directory.subscribing
        with pytest.raises(Invalid):
            await here.db.write(lambda uow: subscribing.subscribe(uow, url, "CC0"))
