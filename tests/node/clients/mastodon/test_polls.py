"""Polls through the Mastodon API: shown, voted in once, closed, for those who may read the post."""

from datetime import timedelta

from node.groups.drafts import PollDraft
from storage.posts import Post
from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community

OPTIONS = ("Tea", "Coffee", "Water")


async def ask(
    house: ClientHouse, group_id: int, who: Client, *, multiple: bool = False, hidden: bool = False
) -> tuple[Post, str]:
    """A thread with a poll that runs for a day; the thread, and the poll's path."""
    poll = PollDraft(
        options=OPTIONS,
        multiple=multiple,
        hide_totals=hidden,
        closes_at=house.clock.now() + timedelta(days=1),
    )
    thread = await Community(house).thread(group_id, who, poll=poll)
    status = await who.ok("GET", f"/api/v1/statuses/{thread.id}")
    return thread, f"/api/v1/polls/{status['poll']['id']}"


async def test_a_poll_takes_one_vote_of_each(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = (await house.group("grief", rowan)).actor.id
    await Community(house).join(group, kit)
    thread, path = await ask(house, group, rowan)
    seen = await kit.ok("GET", path)
    assert seen == {
        "id": path.rpartition("/")[2],
        "expires_at": "2026-11-24T12:00:00.000Z",
        "expired": False,
        "multiple": False,
        "votes_count": 0,
        "voters_count": None,
        "options": [{"title": option, "votes_count": 0} for option in OPTIONS],
        "emojis": [],
        "voted": False,
        "own_votes": [],
    }
    for choices, why in (
        ([], "Choose an option"),
        ([5], "The chosen vote option does not exist"),
        (["x"], "The chosen vote option does not exist"),
        ([0, 2], "You have already voted on this poll"),
    ):
        refused = await kit.post(f"{path}/votes", json={"choices": choices})
        assert refused.status == 422
        assert why in refused.body["error"]
    voted = await kit.ok("POST", f"{path}/votes", data=[("choices[]", "1")])
    assert (voted["voted"], voted["own_votes"], voted["votes_count"]) == (True, [1], 1)
    again = await kit.post(f"{path}/votes", json={"choices": [0]})
    assert again.status == 422
    assert "You have already voted on this poll" in again.body["error"]
    own = await rowan.post(f"{path}/votes", json={"choices": [0]})
    assert "You can't vote in your own polls" in own.body["error"]
    house.clock.advance(hours=25)
    late = await house.person("late")
    await Community(house).join(group, late)
    ended = await late.post(f"{path}/votes", json={"choices": [0]})
    assert "The poll has already ended" in ended.body["error"]
    assert (await house.visitor.ok("GET", path))["expired"] is True
    shown = await kit.ok("GET", f"/api/v1/statuses/{thread.id}")
    assert [option["votes_count"] for option in shown["poll"]["options"]] == [0, 1, 0]


async def test_several_choices_and_hidden_numbers(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = (await house.group("grief", rowan)).actor.id
    await Community(house).join(group, kit)
    _, path = await ask(house, group, rowan, multiple=True, hidden=True)
    voted = await kit.ok("POST", f"{path}/votes", json={"choices": ["0", "2"]})
    assert voted["own_votes"] == [0, 2]
    assert [option["votes_count"] for option in voted["options"]] == [None, None, None]
    assert (voted["votes_count"], voted["voters_count"]) == (0, None)
    told = await rowan.ok("GET", path)
    assert [option["votes_count"] for option in told["options"]] == [None, None, None]
    house.clock.advance(hours=25)
    ended = await kit.ok("GET", path)
    assert [option["votes_count"] for option in ended["options"]] == [1, 0, 1]


async def test_prv_a_poll_of_a_private_group_is_its_members(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = (await house.group("grief", rowan, "private")).actor.id
    _, path = await ask(house, group, rowan)
    for caller in (kit, house.visitor):
        assert (await caller.get(path)).status == 404
    assert (await kit.post(f"{path}/votes", json={"choices": [0]})).status == 404
    assert (await kit.get("/api/v1/polls/77")).status == 404
    assert (await house.visitor.post(f"{path}/votes", json={"choices": [0]})).status == 401


async def test_only_members_vote_where_only_members_answer(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = (await house.group("grief", rowan)).actor.id
    await house.rooms.db.write(lambda uow: uow.groups.update(group, reply_policy="members"))
    _, path = await ask(house, group, rowan)
    refused = await kit.post(f"{path}/votes", json={"choices": [0]})
    assert refused.status == 403
    assert "Join this group first" in refused.body["error"]


async def test_who_voted_hears_of_the_end(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = (await house.group("grief", rowan, "local")).actor.id
    await Community(house).join(group, kit)
    thread, path = await ask(house, group, rowan)
    await kit.ok("POST", f"{path}/votes", json={"choices": [0]})
    rooms = house.rooms
    assert await rooms.db.write(rooms.voting.end_due) == 0
    house.clock.advance(hours=25)
    assert await rooms.db.write(rooms.voting.end_due) == 1
    assert await rooms.db.write(rooms.voting.end_due) == 0
    told = await rooms.db.read(lambda uow: uow.notifications.list(kit.persona.id, 5))
    assert [(one.notification.kind, one.notification.post_id) for one in told] == [
        ("poll", thread.id)
    ]
    for who in (rowan, kit):
        [news] = await who.ok("GET", "/api/v1/notifications")
        assert (news["type"], news["status"]["id"]) == ("poll", str(thread.id))
        assert news["account"]["id"] == str(rowan.persona.id)
        assert news["status"]["poll"]["expired"]


async def test_whoever_asked_hears_of_the_end_though_nobody_voted(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    poll = {"options": ["Tea", "Coffee"], "expires_in": 3600}
    sent = {"status": "Which?", "visibility": "public", "poll": poll}
    status = await rowan.ok("POST", "/api/v1/statuses", json=sent)
    quiet = await rowan.ok("POST", "/api/v1/statuses", json=sent | {"visibility": "private"})
    await rowan.ok("POST", f"/api/v1/statuses/{quiet['id']}/mute")
    rooms = house.rooms
    house.clock.advance(hours=2)
    assert await rooms.db.write(rooms.voting.end_due) == 2
    [group] = (await rowan.ok("GET", "/api/v2/notifications"))["notification_groups"]
    assert (group["type"], group["status_id"]) == ("poll", status["id"])
    assert await kit.ok("GET", "/api/v1/notifications") == []
