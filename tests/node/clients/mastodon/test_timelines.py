"""What there is to read: home, public, tags, lists of an account; pages; what is left out."""

from typing import Any

import pytest

from node.profiles.drafts import ProfileDraft
from storage.posts import Post
from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.counting import queries
from tests.node.clients.mastodon.schema import all_conform, needs_schema

HOME = "/api/v1/timelines/home"
PUBLIC = "/api/v1/timelines/public"


async def test_home_has_the_groups_and_people_that_one_follows(house: ClientHouse) -> None:
    rowan, kit, ash = [await house.person(name) for name in ("rowan", "kit", "ash")]
    here = Community(house)
    mine, other = await house.group("grief", rowan), await house.group("walks", ash)
    await follow(house, rowan, kit)
    thread = await here.thread(mine.actor.id, rowan)
    await here.thread(other.actor.id, ash)
    theirs = await post(house, kit, "From #kit.")
    await post(house, ash, "From Ash.")
    own = await post(house, rowan, "From me.")
    for_few = await post(house, kit, "For followers.", audience="followers")

    home = await rowan.ok("GET", HOME)

    assert ids(home) == [str(for_few.id), str(own.id), str(theirs.id), home[3]["id"]]
    assert home[3]["account"]["acct"] == "grief"
    assert home[3]["account"]["group"] is True
    assert home[3]["reblog"]["id"] == str(thread.id)
    assert home[3]["reblog"]["account"]["acct"] == "rowan"
    assert home[0]["visibility"] == "private"
    assert await house.app_of(rowan.persona, "read:accounts")
    assert (await house.visitor.get(HOME)).status == 401


async def test_pages_of_home_follow_each_other_both_ways(house: ClientHouse) -> None:
    rowan = await house.person("rowan")
    here, group = Community(house), await house.group("grief", rowan)
    for number in range(3):
        await here.thread(group.actor.id, rowan, title=f"No. {number}")
        await post(house, rowan, f"Post {number}")

    everything = ids(await rowan.ok("GET", HOME))
    first = await rowan.get(HOME, limit=4)
    second = await rowan.get(HOME, limit=4, max_id=ids(first.body)[-1])
    back = await rowan.get(HOME, limit=2, min_id=everything[-1])
    newer = await rowan.get(HOME, since_id=everything[2])

    assert len(everything) == 6
    assert ids(first.body) + ids(second.body) == everything
    assert f"max_id={everything[3]}" in first.headers["Link"]
    assert 'rel="next"' not in second.headers["Link"]
    assert ids(back.body) == everything[-3:-1]
    assert ids(newer.body) == everything[:2]


async def test_public_and_tags_show_what_is_open_to_the_reader(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    here = Community(house)
    groups = {
        kind: await house.group(f"{kind}s", rowan, kind) for kind in ("public", "local", "private")
    }
    threads = {
        kind: await here.thread(group.actor.id, rowan, text="So #tired today")
        for kind, group in groups.items()
    }
    said = await post(house, kit, "Also #Tired and #slow")
    few = await post(house, kit, "#tired", audience="followers")

    assert ids(await house.visitor.ok("GET", PUBLIC)) == texts(said, threads["public"])
    tagged = "/api/v1/timelines/tag/TIRED"
    assert ids(await house.visitor.ok("GET", tagged)) == texts(said, threads["public"])
    seen = await kit.ok("GET", tagged)
    assert ids(seen) == texts(said, threads["local"], threads["public"])
    assert str(few.id) not in ids(seen)
    assert ids((await kit.get(tagged, all=["slow"])).body) == texts(said)
    without = await house.visitor.get(tagged, none=["slow"])
    assert ids(without.body) == texts(threads["public"])
    either = await house.visitor.get("/api/v1/timelines/tag/none-of-it", any=["slow"])
    assert ids(either.body) == texts(said)


async def test_blocks_mutes_and_what_is_gone_stay_out(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    ash = await house.person("ash")
    gone = await post(house, rowan, "Not for long #x")
    kept = await post(house, rowan, "Stays #x")
    await Community(house).write(lambda uow: uow.posts.tombstone(gone.id, house.clock.now()))
    await Community(house).write(
        lambda uow: house.rooms.safety.block(uow, rowan.persona, kit.persona.id)
    )

    for path in (PUBLIC, "/api/v1/timelines/tag/x"):
        assert ids(await ash.ok("GET", path)) == texts(kept)
        assert ids(await kit.ok("GET", path)) == []


async def test_statuses_of_an_account(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    here, group = Community(house), await house.group("grief", rowan)
    den = await house.group("den", rowan, "private")
    thread = await here.thread(group.actor.id, rowan)
    answer = await here.reply(thread, rowan)
    secret = await here.thread(den.actor.id, rowan)
    said = await post(house, rowan, "Good #morning")
    own = f"/api/v1/accounts/{rowan.id}/statuses"

    assert ids(await kit.ok("GET", own)) == texts(said, answer, thread)
    assert ids(await rowan.ok("GET", own)) == texts(said, secret, answer, thread)
    assert ids((await kit.get(own, tagged="MORNING")).body) == texts(said)
    groups = await kit.ok("GET", f"/api/v1/accounts/{group.actor.id}/statuses")
    assert [one["reblog"]["id"] for one in groups] == texts(thread)
    assert (await kit.get(f"/api/v1/accounts/{den.actor.id}/statuses")).status == 404
    await here.write(lambda uow: uow.posts_of_groups.hide_author(group.actor.id, rowan.persona.id))
    assert ids(await kit.ok("GET", own)) == texts(said)


async def test_what_is_pinned_comes_by_itself(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    here, group = Community(house), await house.group("grief", rowan)
    thread = await here.thread(group.actor.id, rowan)
    first, _ = await post(house, rowan, "First"), await post(house, rowan, "Second")
    await rowan.ok("POST", f"/api/v1/statuses/{first.id}/pin")
    await here.write(lambda uow: uow.posts.pin(thread.id, house.clock.now()))

    for client in (rowan, kit, house.visitor):
        own = await client.get(f"/api/v1/accounts/{rowan.id}/statuses", pinned=True)
        theirs = await client.get(f"/api/v1/accounts/{group.actor.id}/statuses", pinned=True)
        assert (ids(own.body), ids(theirs.body)) == (texts(first), texts(thread))
    pictures = await kit.get(f"/api/v1/accounts/{rowan.id}/statuses", only_media=True)
    assert pictures.body == []


async def test_who_follows_whom_is_for_themselves(house: ClientHouse) -> None:
    rowan, kit, ash = [await house.person(name) for name in ("rowan", "kit", "ash")]
    await follow(house, rowan, kit)
    await follow(house, ash, kit)
    of_kit = f"/api/v1/accounts/{kit.id}/followers"

    assert set(ids(await kit.ok("GET", of_kit))) == {rowan.id, ash.id}
    assert ids(await rowan.ok("GET", of_kit)) == [rowan.id]
    assert ids(await house.visitor.ok("GET", of_kit)) == []
    following = f"/api/v1/accounts/{rowan.id}/following"
    assert ids(await rowan.ok("GET", following)) == [kit.id]
    assert ids(await ash.ok("GET", following)) == []
    assert ids(await kit.ok("GET", following)) == [kit.id]


@pytest.mark.parametrize("path", [HOME, PUBLIC])
async def test_a_longer_page_costs_no_more(one_house: ClientHouse, path: str) -> None:
    rowan = await one_house.person("rowan")
    here, group = Community(one_house), await one_house.group("grief", rowan)
    for number in range(8):
        await here.thread(group.actor.id, rowan, title=f"No. {number}")
        await post(one_house, rowan, f"Post {number}")

    few, many = [await queries(rowan, path, limit=limit) for limit in (2, 16)]

    assert few == many


async def test_lists_fit_the_published_schema(house: ClientHouse) -> None:
    needs_schema()
    rowan = await house.person("rowan")
    here, group = Community(house), await house.group("grief", rowan)
    await here.thread(group.actor.id, rowan)
    await post(house, rowan, "Good #morning")

    kit = await house.person("kit")
    await follow(house, kit, rowan)
    shared = await post(house, rowan, "Hand this on")
    await kit.ok("POST", f"/api/v1/statuses/{shared.id}/reblog")
    await rowan.ok("POST", f"/api/v1/statuses/{shared.id}/favourite")

    all_conform(await kit.ok("GET", HOME), "Status")
    for path in (
        f"/api/v1/statuses/{shared.id}/reblogged_by",
        f"/api/v1/statuses/{shared.id}/favourited_by",
        f"/api/v1/accounts/{rowan.id}/followers",
        f"/api/v1/accounts?id[]={rowan.id}",
        "/api/v1/accounts/search?q=rowan",
    ):
        all_conform(await rowan.ok("GET", path), "Account")
    all_conform(await rowan.ok("GET", HOME), "Status")
    all_conform(await rowan.ok("GET", "/api/v1/timelines/tag/morning"), "Status")
    all_conform(await rowan.ok("GET", "/api/v1/timelines/public"), "Status")
    all_conform(await rowan.ok("GET", f"/api/v1/accounts/{rowan.id}/statuses"), "Status")


async def post(house: ClientHouse, who: Client, text: str, **more: Any) -> Post:
    draft = ProfileDraft(text=text, **{"audience": "public"} | more)
    made: Post = await house.rooms.db.write(
        lambda uow: house.rooms.profiles.post(uow, who.persona, draft)
    )
    return made


async def follow(house: ClientHouse, who: Client, whom: Client) -> None:
    """Asked for and accepted."""

    def both(uow: Any) -> None:
        house.rooms.profiles.follow(uow, who.persona, whom.persona.id)
        house.rooms.profiles.accept(uow, whom.persona, who.persona.id)

    await house.rooms.db.write(both)


def ids(found: Any) -> list[str]:
    return [one["id"] for one in found]


def texts(*posts: Post) -> list[str]:
    return [str(one.id) for one in posts]
