"""Lists, markers and tags from apps."""

from tests.node.clients.house import Client, ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.schema import all_conform, conforms, needs_schema

HERE = "/api/v1/lists"


async def follow(house: ClientHouse, who: Client, whom: Client) -> None:
    """By the use cases that the pages call."""
    profiles, db = house.rooms.profiles, house.rooms.db
    await db.write(lambda uow: profiles.follow(uow, who.persona, whom.persona.id))
    await db.write(lambda uow: profiles.accept(uow, whom.persona, who.persona.id))


async def test_a_list_is_made_changed_and_dropped(house: ClientHouse) -> None:
    rowan = await house.person("rowan")
    made = await rowan.ok("POST", HERE, json={"title": "Close to me"})
    assert made == {
        "id": made["id"],
        "title": "Close to me",
        "replies_policy": "list",
        "exclusive": False,
    }
    changed = await rowan.ok(
        "PUT",
        f"{HERE}/{made['id']}",
        data={"title": "Near", "replies_policy": "none", "exclusive": "true"},
    )
    assert (changed["title"], changed["replies_policy"]) == ("Near", "none")
    assert changed["exclusive"] is True
    assert await rowan.ok("GET", HERE) == [changed]
    assert await rowan.ok("GET", f"{HERE}/{made['id']}") == changed
    assert await rowan.ok("DELETE", f"{HERE}/{made['id']}") == {}
    assert await rowan.ok("GET", HERE) == []
    for wrong in ({"title": ""}, {"title": "x", "replies_policy": "all"}):
        assert (await rowan.post(HERE, json=wrong)).status == 422


async def test_only_whom_one_follows_is_on_a_list(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    made = await rowan.ok("POST", HERE, json={"title": "Close"})
    on = f"{HERE}/{made['id']}/accounts"
    assert (await rowan.post(on, json={"account_ids": [kit.id]})).status == 404
    await follow(house, rowan, kit)
    assert await rowan.ok("POST", on, json={"account_ids": [kit.id]}) == {}
    assert (await rowan.post(on, json={"account_ids": [kit.id]})).status == 422
    assert [one["id"] for one in await rowan.ok("GET", on)] == [kit.id]
    assert await rowan.ok("GET", f"/api/v1/accounts/{kit.id}/lists") == [made]
    assert await kit.ok("GET", f"/api/v1/accounts/{rowan.id}/lists") == []
    assert await rowan.ok("DELETE", on, json={"account_ids": [kit.id]}) == {}
    assert await rowan.ok("GET", on) == []


async def test_who_is_followed_no_more_is_on_no_list(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    made = await rowan.ok("POST", HERE, json={"title": "Close"})
    on = f"{HERE}/{made['id']}/accounts"
    await follow(house, rowan, kit)
    await rowan.ok("POST", on, json={"account_ids": [kit.id]})
    await rowan.ok("POST", f"/api/v1/accounts/{kit.id}/unfollow")
    await follow(house, rowan, kit)
    assert await rowan.ok("GET", on) == []


async def test_a_list_goes_on_page_by_page(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    people = [await one_house.person(f"friend_{number}") for number in range(3)]
    made = await rowan.ok("POST", HERE, json={"title": "Close"})
    on = f"{HERE}/{made['id']}/accounts"
    for one in people:
        await follow(one_house, rowan, one)
    await rowan.ok("POST", on, json={"account_ids": [one.id for one in people]})
    newest = sorted((one.id for one in people), key=int, reverse=True)
    first = await rowan.get(on, limit=2)
    assert [one["id"] for one in first.body] == newest[:2]
    assert f"max_id={newest[1]}" in first.headers["Link"]
    second = await rowan.get(on, limit=2, max_id=newest[1])
    assert [one["id"] for one in second.body] == newest[2:]
    upward = await rowan.get(on, limit=1, min_id=newest[2])
    assert [one["id"] for one in upward.body] == [newest[1]]
    assert len(await rowan.ok("GET", f"{on}?limit=0")) == 3


async def test_a_list_is_its_owners_alone(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    made = await rowan.ok("POST", HERE, json={"title": "Close"})
    for method, path in (
        ("GET", f"{HERE}/{made['id']}"),
        ("PUT", f"{HERE}/{made['id']}"),
        ("DELETE", f"{HERE}/{made['id']}"),
        ("GET", f"{HERE}/{made['id']}/accounts"),
        ("POST", f"{HERE}/{made['id']}/accounts"),
        ("DELETE", f"{HERE}/{made['id']}/accounts"),
    ):
        yours = await kit.call(method, path)
        nowhere = await kit.call(method, path.replace(made["id"], "77"))
        assert (yours.status, yours.body) == (404, nowhere.body), (method, path)
    assert await rowan.ok("GET", HERE) == [made]


async def test_web_12_what_is_not_asked_for_has_no_effect(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    extra = {"id": "77", "persona_id": kit.id, "account_id": kit.id, "created_at": "2001-01-01"}
    made = await rowan.ok("POST", HERE, json={"title": "Close"} | extra)
    body = {"title": "Harm", "context": ["home"], "statuses": [{"status_id": "1"}]}
    kept = await rowan.ok("POST", "/api/v2/filters", json=body | extra)
    assert "77" not in (made["id"], kept["id"])
    assert kept["statuses"] == []
    assert await kit.ok("GET", HERE) == await kit.ok("GET", "/api/v2/filters") == []
    assert (await rowan.get(f"{HERE}/77")).status == 404


async def test_markers_remember_how_far_one_read(house: ClientHouse) -> None:
    rowan, here = await house.person("rowan"), "/api/v1/markers"
    assert await rowan.ok("GET", f"{here}?timeline[]=home") == {}
    first = await rowan.ok("POST", here, json={"home": {"last_read_id": "7"}})
    assert (first["home"]["last_read_id"], first["home"]["version"]) == ("7", 1)
    second = await rowan.ok(
        "POST", here, data={"home[last_read_id]": "9", "notifications[last_read_id]": "5"}
    )
    assert (second["home"]["last_read_id"], second["home"]["version"]) == ("9", 2)
    both = await rowan.ok("GET", f"{here}?timeline[]=home&timeline[]=notifications&timeline[]=x")
    assert both == second
    other = await house.app_of(rowan.persona)
    assert await other.ok("GET", f"{here}?timeline[]=home") == {"home": second["home"]}
    kit = await house.person("kit")
    assert await kit.ok("GET", f"{here}?timeline[]=home") == {}


async def test_tags_are_followed_and_shown(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    tag = await rowan.ok("POST", "/api/v1/tags/Grief/follow")
    assert (tag["name"], tag["following"], tag["history"]) == ("grief", True, [])
    assert [one["name"] for one in await rowan.ok("GET", "/api/v1/followed_tags")] == ["grief"]
    assert (await kit.ok("GET", "/api/v1/tags/grief"))["following"] is False
    assert await kit.ok("GET", "/api/v1/followed_tags") == []
    assert [one["name"] for one in await rowan.ok("GET", "/api/v1/featured_tags/suggestions")] == [
        "grief"
    ]
    shown = await rowan.ok("POST", "/api/v1/featured_tags", data={"name": "#Winter"})
    assert (shown["name"], shown["statuses_count"]) == ("winter", "0")
    assert await kit.ok("GET", f"/api/v1/accounts/{rowan.id}/featured_tags") == [shown]
    assert await rowan.ok("GET", "/api/v1/featured_tags") == [shown]
    assert (await kit.delete(f"/api/v1/featured_tags/{shown['id']}")).status == 404
    assert await rowan.ok("DELETE", f"/api/v1/featured_tags/{shown['id']}") == {}
    assert await rowan.ok("GET", "/api/v1/featured_tags") == []
    gone = await rowan.ok("POST", "/api/v1/tags/grief/unfollow")
    assert gone["following"] is False
    assert await rowan.ok("GET", "/api/v1/followed_tags") == []
    for wrong in ("two words", "2026", "a-b"):
        assert (await rowan.post(f"/api/v1/tags/{wrong}/follow")).status == 404
        refused = await rowan.post("/api/v1/featured_tags", json={"name": wrong})
        assert (refused.status, "Tag must" in refused.body["error"]) == (422, True)


async def test_a_followed_tag_brings_public_posts_home(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    here = Community(house)
    quiet = await house.group("quiet", kit, "private")
    public = await house.group("grief", kit)
    post = await here.thread(public.actor.id, kit, text="Of #winter.")
    await here.thread(quiet.actor.id, kit, text="Also of #winter.")
    home = "/api/v1/timelines/home"
    assert await rowan.ok("GET", home) == []
    await rowan.ok("POST", "/api/v1/tags/winter/follow")
    assert [one["id"] for one in await rowan.ok("GET", home)] == [str(post.id)]
    # Who is in the group has it once, as the group shares it.
    await here.join(public.actor.id, rowan)
    [one] = await rowan.ok("GET", home)
    assert one["reblog"]["id"] == str(post.id)
    await rowan.ok("POST", f"/api/v1/accounts/{kit.id}/mute")
    assert await rowan.ok("GET", home) == []


async def test_lists_markers_and_tags_fit_the_schema(one_house: ClientHouse) -> None:
    needs_schema()
    rowan = await one_house.person("rowan")
    conforms(await rowan.ok("POST", HERE, json={"title": "Close"}), "List")
    marker = await rowan.ok("POST", "/api/v1/markers", json={"home": {"last_read_id": "7"}})
    conforms(marker["home"], "Marker")
    conforms(await rowan.ok("POST", "/api/v1/tags/grief/follow"), "Tag")
    all_conform(await rowan.ok("GET", "/api/v1/followed_tags"), "Tag")
    conforms(await rowan.ok("POST", "/api/v1/featured_tags", json={"name": "a"}), "FeaturedTag")
