"""WF-01: WebFinger by the vectors; and NodeInfo."""

import json
from typing import Any

import pytest

from activitypub.nodeinfo import parse_links, parse_nodeinfo
from activitypub.webfinger import Handle, parse_jrd
from tests.node.wire.world import HOST, NOW, ORIGIN, Seed, World
from tests.shared import require_shared


def people(seed: Seed) -> None:
    seed.actor("alice")
    seed.actor("bob")
    seed.group("calm")
    seed.group("privategroup", "private")
    seed.actor("suspended", suspended_at=NOW)
    seed.actor(HOST, "Application")


async def test_wf_01_all_cases_of_the_vectors(world: World) -> None:
    await world.seed(people)
    vectors = json.loads(require_shared("vectors", "webfinger.json").read_text("utf-8"))
    assert len(vectors["server"]) == 18
    for case in vectors["server"]:
        path = case["path"].replace("/users/", "/personas/").replace("NODE", HOST)
        answer = await world.client.get(path)
        assert answer.status == case["status"], case
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert "Set-Cookie" not in answer.headers
        if case["status"] == 200:
            assert answer.headers["Content-Type"] == "application/jrd+json"
        else:
            assert answer.headers["Content-Type"] == "application/problem+json"


async def jrd(world: World, query: str) -> dict[str, Any]:
    answer = await world.client.get(f"/.well-known/webfinger?{query}")
    assert answer.status == 200
    document: dict[str, Any] = await answer.json(content_type=None)
    return document


@pytest.mark.parametrize(
    ("name", "path", "kind"),
    [
        ("alice", "personas/alice", "Person"),
        ("calm", "groups/calm", "Group"),
        (HOST, "actor", "Application"),
    ],
)
async def test_people_groups_and_the_node_are_found(
    world: World, name: str, path: str, kind: str
) -> None:
    await world.seed(people)
    actor = f"{ORIGIN}/{path}"
    document = await jrd(world, f"resource=acct:{name}@{HOST}")
    assert document["subject"] == f"acct:{name}@{HOST}"
    [link] = [one for one in document["links"] if one["rel"] == "self"]
    assert (link["href"], link["type"]) == (actor, "application/activity+json")
    assert link["properties"] == {"https://www.w3.org/ns/activitystreams#type": kind}
    assert parse_jrd(document, Handle.parse(f"{name}@{HOST}")) == actor
    assert (await world.document(actor))["type"] == kind
    assert await jrd(world, f"resource={actor}") == document


async def test_the_name_is_answered_in_its_own_spelling(world: World) -> None:
    await world.seed(people)
    upper = await jrd(world, f"resource=acct:ALICE@{HOST}")
    assert upper == await jrd(world, f"resource=acct%3Aalice%40{HOST}")
    assert upper["subject"] == f"acct:alice@{HOST}"


async def test_rel_filters_links_and_nothing_else(world: World) -> None:
    await world.seed(people)
    whole = await jrd(world, f"resource=acct:alice@{HOST}")
    only = await jrd(world, f"resource=acct:alice@{HOST}&rel=self")
    assert [one["rel"] for one in only["links"]] == ["self"]
    assert {**only, "links": 0} == {**whole, "links": 0}
    assert (await jrd(world, f"resource=acct:alice@{HOST}&rel=nope"))["links"] == []


async def test_nodeinfo_leads_to_the_document_and_the_application(world: World) -> None:
    await world.seed(people)
    answer = await world.client.get("/.well-known/nodeinfo")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    links = parse_links(await answer.json())
    assert links.application == f"{ORIGIN}/actor"
    assert (await world.document(f"{ORIGIN}/actor"))["type"] == "Application"
    assert links.nodeinfo == f"{ORIGIN}/nodeinfo/2.1"
    answer = await world.at(links.nodeinfo)
    assert answer.headers["Content-Type"] == (
        'application/json; profile="http://nodeinfo.diaspora.software/ns/schema/2.1#"'
    )
    document = await answer.json(content_type=None)
    assert parse_nodeinfo(document).name == "A quiet place"
    assert (document["version"], document["protocols"]) == ("2.1", ["activitypub"])


async def test_invariant_19_a_node_says_its_safety_contact_and_its_rules(world: World) -> None:
    document = await (await world.client.get("/nodeinfo/2.1")).json(content_type=None)
    assert document["metadata"]["safetyContact"] == "Jo, safety@kith.example"
    assert document["metadata"]["minimumRules"].startswith("Kindness first.")


async def test_wf_04_nodeinfo_tells_nothing_of_people(world: World) -> None:
    before = await (await world.client.get("/nodeinfo/2.1")).read()
    await world.seed(people)
    after = await (await world.client.get("/nodeinfo/2.1")).read()
    assert before == after
    assert json.loads(after)["usage"] == {"users": {}}
    assert set(json.loads(after)["software"]) == {"name", "version"}
