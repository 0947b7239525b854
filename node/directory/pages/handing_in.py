"""Data sets on pages: handing one in, looking at one, following another node's. For administrators.

A file is read beside the event loop, and laid ready in small steps; the page answers when it shows.
Larger data sets are for the command line, which tells how far it is.
"""

import asyncio
from functools import partial

from node.directory.import_run import ImportRun, drive
from node.directory.importing import About, Prepared, check_about, decoded_report, prepare
from node.directory.keys import DIRECTORY
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
        importing = request.app[DIRECTORY].importing
        run = ImportRun(importing, about, prepared)
        outcome = await drive(request.app[DB], importing, run, asyncio.to_thread)
    except (Invalid, Refused) as error:
        blamed = form.blame(error) if isinstance(error, Invalid) else form.refuse(str(error))
        return _form(request, blamed, None, status_of(error))
    return see_other(f"{HOME}/sets/{outcome.set_id}", "set-imported")


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
    return page(request, "directory/set.html", kept=found, report=report)


async def change(request: Request) -> Response:
    """POST /moderation/directory/sets/{id}; `act` is "end" or "again"."""
    _need_administrator(request)
    number, form = number_in(request), await posted(request)
    directory, db = request.app[DIRECTORY], request.app[DB]
    if form["act"] == "again":
        await db.write(partial(directory.subscribing.look_again, set_id=number))
        return see_other(f"{HOME}/sets/{number}", "set-asked")
    if form["act"] != "end":
        raise NotFound
    await db.write(lambda uow: directory.keeping.end_set(uow, number))
    while await db.write(directory.importing.clear) or await db.write(directory.keeping.clear_sets):
        pass
    return see_other(HOME, "set-ended")


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
