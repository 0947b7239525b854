"""Being noticed when one has been quiet: a choice, off until somebody makes it."""

from typing import Final

from node.errors import Invalid
from node.i18n import N_
from node.remembering.keys import REMEMBERING
from node.viewer import Viewer
from node.web.errors import status_of
from node.web.forms import Form, posted
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer

TIMES: Final = {
    "0": N_("Never"),
    "7": N_("When I was not here for a week"),
    "14": N_("When I was not here for two weeks"),
    "30": N_("When I was not here for a month"),
}


async def show(request: Request) -> Response:
    """GET /settings/quiet"""
    viewer = need_viewer(request)
    watch = await request.app[DB].read(lambda uow: uow.quiet_watches.get(viewer.persona.id))
    form = Form({"after_days": str(watch.after_days) if watch else "0"})
    if watch and watch.tells_buddies:
        form = Form({"after_days": str(watch.after_days), "buddies": "yes"})
    return _page(request, viewer, form)


async def choose(request: Request) -> Response:
    """POST /settings/quiet: `after_days`, and `buddies` or not."""
    viewer, form = need_viewer(request), await posted(request)
    remembering, days = request.app[REMEMBERING], form["after_days"]
    try:
        after = int(days) if days in TIMES else -1
        await request.app[DB].write(
            lambda uow: remembering.watch(
                uow, viewer.persona, after, buddies=form["buddies"] == "yes"
            )
        )
    except Invalid as error:
        return _page(request, viewer, form.blame(error), status_of(error))
    return see_other("/settings/quiet", "saved")


def _page(request: Request, _viewer: Viewer, form: Form, status: int = 200) -> Response:
    say = tongue_of(request).say
    times = [(days, say(label), "") for days, label in TIMES.items()]
    return page(request, "remembering/quiet.html", status=status, form=form, times=times)
