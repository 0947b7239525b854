"""Every page says as whom one acts and writes, and offers one's other name where that belongs."""

from node.groups.drafts import ThreadDraft
from tests.node.personas.test_own_personas import make
from tests.node.web.house import WebHouse
from tests.node.web.visitor import Visitor


async def two_names(house: WebHouse) -> tuple[Visitor, Visitor, int]:
    """A moderator with a thread in the group sleep; tom, who belongs to it and acts as Wren, who
    does not; the thread."""
    ada, tom = await house.member("ada"), await house.member("tom")
    group = await house.group("sleep", ada, "local")
    await tom.submit("/groups/sleep/join", at="/groups/sleep")
    await house.db.write(lambda uow: uow.groups.update(group.actor.id, reply_policy="members"))
    writer = ada.persona
    assert writer is not None
    draft = ThreadDraft(title="Who is awake?", text="I am.")
    thread = await house.db.write(
        lambda uow: house.rooms.groups.post_thread(uow, group.actor.id, writer, draft)
    )
    await make(house, tom, "wren")
    return ada, tom, thread.id


async def test_forms_say_as_whom_one_writes(house: WebHouse) -> None:
    ada, _, thread = await two_names(house)
    for path in ("/groups/sleep/new", f"/posts/{thread}/reply", f"/threads/{thread}"):
        page = await ada.get(path)
        assert "You write as Ada, @ada." in page.text, path


async def test_a_group_offers_the_name_that_belongs_to_it(house: WebHouse) -> None:
    ada, tom, thread = await two_names(house)
    page = await tom.get("/groups/sleep")
    assert "Join as Wren" in page.text
    assert "Act as Tom" in page.text
    assert "Act as" not in (await ada.get("/groups/sleep")).text
    assert "Act as" not in (await house.visitor().get("/groups/sleep")).text
    page = await tom.submit("/settings/personas", at=f"/threads/{thread}", persona="tom")
    assert page.path == f"/threads/{thread}?note=persona-switched"
    assert "You write as Tom" in page.text
    assert "Act as" not in page.text


async def test_a_group_can_be_joined_under_a_new_name(house: WebHouse) -> None:
    ada = await house.member("ada")
    await house.group("sleep", ada, "local")
    tom = await house.member("tom")
    page = await tom.get("/groups/sleep")
    assert 'href="/settings/personas/new?next=/groups/sleep"' in page.text
    assert await make(house, tom, "wren", after="/groups/sleep") == (
        "/groups/sleep?note=persona-made"
    )
    await tom.submit("/groups/sleep/join")
    wren = await house.db.read(lambda uow: uow.actors.local_by_handle("wren"))
    assert wren is not None
    group = await house.db.read(lambda uow: uow.groups.by_handle("sleep", "localhost:8420"))
    assert group is not None
    members = await house.db.read(lambda uow: uow.memberships.members(group.actor.id, 10))
    assert {one.handle for one in members} == {"ada", "wren"}
