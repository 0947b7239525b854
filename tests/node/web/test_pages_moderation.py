"""Moderators remove with a reason, restore, lock and pin; nobody else does."""

import pytest

from tests.node.web.house import WebHouse
from tests.node.web.test_pages_threads import begin, newest, stored
from tests.node.web.visitor import Page, Visitor


async def act(visitor: Visitor, number: int, name: str, reason: str = "") -> Page:
    fields = {"csrf": await visitor.token(), "act": name, "reason": reason}
    return await visitor.post(f"/posts/{number}/moderate", fields)


async def test_a_removed_post_shows_its_reason_and_can_come_back(any_house: WebHouse) -> None:
    mara, tom, thread = await begin(any_house)
    page = await tom.submit(f"/posts/{thread}/reply", at=f"/threads/{thread}", text="Buy my pills")
    reply = newest(page)
    at = f"/posts/{reply}/moderate"
    page = await mara.submit(at, at=at, act="remove", reason="No <adverts>.")
    assert page.path == f"/threads/{thread}?note=removed"
    for reader in (mara, tom, any_house.visitor()):
        page = await reader.get(f"/threads/{thread}")
        assert "A moderator removed this: <q>No &lt;adverts&gt;.</q>" in page.text
        assert "Buy my pills" not in page.text
    await mara.get(at)
    await mara.submit(at, act="restore")
    assert "Buy my pills" in (await tom.get(f"/threads/{thread}")).text


async def test_removing_needs_a_reason(house: WebHouse) -> None:
    mara, _, thread = await begin(house)
    page = await act(mara, thread, "remove", "  ")
    assert (page.status, 'href="#field-reason"' in page.text) == (422, True)
    assert (await stored(house, thread)).removed_at is None
    assert (await act(mara, thread, "remove", "Spam")).status == 200
    assert (await stored(house, thread)).removed_at is not None


async def test_locking_and_pinning(any_house: WebHouse) -> None:
    mara, tom, thread = await begin(any_house)
    await act(mara, thread, "pin")
    page = await tom.get("/groups/sleep")
    assert '<h2 id="pinned">Pinned</h2>' in page.text
    await act(mara, thread, "lock", "Enough for today")
    page = await tom.get(f"/threads/{thread}")
    assert "A moderator has locked this thread" in page.text
    assert f'action="/posts/{thread}/reply"' not in page.text
    fields = {"csrf": await tom.token(), "text": "one more"}
    assert (await tom.post(f"/posts/{thread}/reply", fields)).status == 403
    await act(mara, thread, "unlock")
    await act(mara, thread, "unpin")
    assert (await tom.post(f"/posts/{thread}/reply", fields)).status == 200
    assert '<h2 id="pinned">' not in (await tom.get("/groups/sleep")).text


@pytest.mark.parametrize("name", ["remove", "lock", "pin", "restore", "unlock", "unpin"])
async def test_members_and_visitors_moderate_nothing(house: WebHouse, name: str) -> None:
    mara, tom, thread = await begin(house)
    visitor, stranger = house.visitor(), await house.member("ines")
    before = await stored(house, thread)
    for reader, status in ((tom, 403), (stranger, 403), (visitor, 401)):
        assert (await act(reader, thread, name, "because")).status == status
        assert "Moderate" not in (await reader.get(f"/threads/{thread}")).text
    assert (await tom.get(f"/posts/{thread}/moderate")).status == 403
    assert await stored(house, thread) == before
    assert (await act(mara, thread, name, "because")).status == 200


async def test_only_whole_threads_are_locked_or_pinned(house: WebHouse) -> None:
    mara, tom, thread = await begin(house)
    page = await tom.submit(f"/posts/{thread}/reply", at=f"/threads/{thread}", text="hi")
    reply = newest(page)
    assert "act" not in (await mara.get(f"/posts/{reply}/moderate")).text.split("lock")[0][-9:]
    for name in ("lock", "pin"):
        assert (await act(mara, reply, name)).status == 403


async def test_an_act_that_there_is_not_is_not_found(house: WebHouse) -> None:
    mara, _, thread = await begin(house)
    assert (await act(mara, thread, "explode")).status == 404


async def test_an_administrator_steps_in_on_this_node(house: WebHouse) -> None:
    _, _, thread = await begin(house)
    ines = await house.member("ines", "administrator")
    assert "Moderate" in (await ines.get(f"/threads/{thread}")).text
    assert (await act(ines, thread, "remove", "Out of hours")).status == 200


async def test_web_16_who_removed_a_post_is_not_shown(house: WebHouse) -> None:
    _, tom, thread = await begin(house)
    await house.member("ines", "administrator")
    page = await tom.submit(f"/posts/{thread}/reply", at=f"/threads/{thread}", text="hi")
    ines = house.visitor()
    await ines.sign_in("ines-private", "a quiet walk by the river")
    await act(ines, newest(page), "remove", "Not here, please.")
    page = await tom.get(f"/threads/{thread}")
    assert "Not here, please." in page.text
    assert "Ines" not in page.text
