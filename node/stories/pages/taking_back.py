"""Taking stories back without signing in: for those who are suspended, whose account stands still,
or who told them under a name that they do not use now. Their password is all they need.
"""

from node.accounts.keys import ENTRANCE
from node.errors import Invalid, Refused
from node.groups.pages.composer import shown_again
from node.stories.keys import STORIES
from node.stories.withdrawing import OwnStory
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.network import network_of
from node.web.page import page

TICKED = "story-"


async def show(request: Request) -> Response:
    """GET /stories/take-back"""
    return _page(request, Form(), None)


async def send(request: Request) -> Response:
    """POST /stories/take-back with `name` and `password`: a look at what was told; with `act`
    "withdraw" and boxes such as `story-17`, these are taken back."""
    form, stories = await posted(request), request.app[STORIES]
    found: list[OwnStory] | None = None
    try:
        account_id = await request.app[ENTRANCE].check(
            form["name"], form["password"], network=network_of(request)
        )
        found = await request.app[DB].read(lambda uow: stories.told_by(uow, account_id))
        if form["act"] == "withdraw":
            found = await request.app[DB].write(
                lambda uow: stories.withdraw_all(uow, account_id, _ticked(form))
            )
    except (Invalid, Refused) as error:
        status = shown_again(form, error)
        return _page(request, form, found, 422 if error.code == "wrong" else status)
    return _page(request, form, found)


def _ticked(form: Form) -> list[int]:
    boxes = [name for name, value in form.values.items() if value == "yes"]
    return [parse_id(one.removeprefix(TICKED)) for one in boxes if one.startswith(TICKED)]


def _page(
    request: Request, form: Form, found: list[OwnStory] | None, status: int = 200
) -> Response:
    told = [one for one in found or () if one.standing != "withdrawn"]
    gone = [one for one in found or () if one.standing == "withdrawn"]
    return page(
        request,
        "stories/take_back.html",
        status=status,
        form=form,
        is_open=found is not None,
        told=told,
        gone=gone,
    )
