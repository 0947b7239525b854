"""Everything in the folder of examples that is data imports, and what is served of it is HSDS 3.0.

Nothing of that folder is part of this project; where it is not there, these tests are left out.
"""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from node.directory.hsds.reading import read_files
from node.directory.importing import About
from node.directory.packages import read_package, read_upload
from node.errors import Invalid
from tests.node.directory.town import bring
from tests.node.web.house import WebHouse
from tests.shared import SHARED

HSDS = SHARED / "hsds"
pytestmark = pytest.mark.skipif(not HSDS.is_dir(), reason="the folder hsds is not there")

FOLDERS = (
    "hsds_example_profile/examples",
    "hsds_example_profile/examples/csv",
    "mock-hsds-api/data",
    "ohana-api/data/sample-csv",
    "sample-HSDS-datapackage/all_resources",
    "sample-HSDS-datapackage/simple",
    "spec-3.0/examples",
    "spec-3.0/examples/csv",
    "spec-3.1-dev/examples",
    "spec-3.1-dev/examples/csv",
    "uk-profile/examples",
    "uk-profile/examples/csv",
)
TAXONOMIES = (
    *(f"openeligibility/taxonomy{ending}" for ending in ("", ".csv", ".json", ".yaml")),
    "ohana-api/data/oe.json",
)
ABOUT_DATA = ("base.json", "root.json", "openapi-examples-map.json", "datapackage.json")


def single_files() -> list[Path]:
    """Every JSON file of examples by itself, but for those that describe data."""
    found = [*HSDS.glob("*/examples/*.json"), *HSDS.glob("mock-hsds-api/data/*/*.json")]
    return sorted(one for one in found if one.name not in ABOUT_DATA)


def zipped(folder: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                archive.write(path, str(path.relative_to(folder)))
    return out.getvalue()


def problems(name: str, found: Any) -> list[str]:
    """What the schema of HSDS 3.0 says against it."""
    schemas = {
        one.name: json.loads(one.read_text()) for one in (HSDS / "spec-3.0/schema").glob("*.json")
    }
    resources = [
        (key, Resource.from_contents(value, default_specification=DRAFT202012))
        for file, value in schemas.items()
        for key in (file, value.get("$id", file))
    ]
    registry: Registry[Any] = Registry().with_resources(resources)
    validator = Draft202012Validator(schemas[f"{name}.json"], registry=registry)
    return [f"{list(one.path)}: {one.message}" for one in validator.iter_errors(found)][:5]


@pytest.mark.parametrize("name", [*FOLDERS, *TAXONOMIES])
def test_every_folder_and_taxonomy_is_read(name: str) -> None:
    package, report = read_files(read_package(HSDS / name))
    assert not report.is_broken, report.of("broken")
    assert package.services or name in TAXONOMIES
    assert package.terms or "simple" in name


def test_every_single_file_is_read_by_itself() -> None:
    files = single_files()
    assert len(files) > 40
    for path in files:
        _, report = read_files(read_package(path))
        assert not report.is_broken, (path, report.of("broken"))


@pytest.mark.parametrize("name", [one for one in FOLDERS if "csv" in one or "sample" in one])
def test_a_zip_of_a_folder_is_the_same_as_the_folder(name: str) -> None:
    folder, _ = read_files(read_package(HSDS / name))
    packed, report = read_files(read_upload("data.zip", zipped(HSDS / name)))
    assert not report.is_broken
    assert packed.services == folder.services
    assert packed.places == folder.places


def test_a_database_dump_is_refused_with_the_way_out() -> None:
    with pytest.raises(Invalid, match="export CSV"):
        read_package(HSDS / "ohana-api/data/ohana_api_development.dump")


async def test_all_of_it_shows_and_what_is_served_of_it_fits_the_schemas(house: WebHouse) -> None:
    for name in (*FOLDERS, *TAXONOMIES):
        kind = "terms" if name in TAXONOMIES else "file"
        about = About(source=name, licence="as MANIFEST.tsv says", kind=kind)  # type: ignore[arg-type]
        bring(house, read_package(HSDS / name), about)
    visitor = house.visitor()
    served = 0
    for path, schema in (
        ("services", "service"),
        ("organizations", "organization"),
        ("service_at_locations", "service_at_location"),
        ("taxonomies", "taxonomy"),
        ("taxonomy_terms", "taxonomy_term"),
    ):
        full = "" if path.startswith("taxonom") else "full=true&"
        page = json.loads((await visitor.get(f"/hsds/{path}?{full}per_page=100")).text)
        assert page["total_items"] >= 2, path
        for one in page["contents"]:
            assert problems(schema, one) == [], (path, one["id"])
            served += 1
        own = page["contents"][0]["id"]
        single = json.loads((await visitor.get(f"/hsds/{path}/{own}")).text)
        assert problems(schema, single) == []
    assert served > 150
