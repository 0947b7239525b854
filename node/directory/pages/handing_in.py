"""Data sets on pages: handing one in, looking at one, following another node's. For administrators.

A file is read and checked beside the event loop, and the page says what is wrong with it. Then it
is laid ready in small steps after the answer, and the page of its data set says how far it is: it
looks again by itself as long as that moves, without a script, and can be told not to. Larger data
sets are for the command line, which tells how far it is, too.
"""

import asyncio
from dataclasses import dataclass
from functools import partial
from typing import Final

from node.directory.import_run import ImportRun
from node.directory.importing import About, Prepared, check_about, decoded_report, prepare
from node.directory.keys import DIRECTORY, READING_IN
from node.directory.packages import read_upload
from node.directory.pages.staff import HOME, need_staff, number_in
from node.errors import Invalid, NotFound, Refused
from node.i18n import N_
from node.moderation.rules import insist_administrator
from node.web.errors import status_of
from node.web.files import FILE_LIMITS, with_files
from node.web.forms import Form, posted, posted_with_files
from node.web.http import Request, Response, see_other
from node.web.keys import CONFIG, DB
from node.web.multipart import SentFile
from node.web.page import page
from node.web.sessions import need_viewer
from storage.directory_records import Edition

AGAIN_SECONDS: Final = 3


def _need_administrator(request: Request) -> None:
    insist_administrator(need_viewer(request).account)


async def show(request: Request) -> Response:
    """GET /moderation/directory/import"""
    _need_administrator(request)
    return _form(request, Form())


@with_files
async def hand_in(request: Request) -> Response:
    """POST /moderation/directory/import; `act` is "try" (change nothing) or "import"."""
    _need_administrator(request)
    form, files = await posted_with_files(request)
    try:
        about = check_about(_about(request, form))
        prepared = await asyncio.to_thread(_prepared, files)
        if prepared.report.is_broken or form["act"] != "import":
            return _form(request, form, prepared, 422 if prepared.report.is_broken else 200)
        run = ImportRun(request.app[DIRECTORY].importing, about, prepared)
        set_id = await request.app[READING_IN].begin(run)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return _form(request, blamed, None, status_of(error))
    return see_other(f"{HOME}/sets/{set_id}?begun=yes")


def _about(request: Request, form: Form) -> About:
    return About(
        source=" ".join(form["source"].split()),
        licence=" ".join(form["licence"].split()),
        attribution=form["attribution"].strip()[:1000],
        timezone=request.app[CONFIG].time_zone,
    )


def _prepared(files: list[SentFile]) -> Prepared:
    """Runs in a thread."""
    if not files:
        raise Invalid("file", N_("Choose a file first: a ZIP, or JSON."))
    if files[0].is_too_long:
        raise Invalid("file", N_("This file is too large for a page. Use the command line."))
    try:
        return prepare(read_upload("handed in.json", files[0].body))
    except Invalid as error:
        raise Invalid("file", str(error)) from error


def _form(
    request: Request, form: Form, prepared: Prepared | None = None, status: int = 200
) -> Response:
    report = None if prepared is None else prepared.report
    return page(
        request,
        "directory/import.html",
        status=status,
        form=form,
        package=None if prepared is None else prepared.package,
        counts={} if report is None else dict(report.counts),
        lines=[] if report is None else [(one.weight, one.line()) for one in report.findings[:300]],
        most=request.app[FILE_LIMITS].file_bytes // (1024 * 1024),
    )


async def one(request: Request) -> Response:
    """GET /moderation/directory/sets/{id}: a data set, and what its last import found."""
    need_staff(request)
    number, keeping = number_in(request), request.app[DIRECTORY].keeping
    found = await request.app[DB].read(lambda uow: keeping.data_set(uow, number))
    report = decoded_report(found.last.report if found.last else "")
    how = _under_way(request, found.last)
    is_live = found.last is not None and found.last.state == "live"
    is_read = is_live and "begun" in request.query
    answer = page(
        request, "directory/set.html", kept=found, report=report, how=how, is_read=is_read
    )
    if how is not None and how.looks_again:
        answer.headers["Refresh"] = f"{AGAIN_SECONDS}; url={how.address}"
    return answer


@dataclass(frozen=True, slots=True)
class _Way:
    """How far an import is. `moves`: further than at the last look, as far as the address says."""

    address: str
    moves: bool
    looks_again: bool


def _under_way(request: Request, last: Edition | None) -> _Way | None:
    if last is None or last.state != "staged":
        return None
    moves = request.query.get("seen") != str(last.done) or last.done == last.total
    looks_again = moves and "still" not in request.query
    return _Way(f"{request.path}?begun=yes&seen={last.done}", moves, looks_again)


async def change(request: Request) -> Response:
    """POST /moderation/directory/sets/{id}; `act` is "undo", "end" or "again"."""
    _need_administrator(request)
    number, form = number_in(request), await posted(request)
    directory, db = request.app[DIRECTORY], request.app[DB]
    if form["act"] == "again":
        await db.write(partial(directory.subscribing.look_again, set_id=number))
        return see_other(f"{HOME}/sets/{number}", "set-asked")
    if form["act"] == "undo":
        await db.write(partial(directory.keeping.undo, set_id=number))
    elif form["act"] == "end":
        await db.write(lambda uow: directory.keeping.end_set(uow, number))
    else:
        raise NotFound
    while await db.write(directory.importing.clear) or await db.write(directory.keeping.clear_sets):
        pass
    return see_other(HOME, "set-ended" if form["act"] == "end" else "set-undone")


async def subscribe(request: Request) -> Response:
    """POST /moderation/directory/subscribe with `url` and `licence`"""
    _need_administrator(request)
    form, subscribing = await posted(request), request.app[DIRECTORY].subscribing
    try:
        made = await request.app[DB].write(
            lambda uow: subscribing.subscribe(uow, form["url"], form["licence"])
        )
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return _form(request, blamed, None, status_of(error))
    return see_other(f"{HOME}/sets/{made.id}", "set-asked")
