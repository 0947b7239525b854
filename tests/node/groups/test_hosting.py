"""The host: settings, archive, handing on, and who can read the group."""

from typing import Any

import pytest

from tests.node.groups.steps import comes_in, invite, persona_id, private_group
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor

SETTINGS = {
    "name": "Evenings",
    "summary": "For the *long* ones.",
    "guidelines": "Listen.",
    "join_policy": "approval",
    "questions": "What brings you here?\n\nWho told you?",
    "posting_policy": "moderators",
    "reply_policy": "members",
    "allows_anonymous": "yes",
}


async def pair(house: WebHouse) -> tuple[Any, Visitor, Visitor]:
    """A private group that mara hosts, with tom in it."""
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await private_group(house, mara)
    await comes_in(tom, await invite(mara))
    return group, mara, tom


async def does(who: Visitor, path: str, **fields: str) -> Any:
    return await who.post(f"/groups/circle{path}", {"csrf": await who.token()} | fields)


async def test_a_host_sets_the_group_up(any_house: WebHouse) -> None:
    group, mara, tom = await pair(any_house)
    path = "/groups/circle/settings"
    page = await mara.submit(path, at=path, **SETTINGS)
    assert page.path == "/groups/circle/manage?note=saved"
    kept = await any_house.db.read(lambda uow: uow.groups.get(group.actor.id))
    assert kept is not None
    assert (kept.actor.name, kept.actor.summary) == (
        "Evenings",
        "<p>For the <em>long</em> ones.</p>\n",
    )
    assert (kept.group.join_policy, kept.group.posting_policy) == ("approval", "moderators")
    assert kept.group.allows_anonymous
    asked = await any_house.db.read(lambda uow: uow.applications.questions(group.actor.id))
    assert asked == ("What brings you here?", "Who told you?")
    log = await any_house.db.read(lambda uow: uow.moderation.list(group.actor.id, 1))
    assert log[0].act == "set-up"
    again = await mara.get(path)
    assert "Who told you?" in again.text
    assert "Start a thread" not in (await tom.get("/groups/circle")).text


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": " "},
        {"name": "n" * 101},
        {"summary": "s" * 2001},
        {"guidelines": "g" * 10_001},
        {"join_policy": "open"},
        {"posting_policy": "nobody"},
        {"reply_policy": "moderators"},
        {"questions": "\n".join("abcdef")},
        {"questions": "q" * 301},
    ],
    ids=lambda wrong: next(iter(wrong)),
)
async def test_settings_that_do_not_fit_are_shown_again(
    house: WebHouse, wrong: dict[str, str]
) -> None:
    group, mara, _ = await pair(house)
    page = await mara.submit(
        "/groups/circle/settings", at="/groups/circle/settings", **SETTINGS | wrong
    )
    assert page.status == 422
    assert 'id="error-' in page.text
    kept = await house.db.read(lambda uow: uow.groups.get(group.actor.id))
    assert kept is not None
    assert kept.actor.name == "Circle"


async def test_only_the_host_decides_about_the_group(house: WebHouse) -> None:
    """Neither a member nor another moderator."""
    group, mara, tom = await pair(house)
    acts: tuple[tuple[str, dict[str, str]], ...] = (
        ("/settings", SETTINGS),
        ("/archive", {"act": "archive"}),
        ("/openness", {"visibility": "private", "sure": "yes"}),
        (f"/members/{persona_id(tom)}", {"act": "hand-on"}),
    )
    for role in ("member", "moderator"):
        if role == "moderator":
            await does(mara, f"/members/{persona_id(tom)}", act="moderate")
        for path, fields in acts:
            assert (await does(tom, path, **fields)).status == 403, (role, path)
    kept = await house.db.read(lambda uow: uow.groups.get(group.actor.id))
    assert kept is not None
    assert kept.group.archived_at is None
    assert kept.group.host_id == persona_id(mara)


async def test_a_host_hands_the_group_on_before_leaving(house: WebHouse) -> None:
    group, mara, tom = await pair(house)
    assert "You host this group" in (await mara.get("/groups/circle/leave")).text
    assert (await does(mara, "/leave")).status == 403
    path = f"/groups/circle/members/{persona_id(tom)}"
    page = await mara.submit(path, at=path, act="hand-on")
    assert page.path == "/groups/circle/members?note=handed-on"
    kept = await house.db.read(lambda uow: uow.groups.get(group.actor.id))
    assert kept is not None
    assert kept.group.host_id == persona_id(tom)
    member = await house.db.read(lambda uow: uow.members.get(group.actor.id, persona_id(tom)))
    assert member is not None
    assert member.membership.role == "moderator"
    assert (await does(mara, "/settings", **SETTINGS)).status == 403
    assert (await does(mara, "/leave")).path == "/groups?note=left"
    stranger = await house.member("sasha")
    refused = await does(tom, f"/members/{persona_id(stranger)}", act="hand-on")
    assert refused.status in (403, 404)


async def test_nobody_removes_the_host_and_only_the_host_a_moderator(house: WebHouse) -> None:
    group, mara, tom = await pair(house)
    june = await house.member("june")
    await comes_in(june, await invite(mara))
    for who in (tom, june):
        path = f"/groups/circle/members/{persona_id(who)}"
        assert (await mara.submit(path, at=path, act="moderate")).path.endswith("?note=moderates")
    remove = {"act": "dismiss", "reason": "Because."}
    assert (await does(tom, f"/members/{persona_id(mara)}", **remove)).status == 403
    assert (await does(tom, f"/members/{persona_id(june)}", **remove)).status == 403
    assert (await does(tom, f"/members/{persona_id(mara)}", act="unmoderate")).status == 403
    assert (await does(mara, f"/members/{persona_id(mara)}", **remove)).status == 403
    assert (await does(mara, f"/members/{persona_id(june)}", **remove)).status == 200
    held = await house.db.read(lambda uow: uow.members.get(group.actor.id, persona_id(june)))
    assert held is None


async def test_an_archived_group_is_read_and_nothing_more(house: WebHouse) -> None:
    group, mara, tom = await pair(house)
    assert tom.persona is not None
    persona = tom.persona
    thread = await house.db.write(
        lambda uow: house.rooms.groups.post_thread(
            uow, group.actor.id, persona, house.thread_draft("First winter")
        )
    )
    link = await invite(mara)
    page = await mara.submit("/groups/circle/archive", at="/groups/circle/manage", act="archive")
    assert "The group is archived" in page.text
    seen = await tom.get("/groups/circle")
    assert "This group is archived" in seen.text
    assert "First winter" in seen.text
    words = {"title": "More", "text": "More.", "kind": "proud"}
    for path in (
        "/groups/circle/new",
        *(f"/posts/{thread.id}/{act}" for act in ("reply", "edit", "react")),
    ):
        answer = await tom.post(path, {"csrf": await tom.token()} | words)
        assert answer.status == 403, path
    june = await house.member("june")
    assert (await june.get(link)).status == 403
    gone = await tom.submit(f"/posts/{thread.id}/delete", at=f"/posts/{thread.id}/delete")
    assert gone.status == 200
    await mara.submit("/groups/circle/archive", at="/groups/circle/manage", act="reopen")
    assert (await comes_in(june, link)).path == "/groups/circle?note=joined"


async def test_a_host_makes_a_group_private_and_reads_what_peers_answered(
    house: WebHouse,
) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    await house.group("lounge", mara)
    path = "/groups/lounge/openness"
    unsure = await mara.submit(path, at=path, visibility="private")
    assert unsure.status == 422
    assert "say that you are sure" in unsure.text
    open_again = await mara.submit(path, at=path, visibility="public", sure="yes")
    assert open_again.status == 403
    page = await mara.submit(path, at=path, visibility="private", sure="yes")
    assert page.path == f"{path}?note=narrowed"
    assert "being asked to delete" in page.text
    assert "as closed as a group can be" in page.text
    assert (await tom.get("/groups/lounge")).status == 404
    assert (await house.visitor().get("/groups/lounge")).status == 404


async def test_founding_says_how_people_come_in(house: WebHouse) -> None:
    mara = await house.member("mara", "administrator")
    page = await mara.submit(
        "/groups/new",
        at="/groups/new",
        handle="walks",
        name="Walks",
        visibility="local",
        join_policy="approval",
        questions="Do you walk?",
    )
    assert page.path == "/groups/walks?note=group-made"
    kept = await house.db.read(lambda uow: uow.groups.by_handle("walks", "localhost:8420"))
    assert kept is not None
    assert kept.group.join_policy == "approval"
    assert kept.group.host_id == persona_id(mara)
    asked = await house.db.read(lambda uow: uow.applications.questions(kept.actor.id))
    assert asked == ("Do you walk?",)
