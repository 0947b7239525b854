"""Reading data sets in: what is broken changes nothing, what stops half-way goes on, what is
gone is de-listed, and what is to stay confidential is found by nobody."""

import io
import json
import zipfile
from typing import Any

import pytest

from node.directory.hsds.reading import read_files
from node.directory.import_run import ImportRun, drive_now
from node.directory.importing import prepare
from node.directory.packages import read_upload
from node.errors import Invalid, Refused
from tests.node.directory.town import ABOUT, as_json, at, bring, service, table, uuid
from tests.node.web.house import WebHouse


async def names(house: WebHouse) -> list[str]:
    """What the API serves, by name."""
    page = json.loads((await house.visitor().get("/hsds/services?per_page=100")).text)
    return [one["name"] for one in page["contents"]]


def test_what_real_data_holds_is_cleaned_and_told_by_file_row_and_field() -> None:
    files = {
        "services.csv": table(
            {"id": "1", "name": "Aid", "description": "Call.\\nCome.", "made_up": "x"},
            {"id": "2", "name": "Aid", "description": "###MON### <b>Open</b>", "made_up": ""},
        ),
        "locations.csv": table({"id": "9", "name": "Hall", "latitude": "950", "longitude": "1"}),
        "services_at_location.csv": table({"id": "1", "service_id": "1", "location_id": "9"}),
        "regular_schedules.csv": table(
            {"id": "1", "service_id": "1", "weekday": "Monday", "opens_at": "9:00am"}
        ),
        "phones.csv": table({"id": "1", "service_id": "1", "number": " "}),
        "holiday_schedules.csv": table(
            {"id": "1", "service_id": "1", "start_date": "12/24/15", "closed": "true"}
        ),
    }
    package, report = read_files(files)
    assert not report.is_broken
    lines = "\n".join(one.line() for one in report.findings)
    for words in (
        "services.csv, row 1, description: it held “\\n”",
        "services.csv, row 2, description: it held markers",
        "services.csv, row 2, description: it held HTML",
        "services.csv, row 1, made_up: HSDS has no such field",
        "locations.csv, row 1, latitude: 950, 1 is no place on Earth",
        "regular_schedules.csv, row 1, opens_at: “9:00am” is written as 09:00:00",
        "phones.csv, row 1, number: a phone without a number",
        "holiday_schedules.csv, row 1, valid_from: “12/24/15” is read as 2015-12-24",
        "1 services have a name that another has",
    ):
        assert words in lines, (words, lines)
    aid = package.services["1"]
    assert aid["description"] == "Call.\nCome."
    assert aid["made_up"] == "x"
    assert aid["schedules"][0]["byday"] == "MO"


@pytest.mark.parametrize(
    ("files", "told"),
    [
        ({"services.json": b"[{"}, "this is no JSON"),
        ({"services.json": b'[{"id": "1", "status": "active"}]'}, "row 1, name: a service needs"),
        ({"services.csv": b"id,name\n1,Aid,more,\n"}, "row 1: it has 4 cells"),
        ({"services.csv": b'id,name\n1,"Aid\n'}, "this is no CSV"),
        ({"services.csv": b"id,name\n1," + b"x" * 60_000}, "name: it holds 60,000 letters"),
        ({"services.csv": b"id,name\n1,Aid\n1,Bread\n"}, "row 2, id: 1 is another service in"),
        ({"notes.csv": b"a,b\n1,2\n"}, "there is nothing of HSDS in it"),
        ({"services.json": b'[{"id": "1", "name": {"a": 1}}]'}, "a text or a number belongs here"),
        ({"services.json": b"[" * 100_000}, "services.json"),
    ],
)
async def test_a_broken_package_is_told_by_place_and_changes_nothing(
    house: WebHouse, files: dict[str, bytes], told: str
) -> None:
    bring(house, as_json(service("Near Group")))
    prepared = prepare(files)
    assert any(told in one.line() for one in prepared.report.of("broken")), prepared.report
    with pytest.raises(Refused, match="nothing was changed"):
        ImportRun(house.rooms.directory.importing, ABOUT, prepared)
    assert await names(house) == ["Near Group"]


async def test_an_import_that_stops_half_way_shows_nothing_and_goes_on(house: WebHouse) -> None:
    bring(house, as_json(service("Old Group")))
    many = as_json(*(service(f"Group {number:03}") for number in range(250)))
    importing, db = house.rooms.directory.importing, house.rooms.db
    steps = iter(ImportRun(importing, ABOUT, prepare(many)))
    for _ in range(3):  # as far as the first two hundred; then the power is cut
        db.write_now(next(steps))
    assert await names(house) == ["Old Group"]
    again = ImportRun(importing, ABOUT, prepare(many))
    outcome = drive_now(db, importing, again, lambda _done, _all: None)
    assert again.resumed == 200
    assert (outcome.services, outcome.listed, outcome.delisted) == (250, 250, 1)
    assert len(await names(house)) == 100
    counts = await house.db.read(lambda uow: uow.directory_sets.counts())
    assert list(counts.values()) == [251]


async def test_another_import_lets_go_of_one_that_was_broken_off(house: WebHouse) -> None:
    importing, db = house.rooms.directory.importing, house.rooms.db
    many = as_json(*(service(f"Group {number:03}") for number in range(150)))
    steps = iter(ImportRun(importing, ABOUT, prepare(many)))
    for _ in range(3):
        db.write_now(next(steps))
    bring(house, as_json(service("Near Group")))
    assert await names(house) == ["Near Group"]
    rows = await house.db.read(lambda uow: uow.directory_staging.listed(1))
    counts = await house.db.read(lambda uow: uow.directory_sets.counts())
    assert (list(counts.values()), rows) == ([1], [])


async def test_what_is_gone_from_its_source_is_de_listed_and_comes_back(house: WebHouse) -> None:
    both = as_json(service("Near Group"), service("Far Group"))
    bring(house, both)
    far = f"/directory/services/{uuid('Far Group')}"
    bring(house, as_json(service("Near Group")))
    assert await names(house) == ["Near Group"]
    page = await house.visitor().get(far)
    assert page.status == 200
    assert "does not have it any more" in page.text
    assert (await house.visitor().get(f"/hsds/services/{uuid('Far Group')}")).status == 404
    bring(house, both)
    assert await names(house) == ["Far Group", "Near Group"]
    assert "any more" not in (await house.visitor().get(far)).text


async def test_what_staff_withdrew_no_import_brings_back(house: WebHouse) -> None:
    both = as_json(service("Near Group"), service("Far Group"))
    bring(house, both)
    keeping, far = house.rooms.directory.keeping, uuid("Far Group")
    await house.db.write(lambda uow: keeping.decide(uow, far, "withdraw"))
    bring(house, both)
    assert await names(house) == ["Near Group"]


def refuge(**more: Any) -> dict[str, bytes]:
    place = at("Refuge", "Hiddenham", 51.5, -0.1)
    text = "A safe house; its location is confidential. Ring at 7 Refuge Lane, FA9 9AA."
    return as_json(service("Refuge", description=text, service_at_locations=[place], **more))


async def everything_shown(house: WebHouse) -> str:
    own, place = uuid("Refuge"), uuid("place Refuge")
    visitor = house.visitor()
    paths = (
        *("/directory", f"/directory/services/{own}", "/hsds/services?full=true"),
        *(f"/hsds/services/{own}", f"/hsds/service_at_locations/{place}"),
        *("/hsds/service_at_locations?full=true", "/hsds/organizations?full_service=true"),
        f"/hsds/organizations/{uuid('org')}?full_service=true",
    )
    pages = [await visitor.get(path) for path in paths]
    assert {one.status for one in pages} == {200}
    return "\n".join(one.text for one in pages)


async def test_a_confidential_place_is_shown_to_nobody_and_found_by_nobody(
    house: WebHouse,
) -> None:
    bring(house, refuge())
    shown = await everything_shown(house)
    for secret in ("Refuge Lane", "Hiddenham", "FA9", "51.5", "-0.1", "Hall of Refuge"):
        assert secret not in shown, secret
    assert "stays private" in shown
    visitor = house.visitor()
    for asked in ("place=Hiddenham", "place=51.5,-0.1", "place=FA9+9AA", "words=hiddenham"):
        assert ">Refuge<" not in (await visitor.get(f"/directory?{asked}")).text, asked
    near = await visitor.get("/hsds/service_at_locations?postcode=FA9+9AA&proximity=1000")
    assert json.loads(near.text)["empty"]


async def test_staff_can_show_a_place_after_all_and_later_imports_keep_to_it(
    house: WebHouse,
) -> None:
    bring(house, refuge())
    staff = await house.member("kim", role="moderator")
    edit = f"/moderation/directory/services/{uuid('Refuge')}"
    assert "One of its places is hidden" in (await staff.get(edit)).text
    for _ in range(2):
        await staff.submit(f"{edit}/place", at=edit, act="show")
        assert "7 Refuge Lane" in await everything_shown(house)
        bring(house, refuge(alert="New number."))
        assert "7 Refuge Lane" in await everything_shown(house)
    await staff.submit(f"{edit}/place", at=edit, act="hide")
    bring(house, refuge())
    assert "Refuge Lane" not in await everything_shown(house)


def packed(*entries: tuple[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in entries:
            archive.writestr(name, body)
    return out.getvalue()


def test_zips_that_are_made_to_harm_are_refused_in_clear_words() -> None:
    link = zipfile.ZipInfo("services.csv")
    link.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(link, "/etc/passwd")
    for body, told in (
        (packed(("a.csv", b"0" * 30_000_000)), "unpacks to more"),
        (packed(("../a.csv", b"id")), "leads out of it"),
        (packed(("/etc/a.csv", b"id")), "leads out of it"),
        (packed(("C:\\a.csv", b"id")), "leads out of it"),
        (out.getvalue(), "holds a link"),
        (b"PK\x03\x04 and nothing", "no ZIP that can be read"),
    ):
        with pytest.raises(Invalid, match=told):
            read_upload("data.zip", body)
    assert read_upload("data.zip", packed(("x/a.csv", b"id"))) == {"x/a.csv": b"id"}
