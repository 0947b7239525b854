"""Conversations and reports from apps."""

import json
from typing import Any

from sqlalchemy import text

from storage.actors import Actor
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.counting import queries
from tests.node.clients.mastodon.schema import all_conform, conforms, needs_schema

HERE, REPORTS = "/api/v1/conversations", "/api/v1/reports"


async def say(house: ClientHouse, who: Client, to: Client, text: str) -> str:
    """A private message; its id."""
    messages = house.rooms.messages

    def act(uow: UnitOfWork) -> str:
        room = messages.pair_room(uow, who.persona, to.persona)
        return str(messages.say(uow, room, who.persona, text).id)

    return str(await house.rooms.db.write(act))


async def test_conversations_are_listed_read_and_thrown_away(house: ClientHouse) -> None:
    rowan, kit, ash = [await house.person(name) for name in ("rowan", "kit", "ash")]
    await say(house, kit, rowan, "One.")
    last = await say(house, ash, rowan, "Two.")
    newest, older = await rowan.ok("GET", f"{HERE}/")
    assert [one["acct"] for one in newest["accounts"]] == ["ash"]
    assert newest["unread"] is True
    assert (newest["last_status"]["id"], newest["last_status"]["visibility"]) == (last, "direct")
    page = await rowan.get(HERE, limit=1)
    assert page.body == [newest]
    assert await rowan.ok("GET", f"{HERE}?max_id={last}") == [older]
    assert (await rowan.ok("POST", f"{HERE}/{newest['id']}/read"))["unread"] is False
    for method, path in (
        ("POST", f"{HERE}/{newest['id']}/read"),
        ("DELETE", f"{HERE}/{newest['id']}"),
    ):
        yours = await kit.call(method, path)
        nowhere = await kit.call(method, path.replace(newest["id"], "77"))
        assert (yours.status, yours.body) == (404, nowhere.body)
    assert await rowan.ok("DELETE", f"{HERE}/{newest['id']}") == {}
    assert await rowan.ok("GET", HERE) == [older]
    assert len(await ash.ok("GET", HERE)) == 1


async def test_conversations_cost_the_same_for_one_and_for_many(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    for number in range(5):
        await say(one_house, await one_house.person(f"friend_{number}"), rowan, "Hello.")
    one = await queries(rowan, HERE, limit=1)
    assert await queries(rowan, HERE, limit=5) == one


async def reports(house: ClientHouse) -> Any:
    """What the staff find: each report, the reason, the words, and what it shows."""

    def look(uow: UnitOfWork) -> list[Any]:
        found = uow.reports.queue(20, [])
        told = uow.reports.told(found)
        return [
            (
                one,
                told[one.id].reason,
                told[one.id].words,
                [each.excerpt.text for each in uow.reports.excerpts(one.id)],
            )
            for one in found
        ]

    return await house.rooms.db.read(look)


async def test_a_report_brings_posts_to_the_staff(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group, here = await house.group("grief", rowan), Community(house)
    await here.join(group.actor.id, kit)
    posts = [await here.thread(group.actor.id, kit, text=f"Words {n}.") for n in range(2)]
    own = await here.thread(group.actor.id, rowan)
    ash = await house.person("ash")
    await here.join(group.actor.id, ash)
    other = await here.thread(group.actor.id, ash)
    made = await rowan.ok(
        "POST",
        f"{REPORTS}/",
        json={
            "account_id": kit.id,
            "status_ids": [str(posts[0].id), str(posts[1].id), str(own.id), str(other.id), "77"],
            "comment": "Please look.",
            "category": "spam",
            "forward": True,
        },
    )
    assert made["status_ids"] == [str(one.id) for one in posts]
    assert (made["category"], made["comment"], made["forwarded"]) == ("spam", "Please look.", False)
    assert made["target_account"]["id"] == kit.id
    [(report, reason, words, shown)] = await reports(house)
    assert (report.kind, reason, words) == ("post", "spam", "Please look.")
    assert len(shown) == 2
    assert "Words 1." in shown[1]


async def test_a_report_of_somebody_and_of_their_messages(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    number = await say(house, kit, rowan, "Something bad.")
    body = {"account_id": kit.id, "status_ids[]": number, "rule_ids[]": "2"}
    made = await rowan.ok("POST", REPORTS, data=body)
    assert (made["category"], made["status_ids"], made["rule_ids"]) == (
        "violation",
        [number],
        ["2"],
    )
    await rowan.ok("POST", REPORTS, data={"account_id": kit.id})
    found = await reports(house)
    assert {report.kind for report, *_ in found} == {"message", "persona"}
    assert ["Something bad."] in [shown for *_, shown in found]


async def test_prv_11_a_report_shows_nothing_that_its_maker_may_not_read(
    house: ClientHouse,
) -> None:
    rowan, kit, ash = [await house.person(name) for name in ("rowan", "kit", "ash")]
    group, here = await house.group("quiet", kit, "private"), Community(house)
    secret = await here.thread(group.actor.id, kit)
    letter = await say(house, kit, ash, "For ash.")
    for number in (str(secret.id), letter):
        body = {"account_id": kit.id, "status_ids": [number]}
        hidden = await rowan.post(REPORTS, json=body)
        nothing = await rowan.post(REPORTS, json=body | {"status_ids": ["77"]})
        assert (hidden.status, hidden.body) == (404, nothing.body)
    own = str((await here.thread((await house.group("grief", kit)).actor.id, kit)).id)
    body = {"account_id": kit.id, "status_ids": [own, letter, str(secret.id)]}
    assert (await rowan.ok("POST", REPORTS, json=body))["status_ids"] == [own]
    [(*_, shown)] = await reports(house)
    assert "For ash." not in str(shown)
    assert (await rowan.post(REPORTS, json={"account_id": "77"})).status == 404
    assert (await rowan.post(REPORTS, json={"account_id": rowan.id})).status == 404
    wrong = await rowan.post(REPORTS, json={"account_id": kit.id, "category": "mood"})
    assert (wrong.status, "spam, legal" in wrong.body["error"]) == (422, True)


async def test_prv_14_who_is_blocked_is_not_heard(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group, here = await house.group("quiet", rowan), Community(house)
    await here.join(group.actor.id, kit)
    post = await here.thread(group.actor.id, rowan)
    old = await say(house, kit, rowan, "Before.")
    before = await rowan.ok("GET", "/api/v1/notifications")
    await rowan.ok("POST", f"/api/v1/accounts/{kit.id}/block")
    for act in ("favourite", "reblog", "bookmark"):
        assert (await kit.post(f"/api/v1/statuses/{post.id}/{act}")).status == 404, act
    body = {"status": "Again.", "in_reply_to_id": old, "visibility": "direct"}
    assert (await kit.post("/api/v1/statuses", json=body)).status >= 400
    assert (await kit.put(f"/api/v1/statuses/{old}", json={"status": "Louder."})).status >= 400
    await rowan.ok("POST", f"/api/v1/accounts/{kit.id}/unblock")
    assert await rowan.ok("GET", "/api/v1/notifications") == before
    [talk] = await rowan.ok("GET", HERE)
    assert "Before." in talk["last_status"]["content"]


async def test_talking_fits_the_schema(one_house: ClientHouse) -> None:
    needs_schema()
    rowan, kit = await one_house.person("rowan"), await one_house.person("kit")
    await say(one_house, kit, rowan, "Hello.")
    all_conform(await rowan.ok("GET", HERE), "Conversation")
    conforms(await rowan.ok("POST", REPORTS, json={"account_id": kit.id}), "Report")


async def remote_author(house: ClientHouse, group_id: int, private_id: int) -> tuple[Actor, str]:
    """Somebody of another node, with a post in a public group and one in a private group; the
    address of the first."""
    there, now = "https://meadow.example", house.clock.now()

    def make(uow: UnitOfWork) -> Actor:
        found = uow.actors.upsert_remote(
            Actor(
                id=house.rooms.new_id(),
                uri=f"{there}/users/sol",
                type="Person",
                handle="sol",
                authority="meadow.example",
                name="Sol",
                summary="",
                inbox=f"{there}/users/sol/inbox",
                shared_inbox=f"{there}/inbox",
                is_local=False,
                created_at=now,
            )
        )
        for number, where in ((71, group_id), (72, private_id)):
            uow.posts.add(
                Post(
                    id=number,
                    uri=f"{there}/posts/{number}",
                    group_id=where,
                    thread_id=number,
                    author_id=found.id,
                    title="Far away",
                    content=f"<p>Words {number}.</p>",
                    wire_type="Page",
                    is_local=False,
                    created_at=now,
                    last_activity_at=now,
                )
            )
        return found

    return await house.rooms.db.write(make), f"{there}/posts/71"


async def test_prv_01_what_is_forwarded_names_public_things_alone(house: ClientHouse) -> None:
    rowan = await house.person("rowan")
    group, quiet = await house.group("grief", rowan), await house.group("quiet", rowan, "private")
    sol, public = await remote_author(house, group.actor.id, quiet.actor.id)
    body = {"account_id": str(sol.id), "status_ids": ["71", "72"], "comment": "He wrote to me."}
    kept = await rowan.ok("POST", REPORTS, json=body)
    assert (kept["forwarded"], await flags(house)) == (False, [])
    sent = await rowan.ok("POST", REPORTS, json=body | {"forward": True})
    assert (sent["forwarded"], sent["status_ids"]) == (True, ["71", "72"])
    [flag] = await flags(house)
    assert flag["actor"] == f"{house.origin}/actor"
    assert flag["object"] == [sol.uri, public]
    said = json.dumps(flag)
    for secret in ("He wrote", "rowan", "posts/72", "Words"):
        assert secret not in said


async def flags(house: ClientHouse) -> list[Any]:
    """The Flags that wait to be sent."""

    def look(uow: UnitOfWork) -> list[Any]:
        rows = uow.connection.execute(text("SELECT body FROM activities WHERE type = 'Flag'"))
        return [json.loads(bytes(row[0])) for row in rows]

    return list(await house.rooms.db.read(look))
