"""From an app's subscription to a message on its device, at a real push service on loopback."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, get_args

import pytest

from node.clients.push.rules import ALERTS, alert_of, body_of
from storage.notifications import Kind
from storage.posts import Post
from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.push.device import Device, PushService, push_service

PATH = "/api/v1/push/subscription"


@dataclass
class Scene:
    """Ann's device hears through a service; what Ben answers to her thread is news to her."""

    house: ClientHouse
    community: Community
    ann: Client
    ben: Client
    thread: Post
    device: Device
    service: PushService

    async def subscribe(self, client: Client | None = None, **data: Any) -> Any:
        body = {
            "subscription": {"endpoint": self.service.url, "keys": self.device.keys},
            "data": {"alerts": {"mention": True, "favourite": True}} | data,
        }
        return await (client or self.ann).ok("POST", PATH, json=body)

    async def answer(self) -> None:
        await self.community.reply(self.thread, self.ben)

    async def work(self) -> int:
        done: int = await self.house.house.node.push.run_once()
        return done

    async def heard(self) -> list[Any]:
        await self.work()
        return self.service.messages(self.device)


@pytest.fixture
async def scene(house: ClientHouse) -> AsyncIterator[Scene]:
    ann, ben = await house.person("ann"), await house.person("ben")
    group, community = await house.group("nightowls", ann), Community(house)
    await community.join(group.actor.id, ben)
    thread = await community.thread(group.actor.id, ann)
    async with push_service() as service:
        yield Scene(house, community, ann, ben, thread, Device(), service)


async def test_prv_19_a_message_says_only_that_there_is_something(scene: Scene) -> None:
    made = await scene.subscribe()
    assert made["endpoint"] == scene.service.url
    assert made["standard"] is True
    assert made["alerts"]["mention"] is True
    assert made["alerts"]["follow"] is False
    instance = await scene.ann.ok("GET", "/api/v2/instance")
    assert made["server_key"] == instance["configuration"]["vapid"]["public_key"]
    await scene.answer()
    [message] = await scene.heard()
    news = await scene.house.rooms.db.read(
        lambda uow: uow.notifications.list(scene.ann.persona.id, 10)
    )
    assert message == {
        "preferred_locale": "en",
        "notification_id": str(news[0].notification.id),
        "notification_type": "mention",
        "icon": f"{scene.house.origin}/static/no-face.png",
        "title": "Kith",
        "body": "Something new for you",
    }
    [(headers, _)] = scene.service.got
    assert headers["Content-Encoding"] == "aes128gcm"
    assert (headers["TTL"], headers["Urgency"], headers["Topic"]) == ("86400", "normal", "news")
    assert headers["Authorization"].startswith("vapid t=")
    assert headers["Authorization"].endswith(f"k={made['server_key']}")
    assert await scene.work() == 0


async def test_prv_19_a_name_is_said_to_whoever_chose_it(scene: Scene) -> None:
    await scene.subscribe()
    number = scene.ann.persona.id
    await scene.house.rooms.db.write(lambda uow: uow.push.choose_names(number, True))
    await scene.answer()
    [message] = await scene.heard()
    assert message["body"] == "Ben answered you"
    assert "With you." not in str(message)
    scene.house.house.node.push._with_names = False
    await scene.answer()
    assert (await scene.heard())[1]["body"] == "Something new for you"


async def test_a_device_hears_what_it_asked_for(scene: Scene) -> None:
    await scene.subscribe(alerts={"mention": "0", "favourite": "1"})
    await scene.answer()
    assert await scene.heard() == []
    await scene.community.react(scene.thread, scene.ben)
    [message] = await scene.heard()
    assert message["notification_type"] == "favourite"


@pytest.mark.parametrize(("policy", "times"), [("all", 1), ("followed", 0), ("none", 0)])
async def test_a_device_hears_of_whom_it_asked_for(scene: Scene, policy: str, times: int) -> None:
    await scene.subscribe()
    changed = await scene.ann.ok("PUT", PATH, json={"data": {"policy": policy}})
    assert changed["policy"] == policy
    assert changed["alerts"]["mention"] is True
    await scene.answer()
    assert len(await scene.heard()) == times


async def test_one_token_has_one_place_and_can_give_it_up(scene: Scene) -> None:
    assert (await scene.ann.get(PATH)).status == 404
    first = await scene.subscribe()
    again = await scene.subscribe()
    assert first["id"] != again["id"]
    assert (await scene.ann.get(PATH)).body == again
    other = await scene.house.app_of(scene.ann.persona)
    assert (await other.get(PATH)).status == 404
    await scene.answer()
    assert (await scene.ann.delete(PATH)).body == {}
    assert (await scene.ann.get(PATH)).status == 404
    assert await scene.heard() == []


@pytest.mark.parametrize("status", [404, 410])
async def test_a_device_that_is_gone_is_forgotten(scene: Scene, status: int) -> None:
    await scene.subscribe()
    scene.service.status = status
    await scene.answer()
    assert len(await scene.heard()) == 1
    assert (await scene.ann.get(PATH)).status == 404


async def test_what_may_pass_is_tried_again_and_then_given_up(scene: Scene) -> None:
    await scene.subscribe()
    scene.service.status, scene.service.headers = 503, {"Retry-After": "120"}
    await scene.answer()
    assert len(await scene.heard()) == 1
    scene.house.clock.advance(seconds=60)
    assert await scene.work() == 0
    scene.house.clock.advance(seconds=61)
    scene.service.headers = {}
    for _ in range(10):
        await scene.work()
        scene.house.clock.advance(hours=1)
    assert len(scene.service.got) > 2
    scene.house.clock.advance(hours=24)
    assert await scene.work() <= 1
    assert await scene.work() == 0
    assert (await scene.ann.get(PATH)).status == 200


async def test_what_is_not_for_its_eyes_any_more_is_not_sent(scene: Scene) -> None:
    await scene.subscribe()
    ann, rooms = scene.ann.persona, scene.house.rooms
    await scene.answer()
    await rooms.db.write(lambda uow: rooms.safety.block(uow, ann, scene.ben.persona.id))
    assert await scene.heard() == []


async def test_web_09_a_token_that_ended_tells_no_device(scene: Scene) -> None:
    await scene.subscribe()
    await scene.answer()
    ann, now = scene.ann.persona.id, scene.house.clock.now()
    await scene.house.rooms.db.write(lambda uow: uow.tokens.revoke_all(ann, now))
    assert await scene.heard() == []


async def test_push_needs_its_scope(scene: Scene) -> None:
    reader = await scene.house.app_of(scene.ann.persona, "read write")
    for method in ("GET", "PUT", "POST", "DELETE"):
        assert (await reader.call(method, PATH)).status == 403
        assert (await scene.house.visitor.call(method, PATH)).status == 401


@pytest.mark.parametrize(
    "endpoint",
    [
        "",
        "push.example/x",
        "ftp://push.example/x",
        "https://10.0.0.1/x",
        "https://[::1]/x",
        "https://169.254.169.254/latest",
        "https://user@push.example/x",
        "https://push.example/" + "x" * 2000,
    ],
)
async def test_out_01_hostile_endpoints_are_refused(scene: Scene, endpoint: str) -> None:
    body = {"subscription": {"endpoint": endpoint, "keys": scene.device.keys}}
    assert (await scene.ann.post(PATH, json=body)).status == 422
    own = {"subscription": {"endpoint": scene.house.origin, "keys": scene.device.keys}}
    assert (await scene.ann.post(PATH, json=own)).status == 422
    assert (await scene.ann.get(PATH)).status == 404


@pytest.mark.parametrize("keys", [{}, {"p256dh": "x", "auth": "y"}, {"auth": "AAAA"}])
async def test_keys_that_are_none_are_refused(scene: Scene, keys: dict[str, str]) -> None:
    body = {"subscription": {"endpoint": scene.service.url, "keys": keys}}
    assert (await scene.ann.post(PATH, json=body)).status == 422
    full = {"subscription": {"endpoint": scene.service.url, "keys": scene.device.keys}}
    policy = full | {"data": {"policy": "everybody"}}
    assert (await scene.ann.post(PATH, json=policy)).status == 422


async def test_a_form_with_brackets_does_as_well(scene: Scene) -> None:
    form = {
        "subscription[endpoint]": scene.service.url,
        "subscription[keys][p256dh]": scene.device.keys["p256dh"],
        "subscription[keys][auth]": scene.device.keys["auth"],
        "data[alerts][follow]": "true",
        "data[policy]": "follower",
    }
    made = await scene.ann.ok("POST", PATH, data=form)
    assert (made["alerts"]["follow"], made["policy"]) == (True, "follower")


def test_devices_can_ask_for_every_kind_of_news() -> None:
    assert {alert_of(kind) for kind in get_args(Kind)} <= set(ALERTS)
    for kind in get_args(Kind):
        # What happens in a room without posts reaches no device.
        assert body_of(kind, "Ann")[1] == ({} if kind == "room" else {"name": "Ann"})


async def test_a_device_hears_of_the_end_of_a_poll(scene: Scene) -> None:
    await scene.subscribe(alerts={"poll": True})
    poll = {"options": ["Tea", "Coffee"], "expires_in": 3600}
    sent = {"status": "Which?", "visibility": "public", "poll": poll}
    await scene.ann.ok("POST", "/api/v1/statuses", json=sent)
    scene.house.clock.advance(hours=2)
    rooms = scene.house.rooms
    await rooms.db.write(rooms.voting.end_due)
    [message] = await scene.heard()
    assert message["notification_type"] == "poll"
