"""PRV-05 and PRV-13: every address of the site, everything it may show, and everybody who may ask.

The table in `rooms/` says what comes back; here the node is asked. A route without a declaration
fails, and so does a declaration without a route.
"""

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from tests.node.policy.sweep import Report, sweep
from tests.node.policy.table import ROUTES, lines
from tests.node.policy.world import fresh_sqlite, open_policy_world
from tests.scene import MEMORY

# The whole table is asked within the first test; a busy machine takes its time for that.
pytestmark = [pytest.mark.xdist_group("policy"), pytest.mark.timeout(1200)]


async def _swept(data: Path, url: str, *only: str) -> Report:
    async with open_policy_world(data, url) as world:
        return await sweep(world, *only)


@pytest.fixture(scope="session")
def report(sqlite_template: Path) -> Iterator[Report]:
    """What the sweep of a node on SQLite found."""
    with TemporaryDirectory(dir=MEMORY if MEMORY.is_dir() else None) as place:
        folder = Path(place)
        yield asyncio.run(_swept(folder, fresh_sqlite(sqlite_template, folder)))


def test_prv_13_every_route_is_declared(report: Report) -> None:
    declared = {route.name for route in ROUTES}
    missing = [
        f'    route("{method} {path}", "nothing", signed_in=200, anonymous=SIGN_IN),'
        for method, path in sorted(report.served - declared, key=lambda pair: pair[::-1])
    ]
    assert not missing, (
        "These routes say nowhere who may have them. Add a line for each to a file in"
        " tests/node/policy/rooms/, with the thing that it shows and what each role gets:\n"
        + "\n".join(missing)
    )


def test_every_declaration_has_its_route(report: Report) -> None:
    gone = sorted({route.name for route in ROUTES} - report.served)
    assert not gone, f"the site has no such routes: {gone}"


def test_every_route_is_declared_once_for_a_thing() -> None:
    seen = [(route.name, thing.name, route.accept, route.query) for route, thing in lines()]
    assert len(seen) == len(set(seen)), {one for one in seen if seen.count(one) > 1}


def test_what_is_shown_elsewhere_is_there() -> None:
    for route in ROUTES:
        if 0 in route.cells.values():
            assert Path(route.elsewhere).is_file(), f"{route.name}: name the test in `elsewhere`"


def test_prv_13_every_answer_is_as_declared(report: Report) -> None:
    assert report.different == [], "\n" + "\n".join(report.different)
    assert report.asked > 500


def test_prv_05_not_yours_is_not_there(report: Report) -> None:
    """In status, headers and body, as page, JSON and activity."""
    assert report.telling == [], "\n" + "\n".join(report.telling)


def test_prv_05_not_yours_takes_as_many_statements_as_not_there(report: Report) -> None:
    assert report.slower == [], "\n" + "\n".join(sorted(set(report.slower)))


def test_prv_17_no_cache_keeps_what_is_one_persons(report: Report) -> None:
    """What may be shared is the same for all; anything else is for one, and has no ETag by which
    another could learn whether it changed."""
    assert report.cached == [], "\n" + "\n".join(report.cached)


def test_prv_13_who_is_refused_changes_nothing(report: Report) -> None:
    assert report.changing == [], "\n" + "\n".join(report.changing)


def test_the_sweep_sees_an_open_door(
    sqlite_template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the guard taken out, the cells, what is told and what is changed are all found."""
    for module in ("place", "rules"):
        monkeypatch.setattr(f"node.groups.{module}.may_read_group", lambda *_: True)
    only = ("/groups/{handle}", "/api/kith/v1/posts/{id}/reaction")
    found = asyncio.run(_swept(tmp_path, fresh_sqlite(sqlite_template, tmp_path), *only))
    assert any("private group | outsider: declared 404, came 200" in one for one in found.different)
    assert found.telling
    assert any("private thread | outsider: reactions" in one for one in found.changing)


def test_on_postgresql_as_well(postgresql_url: str, tmp_path: Path) -> None:
    """All reading, and all that is refused."""
    found = asyncio.run(_swept(tmp_path, postgresql_url))
    assert found.different == found.telling == found.slower == []
    assert found.asked > 300
