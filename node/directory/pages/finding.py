"""Searching, and the page of a service. Open to everybody; what is asked for stands in the address
alone, and neither page is kept by any cache."""

from urllib.parse import urlencode

from node.directory.choosing import readable
from node.directory.keys import DIRECTORY
from node.directory.places import KM_MOST, KM_USUAL
from node.directory.rules import checked
from node.directory.searching import PER_PAGE, Query, Results
from node.directory.showing import Showing
from node.directory.taxonomy import BY_SLUG, TOPIC_TERMS, TYPES
from node.directory.telling import Sheet, sheet_of
from node.directory.tongues import NAMES
from node.errors import NotFound
from node.web.forms import Form
from node.web.headers import PRIVATE
from node.web.http import Request, Response
from node.web.keys import DB, NOW
from node.web.page import page, tongue_of
from node.web.sessions import viewer_of
from storage.chosen_services import Chosen
from storage.directory_records import Guide, Tip
from storage.unit_of_work import UnitOfWork

PAGE_MOST = 1000
LETTERS_MOST = 200
FIELDS = ("words", "need", "type", "place", "km", "language", "age", "free", "open", "all")


def private(response: Response) -> Response:
    """What somebody looked for stays in no cache."""
    response.headers["Cache-Control"] = PRIVATE
    return response


def asked(request: Request) -> Form:
    """The fields of the search, cut to what can be meant."""
    given = {name: request.query.get(name, "").strip()[:LETTERS_MOST] for name in FIELDS}
    return Form(given)


def query_of(form: Form) -> Query:
    """What the fields ask for; a value that means nothing asks for nothing."""
    terms = [BY_SLUG[form[name]].id for name in ("need", "type") if form[name] in BY_SLUG]
    age = int(form["age"]) if form["age"].isascii() and form["age"].isdigit() else None
    km = form["km"]
    return Query(
        words=form["words"],
        terms=tuple(terms),
        place=form["place"],
        km=min(float(km), KM_MOST) if km.isascii() and km.isdigit() and int(km) else KM_USUAL,
        is_free=form["free"] == "yes",
        language=form["language"] if form["language"] in NAMES else None,
        age=age if age is not None and age <= 120 else None,
        open_now=form["open"] == "yes",
        everything=form["all"] == "yes",
    )


def page_number(request: Request) -> int:
    text = request.query.get("page", "")
    return min(max(int(text), 1), PAGE_MOST) if text.isascii() and text.isdigit() else 1


async def show(request: Request) -> Response:
    """GET /directory: the form, and what fits."""
    form, number = asked(request), page_number(request)
    searching, now = request.app[DIRECTORY].searching, request.app[NOW]()
    query, say = query_of(form), tongue_of(request).say
    found: Results = await request.app[DB].read(
        lambda uow: searching.find(uow, query, now, number, PER_PAGE)
    )
    return private(
        page(
            request,
            "directory/search.html",
            form=form,
            found=found,
            checked=lambda one: checked(one.card.service.checked_on, now),
            types=[(one.slug, say(one.label)) for one in TYPES],
            topics=[(one.slug, say(one.label)) for one in TOPIC_TERMS],
            languages=NAMES,
            link=_links(form),
            is_asked=any(form[name] for name in FIELDS),
        )
    )


def _links(form: Form) -> str:
    """The search again, for the pages of it."""
    return "/directory?" + urlencode({name: form[name] for name in FIELDS if form[name]})


async def service(request: Request) -> Response:
    """GET /directory/services/{id}"""
    own, viewer = request.match_info["id"][:LETTERS_MOST].lower(), viewer_of(request)
    choosing, now = request.app[DIRECTORY].choosing, request.app[NOW]()
    say = tongue_of(request).say

    def read(uow: UnitOfWork) -> tuple[Sheet, Guide | None, list[Tip], Chosen | None]:
        listing = readable(uow, own)
        cards = Showing(uow).by_listings([listing.id])
        if not cards:
            raise NotFound
        chosen = choosing.has_chosen(uow, viewer.account.id, own) if viewer else None
        guide = uow.listings.guides([listing.id]).get(listing.id)
        return sheet_of(cards[0], now, say), guide, uow.listings.tips(listing.id), chosen

    sheet, guide, tips, chosen = await request.app[DB].read(read)
    return private(
        page(request, "directory/service.html", sheet=sheet, guide=guide, tips=tips, chosen=chosen)
    )
