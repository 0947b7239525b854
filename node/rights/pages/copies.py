"""Taking one's data along: ordering a copy, and fetching it."""

from node.accounts.keys import ENTRANCE
from node.accounts.pages.sign_in import refused
from node.errors import Invalid, Refused
from node.rights.exporters import EXPORTERS
from node.rights.keys import RIGHTS
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, StreamResponse, see_other
from node.web.keys import CONFIG, DB
from node.web.network import network_of
from node.web.page import page
from node.web.sessions import need_viewer

HERE = "/settings/data"


async def show(request: Request) -> Response:
    """GET /settings/data"""
    return await _page(request, Form())


async def order(request: Request) -> Response:
    """POST /settings/data; the password is asked for."""
    viewer, form = need_viewer(request), await posted(request)
    rights = request.app[RIGHTS]
    try:
        await request.app[ENTRANCE].confirm(viewer, form["current"], network=network_of(request))
        await request.app[DB].write(lambda uow: rights.copies.order(uow, viewer.account))
    except (Invalid, Refused) as error:
        again = Form()
        again = again.blame(error) if isinstance(error, Invalid) else again.refuse(str(error))
        return refused(await _page(request, again, status_of(error)), error)
    return see_other(HERE, "copy-ordered")


async def fetch(request: Request) -> StreamResponse:
    """GET /settings/data/copy: no number and no name in the address, so that there is nothing to
    guess: whoever is signed in gets their own, or nothing."""
    viewer = need_viewer(request)
    rights, db = request.app[RIGHTS], request.app[DB]
    export = await db.read(lambda uow: rights.copies.ready(uow, viewer.account))
    response = StreamResponse(
        headers={
            "Content-Type": "application/zip",
            "Content-Disposition": 'attachment; filename="kith-data.zip"',
            "Content-Length": str(export.size),
        }
    )
    await response.prepare(request)
    async for piece in rights.copies.read(db, export):
        await response.write(piece)
    await response.write_eof()
    return response


async def _page(request: Request, form: Form, status: int = 200) -> Response:
    viewer = need_viewer(request)
    rights = request.app[RIGHTS]
    export = await request.app[DB].read(lambda uow: rights.copies.current(uow, viewer.account))
    return page(
        request,
        "rights/data.html",
        status=status,
        form=form,
        export=export,
        exporters=EXPORTERS,
        copy_days=request.app[CONFIG].copy_days,
    )
