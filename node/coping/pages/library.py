"""The library: what helps, found by topic, effort, cost, language and words. What somebody looks
for is kept nowhere."""

from node.coping.keys import COPING
from node.coping.library import Shelf, Wish
from node.coping.pages.labels import card_page
from node.coping.rules import COSTS, EFFORTS
from node.errors import NotFound
from node.safety.keys import FILTERS, MUTING
from node.safety.sieve import Sieve, sieve_of
from node.topics import TOPICS
from node.web.forms import Form
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.sessions import viewer_of
from storage.card_collections import CardCollection
from storage.unit_of_work import UnitOfWork

WORDS_MOST = 100
SLUGS = frozenset(one.slug for one in TOPICS)


async def show(request: Request) -> Response:
    """GET /coping; `before` pages on."""
    viewer = viewer_of(request)
    reader, wish = viewer.persona if viewer else None, wish_of(request)
    coping, before = request.app[COPING], _before(request)
    filters, muting = request.app[FILTERS], request.app[MUTING]

    def read(uow: UnitOfWork) -> tuple[Shelf, list[CardCollection], Sieve]:
        shelf = coping.browse(uow, reader, wish, before)
        return shelf, coping.collections(uow, reader)[:4], sieve_of(uow, filters, muting, reader)

    shelf, collections, sieve = await request.app[DB].read(read)
    left = {view.post.id for view in sieve.in_list(shelf.views, "public")}
    return card_page(
        request,
        "coping/library.html",
        cards=[one for one in shelf.cards if one.post.id in left],
        collections=collections if wish == Wish() and before is None else [],
        wish=wish,
        looked=wish != Wish(),
        query=_query(wish),
        next=shelf.next,
        is_first=before is None,
        languages=LANGUAGES,
        form=Form({"language": wish.language}),
    )


def wish_of(request: Request) -> Wish:
    """What the address asks for; what is unknown asks for nothing."""
    asked = request.query

    def known(name: str, values: object) -> str:
        value = asked.get(name, "")
        return value if isinstance(values, (dict, frozenset)) and value in values else ""

    return Wish(
        topic=known("topic", SLUGS),
        effort=known("effort", EFFORTS),
        cost=known("cost", COSTS),
        language=known("language", LANGUAGES),
        words=" ".join(asked.get("words", "")[:WORDS_MOST].replace("\x00", "").split()),
    )


def _query(wish: Wish) -> dict[str, str]:
    """The wish as parameters, for the link to the next page."""
    named = {name: getattr(wish, name) for name in ("topic", "effort", "cost", "language", "words")}
    return {name: value for name, value in named.items() if value}


def _before(request: Request) -> int | None:
    try:
        return parse_id(request.query["before"]) if "before" in request.query else None
    except NotFound:
        return None
