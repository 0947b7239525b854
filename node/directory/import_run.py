"""An import, step by step: each step is one short transaction, and whoever drives the run commits
it before the next is made. So a page and a command drive the same run, and nobody waits long for
the writer.
"""

from collections.abc import Awaitable, Callable, Iterator
from itertools import islice
from typing import Any, Final

from node.directory.deriving import Deriving
from node.directory.hsds.package import Ids
from node.directory.importing import (
    About,
    Importing,
    Outcome,
    Prepared,
    check_about,
    encoded_report,
)
from node.errors import Refused
from storage.database import Database
from storage.directory_records import Edition, StagedService
from storage.unit_of_work import UnitOfWork

STEP: Final = 200
"""Services of one transaction."""

Step = Callable[[UnitOfWork], Any]
Progress = Callable[[int, int], None]
"""(services that lie ready, of how many)."""
Beside = Callable[..., Awaitable[Any]]
"""Runs a function in a thread, as `asyncio.to_thread` does."""
Finish = Callable[[UnitOfWork, Edition], Outcome]


class ImportRun:
    """One import. Raises Invalid and Refused for what cannot begin. `finish` makes it show."""

    def __init__(
        self,
        importing: Importing,
        about: About,
        prepared: Prepared,
        finish: Finish | None = None,
    ) -> None:
        check_about(about)
        if prepared.report.is_broken:
            raise Refused(
                "This package is broken, so nothing was changed. The report says where.", "broken"
            )
        self._importing = importing
        self._finish = finish or importing.switch
        self._about = about
        self._prepared = prepared
        self.total = len(prepared.package.services)
        self.done = 0
        self.resumed = 0
        self.edition: Edition | None = None
        self._overrules: dict[str, bool] = {}
        self.outcome: Outcome | None = None

    def __iter__(self) -> Iterator[Step]:
        """The steps; each is to be committed before the next is asked for."""
        report = encoded_report(self._prepared.report)
        yield lambda uow: self._begin(uow, report)
        edition, overrules = self._begun()
        self.done = self.resumed = edition.done
        deriving = Deriving(
            self._prepared.package, Ids(self._about.source), self._about.timezone, overrules
        )
        yield from self._keyed(deriving, edition)
        services = islice(deriving.services(), edition.done, None)
        while many := list(islice(services, STEP)):
            self.done += len(many)
            yield self._putting(edition, many, self.done)
        yield self._finishing(edition)

    def _begin(self, uow: UnitOfWork, report: str) -> None:
        self.edition = self._importing.begin(
            uow, self._about, self._prepared.digest, report, self.total
        )
        self._overrules = uow.listings.overrules(self.edition.set_id)

    def _begun(self) -> tuple[Edition, dict[str, bool]]:
        if self.edition is None:
            raise Refused("The import did not begin. Run it again.", "not-done")
        return self.edition, self._overrules

    def _keyed(self, deriving: Deriving, edition: Edition) -> Iterator[Step]:
        """Organizations, locations and terms, in batches."""
        kinds: tuple[tuple[Iterator[Any], str], ...] = (
            (deriving.organizations(edition.id), "put_organizations"),
            (deriving.locations(edition.id), "put_locations"),
            (deriving.taxonomies(edition.id), "put_taxonomies"),
            (deriving.terms(edition.id), "put_terms"),
        )
        for rows, put in kinds:
            while many := list(islice(rows, 5 * STEP)):
                yield _calling(put, many)

    def _putting(self, edition: Edition, many: list[StagedService], done: int) -> Step:
        return lambda uow: self._importing.put(uow, edition, many, done)

    def _finishing(self, edition: Edition) -> Step:
        def finish(uow: UnitOfWork) -> None:
            self.outcome = self._finish(uow, edition)

        return finish


def _calling(put: str, many: list[Any]) -> Step:
    return lambda uow: getattr(uow.directory_staging, put)(many)


def drive_now(db: Database, importing: Importing, run: ImportRun, progress: Progress) -> Outcome:
    """For programs without an event loop: to the end, telling how far it is."""
    with db.writing_now() as write:
        for step in run:
            write(step)
            progress(run.done, run.total)
        while write(importing.clear):
            progress(run.done, run.total)
    return _came_to(run)


async def drive(db: Database, importing: Importing, run: ImportRun, beside: Beside) -> Outcome:
    """The same on an event loop; what is derived between two writes is derived `beside` it."""
    return await drive_on(db, importing, run, iter(run), beside)


async def drive_on(
    db: Database, importing: Importing, run: ImportRun, steps: Iterator[Step], beside: Beside
) -> Outcome:
    """The rest of the steps."""
    while (step := await beside(next, steps, None)) is not None:
        await db.write(step)
    while await db.write(importing.clear):
        pass
    return _came_to(run)


def _came_to(run: ImportRun) -> Outcome:
    if run.outcome is None:
        raise Refused("The import did not come to its end. Run it again.", "not-done")
    return run.outcome
