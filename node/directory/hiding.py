"""Which places of a package are to stay confidential, and what would give them away. Pure.

A record that says so hides its place; so does a service that says so, for all of its places. From
there it spreads: to records of the same street (nested data repeats a place for each service), and
what would lead there is taken out of all that tells of the organization, since another service of
it may well name the street.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from node.directory.hsds.package import Ids, Package
from node.directory.hsds.redaction import says_confidential, street_of, traces

Record = dict[str, Any]


class Hiding:
    """Of one package. `overrules` are decisions of staff by location, as the world calls it.
    `hidden` are own ids of locations."""

    def __init__(self, package: Package, ids: Ids, overrules: Mapping[str, bool]) -> None:
        self._package = package
        self._decided = {
            own: overrules[ids.of("location", own)]
            for own in package.locations
            if ids.of("location", own) in overrules
        }
        self.hidden = self._with_twins(self._named() - self._shown())
        self._secrets = self._by_organization()

    def _shown(self) -> set[str]:
        return {own for own, is_hidden in self._decided.items() if not is_hidden}

    def _named(self) -> set[str]:
        """By what is said of them, of a service there, and by staff."""
        found = {own for own, one in self._package.locations.items() if says_confidential(one)}
        for own, places in self._package.places.items():
            if says_confidential(self._package.services.get(own), places):
                found |= {_location(one) for one in places}
        return found | {own for own, is_hidden in self._decided.items() if is_hidden}

    def _with_twins(self, found: set[str]) -> frozenset[str]:
        if not found:
            return frozenset()
        streets = {own: street_of(one) for own, one in self._package.locations.items()}
        secret = {streets.get(own) for own in found} - {None}
        twins = {own for own, street in streets.items() if street in secret}
        return frozenset(found | (twins - self._shown()))

    def _by_organization(self) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for own in self.hidden:
            owner = self._package.locations.get(own, {}).get("organization_id")
            found.setdefault(str(owner or ""), set()).add(own)
        for own, places in self._package.places.items():
            at = {_location(one) for one in places} & self.hidden
            if at:
                owner = self._package.services.get(own, {}).get("organization_id")
                found.setdefault(str(owner or ""), set()).update(at)
        found.pop("", None)
        return found

    def traces_of(
        self, owner: str, places: Iterable[Record], service: Record, organization: Record
    ) -> list[str]:
        """What would lead to the hidden places of a service, and of all that offers it."""
        secret = {_location(one) for one in places} & self.hidden
        secret |= self._secrets.get(owner, set())
        if not secret:
            return []
        names = [str(one.get("name", "")) for one in (service, organization)]
        found = (self._package.locations.get(one, {}) for one in sorted(secret))
        return [trace for one in found for trace in traces(one, names)]


def _location(place: Record) -> str:
    return str(place.get("location_id", ""))
