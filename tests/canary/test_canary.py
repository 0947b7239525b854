"""PRV-01, PRV-09: nothing private is in any byte that leaves a node, or in what it keeps sealed."""

from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import Connection, Select, func, select

from storage import tables
from tests.canary.channels import Searched, searched
from tests.canary.drive import play
from tests.canary.fields import COLUMNS, UNREACHED, markers
from tests.canary.stage import NAMES, Stage, open_stage
from tests.faults.ledger import Ledger

pytestmark = [pytest.mark.xdist_group("canary"), pytest.mark.faults, pytest.mark.timeout(600)]


@pytest.fixture(params=["sqlite", "postgresql"])
async def stage(request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """Three nodes; and once more one node alone, on PostgreSQL."""
    names: tuple[str, ...] = NAMES
    url = None
    if request.param == "postgresql":
        names, url = NAMES[:1], request.getfixturevalue("postgresql_url")
    with TemporaryDirectory() as folder:
        async with open_stage(Path(folder), markers(), names, url) as opened:
            yield opened


def test_every_column_is_classified() -> None:
    """A new table says of each of its columns whose words may stand there."""
    there = {
        f"{table.name}.{column.name}"
        for table in tables.metadata.sorted_tables
        for column in table.columns
        if column.type.python_type in (str, bytes)
    }
    missing = sorted(there - COLUMNS.keys())
    assert not missing, f"say in tests/canary/fields.py what may be found in {missing}"
    assert sorted(COLUMNS.keys() - there) == [], "these columns are not there any more"


async def test_invariant_16_prv_01_nothing_private_leaves(
    stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    tried = await play(stage)
    for node in stage.nodes.values():
        await node.stop()
    outcome = searched(stage.pieces())
    with capsys.disabled():
        print(f"\n{outcome.table()}\n{len(stage.written)} fields, {tried} attempts by others")
    unknown = sorted({(kind, where) for kind, where, _ in outcome.unknown})
    assert unknown == [], "bytes took a way out that channels.py does not know"
    assert outcome.leaks == {}
    check_that_it_is_not_blind(stage, outcome)
    check_what_nobody_wrote(stage)


def check_that_it_is_not_blind(stage: Stage, outcome: Searched) -> None:
    """Every word was written and could be read by its owner; public ones went everywhere."""
    assert stage.written == stage.markers.keys(), stage.markers.keys() - stage.written
    unread = [
        marker.name
        for marker in stage.markers.values()
        if marker.shown and (marker.kind, marker.number) not in outcome.read_by_owners
    ]
    assert unread == [], "nobody could read these again"
    kept = {number for _, number in outcome.kept_plainly}
    unkept = [
        one.name
        for one in stage.markers.values()
        if one.kind in ("plain", "local") and one.number not in kept
    ]
    assert unkept == [], "these are not in the database as they are said to be"
    for name in ("requests to other nodes", "answers to nodes and visitors", "database", "backups"):
        assert outcome.channels[name].public > 0, name
    for name, count in outcome.channels.items():
        if name not in ("names asked", "media folder", "temporary files"):
            assert count.bytes > 0, name


def check_what_nobody_wrote(stage: Stage) -> None:
    """A sealed column without a field in fields.py holds nothing: whoever writes it names one."""
    ledger = Ledger(stage.home.database_url)
    for name in sorted(UNREACHED):
        table, _, column = name.partition(".")
        count = select(func.count(tables.metadata.tables[table].c[column]))
        rows = ledger.read(partial(_scalar, count))
        assert rows == 0, f"{name} is written: name its fields in tests/canary/fields.py"


def _scalar(statement: Select[int], connection: Connection) -> int:
    return int(connection.execute(statement).scalar_one())
