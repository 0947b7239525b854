"""What is to stay confidential cannot be had by any way round: not by another service of the same
people, not by a second record of the same place, not by another data set that uses its ids."""

import json
from typing import Any

from node.directory.hsds.redaction import WITHHELD, traces, without_traces
from node.directory.importing import About
from tests.node.directory.town import as_json, at, bring, service, uuid
from tests.node.web.house import WebHouse

SECRETS = ("Refuge Lane", "FA9 9AA", "51.501", "Hall of Refuge")
WORDS = "A safe house; where it is is confidential."


def refuge(**more: Any) -> dict[str, Any]:
    place = at("Refuge", "Hiddenham", 51.50123, -0.10456)
    return service("Refuge", description=WORDS, service_at_locations=[place]) | more


async def everything(house: WebHouse, *services: str) -> str:
    visitor = house.visitor()
    paths = [f"/{kind}/services/{uuid(one)}" for one in services for kind in ("hsds", "directory")]
    paths += [
        *("/directory?all=yes", "/hsds/services?full=true", "/hsds/services"),
        *("/hsds/organizations?full=true", "/hsds/organizations?full_service=true"),
        *(f"/hsds/organizations/{uuid('org')}", "/hsds/organizations"),
        *("/hsds/service_at_locations?full=true", "/hsds/service_at_locations"),
    ]
    pages = [await visitor.get(path) for path in paths]
    assert {one.status for one in pages} == {200}
    return "\n".join(one.text for one in pages)


async def test_other_services_and_the_organization_do_not_give_a_place_away(
    house: WebHouse,
) -> None:
    owner = {"id": uuid("org"), "name": "River House", "description": "At 7  refuge lane, FA9 9AA."}
    other = service(
        "Talk",
        description="Call, or come to 7 Refuge Lane after dark.",
        organization=owner,
        map="https://maps.example/?q=7+Refuge+Lane&at=51.501234,-0.104567",
        spot={"lat": 51.50123, "lon": -0.10456},
        service_at_locations=[at("Talk", "Tidewater", 53.5, -2.2)],
    )
    bring(house, as_json(refuge(organization=owner), other))
    shown = await everything(house, "Refuge", "Talk")
    for secret in (*SECRETS, "refuge lane", "Refuge+Lane", "0.104"):
        assert secret not in shown, secret
    assert "7 Talk Lane" in shown
    for asked in ("words=lane", "words=fa9", "place=FA9+9AA&km=1"):
        assert ">Talk<" not in (await house.visitor().get(f"/directory?{asked}")).text, asked


async def test_a_second_record_of_a_hidden_place_is_hidden_as_well(house: WebHouse) -> None:
    twin = at("Refuge", "Hiddenham", 51.50123, -0.10456, id=uuid("twin"), name="Rear entrance")
    twin["id"] = uuid("place twin")
    other = service("Office", service_at_locations=[twin], organization=None)
    bring(house, as_json(refuge(), other))
    shown = await everything(house, "Refuge", "Office")
    for secret in (*SECRETS, "Rear entrance", "Hiddenham"):
        assert secret not in shown, secret
    staff = await house.member("kim", role="moderator")
    edit = f"/moderation/directory/services/{uuid('Office')}"
    await staff.submit(f"{edit}/place", at=edit, act="show")
    bring(house, as_json(refuge(), other))
    assert "Rear entrance" in (await house.visitor().get(f"/hsds/services/{uuid('Office')}")).text


async def test_another_data_set_with_the_same_ids_changes_nothing_of_what_shows(
    house: WebHouse,
) -> None:
    bring(house, as_json(refuge()))
    loud = refuge(description="No secrets here.")
    loud["service_at_locations"][0]["id"] = uuid("other place")
    owner = {"id": uuid("org"), "name": "Somebody Else", "description": "A shop."}
    about = About(source="Elsewhere", licence="CC0", kind="node", url="https://x.example/hsds")
    bring(house, as_json(loud | {"id": uuid("loud"), "organization": owner}), about)
    visitor = house.visitor()
    for path in (f"/hsds/services/{uuid('Refuge')}", f"/directory/services/{uuid('Refuge')}"):
        page = (await visitor.get(path)).text
        assert "River House" in page
        for secret in (*SECRETS, "Somebody Else"):
            assert secret not in page, secret


async def test_an_organization_is_not_found_by_the_street_it_hides(house: WebHouse) -> None:
    owner = {"id": uuid("org"), "name": "House of 7 Refuge Lane", "description": "A charity."}
    bring(house, as_json(refuge(organization=owner)))
    shown = await everything(house, "Refuge")
    assert "Refuge Lane" not in shown
    found = await house.visitor().get("/hsds/organizations?search=refuge+lane")
    assert json.loads(found.text)["empty"]
    assert "House of" not in (await house.visitor().get("/directory?words=lane")).text


async def test_the_place_of_a_withdrawn_service_is_served_by_no_id(house: WebHouse) -> None:
    place = at("Shed", "Tidewater", 53.5, -2.2, organization_id=uuid("org"))
    bring(house, as_json(service("Shed", service_at_locations=[place]), service("Talk")))
    full = f"/hsds/organizations/{uuid('org')}"
    visitor = house.visitor()
    assert "7 Shed Lane" in (await visitor.get(full)).text
    keeping = house.rooms.directory.keeping
    await house.db.write(lambda uow: keeping.decide(uow, uuid("Shed"), "withdraw"))
    assert "Shed" not in await everything(house, "Talk")
    assert (await visitor.get(f"/hsds/service_at_locations/{uuid('place Shed')}")).status == 404


HAND = {"name": "Nest", "organization": "Nest", "address_1": "9 Elm Row", "city": "Tidewater"}


async def test_a_place_that_staff_showed_is_hidden_again_by_the_box_of_the_form(
    house: WebHouse,
) -> None:
    staff, new = await house.member("kim", role="moderator"), "/moderation/directory/new"
    made = await staff.submit(new, at=new, is_confidential="yes", **HAND)
    edit = made.path.partition("?")[0]
    page = f"/directory/services/{edit.rpartition('/')[2]}"
    assert "Elm Row" not in (await house.visitor().get(page)).text
    await staff.submit(f"{edit}/place", at=edit, act="show")
    assert "Elm Row" in (await house.visitor().get(page)).text
    await staff.submit(edit, at=edit, is_confidential="yes", **HAND)
    assert "Elm Row" not in (await house.visitor().get(page)).text


def test_what_only_looks_like_a_trace_stays() -> None:
    place = {
        "name": "River House",
        "latitude": 51.5,
        "addresses": [{"address_1": "Main", "postal_code": "2024", "address_2": "..."}],
    }
    found = traces(place, ["River  house"])
    assert found == ["Main"]
    record = {
        "id": "0000-main-0001",
        "name": "River House, Maintenance since 2024",
        "phones": [{"number": "01632 2024"}],
        "description": "At main.",
    }
    assert without_traces(record, found) == record | {"description": f"At {WITHHELD}."}
