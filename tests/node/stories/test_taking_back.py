"""What was told can always be taken back: by who is suspended, whose account stands still, who left
the group. A password opens that door, and nobody else's does."""

import re

from node.moderation.suspending import Scope
from tests.node.stories.test_telling import drafted, group_of, read_id, told
from tests.node.stories.test_travel import told as tells
from tests.node.stories.test_travel import viewer_of
from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Page, Visitor
from tests.scene import opened_scene as opened_scene
from tests.world import World

AT = "/stories/take-back"


async def opened(who: Visitor, name: str) -> Page:
    """What whoever knows the password is shown."""
    return await who.submit(AT, at=AT, name=name, password=PASSWORD, act="look")


async def taken_back(who: Visitor, name: str, *boxes: str, password: str = PASSWORD) -> Page:
    sent = {"name": name, "password": password, "act": "withdraw", "csrf": await who.token()}
    return await who.post(AT, sent | dict.fromkeys(boxes, "yes"))


def box_in(page: Page) -> str:
    found = re.search(r'name="(story-\d+)"', page.text)
    assert found is not None, page.text
    return found[1]


async def suspended(house: WebHouse, who: Visitor, scope: Scope) -> None:
    persona = who.persona
    assert persona is not None
    suspending = house.rooms.moderation.suspending
    await house.db.write(lambda uow: suspending.suspend(uow, None, persona, scope, "Enough."))


async def test_whoever_is_suspended_takes_a_story_back(any_house: WebHouse) -> None:
    scopes: tuple[Scope, ...] = ("persona", "account")
    for name, scope in zip(("tom", "ines"), scopes, strict=True):
        who = await any_house.member(name)
        group = await any_house.group(f"night_{name}", who)
        number = await read_id(await told(who, await drafted(who, group)))
        await suspended(any_house, who, scope)
        assert (await who.get("/stories/mine")).path.startswith("/sign-in")
        visitor = any_house.visitor()
        page = await opened(visitor, f"{name}-private")
        assert "The winter I stayed" in page.text
        gone = await taken_back(visitor, f"{name}-private", box_in(page))
        assert gone.status == 200
        assert "There is nothing left to take back." in gone.text
        assert "No other node had a copy." in gone.text
        assert (await visitor.get(f"/stories/{number}")).status == 404
        assert "Somebody rang me" not in (await visitor.get(f"/threads/{number}")).text


async def test_an_account_that_stands_still_keeps_nothing_told(house: WebHouse) -> None:
    mara = await house.member("mara")
    group = await group_of(house, mara)
    number = await read_id(await told(mara, await drafted(mara, group)))
    stop = "/settings/consents/stop"
    await mara.submit(stop, at="/settings/consents")
    assert (await mara.get("/stories/mine")).path.startswith("/settings/consents")
    assert f'href="{AT}"' in (await mara.get("/settings/consents")).text
    page = await opened(mara, "mara-private")
    await taken_back(mara, "mara-private", box_in(page))
    assert (await house.visitor().get(f"/stories/{number}")).status == 404
    ledger = await mara.get("/settings/consents")
    assert "Look at it, or take it back" not in ledger.text


async def test_the_door_opens_to_the_right_password_alone(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await group_of(house, mara, tom)
    number = await read_id(await told(mara, await drafted(mara, group)))
    box = box_in(await opened(mara, "mara-private"))
    wrong = await taken_back(tom, "mara-private", box, password="not this one")
    assert wrong.status == 422
    assert "The winter I stayed" not in wrong.text
    # With one's own password nothing of another is taken back, nor is it there.
    assert (await taken_back(tom, "tom-private", box)).status == 404
    nothing = await opened(tom, "tom-private")
    assert "You have told no story here" in nothing.text
    unticked = await taken_back(mara, "mara-private")
    assert unticked.status == 422
    assert "Tick the stories" in unticked.text
    assert "The winter I stayed" in unticked.text
    assert (await house.visitor().get(f"/stories/{number}")).status == 200
    await taken_back(mara, "mara-private", box)
    assert (await taken_back(mara, "mara-private", box)).status == 200


async def test_whoever_left_a_private_group_takes_back_what_they_told_there(
    any_house: WebHouse,
) -> None:
    mara, tom = await any_house.member("mara"), await any_house.member("tom")
    group = await group_of(any_house, mara, tom, visibility="private")
    path = await drafted(tom, group)
    number = await read_id(await told(tom, path))
    leaver = tom.persona
    assert leaver is not None
    await any_house.db.write(lambda uow: uow.memberships.remove(group.actor.id, leaver.id))
    assert (await tom.get(f"/stories/{number}")).status == 404
    gone = await tom.submit(path, at=path, act="withdraw")
    assert "You took it back" in gone.text
    assert (await mara.get(f"/stories/{number}")).status == 404
    # It opens nothing else of the group, and nothing of others.
    assert (await tom.get(f"/threads/{number}")).status == 404


async def test_invariant_20_a_suspended_author_is_heard_by_other_nodes(world: World) -> None:
    harbour, meadow = world
    ann = await harbour.persona("ann")
    await meadow.persona("bea")
    group = await harbour.group("grief", ann)
    await meadow.join(f"!grief@{harbour.authority}", "bea")
    await world.settle()
    viewer, rooms = await viewer_of(harbour, ann), harbour.node.rooms
    story = await tells(harbour, viewer, group.actor.id)
    await world.settle()
    post = await rooms.db.read(lambda uow: uow.posts.get(story.post_id or 0))
    assert post is not None
    suspending = rooms.moderation.suspending
    await rooms.db.write(lambda uow: suspending.suspend(uow, None, ann, "account", "Enough."))
    await world.settle()
    account_id = viewer.account.id
    await rooms.db.write(lambda uow: rooms.stories.withdraw_all(uow, account_id, [story.id]))
    await world.settle()
    again = await rooms.db.write(
        lambda uow: rooms.stories.withdraw_all(uow, account_id, [story.id])
    )
    await world.settle()
    own = await rooms.db.read(lambda uow: rooms.stories.told_by(uow, account_id))
    assert own == again, "twice changes nothing"
    assert [(len(one.receipts), one.confirmed) for one in own] == [(1, 1)]
    gone = await meadow.post(post.uri)
    assert gone is not None
    assert "dark at four" not in gone.content
