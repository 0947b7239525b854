"""News from apps: one by one, together, held back, and of private messages."""

from typing import Any

import pytest

from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.counting import queries
from tests.node.clients.mastodon.schema import all_conform, conforms, needs_schema

HERE, TOGETHER = "/api/v1/notifications", "/api/v2/notifications"
POLICY, REQUESTS = f"{TOGETHER}/policy", f"{HERE}/requests"


class Scene:
    """Rowan's thread in a group, and friends who answer and react."""

    def __init__(self, house: ClientHouse) -> None:
        self.house = house
        self.here = Community(house)

    async def open(self, *friends: str) -> None:
        self.rowan = await self.house.person("rowan")
        self.group = await self.house.group("grief", self.rowan)
        self.friends = [await self.house.person(name) for name in friends]
        for friend in self.friends:
            await self.here.join(self.group.actor.id, friend)
        self.post = await self.here.thread(self.group.actor.id, self.rowan)

    async def answer(self, who: Client, text: str = "With you.") -> Post:
        return await self.here.reply(self.post, who, text)

    async def news(self, **params: Any) -> list[Any]:
        answer = await self.rowan.get(HERE, **params)
        assert answer.status == 200, answer.text
        return list(answer.body)


@pytest.fixture
async def scene(house: ClientHouse) -> Scene:
    scene = Scene(house)
    await scene.open("kit", "ash")
    return scene


@pytest.fixture
async def one_scene(one_house: ClientHouse) -> Scene:
    scene = Scene(one_house)
    await scene.open("kit", "ash")
    return scene


async def test_answers_and_reactions_are_told(scene: Scene) -> None:
    kit, ash = scene.friends
    reply = await scene.answer(kit)
    await scene.here.react(scene.post, ash)
    liked, mentioned = await scene.news()
    assert (liked["type"], liked["account"]["acct"]) == ("favourite", "ash")
    assert liked["status"]["id"] == str(scene.post.id)
    assert (mentioned["type"], mentioned["status"]["id"]) == ("mention", str(reply.id))
    assert mentioned["group_key"] == f"ungrouped-{mentioned['id']}"
    assert await scene.rowan.ok("GET", f"{HERE}/{liked['id']}") == liked
    assert [one["type"] for one in await scene.news(types=["mention"])] == ["mention"]
    assert [one["type"] for one in await scene.news(exclude_types=["mention"])] == ["favourite"]
    assert [one["type"] for one in await scene.news(account_id=ash.id)] == ["favourite"]
    assert await scene.news(max_id=mentioned["id"]) == []
    assert await scene.news(since_id=mentioned["id"]) == [liked]
    assert await scene.news(limit=1, min_id=1) == [mentioned]


async def test_news_is_its_owners_alone(scene: Scene) -> None:
    kit, _ = scene.friends
    await scene.answer(kit)
    [told] = await scene.news()
    for method, path in (("GET", f"{HERE}/{told['id']}"), ("POST", f"{HERE}/{told['id']}/dismiss")):
        yours = await kit.call(method, path)
        nowhere = await kit.call(method, path.replace(told["id"], "77"))
        assert (yours.status, yours.body) == (404, nowhere.body)
    assert (await kit.get(f"{TOGETHER}/ungrouped-{told['id']}")).status == 404
    await kit.ok("POST", f"{TOGETHER}/ungrouped-{told['id']}/dismiss")
    await kit.ok("POST", f"{HERE}/clear")
    assert await scene.news() == [told]
    assert (await scene.house.visitor.get(HERE)).status == 401
    weak = await scene.house.app_of(scene.rowan.persona, "read:statuses")
    assert (await weak.get(HERE)).status == 403


async def test_news_is_counted_read_and_forgotten(scene: Scene) -> None:
    kit, ash = scene.friends
    await scene.answer(kit)
    await scene.here.react(scene.post, ash)
    count = f"{HERE}/unread_count"
    assert await scene.rowan.ok("GET", count) == {"count": 2}
    assert await scene.rowan.ok("GET", f"{TOGETHER}/unread_count") == {"count": 2}
    newest, older = await scene.news()
    body = {"notifications": {"last_read_id": older["id"]}}
    await scene.rowan.ok("POST", "/api/v1/markers", json=body)
    assert await scene.rowan.ok("GET", count) == {"count": 1}
    assert await scene.rowan.ok("POST", f"{HERE}/{newest['id']}/dismiss") == {}
    assert await scene.news() == [older]
    assert await scene.rowan.ok("POST", f"{HERE}/dismiss", json={"id": older["id"]}) == {}
    assert await scene.news() == []
    await scene.here.react(scene.post, kit)
    await scene.rowan.ok("POST", f"{HERE}/clear")
    assert await scene.news() == []


async def test_alike_news_stands_together(scene: Scene) -> None:
    kit, ash = scene.friends
    await scene.here.react(scene.post, kit)
    await scene.here.react(scene.post, ash)
    reply = await scene.answer(kit)
    page = await scene.rowan.ok("GET", TOGETHER)
    alone, together = page["notification_groups"]
    assert alone["group_key"].startswith("ungrouped-")
    assert (alone["type"], alone["status_id"]) == ("mention", str(reply.id))
    assert together["group_key"] == f"favourite-{scene.post.id}"
    assert together["notifications_count"] == 2
    assert together["sample_account_ids"] == [ash.id, kit.id]
    assert {one["id"] for one in page["accounts"]} == {kit.id, ash.id}
    assert {one["id"] for one in page["statuses"]} == {str(scene.post.id), str(reply.id)}
    here = f"{TOGETHER}/{together['group_key']}"
    assert (await scene.rowan.ok("GET", here))["notification_groups"] == [together]
    people = await scene.rowan.ok("GET", f"{here}/accounts")
    assert [one["id"] for one in people] == [ash.id, kit.id]
    assert await scene.rowan.ok("GET", f"{TOGETHER}/unread_count") == {"count": 2}
    apart = await scene.rowan.ok("GET", f"{TOGETHER}?grouped_types[]=follow")
    assert len(apart["notification_groups"]) == 3
    first = await scene.rowan.get(TOGETHER, limit=1)
    assert first.body["notification_groups"] == [alone]
    assert f"max_id={alone['most_recent_notification_id']}" in first.headers["Link"]
    await scene.rowan.ok("POST", f"{here}/dismiss")
    left = await scene.rowan.ok("GET", TOGETHER)
    assert left["notification_groups"] == [alone]
    assert (await scene.rowan.get(here)).status == 404
    assert (await scene.rowan.get(f"{TOGETHER}/poll-7")).status == 404


async def test_follows_of_one_day_stand_together(scene: Scene) -> None:
    kit, ash = scene.friends
    profiles = scene.house.rooms.profiles

    def ask(uow: UnitOfWork) -> None:
        uow.profiles.ensure(scene.rowan.persona, scene.house.clock.now(), locked=False)
        uow.profiles.set_locked(scene.rowan.persona.id, False)
        for one in (kit, ash):
            profiles.follow(uow, one.persona, scene.rowan.persona.id)

    await scene.here.write(ask)
    one, other = await scene.news()
    assert (one["type"], one["account"]["id"]) == ("follow", ash.id)
    assert "status" not in one
    page = await scene.rowan.ok("GET", TOGETHER)
    [together] = page["notification_groups"]
    assert together["group_key"] == one["group_key"] == other["group_key"]
    assert (together["type"], together["notifications_count"]) == ("follow", 2)


async def test_news_of_whom_one_does_not_see_or_read_stays_away(scene: Scene) -> None:
    kit, ash = scene.friends
    muting, safety = scene.house.rooms.muting, scene.house.rooms.safety
    await scene.here.react(scene.post, kit)
    await scene.here.react(scene.post, ash)
    await scene.here.write(lambda uow: safety.block(uow, scene.rowan.persona, kit.persona.id))
    assert [one["account"]["id"] for one in await scene.news()] == [ash.id]
    page = await scene.rowan.ok("GET", TOGETHER)
    assert page["notification_groups"][0]["sample_account_ids"] == [ash.id]
    assert page["notification_groups"][0]["notifications_count"] == 1
    await scene.here.write(lambda uow: muting.mute(uow, scene.rowan.persona, ash.persona.id))
    assert await scene.news() == []
    assert await scene.rowan.ok("GET", f"{HERE}/unread_count") == {"count": 0}
    await scene.here.write(lambda uow: muting.unmute(uow, scene.rowan.persona, ash.persona.id))
    assert len(await scene.news()) == 1


async def test_what_a_muted_person_does_is_never_told(scene: Scene) -> None:
    kit, ash = scene.friends
    for one, notifications in ((kit, "true"), (ash, "false")):
        body = {"notifications": notifications}
        await scene.rowan.ok("POST", f"/api/v1/accounts/{one.id}/mute", data=body)
        await scene.here.react(scene.post, one)
    assert [one["account"]["id"] for one in await scene.news()] == [ash.id]
    await scene.rowan.ok("POST", f"/api/v1/accounts/{kit.id}/unmute")
    assert [one["account"]["id"] for one in await scene.news()] == [ash.id]


async def test_a_policy_holds_news_back_until_it_is_asked_for(scene: Scene) -> None:
    kit, ash = scene.friends
    assert (await scene.rowan.ok("GET", POLICY))["for_not_following"] == "accept"
    await scene.rowan.ok("PATCH", POLICY, json={"for_not_following": "filter"})
    reply = await scene.answer(kit)
    await scene.here.react(scene.post, ash)
    assert await scene.news() == []
    assert await scene.rowan.ok("GET", f"{HERE}/unread_count") == {"count": 0}
    assert [one["filtered"] for one in await scene.news(include_filtered=True)] == [True, True]
    summary = (await scene.rowan.ok("GET", POLICY))["summary"]
    assert summary == {"pending_requests_count": 2, "pending_notifications_count": 2}
    of_ash, of_kit = await scene.rowan.ok("GET", REQUESTS)
    assert (of_kit["account"]["id"], of_kit["notifications_count"]) == (kit.id, "1")
    assert of_kit["last_status"]["id"] == str(reply.id)
    assert await scene.rowan.ok("GET", f"{REQUESTS}/{of_kit['id']}") == of_kit
    assert (await kit.get(f"{REQUESTS}/{of_ash['id']}")).status == 404
    await scene.rowan.ok("POST", f"{REQUESTS}/{of_kit['id']}/accept")
    assert [one["account"]["id"] for one in await scene.news()] == [kit.id]
    await scene.here.react(scene.post, kit)
    assert len(await scene.news()) == 2
    await scene.rowan.ok("POST", f"{REQUESTS}/dismiss", data={"id[]": ash.id})
    assert await scene.rowan.ok("GET", REQUESTS) == []
    assert await scene.rowan.ok("GET", f"{REQUESTS}/merged") == {"merged": True}


async def test_a_policy_can_drop_news(scene: Scene) -> None:
    kit, _ = scene.friends
    old = f"{HERE}/policy"
    assert (await scene.rowan.ok("GET", old))["filter_new_accounts"] is False
    await scene.rowan.ok("PATCH", POLICY, data={"for_new_accounts": "drop"})
    await scene.answer(kit)
    assert await scene.news(include_filtered=True) == []
    changed = await scene.rowan.ok("PATCH", old, json={"filter_new_accounts": False})
    assert changed["filter_new_accounts"] is False
    await scene.answer(kit)
    assert len(await scene.news()) == 1
    wrong = await scene.rowan.patch(POLICY, json={"for_not_followers": "maybe"})
    assert (wrong.status, "accept, filter, drop" in wrong.body["error"]) == (422, True)


async def test_a_private_message_is_a_mention(scene: Scene) -> None:
    kit, ash = scene.friends
    messages = scene.house.rooms.messages

    def write(uow: UnitOfWork) -> int:
        room = messages.pair_room(uow, kit.persona, scene.rowan.persona)
        return int(messages.say(uow, room, kit.persona, "Just for you.").id)

    number = await scene.here.write(write)
    [told] = await scene.news()
    assert (told["type"], told["status"]["visibility"]) == ("mention", "direct")
    assert told["status"]["id"] == str(number)
    page = await scene.rowan.ok("GET", TOGETHER)
    assert page["notification_groups"][0]["status_id"] == str(number)
    assert (await ash.get(f"{HERE}/{told['id']}")).status == 404
    assert (await ash.get(f"/api/v1/statuses/{number}")).status == 404
    # The pages count messages by themselves, and know no such news.
    notifying = scene.house.rooms.notifying
    pages = await scene.house.rooms.db.read(lambda uow: notifying.news(uow, scene.rowan.persona))
    assert pages.told == []


async def test_a_message_out_of_the_blue_can_be_held_back(scene: Scene) -> None:
    kit, _ = scene.friends
    messages = scene.house.rooms.messages
    await scene.rowan.ok("PATCH", POLICY, json={"for_private_mentions": "filter"})

    def write(who: Client, to: Client) -> Any:
        def act(uow: UnitOfWork) -> None:
            room = messages.pair_room(uow, who.persona, to.persona)
            messages.say(uow, room, who.persona, "Are you there?")

        return scene.here.write(act)

    await write(kit, scene.rowan)
    assert await scene.news() == []
    await write(scene.rowan, kit)
    await write(kit, scene.rowan)
    assert len(await scene.news()) == 1


async def test_news_costs_the_same_for_one_and_for_many(one_scene: Scene) -> None:
    scene = one_scene
    for _ in range(6):
        for friend in scene.friends:
            await scene.answer(friend)
    for path in (HERE, TOGETHER):
        one = await queries(scene.rowan, path, limit=1)
        assert await queries(scene.rowan, path, limit=12) == one, path


async def test_news_fits_the_schema(one_scene: Scene) -> None:
    needs_schema()
    scene = one_scene
    kit, ash = scene.friends
    await scene.answer(kit)
    await scene.here.react(scene.post, ash)
    all_conform(await scene.news(), "Notification")
    conforms(await scene.rowan.ok("GET", TOGETHER), "GroupedNotificationsResults")
    conforms(await scene.rowan.ok("GET", f"{HERE}/policy"), "V1NotificationPolicy")
    policy = await scene.rowan.ok("PATCH", POLICY, json={"for_not_following": "filter"})
    conforms(policy, "NotificationPolicy")
    await scene.answer(kit)
    all_conform(await scene.rowan.ok("GET", REQUESTS), "NotificationRequest")
