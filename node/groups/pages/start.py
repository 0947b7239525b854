"""The start page: for visitors what this place is, for members what is going on in their groups."""

from node.groups.keys import WAITS
from node.groups.overview import Overview, overview
from node.groups.pages.labels import REPLIES_WANTED
from node.groups.reading import list_groups
from node.notifications.keys import NOTIFYING
from node.safety.keys import FILTERS, MUTING
from node.safety.sieve import Sieve, sieve_of
from node.training.rules import is_invited
from node.web.http import Request, Response
from node.web.keys import CONFIG, DB, NOW
from node.web.page import page
from node.web.sessions import viewer_of
from storage.notifications import Told
from storage.unit_of_work import UnitOfWork

GROUPS_SHOWN = 12
NEWS_SHOWN = 5


async def show(request: Request) -> Response:
    """GET /"""
    viewer = viewer_of(request)
    db = request.app[DB]
    if viewer is None:
        groups = await db.read(lambda uow: list_groups(uow, None, GROUPS_SHOWN))
        open_signup = request.app[CONFIG].open_signup
        return page(request, "groups/welcome.html", groups=groups, open_signup=open_signup)
    notifying = request.app[NOTIFYING]
    filters, muting = request.app[FILTERS], request.app[MUTING]

    waits = request.app[WAITS]
    age = request.app[NOW]() - viewer.account.created_at

    def read(uow: UnitOfWork) -> tuple[Overview, list[Told], Sieve, bool, bool]:
        sieve = sieve_of(uow, filters, muting, viewer.persona)
        fresh = notifying.fresh(uow, viewer.persona, NEWS_SHOWN)
        found, waiting = overview(uow, viewer.persona, sieve), waits(uow, viewer.persona, 0)
        invited = is_invited(age, uow.helper_paths, viewer.persona.id)
        return found, fresh, sieve, waiting, invited

    found, fresh, sieve, somebody_waits, invited = await db.read(read)
    return page(
        request,
        "groups/start.html",
        groups=found.groups,
        latest=found.latest,
        folded=sieve.folded((one.view for one in found.latest), "home"),
        fresh=fresh,
        somebody_waits=somebody_waits,
        wanted=REPLIES_WANTED,
        invited=invited,
    )
