"""Files of a data set, whatever they are, into one package with one report. Pure: it is handed the
bytes. A file is known by its name and by what is in it."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

import msgspec

from node.directory.hsds.joining import join
from node.directory.hsds.nested import TakingApart, kind_by_name
from node.directory.hsds.older import upgrade
from node.directory.hsds.package import Package
from node.directory.hsds.report import Place, Report
from node.directory.hsds.tables import Tables, read_csv, read_tabular_json
from node.directory.hsds.terms import read_flat, read_levels, read_xml, read_yaml

_SCHEMA: Final = frozenset({"$schema", "openapi", "openapi_url", "tabular_required"})
_QUIET: Final = (".md", ".txt", "license", "readme", "manifest.tsv")
TAXONOMY: Final = "Open Eligibility"
"""What a taxonomy is called whose file does not say it: these shapes are that one's."""


def read_files(files: Mapping[str, bytes]) -> tuple[Package, Report]:
    """The package in these files, by path. It is broken where the report says so."""
    package, report, tables = Package(), Report(), Tables()
    is_ours = False
    for name in sorted(files):
        is_ours |= _read(name, files[name], package, tables, report)
    upgrade(tables, report)
    join(tables, package, report)
    if package.is_empty and not report.is_broken:
        sentence = "there is nothing of HSDS in it: no service, organization, location or term"
        report.broken(Place(next(iter(sorted(files)), "the package")), "", sentence)
    _check(package, report)
    return package, report


def _read(name: str, body: bytes, package: Package, tables: Tables, report: Report) -> bool:
    lower = name.lower()
    if lower.endswith(".csv"):
        return read_csv(name, body, tables, report)
    if lower.endswith((".json", ".geojson")):
        return _read_json(name, body, package, tables, report)
    if lower.endswith((".yaml", ".yml")):
        return _understood(name, report, read_yaml(name, _text(body), tables))
    if lower.endswith(_QUIET):
        return False
    text = _text(body)
    is_xml = "<top_level" in text[:200_000] and "<!ENTITY" not in text
    return _understood(name, report, is_xml and read_xml(name, text, tables, TAXONOMY))


def _understood(name: str, report: Report, is_ours: bool) -> bool:
    if not is_ours:
        report.note(
            Place(name), "", "it is no JSON, CSV or taxonomy that we know; it is left aside"
        )
    return is_ours


def _text(body: bytes) -> str:
    return body.decode("utf-8", "replace")


def _read_json(name: str, body: bytes, package: Package, tables: Tables, report: Report) -> bool:
    found = _decoded(name, body, report)
    if found is None:
        return True
    if isinstance(found, dict) and found and all(key.endswith(".csv") for key in found):
        read_tabular_json(name, found, tables, report)
        return True
    if isinstance(found, dict) and (_SCHEMA & found.keys() or "resources" in found):
        report.note(Place(name), "", "it describes data and holds none; it is left aside")
        return False
    if read_flat(name, found, tables) or read_levels(name, found, tables, TAXONOMY):
        return True
    taking = TakingApart(package, report, name)
    is_ours = taking.take(found, _hint(name))
    if not is_ours:
        report.note(Place(name), "", "there is no record of HSDS in it; it is left aside")
    return is_ours


def _hint(name: str) -> str | None:
    folder, _, file = name.replace("\\", "/").rpartition("/")
    return kind_by_name(file) or kind_by_name(folder.rpartition("/")[2])


def _decoded(name: str, body: bytes, report: Report) -> Any:
    try:
        return msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        pass
    try:
        return json.loads(body.decode("utf-8-sig"))
    except RecursionError:
        report.broken(Place(name), "", "its objects stand too deep in each other")
    except ValueError as error:
        report.broken(Place(name), "", f"this is no JSON: {error}")
    return None


def _check(package: Package, report: Report) -> None:
    """What points to nothing is said; it breaks nothing."""
    for own, record in package.services.items():
        owner = record.get("organization_id")
        if owner and owner not in package.organizations:
            report.note(Place(f"service {own}"), "organization_id", f"no organization {owner}")
    for own in _strays(package):
        report.note(Place(f"service_at_location of {own}"), "service_id", f"no service {own}")
        del package.places[own]
    named = {str(one.get("name", "")).lower() for one in package.services.values()}
    if len(named) < len(package.services):
        count = len(package.services) - len(named)
        sentence = f"{count} services have a name that another has, too; look at the duplicates"
        report.note(Place("services"), "name", sentence)


def _strays(package: Package) -> Iterable[str]:
    return [own for own in package.places if own not in package.services]
