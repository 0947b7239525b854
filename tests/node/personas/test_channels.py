"""Unlinkability, channel by channel: ids, times, keys, documents, tokens, roles, names."""

import json
from collections.abc import AsyncIterator
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from node.personas.names import QUALITIES, THINGS, one_off_name, suggestion
from node.sources import random_id
from node.viewer import Caller
from storage.keys import PrivateKeys
from storage.unit_of_work import UnitOfWork
from tests.node.personas.test_own_personas import make
from tests.node.personas.town import ACTIVITY, JSON, Town, open_town
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor

MINE = "/settings/personas"


@pytest.fixture
async def town(sqlite_url: str, tmp_path: Path) -> AsyncIterator[Town]:
    """Wren and Finch are one person."""
    async with open_town(tmp_path, sqlite_url, together=True) as opened:
        yield opened


async def document(town: Town, handle: str) -> dict[str, object]:
    visitor = town.new_browser()
    town.browsers[f"visitor to {handle}"] = visitor
    page = await visitor.get(f"/personas/{handle}", {"Accept": ACTIVITY})
    found: dict[str, object] = json.loads(page.text)
    return found


async def test_ids_of_personas_tell_neither_time_nor_order(town: Town) -> None:
    """Those of one sitting are as far apart as those of strangers; those of posts are not."""
    ids = sorted([(await town.actor(handle)).id for handle in ("ada", "eve", "wren", "finch")])
    assert min(later - earlier for earlier, later in pairwise(ids)) > 2**40
    posts = sorted(int(number) for number in town.posts.values())
    assert max(later - earlier for earlier, later in pairwise(posts)) < 2**40


def test_random_ids_fit_and_spread() -> None:
    ids = [random_id() for _ in range(2_000)]
    assert all(0 < one < 2**63 for one in ids)
    assert len(set(ids)) == len(ids)
    rising = sum(later > earlier for earlier, later in pairwise(ids))
    assert 800 < rising < 1_200
    for bit in range(62):
        assert 700 < sum(one >> bit & 1 for one in ids) < 1_300, bit


async def test_documents_say_no_times_and_share_nothing(town: Town) -> None:
    wren, finch = await document(town, "wren"), await document(town, "finch")
    for found in (wren, finch):
        assert not {"published", "updated", "alsoKnownAs", "movedTo"} & found.keys()
    keys = [json.dumps([one["publicKey"], one["assertionMethod"]]) for one in (wren, finch)]
    assert keys[0].replace("wren", "finch") != keys[1]
    assert "finch" not in json.dumps(wren).lower()
    assert "wren" not in json.dumps(finch).lower()


def _private_keys(number: int, uow: UnitOfWork) -> PrivateKeys | None:
    return uow.keys.private(number)


async def test_each_persona_signs_with_keys_of_its_own(town: Town) -> None:
    db, found = town.house.node.rooms.db, set()
    for handle in ("wren", "finch"):
        number = (await town.actor(handle)).id
        keys = await db.read(partial(_private_keys, number))
        assert keys is not None
        found |= {keys.rsa_pem, keys.ed25519_pem}
    assert len(found) == 4


async def test_a_token_of_one_persona_reaches_nothing_of_another(town: Town) -> None:
    """Neither a list of them, nor their posts as one's own, nor their groups."""
    status, me = await town.house.api("GET", "/api/kith/v1/me", "wren")
    assert (status, me["persona"]["handle"]) == (200, "wren")
    assert "finch" not in json.dumps(me).lower()
    post = town.posts["finch in sleep"]
    for method, body in (("PATCH", {"text": "Mine."}), ("DELETE", None)):
        status, _ = await town.house.api(method, f"/api/kith/v1/posts/{post}", "wren", body)
        assert status == 403
    headers = {"Authorization": f"Bearer {town.house.tokens['wren']}", "Accept": JSON}
    for path in (MINE, "/settings", f"{MINE}/finch"):
        async with town.house.http.get(
            town.house.origin + path, headers=headers, allow_redirects=False
        ) as answer:
            assert answer.status in (303, 401), path
            assert "finch" not in (await answer.text()).lower()


async def administrator(house: WebHouse) -> Visitor:
    """Ada, who runs the node, and is Wren elsewhere."""
    ada = await house.member("ada", role="administrator")
    await make(house, ada, "wren")
    return ada


async def test_a_role_shows_under_the_first_name_alone(house: WebHouse) -> None:
    ada = await administrator(house)
    tom = await house.member("tom")
    await house.group("sleep", tom)
    persona = tom.persona
    group = await house.db.read(lambda uow: uow.groups.by_handle("sleep", "localhost:8420"))
    assert persona is not None
    assert group is not None
    thread = await house.db.write(
        lambda uow: house.rooms.groups.post_thread(
            uow, group.actor.id, persona, house.thread_draft("Awake")
        )
    )
    steward = f"/posts/{thread.id}/moderate"
    assert (await ada.get("/groups/new")).status == 403
    assert (await ada.get(steward)).status == 403
    assert "Moderate" not in (await ada.get(f"/threads/{thread.id}")).text
    await ada.submit(MINE, at=MINE, persona="ada")
    assert (await ada.get("/groups/new")).status == 200
    assert (await ada.get(steward)).status == 200


def _with_token(house: WebHouse, handle: str, uow: UnitOfWork) -> Caller | None:
    issued = house.rooms.tokens.issue(uow, handle, "test")
    return house.rooms.sessions.caller_of(uow, issued.secret)


async def test_a_program_has_the_role_of_its_persona_alone(house: WebHouse) -> None:
    await administrator(house)
    roles = {}
    for handle in ("ada", "wren"):
        caller = await house.db.write(partial(_with_token, house, handle))
        assert caller is not None
        assert caller.account is not None
        roles[handle] = caller.account.role
    assert roles == {"ada": "administrator", "wren": "member"}


async def test_the_owner_finds_groups_and_anonymous_threads_again(town: Town) -> None:
    wren = await town.as_("wren")
    page = await wren.get(MINE)
    assert page.text.count("In: Night · Sleep") == 2
    assert f'href="/threads/{town.posts["nobody in night"]}">Someone ' in page.text
    eve = await town.browsers["eve"].get(MINE)
    assert "Someone " not in eve.text


@given(st.lists(st.integers(0, 10**9), min_size=3, max_size=3))
def test_names_come_from_chance_alone(draws: list[int]) -> None:
    """Whatever chance says, a suggestion is a good handle, and a one-off name says nothing."""

    def below(limit: int) -> int:
        return draws[limit % 3] % limit

    found = suggestion(below)
    quality, thing, number = found.handle.split("_")
    assert (quality in QUALITIES, thing in THINGS, len(number)) == (True, True, 3)
    assert len(found.handle) <= 30
    once = one_off_name(below)
    assert once.handle.removeprefix("someone_").isdecimal()
    assert once.name == f"Someone {once.handle[-4:]}"
