"""Makes the page of one circle, for every handler that shows it, also with something amiss."""

from node.circles.keys import CIRCLES
from node.circles.reading import CirclePage, circle_page, name_of
from node.circles.rules import CLOSING_DAYS, HOUR_OF
from node.web.faces import face_of
from node.web.forms import Form
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.keys import CONFIG, DB
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork


async def show_circle(
    request: Request, form: Form | None = None, status: int = 200, code: str | None = None
) -> Response:
    """The circle as the viewer sees it; `code` is a new one, shown this once. Raises NotFound."""
    viewer, number = need_viewer(request), parse_id(request.match_info["id"])
    circles = request.app[CIRCLES]

    def read(uow: UnitOfWork) -> CirclePage:
        return circle_page(uow, circles, number, viewer.persona)

    found = await request.app[DB].read(read)
    name, labels = name_of(found.circle)
    return page(
        request,
        "circles/circle.html",
        status=status,
        found=found,
        circle=found.circle,
        member=found.member,
        name=name,
        labels=labels,
        faces=[face_of(one.actor) for one in found.members],
        part=next((part for part, hour in HOUR_OF.items() if hour == found.circle.hour), ""),
        link=f"{request.app[CONFIG].origin}/circles/join/{code}" if code else None,
        form=form or Form({"uses": "1", "language": tongue_of(request).tag}),
        limits=circles.limits,
        closing_days=CLOSING_DAYS,
        now=circles.now(),
    )
