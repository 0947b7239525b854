"""Posts as statuses: what they say, to whom, and that it costs the same for one and for many."""

from typing import Any

from tests.node.clients.house import ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.counting import queries
from tests.node.clients.mastodon.schema import conforms, needs_schema


async def test_a_thread_is_a_status_that_says_all_of_it(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = await house.group("grief", rowan)
    here = Community(house)
    thread = await here.thread(
        group.actor.id,
        rowan,
        title="First <winter>",
        text="Long #evenings.",
        content_warning="loss",
        language="en",
        reply_wanted="just-listening",
    )
    await here.react(thread, kit)

    status = await kit.ok("GET", f"/api/v1/statuses/{thread.id}")

    assert status["content"].startswith("<p><strong>First &lt;winter&gt;</strong></p>")
    assert "Just listening, please" in status["content"]
    assert "I hear you: 1" in status["content"]
    assert status["spoiler_text"] == "loss"
    assert status["visibility"] == "public"
    assert status["favourited"] is True
    assert status["favourites_count"] == 1
    assert [tag["name"] for tag in status["tags"]] == ["evenings"]
    assert status["account"]["acct"] == "rowan"
    assert status["url"] == f"{house.origin}/@rowan/{thread.id}"
    assert status["kith"] == {
        "group": {
            "id": str(group.actor.id),
            "acct": "grief",
            "name": "Grief",
            "visibility": "public",
        },
        "title": "First <winter>",
        "reply_wanted": "just-listening",
        "reactions": {"hear-you": 1},
        "reaction": "hear-you",
        "locked": False,
    }


async def test_the_thread_round_a_reply(house: ClientHouse) -> None:
    rowan = await house.person("rowan")
    group = await house.group("grief", rowan)
    here = Community(house)
    thread = await here.thread(group.actor.id, rowan)
    first = await here.reply(thread, rowan, "One.")
    second = await here.reply(first, rowan, "Two.")
    other = await here.reply(thread, rowan, "Three.")

    top = await rowan.ok("GET", f"/api/v1/statuses/{thread.id}/context")
    middle = await rowan.ok("GET", f"/api/v1/statuses/{first.id}/context")

    assert ids(top["descendants"]) == [str(one.id) for one in (first, second, other)]
    assert ids(middle["ancestors"]) == [str(thread.id)]
    assert ids(middle["descendants"]) == [str(second.id)]
    assert middle["descendants"][0]["in_reply_to_id"] == str(first.id)
    assert middle["descendants"][0]["in_reply_to_account_id"] == rowan.id


async def test_prv_05_what_is_not_open_is_not_there(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    here = Community(house)
    private = await house.group("den", rowan, "private")
    local = await house.group("hall", rowan, "local")
    hidden = await here.thread(private.actor.id, rowan)
    inside = await here.thread(local.actor.id, rowan)

    for tail in ("", "/context", "/card"):
        nothing = await kit.get(f"/api/v1/statuses/424242{tail}")
        refused = await kit.get(f"/api/v1/statuses/{hidden.id}{tail}")
        assert (refused.status, refused.body) == (nothing.status, nothing.body)
        assert (await house.visitor.get(f"/api/v1/statuses/{inside.id}{tail}")).status == 404
    assert (await rowan.ok("GET", f"/api/v1/statuses/{hidden.id}"))["visibility"] == "private"
    assert (await kit.ok("GET", f"/api/v1/statuses/{inside.id}"))["visibility"] == "private"
    both = await kit.get("/api/v1/statuses", id=[hidden.id, inside.id])
    assert ids(both.body) == [str(inside.id)]


async def test_a_block_takes_posts_and_people_away(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = await house.group("grief", rowan)
    here = Community(house)
    await here.join(group.actor.id, kit)
    thread = await here.thread(group.actor.id, kit)
    await here.write(lambda uow: house.rooms.safety.block(uow, kit.persona, rowan.persona.id))
    theirs = await here.thread(group.actor.id, rowan)
    other = await house.person("ash")

    # Neither meets what the other wrote, by any way.
    assert (await other.get(f"/api/v1/statuses/{theirs.id}")).status == 200
    assert (await kit.get(f"/api/v1/statuses/{theirs.id}")).status == 404
    assert (await other.get(f"/api/v1/statuses/{thread.id}")).status == 200
    # Who moderates the group goes on seeing it, but not the person.
    assert (await rowan.get(f"/api/v1/statuses/{thread.id}")).status == 200
    assert (await rowan.get(f"/api/v1/accounts/{kit.id}")).status == 404
    # Who blocked sees whom, by name.
    assert (await kit.ok("GET", f"/api/v1/accounts/{rowan.id}"))["note"] == ""


async def test_who_left_without_their_name_is_nobody(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = await house.group("grief", rowan)
    here = Community(house)
    await here.join(group.actor.id, kit)
    thread = await here.thread(group.actor.id, kit)
    reply = await here.reply(thread, rowan)
    page = f"{house.origin}/personas/kit"
    assert "A long winter" in (await house.visitor.get(page)).text
    await here.write(lambda uow: uow.posts_of_groups.hide_author(group.actor.id, kit.persona.id))

    status = await rowan.ok("GET", f"/api/v1/statuses/{thread.id}")
    answer = await rowan.ok("GET", f"/api/v1/statuses/{reply.id}")

    assert status["account"]["username"] == "former-member"
    assert "A long winter" not in (await house.visitor.get(page)).text
    assert "kit" not in status["url"]
    assert answer["in_reply_to_id"] == str(thread.id)
    assert answer["in_reply_to_account_id"] is None


async def test_many_statuses_cost_what_one_costs(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    group = await one_house.group("grief", rowan)
    here = Community(one_house)
    posts = [await here.thread(group.actor.id, rowan, title=f"No. {n}") for n in range(12)]

    costs = [
        await queries(rowan, "/api/v1/statuses", id=[post.id for post in asked])
        for asked in (posts[:2], posts)
    ]

    assert costs[0] == costs[1]


async def test_entities_fit_the_published_schema(house: ClientHouse) -> None:
    needs_schema()
    rowan = await house.person("rowan")
    group = await house.group("grief", rowan)
    here = Community(house)
    thread = await here.thread(group.actor.id, rowan, text="Some #words.")
    await here.reply(thread, rowan)

    conforms(await rowan.ok("GET", f"/api/v1/statuses/{thread.id}"), "Status")
    conforms(await rowan.ok("GET", f"/api/v1/statuses/{thread.id}/context"), "Context")
    conforms(await rowan.ok("GET", f"/api/v1/accounts/{group.actor.id}"), "Account")
    own = await rowan.ok("GET", "/api/v1/accounts/verify_credentials")
    conforms(own, "CredentialAccount")


def ids(statuses: Any) -> list[str]:
    return [one["id"] for one in statuses]
