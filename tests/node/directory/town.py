"""Services of a town that is nowhere, in the shapes in which real ones are published."""

import csv
import io
import json
from collections.abc import Mapping
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from node.directory.import_run import ImportRun, drive_now
from node.directory.importing import About, Outcome, prepare
from tests.node.web.house import WebHouse

Record = dict[str, Any]
ABOUT = About(source="Tidewater Council", licence="CC BY 4.0", attribution="Tidewater open data")


def uuid(word: str) -> str:
    """A UUID that is the same in every run."""
    return str(uuid5(NAMESPACE_URL, word))


def service(word: str, **more: Any) -> Record:
    """A nested service of HSDS 3.0."""
    return {
        "id": uuid(word),
        "name": word,
        "status": "active",
        "description": f"{word}: a support group that meets by the river.",
        "assured_date": "2026-11-01",
        "last_modified": "2026-11-01T10:00:00Z",
        "organization": {"id": uuid("org"), "name": "River House", "description": "A charity."},
        "phones": [{"id": uuid(f"phone {word}"), "number": "01632 960 001", "type": "voice"}],
    } | more


def at(word: str, town: str, latitude: float, longitude: float, **more: Any) -> Record:
    """A `service_at_location` for a nested service."""
    return {
        "id": uuid(f"place {word}"),
        "location": {
            "id": uuid(f"location {word}"),
            "location_type": "physical",
            "name": f"Hall of {word}",
            "latitude": latitude,
            "longitude": longitude,
            "addresses": [
                {
                    "id": uuid(f"address {word}"),
                    "address_1": f"7 {word} Lane",
                    "city": town,
                    "state_province": "Tide",
                    "postal_code": "TW1 2AB" if town == "Tidewater" else "FA9 9AA",
                    "country": "GB",
                    "address_type": "physical",
                }
            ],
        }
        | more,
    }


def weekly(word: str, byday: str, opens: str = "09:00:00", closes: str = "17:00:00") -> Record:
    """A weekly schedule."""
    return {
        "id": uuid(f"hours {word}"),
        "freq": "WEEKLY",
        "byday": byday,
        "opens_at": opens,
        "closes_at": closes,
    }


def as_json(*services: Record) -> dict[str, bytes]:
    """A package of one JSON file."""
    return {"services.json": json.dumps(list(services)).encode()}


def table(*rows: Mapping[str, object]) -> bytes:
    """A CSV of these rows."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(dict.fromkeys(key for row in rows for key in row)))
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def bring(house: WebHouse, files: Mapping[str, bytes], about: About = ABOUT) -> Outcome:
    """Import a package, to the end."""
    rooms = house.rooms
    run = ImportRun(rooms.directory.importing, about, prepare(files))
    return drive_now(rooms.db, rooms.directory.importing, run, lambda _done, _all: None)
