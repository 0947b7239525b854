"""Filters from apps: kept sealed, for their owner alone, and what they do to what is read."""

from typing import Any

import pytest

from tests.node.clients.house import ClientHouse
from tests.node.clients.mastodon.community import Community
from tests.node.clients.mastodon.counting import queries
from tests.node.clients.mastodon.schema import all_conform, conforms, needs_schema

HERE = "/api/v2/filters"
HARM: dict[str, Any] = {
    "title": "Harm",
    "context": ["home", "thread"],
    "filter_action": "hide",
    "expires_in": 3600,
    "keywords_attributes": [{"keyword": "razor", "whole_word": True}, {"keyword": "bleed"}],
}


@pytest.mark.parametrize("way", ["json", "form"])
async def test_a_filter_is_made_changed_and_dropped(one_house: ClientHouse, way: str) -> None:
    rowan = await one_house.person("rowan")
    sent = {"json": HARM} if way == "json" else {"data": FORM}
    made = await rowan.ok("POST", HERE, **sent)
    assert (made["title"], made["context"]) == ("Harm", ["home", "thread"])
    assert made["filter_action"] == "hide"
    assert made["expires_at"] is not None
    first, second = made["keywords"]
    assert (first["keyword"], first["whole_word"]) == ("razor", True)
    changed = await rowan.ok(
        "PUT",
        f"{HERE}/{made['id']}",
        json={
            "title": "Blood",
            "expires_in": None,
            "keywords_attributes": [
                {"id": first["id"], "keyword": "blade"},
                {"id": second["id"], "_destroy": True},
                {"keyword": "cut", "whole_word": "false"},
            ],
        },
    )
    assert changed["title"] == "Blood"
    assert changed["expires_at"] is None
    assert changed["context"] == ["home", "thread"]
    kept = [(one["keyword"], one["whole_word"]) for one in changed["keywords"]]
    assert kept == [("blade", True), ("cut", False)]
    assert await rowan.ok("GET", HERE) == [changed]
    assert await rowan.ok("DELETE", f"{HERE}/{made['id']}") == {}
    assert await rowan.ok("GET", HERE) == []


FORM = [
    ("title", "Harm"),
    ("context[]", "home"),
    ("context[]", "thread"),
    ("filter_action", "hide"),
    ("expires_in", "3600"),
    ("keywords_attributes[0][keyword]", "razor"),
    ("keywords_attributes[0][whole_word]", "true"),
    ("keywords_attributes[1][keyword]", "bleed"),
]


async def test_words_and_posts_of_a_filter_by_themselves(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    group = await one_house.group("grief", rowan)
    post = await Community(one_house).thread(group.actor.id, rowan)
    made = await rowan.ok("POST", HERE, json={"title": "Mine", "context": ["home"]})
    here = f"{HERE}/{made['id']}"
    word = await rowan.ok("POST", f"{here}/keywords", json={"keyword": "pills"})
    assert await rowan.ok("GET", f"{here}/keywords") == [word]
    assert await rowan.ok("GET", f"{HERE}/keywords/{word['id']}") == word
    changed = await rowan.ok("PUT", f"{HERE}/keywords/{word['id']}", json={"whole_word": False})
    assert changed == word | {"whole_word": False}
    entry = await rowan.ok("POST", f"{here}/statuses", json={"status_id": str(post.id)})
    assert entry["status_id"] == str(post.id)
    assert await rowan.ok("GET", f"{here}/statuses") == [entry]
    assert await rowan.ok("GET", f"{HERE}/statuses/{entry['id']}") == entry
    assert (await rowan.post(f"{here}/statuses", json={"status_id": "1"})).status == 404
    assert await rowan.ok("DELETE", f"{HERE}/statuses/{entry['id']}") == {}
    assert await rowan.ok("DELETE", f"{HERE}/keywords/{word['id']}") == {}
    shown = await rowan.ok("GET", here)
    assert (shown["keywords"], shown["statuses"]) == ([], [])


async def test_what_no_filter_can_be_is_refused_and_says_why(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    for change, word in (
        ({"title": " "}, "Title"),
        ({"context": []}, "Context"),
        ({"context": ["everywhere"]}, "home, notifications"),
        ({"filter_action": "burn"}, "warn, hide, blur"),
        ({"keywords_attributes": [{"keyword": ""}]}, "Keyword"),
        ({"expires_in": "soon"}, "expires_in"),
    ):
        answer = await rowan.post(HERE, json=HARM | change)
        assert answer.status == 422
        assert word in answer.body["error"]
    assert await rowan.ok("GET", HERE) == []


async def test_a_filter_is_its_owners_alone(one_house: ClientHouse) -> None:
    rowan, kit = await one_house.person("rowan"), await one_house.person("kit")
    made = await rowan.ok("POST", HERE, json=HARM)
    word = made["keywords"][0]["id"]
    paths = (
        ("GET", f"{HERE}/{made['id']}"),
        ("PUT", f"{HERE}/{made['id']}"),
        ("DELETE", f"{HERE}/{made['id']}"),
        ("GET", f"{HERE}/{made['id']}/keywords"),
        ("POST", f"{HERE}/{made['id']}/keywords"),
        ("GET", f"{HERE}/{made['id']}/statuses"),
        ("POST", f"{HERE}/{made['id']}/statuses"),
        ("GET", f"{HERE}/keywords/{word}"),
        ("PUT", f"{HERE}/keywords/{word}"),
        ("DELETE", f"{HERE}/keywords/{word}"),
        ("GET", f"/api/v1/filters/{word}"),
        ("DELETE", f"/api/v1/filters/{word}"),
    )
    for method, path in paths:
        body = {"json": {"keyword": "x", "status_id": "5"}} if method != "GET" else {}
        yours = await kit.call(method, path, **body)
        nowhere = await kit.call(method, path.replace(made["id"], "77").replace(word, "77"), **body)
        assert (yours.status, yours.body) == (404, nowhere.body), (method, path)
    assert await rowan.ok("GET", HERE) == [made]
    assert (await one_house.visitor.get(HERE)).status == 401
    weak = await one_house.app_of(rowan.persona, "read:statuses")
    assert (await weak.get(HERE)).status == 403


async def test_apps_of_the_first_version_see_words(one_house: ClientHouse) -> None:
    rowan, old = await one_house.person("rowan"), "/api/v1/filters"
    made = await rowan.ok(
        "POST", old, json={"phrase": "razor", "context": ["home"], "irreversible": True}
    )
    assert made["phrase"] == "razor"
    assert (made["irreversible"], made["whole_word"], made["expires_at"]) == (True, False, None)
    [new] = await rowan.ok("GET", HERE)
    assert (new["title"], new["filter_action"]) == ("razor", "hide")
    changed = await rowan.ok(
        "PUT",
        f"{old}/{made['id']}",
        data={"phrase": "blade", "context[]": "public", "whole_word": "1"},
    )
    assert (changed["phrase"], changed["context"], changed["whole_word"]) == (
        "blade",
        ["public"],
        True,
    )
    await rowan.ok("POST", f"{HERE}/{new['id']}/keywords", json={"keyword": "cut"})
    assert len(await rowan.ok("GET", old)) == 2
    body = {"phrase": "blade", "context": ["home"]}
    refused = await rowan.put(f"{old}/{made['id']}", json=body)
    assert refused.status == 422
    assert "several words" in refused.body["error"]
    for one in await rowan.ok("GET", old):
        assert await rowan.ok("DELETE", f"{old}/{one['id']}") == {}
    assert await rowan.ok("GET", HERE) == []


async def test_what_meets_a_filter_says_so_to_its_owner_alone(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group = await house.group("grief", rowan)
    here = Community(house)
    await here.join(group.actor.id, kit)
    post = await here.thread(
        group.actor.id, kit, title="A day", text="I held the *Razor*.\n\nThen I put it down."
    )
    await rowan.ok("POST", HERE, json=HARM)
    status = await rowan.ok("GET", f"/api/v1/statuses/{post.id}")
    [found] = status["filtered"]
    assert found["keyword_matches"] == ["razor"]
    assert found["filter"]["filter_action"] == "hide"
    assert (await kit.ok("GET", f"/api/v1/statuses/{post.id}"))["filtered"] == []
    assert (await house.visitor.ok("GET", f"/api/v1/statuses/{post.id}"))["filtered"] == []
    house.clock.advance(hours=1)
    assert (await rowan.ok("GET", f"/api/v1/statuses/{post.id}"))["filtered"] == []


async def test_open_apps_hear_that_their_filters_changed(house: ClientHouse) -> None:
    rowan = await house.person("rowan")
    before = await house.rooms.db.read(lambda uow: uow.events.newest())
    made = await rowan.ok("POST", HERE, json=HARM)
    await rowan.ok("DELETE", f"{HERE}/{made['id']}")
    told = await house.rooms.db.read(lambda uow: uow.events.after(before, 10))
    assert [(one.kind, one.actor_id) for one in told] == [("filters", rowan.persona.id)] * 2


async def test_what_hides_drops_from_lists_where_it_works(house: ClientHouse) -> None:
    rowan, kit = await house.person("rowan"), await house.person("kit")
    group, here = await house.group("grief", rowan), Community(house)
    await here.join(group.actor.id, kit)
    thread = await here.thread(group.actor.id, rowan)
    await here.reply(thread, kit, "A razor, I said.")
    await here.thread(group.actor.id, kit, text="No razor today.")
    lists = ("timelines/home", "timelines/public", f"accounts/{kit.id}/statuses", "notifications")
    contexts = ("home", "public", "account", "notifications")

    async def counts() -> list[int]:
        return [len(await rowan.ok("GET", f"/api/v1/{one}")) for one in lists]

    before = await counts()
    for index, context in enumerate(contexts):
        body = HARM | {"context": [context]}
        made = await rowan.ok("POST", HERE, json=body)
        after = await counts()
        assert after[index] < before[index], context
        assert after[:index] + after[index + 1 :] == before[:index] + before[index + 1 :], context
        await rowan.ok("PUT", f"{HERE}/{made['id']}", json={"filter_action": "warn"})
        assert await counts() == before
        await rowan.ok("DELETE", f"{HERE}/{made['id']}")


async def test_filters_cost_the_same_for_one_post_and_for_many(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    group, here = await one_house.group("grief", rowan), Community(one_house)
    await rowan.ok("POST", HERE, json=HARM)
    ids = [str((await here.thread(group.actor.id, rowan)).id) for _ in range(8)]
    one = await queries(rowan, "/api/v1/statuses", id=ids[:1])
    assert await queries(rowan, "/api/v1/statuses", id=ids) == one


async def test_filters_fit_the_schema(one_house: ClientHouse) -> None:
    needs_schema()
    rowan = await one_house.person("rowan")
    group = await one_house.group("grief", rowan)
    post = await Community(one_house).thread(group.actor.id, rowan)
    made = await rowan.ok("POST", HERE, json=HARM)
    entry = await rowan.ok(
        "POST", f"{HERE}/{made['id']}/statuses", json={"status_id": str(post.id)}
    )
    conforms(entry, "FilterStatus")
    all_conform(await rowan.ok("GET", HERE), "Filter")
    all_conform(await rowan.ok("GET", f"{HERE}/{made['id']}/keywords"), "FilterKeyword")
    all_conform(await rowan.ok("GET", "/api/v1/filters"), "V1Filter")
    await one_house.person("kit")
    conforms((await rowan.ok("GET", f"/api/v1/statuses/{post.id}")), "Status")
