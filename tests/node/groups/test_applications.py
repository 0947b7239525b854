"""Asking to be let in, waiting, and the decision of the moderators."""

from datetime import timedelta

from storage.unit_of_work import UnitOfWork
from tests.node.groups.steps import comes_in, invite, persona_id, private_group
from tests.node.web.house import WebHouse

ASKED = "What brings you here?"
ANSWER = "My mother died in March."


async def test_a_local_group_asks_first(any_house: WebHouse) -> None:
    mara, tom = await any_house.member("mara"), await any_house.member("tom")
    group = await any_house.group("walks", mara, "local")

    def set_up(uow: UnitOfWork) -> None:
        uow.groups.update(group.actor.id, join_policy="approval")
        uow.applications.ask(group.actor.id, (ASKED, "Do you walk?"))

    await any_house.db.write(set_up)
    page = await tom.get("/groups/walks")
    assert "Ask to join" in page.text
    page = await tom.submit("/groups/walks/join", at="/groups/walks/join")
    assert page.status == 422
    page = await tom.submit(
        "/groups/walks/join", **{"answer-0": ANSWER, "answer-1": "Every day <b>twice</b>."}
    )
    assert page.path == "/groups/walks?note=requested"
    assert "You asked to join" in page.text
    again = await tom.post("/groups/walks/join", {"csrf": await tom.token()})
    assert again.path == "/groups/walks?note=requested"
    waiting = await mara.get("/groups/walks/applications")
    assert ANSWER in waiting.text
    assert "&lt;b&gt;twice&lt;/b&gt;" in waiting.text
    assert waiting.text.count("Every day") == 1
    [one] = await any_house.db.read(lambda uow: uow.applications.pending(group.actor.id, 9))
    path = f"/groups/walks/applications/{one.application.id}"
    page = await mara.post(
        path, {"csrf": await mara.token(), "act": "let-in", "reply": "Good that you came."}
    )
    assert page.path == "/groups/walks/applications?note=let-in"
    assert "Start a thread" in (await tom.get("/groups/walks")).text
    own = await tom.get("/applications")
    assert "Good that you came." in own.text
    assert "Mara" not in own.text


async def test_prv_07_who_waits_for_a_private_group_sees_only_that_it_asked(
    house: WebHouse,
) -> None:
    """What the invitation showed, and none of the group itself; not its new name either."""
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await private_group(house, mara, "approval", ASKED)
    link = await invite(mara)
    page = await comes_in(tom, link, **{"answer-0": ANSWER})
    assert page.path == "/applications?note=requested"
    assert "Circle" in page.text
    await house.db.write(
        lambda uow: uow.actors.update_profile(group.actor.id, name="Renamed", summary="")
    )
    for path in ("", "/members", "/join", "/new", "/applications", "/manage"):
        there = await tom.get(f"/groups/circle{path}")
        never = await tom.get(f"/groups/nobody{path}")
        assert there.status == never.status == 404
        assert there.text.replace("circle", "nobody") == never.text
    for path in ("/", "/groups", "/applications"):
        assert "Renamed" not in (await tom.get(path)).text
    assert (await tom.get(link)).status == 404  # used up by asking


async def test_declining_is_kind_and_names_nobody(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    june = await house.member("june")
    group = await private_group(house, mara, "approval", ASKED)
    await comes_in(tom, await invite(mara), **{"answer-0": ANSWER})
    [one] = await house.db.read(lambda uow: uow.applications.pending(group.actor.id, 9))
    path = f"/groups/circle/applications/{one.application.id}"
    for who in (tom, june):
        refused = await who.post(path, {"csrf": await who.token(), "act": "let-in"})
        assert refused.status == 404
    fields = {"csrf": await mara.token(), "act": "decline", "reply": "Come back in spring."}
    assert (await mara.post(path, fields)).path.endswith("?note=declined")
    assert (await mara.post(path, fields)).status == 404
    own = await tom.get("/applications")
    assert "Come back in spring." in own.text
    for word in ("Mara", "mara", "declined", "rejected"):
        assert word not in own.text
    assert (await tom.get("/groups/circle")).status == 404
    log = await house.db.read(lambda uow: uow.moderation.list(group.actor.id, 9))
    assert [entry.act for entry in log] == ["decline", "invite"]
    house.clock.advance(hours=24 * 31)
    before = house.clock.now() - timedelta(days=30)
    assert await house.db.write(lambda uow: uow.applications.erase_words(before, 9)) == 1
    assert "Come back in spring." not in (await tom.get("/applications")).text


async def test_a_request_can_be_taken_back_by_who_made_it(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    june = await house.member("june")
    group = await private_group(house, mara, "approval")
    await comes_in(tom, await invite(mara))
    asked = await house.db.read(lambda uow: uow.applications.get(group.actor.id, persona_id(tom)))
    assert asked is not None
    path = f"/applications/{asked.id}/withdraw"
    for who in (june, mara):
        assert (await who.post(path, {"csrf": await who.token()})).status == 404
    page = await tom.submit(path, at="/applications")
    assert page.path == "/applications?note=withdrawn"
    assert await house.db.read(lambda uow: uow.applications.by_id(asked.id)) is None
    assert "Nobody waits" in (await mara.get("/groups/circle/applications")).text


async def test_who_may_not_come_back_cannot_be_let_in_either(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await private_group(house, mara, "approval")
    await comes_in(tom, await invite(mara))
    [one] = await house.db.read(lambda uow: uow.applications.pending(group.actor.id, 9))
    now = house.clock.now()
    await house.db.write(lambda uow: uow.group_bans.add(group.actor.id, persona_id(tom), None, now))
    path = f"/groups/circle/applications/{one.application.id}"
    answer = await mara.post(path, {"csrf": await mara.token(), "act": "let-in"})
    assert answer.status == 404
    held = await house.db.read(lambda uow: uow.memberships.get(group.actor.id, persona_id(tom)))
    assert held is None
