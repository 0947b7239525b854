"""What the node says of itself, and what it says it has none of."""

import re
from pathlib import Path

from node.clients.mastodon.stubs import EMPTY, NOTHING
from tests.node.clients.house import ClientHouse
from tests.node.clients.mastodon.schema import conforms, needs_schema

DOCS = Path(__file__).parents[4] / "docs" / "clients.md"


async def test_invariant_22_the_instance_tells_limits_and_no_counts(one_house: ClientHouse) -> None:
    v1 = await one_house.visitor.ok("GET", "/api/v1/instance/")
    v2 = await one_house.visitor.ok("GET", "/api/v2/instance")

    assert v1["uri"] == v2["domain"] == one_house.house.authority
    assert re.match(r"\d+\.\d+\.\d+ \(compatible; Kith ", v1["version"])
    assert v1["configuration"]["statuses"]["max_characters"] == 20_000
    assert v2["configuration"]["urls"]["streaming"].startswith("ws://")
    assert set(v1["stats"].values()) == {0}
    assert v2["usage"] == {"users": {"active_month": 0}}


async def test_the_instance_fits_the_schema(one_house: ClientHouse) -> None:
    needs_schema()
    visitor = one_house.visitor
    conforms(await visitor.ok("GET", "/api/v1/instance"), "V1Instance")
    conforms(await visitor.ok("GET", "/api/v2/instance"), "Instance")
    for rule in await visitor.ok("GET", "/api/v1/instance/rules"):
        conforms(rule, "Rule")
    about = await visitor.ok("GET", "/api/v1/instance/extended_description")
    conforms(about, "ExtendedDescription")
    conforms(await visitor.ok("GET", "/api/v1/instance/privacy_policy"), "PrivacyPolicy")


async def test_every_stub_is_empty_and_documented(one_house: ClientHouse) -> None:
    rowan = await one_house.person("rowan")
    text = DOCS.read_text()
    for table, expected in ((EMPTY, []), (NOTHING, {})):
        for path, (_, who) in table.items():
            client = rowan if who == "user" else one_house.visitor
            assert await client.ok("GET", path.replace("{id}", rowan.id)) == expected
            assert f"`{path.replace('{id}', ':id')}`" in text, path
            if who == "user":
                assert (await one_house.visitor.get(path)).status == 401


async def test_discovery_for_older_programs(one_house: ClientHouse) -> None:
    links = await one_house.visitor.ok("GET", "/.well-known/nodeinfo")
    node = await one_house.visitor.ok("GET", "/nodeinfo/2.0")
    meta = await one_house.visitor.get("/.well-known/host-meta")

    assert links["links"][-1]["href"].endswith("/nodeinfo/2.0")
    assert (node["version"], node["software"]["name"]) == ("2.0", "kith")
    assert f"{one_house.origin}/.well-known/webfinger?resource={{uri}}" in meta.text
