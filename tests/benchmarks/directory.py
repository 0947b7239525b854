"""(h) The directory: 5,000 services read in from JSON, found by words and place, and served.

The limit of reading in is the bare work of the same run: the very same rows, inserted in batches
into an empty database. Checking, cleaning and deriving come on top of it.
"""

import asyncio
import json
import time
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, MetaData, create_engine, select

from migrations.upgrade import upgrade
from node.database import open_database
from node.directory.import_run import ImportRun, drive_now
from node.directory.importing import About, prepare
from node.directory.searching import Query
from node.rooms import Rooms, open_rooms
from node.sources import real_sources
from storage.unit_of_work import UnitOfWork
from tests.benchmarks.figures import Figure, percentile
from tests.benchmarks.subject import Subject
from tests.node.directory.town import at, service, weekly

SERVICES = 5_000
BATCH = 100
ROUNDS = 30
_TABLES = (
    *("directory_sets", "directory_editions", "listings", "organizations", "locations"),
    *("services", "service_words", "service_terms", "service_languages"),
    *("service_schedules", "service_places"),
)
_WORDS = ("river", "lantern", "quiet", "evening", "harbour", "meadow", "garden", "winter")


async def measure_directory(folder: Path) -> list[Figure]:
    """Figure (h): seconds of reading in, then p50 of searches in milliseconds."""
    subject = Subject(folder)
    await subject.prepare(lambda _uow, _rooms: None)
    return await asyncio.to_thread(_measure, subject, folder)


def _measure(subject: Subject, folder: Path) -> list[Figure]:
    sources = real_sources()
    db = open_database(subject.config)
    try:
        rooms = open_rooms(subject.config, db, sources.now, sources.new_id)
        files = {"services.json": json.dumps([_one(n) for n in range(SERVICES)]).encode()}
        start = time.perf_counter()
        run = ImportRun(rooms.directory.importing, About(source="x", licence="x"), prepare(files))
        drive_now(db, rooms.directory.importing, run, lambda _done, _all: None)
        taken = time.perf_counter() - start
        bare = _bare(subject.config.database_url, f"sqlite:///{folder}/bare.sqlite3")
        searches = db.read_now(lambda uow: _searches(uow, rooms))
    finally:
        asyncio.run(db.close())
    what = f"(h) {SERVICES:,} services"
    return [Figure(f"{what}: read in", taken, "s", bare), *searches]


def _one(number: int) -> dict[str, Any]:
    words = " ".join(_WORDS[(number * step) % len(_WORDS)] for step in (1, 3, 5, 7))
    name = f"Group {number} {words}"
    place = at(name, f"Town {number % 50}", 50 + number % 40 / 10, number % 70 / 10)
    return service(
        name,
        description=f"{words}: a support group for grief and anxiety, number {number}. " * 6,
        service_at_locations=[place],
        schedules=[weekly(name, "MO,WE"), weekly(f"{name} b", "FR", "18:00:00", "20:00:00")],
    )


def _bare(url: str, fresh: str) -> float:
    """Seconds for the same rows, a table after the other, committed in batches."""
    upgrade(fresh)
    source, target = create_engine(url), create_engine(fresh)
    try:
        metadata = MetaData()
        metadata.reflect(source, only=_TABLES)
        rows = _rows(source, metadata)
        start = time.perf_counter()
        for name in _TABLES:
            many = rows[name]
            size = BATCH * max(1, len(many) // SERVICES)
            for first in range(0, len(many), size):
                with target.begin() as connection:
                    table = metadata.tables[name]
                    connection.execute(table.insert(), many[first : first + size])
        return time.perf_counter() - start
    finally:
        source.dispose()
        target.dispose()


def _rows(source: Engine, metadata: MetaData) -> dict[str, list[dict[str, Any]]]:
    with source.connect() as connection:
        return {
            name: [dict(row._mapping) for row in connection.execute(select(metadata.tables[name]))]
            for name in _TABLES
        }


def _searches(uow: UnitOfWork, rooms: Rooms) -> list[Figure]:
    now, figures = rooms.now(), []
    for name, query in (
        ("all", Query()),
        ("two words", Query(words="lantern winter")),
        ("a town", Query(place="Town 7")),
        ("open now", Query(open_now=True)),
    ):
        taken = []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            rooms.directory.searching.find(uow, query, now)
            taken.append((time.perf_counter() - start) * 1000)
        what = f"(h) {SERVICES:,} services, search: {name}, p50"
        figures.append(Figure(what, percentile(taken, 0.5), "ms"))
    return figures
