"""Links that let people into a group, and what they tell those whom they do not let in."""

import asyncio

import pytest

from node.visibility import is_member
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.node.groups.steps import comes_in, invite, persona_id, private_group
from tests.node.web.house import PASSWORD, WebHouse


async def test_a_link_leads_into_a_private_group(any_house: WebHouse) -> None:
    mara, tom = await any_house.member("mara"), await any_house.member("tom")
    group = await private_group(any_house, mara)
    link = await invite(mara, note="for tom", uses="2")
    before = await tom.get(link)
    assert "Circle" in before.text
    assert "For people who lie awake." in before.text
    assert "<em>Listen</em>" in before.text
    assert "Mara" not in before.text
    assert (await tom.get("/groups/circle")).status == 404
    page = await comes_in(tom, link)
    assert page.path == "/groups/circle?note=joined"
    kept = await any_house.db.read(lambda uow: uow.memberships.get(group.actor.id, persona_id(tom)))
    assert is_member(kept)
    assert (await tom.get(link)).path == "/groups/circle"
    listed = await mara.get("/groups/circle/invitations")
    assert "used 1 of 2 times" in listed.text
    assert "works 7 more days" in listed.text
    assert "for tom" in listed.text


async def test_following_a_link_leads_through_signing_in_and_back(house: WebHouse) -> None:
    mara = await house.member("mara")
    await private_group(house, mara)
    await house.account("tom")
    link = await invite(mara)
    visitor = house.visitor()
    page = await visitor.get(link)
    assert page.path.startswith("/sign-in?next=/invitations/")
    assert "Circle" not in page.text
    back = await visitor.submit("/sign-in", name="tom-private", password=PASSWORD)
    assert back.path.startswith(link)
    assert "Circle" in back.text


@pytest.mark.parametrize("why", ["wrong", "expired", "revoked", "used up", "kept out"])
async def test_prv_07_a_link_that_does_not_work_says_nothing(house: WebHouse, why: str) -> None:
    """The same answer for each reason, and for a code that never was."""
    mara, tom = await house.member("mara"), await house.member("tom")
    june = await house.member("june")
    group = await private_group(house, mara)
    link = await invite(mara, uses="1", days="7")
    if why == "wrong":
        link = link[:-1] + ("A" if link[-1] != "A" else "B")
    elif why == "expired":
        house.clock.advance(hours=7 * 24)
    elif why == "revoked":
        [one] = await house.db.read(lambda uow: uow.invitations.of_group(group.actor.id, 9))
        await mara.submit(
            f"/groups/circle/invitations/{one.id}/revoke", at="/groups/circle/invitations"
        )
    elif why == "used up":
        await comes_in(june, link)
    else:
        tom_id, now = persona_id(tom), house.clock.now()
        account = await house.db.read(lambda uow: uow.accounts.account_of(tom_id))
        await house.db.write(lambda uow: uow.group_bans.add(group.actor.id, tom_id, account, now))
    fields = {"csrf": await tom.token()}
    never = "/invitations/" + "x" * 22
    for answer, nothing in (
        (await tom.get(link), await tom.get(never)),
        (await tom.post(link, fields), await tom.post(never, fields)),
    ):
        assert answer.status == nothing.status == 404
        assert answer.text.replace(link, "*") == nothing.text.replace(never, "*")
    held = await house.db.read(lambda uow: uow.memberships.get(group.actor.id, persona_id(tom)))
    assert held is None


async def test_the_last_use_is_taken_once_by_people_who_come_together(
    any_house: WebHouse,
) -> None:
    mara = await any_house.member("mara")
    group = await private_group(any_house, mara)
    link = await invite(mara, uses="2")
    people = [await any_house.member(name) for name in ("ash", "bay", "cedar", "dale")]
    for one in people:
        await one.get(link)
    pages = await asyncio.gather(*(one.submit(link) for one in people))
    assert sorted(page.status for page in pages) == [200, 200, 404, 404]
    assert await any_house.db.read(lambda uow: uow.memberships.count(group.actor.id)) == 3


async def test_only_moderators_make_links_and_within_limits(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    await private_group(house, mara)
    await comes_in(tom, await invite(mara))
    path = "/groups/circle/invitations"
    assert (await tom.get(path)).status == 403
    refused = await tom.post(path, {"csrf": await tom.token(), "days": "7", "uses": "1"})
    assert refused.status == 403
    for fields in ({"days": "400"}, {"uses": "0"}, {"uses": "5000"}, {"uses": "many"}):
        page = await mara.submit(path, at=path, **fields)
        assert page.status == 422
        assert "<code>" not in page.text
    page = await mara.submit(path, at=path, note="n" * 201)
    assert page.status == 422


async def test_prv_07_a_code_is_kept_nowhere_and_told_to_nobody(house: WebHouse) -> None:
    """Neither the database nor another page has it, and the browser tells it to no other site."""
    mara, tom = await house.member("mara"), await house.member("tom")
    await private_group(house, mara)
    link = await invite(mara, note="for tom")
    code = link.rpartition("/")[2]
    page = await tom.get(link)
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert page.headers["Cache-Control"] == "private, no-store"
    assert "noindex" in page.text
    await comes_in(tom, link)
    for visitor in (mara, tom):
        for path in ("/groups/circle/invitations", "/groups/circle", "/groups"):
            assert code not in (await visitor.get(path)).text

    def rows(uow: UnitOfWork) -> str:
        return repr([uow.connection.execute(one.select()).all() for one in metadata.sorted_tables])

    assert code not in await house.db.read(rows)


async def test_web_12_a_link_gives_membership_and_nothing_else(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await private_group(house, mara)
    link = await invite(mara)
    fields = {"csrf": await tom.token(), "role": "moderator", "group_id": "1", "state": "x"}
    assert (await tom.post(link, fields)).path == "/groups/circle?note=joined"
    kept = await house.db.read(lambda uow: uow.memberships.get(group.actor.id, persona_id(tom)))
    assert kept is not None
    assert (kept.role, kept.state) == ("member", "accepted")


async def test_no_code_stands_in_a_log(
    house: WebHouse, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    await private_group(house, mara)
    link = await invite(mara)
    await tom.get(link)

    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    monkeypatch.setattr(house.rooms.groups, "accept", broken)
    assert (await tom.submit(link)).status == 500
    assert "unexpected error in POST /invitations/{code}" in caplog.text
    assert link.rpartition("/")[2] not in caplog.text
