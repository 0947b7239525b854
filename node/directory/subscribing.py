"""Subscribing to the directory of a trusted node: its HSDS API is read now and then, through the
one guarded door to the network, and what it says is shown here as coming from there.

Only what changed is asked for, and which services there are at all; what is gone there is de-listed
here. Nothing is sent but the question, and no reader of ours is behind it: the clock asks.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol
from urllib.parse import quote, urlsplit

import msgspec

from node.directory.import_run import Beside, ImportRun, drive
from node.directory.importing import About, Importing, prepare
from node.directory.tools import Tools
from node.errors import Invalid, KithError, Refused
from node.i18n import N_
from storage.database import Database
from storage.directory_records import DataSet, Edition
from storage.unit_of_work import UnitOfWork

log = logging.getLogger(__name__)

PER_PAGE: Final = 100
PAGES_MOST: Final = 200
"""Pages of one visit: more than that is no directory of one community."""
PAGE_BYTES: Final = 16 * 1024 * 1024
AFTER_TROUBLE: Final = timedelta(hours=1)
OVERLAP: Final = timedelta(hours=1)
"""Asked for again, so that nothing falls between two clocks."""
WHOLE_DAYS: Final = 7
"""After so many days all is read again: not every change moves `last_modified`."""
TOPIC: Final = "directory"


class Trouble(Exception):
    """The other node could not be read. The message is shown to staff."""


class Asks(Protocol):
    """Fetches a document of another node; raises Trouble."""

    async def __call__(self, url: str, most_bytes: int) -> bytes: ...


class Subscribing:
    """Use cases of staff."""

    def __init__(self, tools: Tools) -> None:
        self._tools = tools

    def subscribe(self, uow: UnitOfWork, url: str, licence: str) -> DataSet:
        """Begin to follow; the first visit is due at once. Raises Invalid, Refused."""
        address = checked_url(url, self._tools.origin)
        if not licence.strip():
            raise Invalid("licence", N_("Say on what terms that node shares its directory."))
        if uow.directory_sets.by_url(address) is not None:
            raise Refused(N_("This node follows that directory already."), "already")
        made = DataSet(
            id=self._tools.new_id(),
            kind="node",
            source=urlsplit(address).netloc,
            licence=" ".join(licence.split())[:300],
            timezone=self._tools.timezone,
            url=address,
            created_at=self._tools.now(),
            next_at=self._tools.now(),
        )
        uow.directory_sets.add(made)
        uow.wake(TOPIC)
        return made

    def look_again(self, uow: UnitOfWork, set_id: int) -> None:
        """Visit it as soon as possible."""
        found = uow.directory_sets.get(set_id)
        if found is None or found.kind != "node":
            raise Refused(N_("Only what comes from another node is fetched again."), "no-node")
        uow.directory_sets.change(set_id, next_at=self._tools.now())
        uow.wake(TOPIC)


def checked_url(url: str, origin: str) -> str:
    """The base of an HSDS API, without a slash at its end. Raises Invalid."""
    address = url.strip().rstrip("/")
    parts = urlsplit(address)
    is_good = parts.scheme in {"https", "http"} and parts.netloc and not parts.query
    if not is_good or parts.fragment or "@" in parts.netloc or len(address) > 500:
        raise Invalid("url", N_("Write an address such as https://node.example/hsds."))
    if parts.netloc.lower() == urlsplit(origin).netloc.lower():
        raise Invalid("url", N_("That is this node itself."))
    return f"{parts.scheme}://{parts.netloc.lower()}{parts.path}"


@dataclass(frozen=True, slots=True)
class _Found:
    """What a visit brought: pages of services, and the ids of all there are."""

    pages: Mapping[str, bytes]
    ids: frozenset[str]
    begun: datetime
    is_whole: bool


class Following:
    """Visits what is due; background work (`run_once`)."""

    def __init__(
        self,
        db: Database,
        tools: Tools,
        importing: Importing,
        asks: Asks,
        beside: Beside,
        refresh_hours: int,
    ) -> None:
        self._db = db
        self._tools = tools
        self._importing = importing
        self._asks = asks
        self._beside = beside
        self._every = timedelta(hours=refresh_hours)

    async def next_due(self) -> datetime | None:
        return await self._db.read(lambda uow: uow.directory_sets.next_due())

    async def run_once(self) -> int:
        """One visit; 0 when none is due."""
        now = self._tools.now()
        found = await self._db.read(lambda uow: uow.directory_sets.due(now))
        if found is None:
            return 0
        trouble = None
        try:
            await self._visit(found)
        except (Trouble, KithError) as error:
            trouble = str(error)[:300]
            log.info("the directory of %s could not be read: %s", found.source, trouble)
        following = now + (self._every if trouble is None else min(self._every, AFTER_TROUBLE))
        await self._db.write(partial(_settle, found.id, following, trouble))
        return 1

    async def _visit(self, known: DataSet) -> None:
        found = await self._fetch(known)
        prepared = await self._beside(prepare, found.pages) if found.pages else None
        if prepared is not None and prepared.report.is_broken:
            first = prepared.report.of("broken")[0]
            raise Trouble(f"What it sent is broken. {first.line()}")
        if prepared is not None:
            about = About(
                source=known.source,
                licence=known.licence,
                timezone=known.timezone,
                kind="node",
                url=known.url,
            )
            finish = None if found.is_whole else partial(self._merge, found.ids)
            run = ImportRun(self._importing, about, prepared, finish)
            await drive(self._db, self._importing, run, self._beside)
        else:
            await self._db.write(lambda uow: self._importing.keep_only(uow, known.id, found.ids))
        after = (found.begun - OVERLAP).isoformat(timespec="seconds")
        await self._db.write(lambda uow: uow.directory_sets.change(known.id, modified_after=after))

    def _merge(self, ids: frozenset[str], uow: UnitOfWork, edition: Edition) -> Any:
        return self._importing.merge(uow, edition, ids)

    async def _fetch(self, known: DataSet) -> _Found:
        begun, base = self._tools.now(), known.url or ""
        after = known.modified_after
        is_whole = after is None or known.refreshed_at is None or _is_time(known, begun)
        asked = "full=true" if is_whole else f"full=true&modified_after={quote(after or '')}"
        pages, services = await self._pages(f"{base}/services?{asked}")
        listed = services if is_whole else (await self._pages(f"{base}/services?minimal=true"))[1]
        ids = frozenset(str(one.get("id")) for one in listed)
        return _Found(pages if services else {}, ids, begun, is_whole)

    async def _pages(self, url: str) -> tuple[dict[str, bytes], list[dict[str, Any]]]:
        """(the pages as files, the records in them)."""
        pages: dict[str, bytes] = {}
        records: list[dict[str, Any]] = []
        for number in range(1, PAGES_MOST + 1):
            body = await self._asks(f"{url}&per_page={PER_PAGE}&page={number}", PAGE_BYTES)
            page = _page(body)
            pages[f"services page {number}.json"] = body
            records += [one for one in page["contents"] if isinstance(one, dict)]
            if page.get("last_page") or not page["contents"]:
                return pages, records
        raise Trouble(f"It has more than {PAGES_MOST} pages.")


def _is_time(known: DataSet, now: datetime) -> bool:
    """Every seventh day all is read anew."""
    last = known.refreshed_at
    return last is not None and last.date() != now.date() and now.toordinal() % WHOLE_DAYS == 0


def _page(body: bytes) -> dict[str, Any]:
    try:
        found = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Trouble("It did not answer with JSON.") from error
    if not isinstance(found, dict) or not isinstance(found.get("contents"), list):
        raise Trouble("It did not answer with a page of HSDS 3.0.")
    return found


def _settle(set_id: int, following: datetime, trouble: str | None, uow: UnitOfWork) -> None:
    known = uow.directory_sets.get(set_id)
    if known is not None and known.url is not None:
        uow.directory_sets.change(set_id, next_at=following, trouble=trouble)
