"""The HSDS API: filters add up, what cannot be used is told with what can, nobody is tracked."""

import json
from typing import Any

import pytest

from tests.node.directory.town import as_json, at, bring, service, uuid
from tests.node.web.house import WebHouse


def some(house: WebHouse) -> None:
    term = {"id": uuid("term"), "name": "Grief", "description": "", "taxonomy_id": uuid("tax")}
    tie = {"id": uuid("tie"), "taxonomy_term": term, "taxonomy_term_id": uuid("term")}
    place = at("Near", "Tidewater", 51.5, -0.1)
    bring(
        house,
        as_json(
            service("Near", attributes=[tie], service_at_locations=[place]),
            service("Older", last_modified="2020-01-01T00:00:00Z"),
            service("Closed", status="defunct"),
        ),
    )


async def ask(house: WebHouse, path: str) -> Any:
    return json.loads((await house.visitor().get(f"/hsds{path}")).text)


async def test_the_page_envelope_counts_right(house: WebHouse) -> None:
    some(house)
    page = await ask(house, "/services?per_page=1&page=2")
    assert {k: v for k, v in page.items() if k != "contents"} == {
        "total_items": 2,
        "total_pages": 2,
        "page_number": 2,
        "size": 1,
        "first_page": False,
        "last_page": True,
        "empty": False,
    }
    assert (await ask(house, "/services?search=nothing"))["empty"]
    about = await ask(house, "")
    assert about["version"] == "3.0"


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("search=near", ["Near"]),
        (f"taxonomy_term_id={uuid('term')}", ["Near"]),
        (f"taxonomy_id={uuid('tax')}", ["Near"]),
        (f"organization_id={uuid('org')}", ["Near", "Older"]),
        ("modified_after=2026-01-01", ["Near"]),
        ("modified_after=2019-01-01T00:00:00Z&search=older", ["Older"]),
        (f"taxonomy_term_id={uuid('term')}&search=older", []),
        ("postcode=TW1+2AB&proximity=500", ["Near"]),
        ("postcode=TW1", ["Near"]),
    ],
)
async def test_filters_add_up(house: WebHouse, asked: str, names: list[str]) -> None:
    some(house)
    page = await ask(house, f"/services?{asked}")
    assert [one["name"] for one in page["contents"]] == names


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("nonsense=1", "search"),
        ("page=0", "whole number"),
        ("per_page=101", "from 1 to 100"),
        ("full=maybe", "true or false"),
        ("modified_after=yesterday", "date such as"),
        ("proximity=10", "postcode"),
        ("format=xml", "JSON"),
    ],
)
async def test_a_filter_that_cannot_be_used_is_told_with_what_can(
    house: WebHouse, asked: str, told: str
) -> None:
    answer = await house.visitor().get(f"/hsds/services?{asked}")
    assert answer.status == 400
    assert told in answer.text
    assert json.loads(answer.text)["error"] == "bad-filter"


async def test_minimal_flat_and_full_differ_and_ids_that_are_not_there_are_told(
    house: WebHouse,
) -> None:
    some(house)
    minimal = (await ask(house, "/services?minimal=true"))["contents"][0]
    assert minimal.keys() == {"id", "last_modified"}
    flat = (await ask(house, "/services"))["contents"][0]
    assert "phones" not in flat
    assert flat["organization"]["name"] == "River House"
    full = (await ask(house, "/services?full=true"))["contents"][0]
    assert full == await ask(house, f"/services/{uuid('Near')}")
    assert full["service_at_locations"][0]["location"]["latitude"] == 51.5
    for path in ("services", "organizations", "taxonomies", "taxonomy_terms"):
        assert (await house.visitor().get(f"/hsds/{path}/none")).status == 404


async def test_answers_are_open_to_other_sites_and_need_no_second_reading(house: WebHouse) -> None:
    some(house)
    first = await house.visitor().get("/hsds/services/", {"Origin": "https://elsewhere.example"})
    assert first.headers["Access-Control-Allow-Origin"] == "*"
    assert "Set-Cookie" not in first.headers
    again = await house.visitor().get("/hsds/services/", {"If-None-Match": first.headers["ETag"]})
    assert again.status == 304
    posted = await house.visitor().client.post("/hsds/services", data={})
    assert posted.status == 405


async def test_invariant_23_no_look_up_is_kept_anywhere(house: WebHouse) -> None:
    some(house)
    tom = await house.member("tom")
    before = await house.db.read(_all_rows)
    for path in (
        "/directory?words=secretword&place=secretplace",
        f"/directory/services/{uuid('Near')}",
        "/hsds/services?search=secretword",
        "/hsds/service_at_locations?postcode=secretplace",
    ):
        page = await tom.get(path)
        assert page.status == 200
        assert page.headers["Cache-Control"] == "private, no-store"
    assert await house.db.read(_all_rows) == before


def _all_rows(uow: Any) -> str:
    """Every row of every table as text."""
    from sqlalchemy import MetaData, select

    tables = MetaData()
    tables.reflect(uow.connection)
    return "\n".join(
        f"{table.name} {sorted(str(row) for row in uow.connection.execute(select(table)))}"
        for table in sorted(tables.tables.values(), key=lambda one: one.name)
    )
