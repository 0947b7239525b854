"""Reading a data set in: checked as a whole, laid ready in small steps, shown in one moment.

What is broken changes nothing. What stops half-way, at a kill or a power cut, is seen by nobody:
importing the same files again goes on where it stopped, importing others lets go of it first. A
service that its source has no more is de-listed, not deleted, and comes back with its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import msgspec

from node.directory.hsds.package import Package
from node.directory.hsds.reading import read_files
from node.directory.hsds.report import Report
from node.directory.packages import digest_of
from node.directory.rules import imported
from node.directory.tools import Tools
from node.errors import Invalid, Refused
from storage.directory_records import DataSet, Edition, Listing, SetKind, StagedService
from storage.unit_of_work import UnitOfWork

KEPT_FINDINGS: Final = 500
SOURCE_MOST: Final = 300
OVERTAKEN: Final = "This import was undone, or goes on somewhere else."


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """Where a data set comes from, and on what terms it may be shown."""

    source: str
    licence: str
    attribution: str = ""
    timezone: str = "UTC"
    kind: SetKind = "file"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A package that was read and found whole, or not."""

    package: Package
    report: Report
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What an import came to."""

    set_id: int
    services: int
    listed: int
    delisted: int


def prepare(files: Mapping[str, bytes]) -> Prepared:
    """Read and check; touches nothing. Run it beside the event loop."""
    package, report = read_files(files)
    return Prepared(package, report, digest_of(files))


def check_about(about: About) -> About:
    """Raises Invalid for what would not say where it comes from, or on what terms."""
    for name, value in (("source", about.source), ("licence", about.licence)):
        if not value.strip():
            raise Invalid(name, f"Say the {name}: readers are shown it with every service.")
        if len(value) > SOURCE_MOST:
            raise Invalid(name, f"At most {SOURCE_MOST} letters.")
    return about


class Importing:
    """Use cases of reading data sets in. Each is one transaction; `ImportRun` puts them in
    order."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def begin(self, uow: UnitOfWork, about: About, digest: str, report: str, total: int) -> Edition:
        """The edition to fill: one that was begun from the same files, or a new one."""
        known = self._data_set(uow, about)
        staged = uow.directory_sets.staged(known.id)
        if staged is not None and staged.digest == digest:
            return staged
        if staged is not None:
            uow.directory_sets.change_edition(staged.id, state="old")
        edition = Edition(
            id=self._tools.new_id(),
            set_id=known.id,
            state="staged",
            digest=digest,
            done=0,
            total=total,
            report=report,
            created_at=self._tools.now(),
        )
        uow.directory_sets.add_edition(edition)
        return edition

    def _data_set(self, uow: UnitOfWork, about: About) -> DataSet:
        known = (
            uow.directory_sets.by_url(about.url)
            if about.url is not None
            else uow.directory_sets.by_source(about.source, about.kind)
        )
        values = {
            "licence": about.licence,
            "attribution": about.attribution,
            "timezone": about.timezone,
        }
        if known is not None:
            uow.directory_sets.change(known.id, **values)
            return known
        made = DataSet(
            id=self._tools.new_id(),
            kind=about.kind,
            source=about.source,
            licence=about.licence,
            attribution=about.attribution,
            timezone=about.timezone,
            url=about.url,
            created_at=self._tools.now(),
        )
        uow.directory_sets.add(made)
        return made

    def put(self, uow: UnitOfWork, edition: Edition, many: list[StagedService], done: int) -> None:
        """Lay some services ready, up to `done`. Raises Refused when this edition was undone, or
        another run of the same files has gone on with it."""
        if not uow.directory_sets.advance(edition.id, done - len(many), done):
            raise Refused(OVERTAKEN, "overtaken")
        self.lay(uow, edition, many)

    def lay(self, uow: UnitOfWork, edition: Edition, many: list[StagedService]) -> None:
        """Each service finds its listing, or gets one that nobody sees yet."""
        known = uow.directory_staging.known(edition.set_id, [one.own_key for one in many])
        fresh = [one for one in many if one.own_key not in known]
        taken = uow.directory_staging.taken([one.public_id for one in fresh]) if fresh else set()
        now = self._tools.now()
        made = [
            Listing(
                id=self._tools.new_id(),
                set_id=edition.set_id,
                own_key=one.own_key,
                public_id=one.spare_id if one.public_id in taken else one.public_id,
                state="draft",
                since=now,
            )
            for one in fresh
        ]
        uow.directory_staging.add_listings(made)
        ids = {key: one.id for key, one in known.items()} | {one.own_key: one.id for one in made}
        uow.directory_staging.put_services(
            edition.id, [(ids[one.own_key], one) for one in many], self._tools.new_id
        )

    def switch(self, uow: UnitOfWork, edition: Edition) -> Outcome:
        """From this moment on the edition shows, and the one before it does not."""
        known = uow.directory_sets.get(edition.set_id)
        if known is None:
            raise Refused("This data set was taken away meanwhile.", "gone")
        if not uow.directory_sets.leave(edition.id, "live"):
            raise Refused(OVERTAKEN, "overtaken")
        now = self._tools.now()
        listed = self._set_states(uow, edition.id)
        gone: list[int] = []
        if known.edition_id is not None and known.edition_id != edition.id:
            gone = uow.directory_staging.gone(known.edition_id, edition.id)
            uow.directory_staging.move(gone, known.edition_id, edition.id)
            self.delist(uow, gone)
            uow.directory_sets.change_edition(known.edition_id, state="old")
        uow.directory_sets.change(known.id, edition_id=edition.id, refreshed_at=now, trouble=None)
        return Outcome(set_id=known.id, services=edition.total, listed=listed, delisted=len(gone))

    def _set_states(self, uow: UnitOfWork, edition_id: int) -> int:
        """Bring every service of the edition to where it says that it is; how many are new."""
        now, changes, new = self._tools.now(), dict[str, list[int]](), 0
        for own, state, status in uow.directory_staging.states(edition_id):
            following = imported(state, status)
            if following is not None:
                changes.setdefault(following, []).append(own)
                new += state == "draft"
        for state, ids in changes.items():
            uow.directory_staging.set_states(ids, state, now)
        return new

    def merge(self, uow: UnitOfWork, edition: Edition, own_keys: frozenset[str] | None) -> Outcome:
        """Take what changed over into the edition that shows, and de-list what is not among
        `own_keys` (None: nothing is gone). The first edition of a set shows as a whole."""
        known = uow.directory_sets.get(edition.set_id)
        if known is None or known.edition_id is None:
            return self.switch(uow, edition)
        if not uow.directory_sets.leave(edition.id, "old"):
            raise Refused(OVERTAKEN, "overtaken")
        live = known.edition_id
        listed = self._set_states(uow, edition.id)
        fresh = [own for own, _, _ in uow.directory_staging.states(edition.id)]
        uow.directory_staging.drop_services(live, fresh)
        uow.directory_staging.drop_keyed(live, edition.id)
        uow.directory_staging.move(fresh, edition.id, live)
        gone = [] if own_keys is None else self._gone(uow, known, own_keys)
        self.delist(uow, gone)
        uow.directory_sets.change(known.id, refreshed_at=self._tools.now(), trouble=None)
        return Outcome(set_id=known.id, services=len(fresh), listed=listed, delisted=len(gone))

    def keep_only(self, uow: UnitOfWork, set_id: int, own_keys: frozenset[str]) -> None:
        """Nothing changed but what is gone: de-list it."""
        known = uow.directory_sets.get(set_id)
        if known is not None:
            self.delist(uow, self._gone(uow, known, own_keys))
            uow.directory_sets.change(set_id, refreshed_at=self._tools.now(), trouble=None)

    def _gone(self, uow: UnitOfWork, known: DataSet, own_keys: frozenset[str]) -> list[int]:
        return [
            own
            for own, key, state in uow.directory_staging.listed(known.id)
            if key not in own_keys and imported(state, "gone") is not None
        ]

    def delist(self, uow: UnitOfWork, listing_ids: list[int]) -> None:
        """Their source has them no more; those that staff withdrew stay withdrawn."""
        found = uow.listings.get_many(listing_ids)
        going = [own for own, one in found.items() if imported(one.state, "gone") is not None]
        uow.directory_staging.set_states(going, "delisted", self._tools.now())

    def clear(self, uow: UnitOfWork) -> bool:
        """Let go of some of what shows no more; False once there is nothing left to do."""
        old = uow.directory_sets.old()
        if old is None:
            return False
        if not uow.directory_staging.drop_some(old.id):
            uow.directory_sets.drop_edition(old.id)
            uow.directory_staging.drop_unseen_listings(old.set_id)
        return True


def encoded_report(report: Report) -> str:
    """What the set's page shows of a report."""
    found = {
        "counts": dict(report.counts),
        "lines": [(one.weight, one.line()) for one in report.findings[:KEPT_FINDINGS]],
    }
    return msgspec.json.encode(found).decode()


def decoded_report(text: str) -> dict[str, Any]:
    """The same again."""
    found: dict[str, Any] = msgspec.json.decode(text or "{}")
    return {"counts": {}, "lines": []} | found
