"""Services written here by hand: what a small nonprofit knows of its own town.

They are a data set like any other, of kind "own", under the node's name; a form is turned into the
same record of HSDS that an import would bring.
"""

import re
from collections.abc import Mapping
from typing import Any, Final

from node.directory.deriving import Deriving
from node.directory.hsds.cleaning import clean_link
from node.directory.hsds.hours import DAYS
from node.directory.hsds.package import Ids, Package
from node.directory.hsds.report import Place, Report
from node.directory.importing import Importing
from node.directory.rules import after, checked_words
from node.directory.tools import OWN_LICENCE, Tools
from node.errors import Invalid, NotFound
from node.i18n import N_
from storage.directory_records import DataSet, Edition, Guide, Listing
from storage.unit_of_work import UnitOfWork

Fields = Mapping[str, str]
Record = dict[str, Any]

NAME_MOST: Final = 200
TEXT_MOST: Final = 4000
_TIMES: Final = re.compile(
    r"([01]?\d|2[0-3])[:.]([0-5]\d)\s*(?:-|–|to)\s*([01]?\d|2[0-3])[:.]([0-5]\d)"
)
DAY_FIELDS: Final = tuple((f"hours_{day.lower()}", day) for day in DAYS)


class ByHand:
    """Use cases of staff who write services."""

    def __init__(self, tools: Tools, importing: Importing) -> None:
        self._tools = tools
        self._importing = importing

    def own_set(self, uow: UnitOfWork) -> DataSet:
        """The data set of what was written here; made when it is first needed."""
        source, now = self._tools.node_name, self._tools.now()
        known = next((one for one in uow.directory_sets.list() if one.kind == "own"), None)
        if known is not None:
            return known
        made = DataSet(
            id=self._tools.new_id(),
            kind="own",
            source=source,
            licence=OWN_LICENCE,
            timezone=self._tools.timezone,
            edition_id=self._tools.new_id(),
            created_at=now,
            refreshed_at=now,
        )
        uow.directory_sets.add(made)
        uow.directory_sets.add_edition(
            Edition(
                id=made.edition_id or 0,
                set_id=made.id,
                state="live",
                digest="",
                done=0,
                total=0,
                report="",
                created_at=now,
            )
        )
        return made

    def write(self, uow: UnitOfWork, public_id: str | None, fields: Fields) -> str:
        """A new service, or another wording of one that was written here; assured today. Returns
        its id. Raises Invalid, and NotFound for a service of another source."""
        data_set = self.own_set(uow)
        if public_id is not None:
            self._own(uow, data_set, public_id)
        own = public_id or self._new_key(data_set)
        package = self._package(own, fields)
        overrules = uow.listings.overrules(data_set.id)
        if fields.get("is_confidential") == "yes":
            # The box is the newer word: what staff once showed is hidden again.
            overrules = {own: is_hidden for own, is_hidden in overrules.items() if is_hidden}
        deriving = Deriving(package, Ids(data_set.source), data_set.timezone, overrules)
        edition = uow.directory_sets.edition(data_set.edition_id or 0)
        if edition is None:
            raise NotFound
        known = uow.directory_staging.known(data_set.id, [own])
        uow.directory_staging.drop_services(edition.id, [one.id for one in known.values()])
        uow.directory_staging.put_organizations(list(deriving.organizations(edition.id)))
        uow.directory_staging.put_locations(list(deriving.locations(edition.id)))
        self._importing.lay(uow, edition, list(deriving.services()))
        listing = uow.directory_staging.known(data_set.id, [own])[own]
        if listing.state == "draft":
            uow.listings.set_state(listing.id, "listed", self._tools.now())
        elif listing.state == "checking":
            uow.listings.set_state(listing.id, after("checking", "confirm"), self._tools.now())
        return listing.public_id

    def _own(self, uow: UnitOfWork, data_set: DataSet, public_id: str) -> Listing:
        listing = uow.listings.by_public(public_id)
        if listing is None or listing.set_id != data_set.id:
            raise NotFound
        return listing

    def _new_key(self, data_set: DataSet) -> str:
        return Ids(data_set.source).another("service", str(self._tools.new_id()))

    def _package(self, own: str, fields: Fields) -> Package:
        package = Package()
        name = _line(fields, "name", N_("Say what the service is called."))
        organization = _line(fields, "organization", N_("Say who offers it."))
        owner = f"organization of {own}"
        package.organizations[owner] = {"id": owner, "name": organization, "description": ""}
        today = self._tools.now().date().isoformat()
        record: Record = {
            "id": own,
            "organization_id": owner,
            "name": name,
            "status": "active",
            "assured_date": today,
            "last_modified": self._tools.now().isoformat(timespec="seconds"),
        }
        for field in _TEXTS:
            text = _text(fields, field)
            if text:
                record[field] = text
        _add_lists(record, own, fields)
        package.services[own] = record
        _add_place(package, own, owner, fields)
        return package

    def guide(self, uow: UnitOfWork, listing_id: int, fields: Fields) -> None:
        """What happens when you call, what to say, what to bring; of any service, whoever its
        record comes from."""
        guide = Guide(
            listing_id=listing_id,
            when_you_call=_text(fields, "when_you_call"),
            what_to_say=_text(fields, "what_to_say"),
            what_to_bring=_text(fields, "what_to_bring"),
            updated_at=self._tools.now(),
        )
        uow.listings.put_guide(guide)


_TEXTS: Final = (
    *("description", "eligibility_description", "application_process", "fees_description"),
    *("wait_time", "alert", "email"),
)


def _line(fields: Fields, name: str, sentence: str) -> str:
    text = " ".join(fields.get(name, "").split())
    if not text:
        raise Invalid(name, sentence)
    return checked_words(name, text, NAME_MOST)


def _text(fields: Fields, name: str) -> str:
    text = fields.get(name, "").replace("\r\n", "\n").strip()
    return checked_words(name, text, TEXT_MOST) if text else ""


def _add_lists(record: Record, own: str, fields: Fields) -> None:
    """Phones, languages, costs, hours and ages."""
    number = " ".join(fields.get("phone", "").split())
    if number:
        record["phones"] = [{"id": f"phone of {own}", "number": number[:60]}]
    link = fields.get("url", "").strip()
    if link:
        made = clean_link(link, Place("url"), "url", Report())
        if made is None:
            raise Invalid("url", N_("Write an address of the web, such as https://example.org."))
        record["url"] = made
    names = [one.strip() for one in re.split(r"[,;\n]", fields.get("languages", "")) if one.strip()]
    if names:
        record["languages"] = [
            {"id": f"language {one} of {own}", "name": one[:60]} for one in names[:20]
        ]
    if fields.get("is_free") == "yes":
        record["cost_options"] = [{"id": f"cost of {own}", "amount": 0, "option": "Free"}]
    for name in ("minimum_age", "maximum_age"):
        age = fields.get(name, "").strip()
        if age and not (age.isascii() and age.isdigit() and int(age) <= 120):
            raise Invalid(name, N_("Write an age in years, such as 18."))
        if age:
            record[name] = int(age)
    hours = list(_hours(own, fields))
    if hours:
        record["schedules"] = hours


def _hours(own: str, fields: Fields) -> list[Record]:
    found = []
    for field, day in DAY_FIELDS:
        text = fields.get(field, "").strip()
        if not text:
            continue
        times = _TIMES.fullmatch(text)
        if times is None:
            raise Invalid(field, N_("Write from when to when, such as 9:00 to 17:00."))
        opens, closes = f"{int(times[1]):02}:{times[2]}:00", f"{int(times[3]):02}:{times[4]}:00"
        one = {"id": f"hours {day} of {own}", "freq": "WEEKLY", "byday": day}
        found.append(one | {"opens_at": opens, "closes_at": closes})
    return found


def _add_place(package: Package, own: str, owner: str, fields: Fields) -> None:
    """Where it is; confidential where staff say so."""
    address = {
        name: " ".join(fields.get(name, "").split())[:NAME_MOST]
        for name in ("address_1", "city", "postal_code", "country")
    }
    if not any(address.values()):
        return
    at = f"location of {own}"
    location: Record = {
        "id": at,
        "location_type": "physical",
        "organization_id": owner,
        "addresses": [{"id": f"address of {own}", "address_type": "physical"} | address],
    }
    if fields.get("is_confidential") == "yes":
        location["confidential"] = True
    access = _text(fields, "accessibility")
    if access:
        location["accessibility"] = [{"id": f"access to {own}", "description": access}]
    package.locations[at] = location
    package.place({"id": f"place of {own}", "service_id": own, "location_id": at})


def fields_of(record: Record, guide: Guide | None) -> dict[str, str]:
    """A record as the form shows it again. `record` is nested and not redacted: for staff."""
    made = {name: str(record.get(name) or "") for name in ("name", "url", *_TEXTS)}
    made |= {name: str(record.get(name, "")) for name in ("minimum_age", "maximum_age")}
    made["organization"] = str(record.get("organization", {}).get("name", ""))
    made["phone"] = str(_first(record, "phones").get("number", ""))
    made["languages"] = ", ".join(str(one.get("name", "")) for one in record.get("languages", ()))
    made["is_free"] = "yes" if record.get("cost_options") else ""
    for field, day in DAY_FIELDS:
        one = next((it for it in record.get("schedules", ()) if it.get("byday") == day), None)
        made[field] = f"{one['opens_at'][:5]} to {one['closes_at'][:5]}" if one else ""
    location = _first(record, "service_at_locations").get("location", {})
    address = _first(location, "addresses")
    made |= {
        name: str(address.get(name, "")) for name in ("address_1", "city", "postal_code", "country")
    }
    made["is_confidential"] = "yes" if location.get("confidential") else ""
    made["accessibility"] = str(_first(location, "accessibility").get("description", ""))
    if guide is not None:
        made |= {
            "when_you_call": guide.when_you_call,
            "what_to_say": guide.what_to_say,
            "what_to_bring": guide.what_to_bring,
        }
    return made


def _first(record: Record, name: str) -> Record:
    found: list[Record] = record.get(name) or [{}]
    return found[0]
