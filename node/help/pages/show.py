"""Help for whoever needs it: signed in or not, held, suspended, without a script, offline.

Nothing of a look is kept: no country, no choice, no line in a log that says more than the path. The
pages are the same for everybody who is not signed in, so that a browser can keep them
(`static/help-worker.js`).
"""

import re
from typing import Final

from node.errors import NotFound
from node.help.keys import HELP
from node.help.pages.names import country_name, language_name
from node.help.rules import (
    AUDIENCES,
    Shown,
    country_for,
    emergency_number,
    language_of,
    spoken_first,
)
from node.help.steps import BARRIERS, WHEN, WHO
from node.web.headers import CONTENT_SECURITY_POLICY
from node.web.http import Request, Response, StreamResponse, see_other
from node.web.keys import ASSETS, DB
from node.web.page import page
from storage.unit_of_work import UnitOfWork

OFFLINE_POLICY: Final = (
    CONTENT_SECURITY_POLICY + "; script-src 'self'; worker-src 'self'; connect-src 'self'"
)
"""These pages may run one script file of ours, which keeps them for when there is no connection."""

Found = tuple[list[list[Shown]], list[Shown], list[str]]


async def start(request: Request) -> Response:
    """GET /help: for the country of the browser's language, or of this node."""
    languages = request.headers.get("Accept-Language", "")
    return await _help(request, country_for(languages, request.app[HELP].countries))


async def chosen(request: Request) -> Response:
    """GET /help/in?country=XX, from the list: the page of that country."""
    country = request.query.get("country", "")
    return see_other(f"/help/in/{country}" if re.fullmatch("[A-Z]{2}", country) else "/help")


async def in_country(request: Request) -> Response:
    """GET /help/in/{country}"""
    return await _help(request, _country(request))


async def card(request: Request) -> Response:
    """GET /help/card/{country}: to be printed and kept in a pocket."""
    country = _country(request)
    checked, others, _ = await _found(request, country)
    return page(
        request,
        "help/card.html",
        country=country,
        emergency=_emergency(request, country),
        lines=[one for pair in checked for one in pair] or others,
        is_checked=bool(checked),
    )


async def steps(request: Request) -> Response:
    """GET /help/steps: past what stops somebody. What is chosen there stays in the browser."""
    response = page(request, "help/steps.html", barriers=BARRIERS, who=WHO, when=WHEN)
    response.headers["Content-Security-Policy"] = OFFLINE_POLICY
    return response


async def worker(request: Request) -> StreamResponse:
    """GET /help/worker.js: what keeps these pages. It stands here because a browser lets a worker
    answer for pages beside it."""
    asset = request.app[ASSETS].get("help-worker.js")
    return Response(
        body=asset.body,
        content_type="text/javascript",
        charset="utf-8",
        headers={
            "Service-Worker-Allowed": "/",
            "Cache-Control": "public, max-age=300",
            # What the worker itself may do is said by the file's own policy.
            "Content-Security-Policy": OFFLINE_POLICY,
        },
    )


async def _help(request: Request, country: str | None) -> Response:
    checked, others, countries = await _found(request, country)
    language = language_of(request.headers.get("Accept-Language", ""))
    response = page(
        request,
        "help/help.html",
        country=country,
        countries=countries,
        emergency=_emergency(request, country),
        checked=spoken_first(checked, language),
        others=[one for [one] in spoken_first([[one] for one in others], language)],
        audiences=AUDIENCES,
        country_name=country_name,
        language_name=language_name,
    )
    response.headers["Content-Security-Policy"] = OFFLINE_POLICY
    return response


async def _found(request: Request, country: str | None) -> Found:
    help_now = request.app[HELP]

    def read(uow: UnitOfWork) -> Found:
        checked, others = help_now.of_country(uow, country) if country else ([], [])
        return checked, others, help_now.all_countries(uow)

    return await request.app[DB].read(read)


def _emergency(request: Request, country: str | None) -> str | None:
    help_now = request.app[HELP]
    return emergency_number(country, help_now.emergency, help_now.countries)


def _country(request: Request) -> str:
    country = request.match_info["country"]
    if not re.fullmatch("[A-Z]{2}", country):
        raise NotFound
    return country
