"""Who belongs, who sees that, and how one goes: by oneself or by a moderator's word."""

from typing import Any

import pytest

from node.groups import parting
from node.groups.chores import Chores
from node.groups.drafts import ReplyDraft
from node.groups.taking_back import Deletes
from storage import tables
from storage.blocks import Block
from storage.groups import GroupWithActor
from storage.posts import Post, PostView
from storage.unit_of_work import UnitOfWork
from tests.node.groups.steps import comes_in, invite, persona_id, private_group
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor


async def settle(house: WebHouse) -> None:
    """All chores that are due."""
    rooms = house.rooms
    chores = Chores(rooms.db, rooms.groups, Deletes(rooms.outbox, rooms.now), rooms.now)
    while await chores.run_once():
        pass


async def writes(house: WebHouse, group: GroupWithActor, who: Visitor, title: str) -> Post:
    assert who.persona is not None
    persona = who.persona
    return await house.db.write(
        lambda uow: house.rooms.groups.post_thread(
            uow, group.actor.id, persona, house.thread_draft(title)
        )
    )


async def answers(house: WebHouse, post: Post, who: Visitor) -> Post:
    assert who.persona is not None
    persona = who.persona
    return await house.db.write(
        lambda uow: house.rooms.groups.reply(uow, post.id, persona, ReplyDraft(text="With you."))
    )


async def views(house: WebHouse, thread: Post) -> list[PostView]:
    return await house.db.read(lambda uow: uow.posts.thread(thread.id))


async def circle(house: WebHouse) -> tuple[GroupWithActor, Visitor, Visitor, Visitor]:
    """A private group that mara hosts, with tom and june in it."""
    mara, tom, june = [await house.member(name) for name in ("mara", "tom", "june")]
    group = await private_group(house, mara)
    link = await invite(mara, uses="9")
    for one in (tom, june):
        await comes_in(one, link)
    return group, mara, tom, june


async def removes(mara: Visitor, who: Visitor, **fields: str) -> Any:
    path = f"/groups/circle/members/{persona_id(who)}"
    return await mara.post(
        path, {"csrf": await mara.token(), "act": "dismiss", "reason": "Advice, again."} | fields
    )


async def test_members_see_members_and_nobody_else_does(house: WebHouse) -> None:
    _, mara, tom, _ = await circle(house)
    stranger = await house.member("sasha")
    page = await tom.get("/groups/circle/members")
    assert all(name in page.text for name in ("Mara", "Tom", "June", "Hosts the group"))
    assert "Manage" not in page.text
    assert "Manage Tom" in (await mara.get("/groups/circle/members")).text
    assert (await stranger.get("/groups/circle/members")).status == 404
    await house.group("hall", mara, "local")
    await house.group("lounge", mara)
    for handle in ("hall", "lounge"):
        assert (await stranger.get(f"/groups/{handle}")).status == 200
        assert (await stranger.get(f"/groups/{handle}/members")).status == 404
        signed_out = await house.visitor().get(f"/groups/{handle}/members")
        assert signed_out.path.startswith("/sign-in")


async def test_prv_26_who_does_not_want_to_be_listed_is_not(house: WebHouse) -> None:
    _, mara, tom, june = await circle(house)
    path = "/groups/circle/members"
    await tom.submit(path, at=path, listed="no")
    assert "Only you and moderators" in (await tom.get(path)).text
    assert "Tom" not in (await june.get(path)).text
    assert "Not listed for others" in (await mara.get(path)).text
    await tom.submit(path, at=path, listed="yes")
    assert "Tom" in (await june.get(path)).text


async def test_a_block_hides_people_in_the_list_but_not_from_moderators(house: WebHouse) -> None:
    _, mara, tom, june = await circle(house)

    def block(uow: UnitOfWork) -> None:
        for who in (june, mara):
            account, now = uow.accounts.account_of(persona_id(who)), house.clock.now()
            named = persona_id(who)
            uow.blocks.add(
                Block(
                    persona_id=persona_id(tom), named_id=named, account_id=account, created_at=now
                )
            )

    await house.db.write(block)
    assert "Tom" not in (await june.get("/groups/circle/members")).text
    assert "June" not in (await tom.get("/groups/circle/members")).text
    assert "Manage Tom" in (await mara.get("/groups/circle/members")).text


@pytest.mark.parametrize("wish", ["keep", "unnamed", "delete"])
async def test_a_leaver_chooses_what_becomes_of_posts(
    any_house: WebHouse, wish: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also of more than go in one transaction."""
    monkeypatch.setattr(parting, "AT_ONCE", 2)
    house = any_house
    group, mara, tom, _ = await circle(house)
    thread = await writes(house, group, tom, "First winter")
    other = await answers(house, thread, mara)
    for _ in range(4):
        await answers(house, thread, tom)
    page = await tom.submit("/groups/circle/leave", at="/groups/circle/leave", posts=wish)
    assert page.path == "/groups?note=left"
    assert (await tom.get("/groups/circle")).status == 404
    await settle(house)
    seen = await views(house, thread)
    his = [view for view in seen if view.post.id != other.id]
    assert [view.author.name for view in his] == ([""] if wish == "unnamed" else ["Tom"]) * 5
    assert [bool(view.post.content) for view in his] == [wish != "delete"] * 5
    shown = await mara.get(f"/threads/{thread.id}")
    assert ("Tom" in shown.text) == (wish != "unnamed")
    assert ("A former member" in shown.text) == (wish == "unnamed")
    if wish == "unnamed":
        assert f"/personas/{tom.persona.handle if tom.persona else ''}" not in shown.text
        listed = await mara.get("/groups/circle")
        assert "a former member" in listed.text


async def test_in_a_public_group_a_name_cannot_be_taken_along(house: WebHouse) -> None:
    """Copies elsewhere bear it."""
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await house.group("lounge", mara)
    await tom.submit("/groups/lounge/join", at="/groups/lounge")
    await writes(house, group, tom, "First winter")
    page = await tom.submit("/groups/lounge/leave", at="/groups/lounge/leave", posts="unnamed")
    assert page.status == 422
    assert "copied to other nodes" in page.text
    assert await house.db.read(lambda uow: uow.memberships.get(group.actor.id, persona_id(tom)))


async def test_prv_13_who_was_removed_finds_nothing(house: WebHouse) -> None:
    group, mara, tom, june = await circle(house)
    thread = await writes(house, group, tom, "First winter")
    refused = await removes(june, tom)
    assert refused.status == 403
    assert (await removes(mara, tom, reason=" ")).status == 422
    assert (await removes(mara, tom)).path == "/groups/circle/members?note=dismissed"
    for path in ("/groups/circle", f"/threads/{thread.id}", f"/posts/{thread.id}/edit"):
        there = await tom.get(path)
        never = await tom.get(path.replace("circle", "nobody").replace(str(thread.id), "77"))
        assert there.status == never.status == 404
    assert "First winter" in (await mara.get("/groups/circle")).text
    log = await house.db.read(lambda uow: uow.moderation.list(group.actor.id, 1))
    assert (log[0].act, log[0].target_actor_id) == ("dismiss", persona_id(tom))
    link = await invite(mara)
    assert (await comes_in(tom, link)).path == "/groups/circle?note=joined"


async def test_a_removal_can_take_the_posts_along(
    house: WebHouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parting, "AT_ONCE", 1)
    group, mara, tom, _ = await circle(house)
    thread = await writes(house, group, mara, "First winter")
    for _ in range(3):
        await answers(house, thread, tom)
    await removes(mara, tom, with_posts="yes")
    await settle(house)
    removed = [view.post.removed_at is not None for view in await views(house, thread)]
    assert removed == [False, True, True, True]


async def test_who_may_not_come_back_cannot_under_any_name_and_no_link_shows(
    house: WebHouse,
) -> None:
    """A second persona of the same account gets the answer of a link that has ended, and moderators
    find the one that they named, and no other."""
    group, mara, tom, june = await circle(house)
    account = await house.db.read(lambda uow: uow.accounts.account_of(persona_id(tom)))
    june_account = await house.db.read(lambda uow: uow.accounts.account_of(persona_id(june)))
    assert account != june_account
    await removes(mara, tom, for_good="yes")
    # june turns out to be another persona of the same person.
    change = tables.personas.update().where(tables.personas.c.actor_id == persona_id(june))

    def same_person(uow: Any) -> None:
        uow.connection.execute(change.values(account_id=account))
        uow.memberships.remove(group.actor.id, persona_id(june))

    await house.db.write(same_person)
    held = await house.db.read(
        lambda uow: [uow.group_bans.holds(group.actor.id, persona_id(one)) for one in (tom, june)]
    )
    assert held == [True, True]
    page = await mara.get("/groups/circle/manage")
    assert "Let Tom come back" in page.text
    assert "June" not in page.text
    back = f"/groups/circle/members/{persona_id(tom)}"
    await mara.submit(back, at="/groups/circle/manage", act="readmit")
    assert not await house.db.read(
        lambda uow: uow.group_bans.holds(group.actor.id, persona_id(june))
    )
