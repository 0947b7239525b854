"""Putting a service into a reply: from the box of the reply to this list, and back with the block.

What was typed travels along in the form and is kept nowhere. Nobody is named: what comes of it is
the reply that the peer sends, and nothing else remembers it.
"""

from node.directory.choosing import found_among
from node.directory.keys import DIRECTORY
from node.directory.pages.finding import private
from node.directory.searching import Answer, Query
from node.directory.telling import Sheet, card_text, sheet_of
from node.errors import NotFound
from node.web.files import with_files
from node.web.forms import Form, posted, posted_with_files
from node.web.http import Request, Response
from node.web.keys import CONFIG, DB, NOW
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.unit_of_work import UnitOfWork

SHOWN = 12
NOT_KEPT = frozenset({"csrf", "text", "act", "service_words", "service_place"})
"""Fields of this page; all others are the reply's and travel along."""


@with_files
async def pick(request: Request) -> Response:
    """POST /directory/for-reply/{id}, from the box of a reply: its own services first, then what
    was checked last, or what fits `service_words`."""
    viewer, number = need_viewer(request), request.match_info["id"]
    if not (number.isascii() and number.isdigit() and len(number) < 20):
        raise NotFound
    if request.content_type == "multipart/form-data":
        form, _ = await posted_with_files(request)
    else:
        form = await posted(request)
    directory, now = request.app[DIRECTORY], request.app[NOW]()
    query = Query(words=form["service_words"][:200], place=form["service_place"][:200])
    say, account = tongue_of(request).say, viewer.account.id

    def read(uow: UnitOfWork) -> tuple[list[Sheet], list[Sheet]]:
        chosen = directory.chosen(uow, account)
        mine = found_among([one.card for one in chosen if one.card is not None])
        found = directory.searching.find(uow, query, now, 1, 60).answers
        return (
            [sheet_of(one, now, say) for one in mine[:SHOWN]],
            [sheet_of(one.card, now, say) for one in _freshest(found, query)],
        )

    mine, others = await request.app[DB].read(read)
    return private(
        page(
            request,
            "directory/pick.html",
            number=number,
            form=form,
            kept=[pair for pair in form.values.items() if pair[0] not in NOT_KEPT],
            mine=[(one, _with_block(request, form, one)) for one in mine],
            others=[(one, _with_block(request, form, one)) for one in others],
        )
    )


def _freshest(found: list[Answer], query: Query) -> list[Answer]:
    """Without a search: what was checked last."""
    if not query.words and not query.place:
        found = sorted(found, key=lambda one: one.card.service.checked_on or "", reverse=True)
    return found[:SHOWN]


def _with_block(request: Request, form: Form, sheet: Sheet) -> str:
    """What was typed, and the service below it."""
    tongue = tongue_of(request)
    link = f"{request.app[CONFIG].origin}/directory/services/{sheet.card.id}"
    block = card_text(sheet, link, tongue.say, tongue.on)
    typed = form["text"].rstrip()
    return f"{typed}\n\n{block}\n\n" if typed else f"{block}\n\n"
