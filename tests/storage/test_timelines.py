"""Timelines are read from indexes, between two ids, however much there is in the tables."""

from typing import Any

import pytest
from sqlalchemy import Select, create_engine, event

from storage import timeline_statements as sql
from storage.tables import metadata

KEY: dict[str, Any] = {
    "limit": 20,
    "below": 2**63 - 1,
    "above": 0,
    "reader": 9,
    "actor": 3,
    "count": 0,
    "sources": [1, 2, 3],
    "sharers": [1, 2],
    "hidden": [5],
    "sides": [True, False],
    "tags": ["x"],
    "every": [],
    "none": [],
    "visibilities": ["public"],
    "tag": "",
    "audiences": ["group"],
    "any_tag": True,
    "with_replies": True,
    "with_shares": True,
}
STATEMENTS = {
    "home": sql.HOME,
    "listed": sql.LISTED,
    "public": {up: sql.PUBLIC[up, False] for up in (False, True)},
    "pictures": {up: sql.PUBLIC[up, True] for up in (False, True)},
    "tagged": {up: sql.TAGGED[up, False] for up in (False, True)},
    "account": {up: sql.OF_ACCOUNT[up, False] for up in (False, True)},
}


@pytest.mark.parametrize("upwards", [False, True])
@pytest.mark.parametrize("name", STATEMENTS)
def test_no_table_is_read_from_end_to_end(name: str, upwards: bool) -> None:
    plan = _plan(STATEMENTS[name][upwards])

    scanned = [line for line in plan if line.startswith("SCAN") and not _is_small(line)]
    between = [line for line in plan if line.endswith("id>? AND id<?)")]

    assert not scanned, plan
    assert between or any("post_id>? AND post_id<?)" in line for line in plan), plan


def _is_small(line: str) -> bool:
    """The rows of a page that was put together before, or of a list that was given."""
    return line.startswith(("SCAN anon", "SCAN (subquery", "SCAN CONSTANT ROW", "SCAN every"))


def _plan(statement: Select[Any]) -> list[str]:
    engine = create_engine("sqlite://")
    metadata.create_all(engine)
    seen: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, text: str, values: Any, *_rest: Any) -> None:
        seen.append((text, values))

    with engine.connect() as connection:
        event.listen(engine, "before_cursor_execute", note)
        connection.execute(statement, KEY)
        text, values = seen[-1]
        cursor = connection.connection.cursor()
        rows = cursor.execute("EXPLAIN QUERY PLAN " + text, values).fetchall()
    engine.dispose()
    return [str(row[3]) for row in rows]
