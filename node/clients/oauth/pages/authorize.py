"""GET and POST /oauth/authorize: a person decides whether an app may act for them, and as whom.

The order is always: which app, and is the address for the answer one of its own? Until both are
known nothing is sent anywhere, and the person is told. Then what it asks for: a mistake in that is
the app's to hear, once somebody has signed in. Then who the person is. An app whose description
would have to be fetched comes after signing in, so that no visitor can make this node call others.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from node.accounts.throttle import SlowDown
from node.clients.oauth.asked import (
    Asked,
    Wanted,
    check,
    is_shown,
    read_query,
    unpack,
    with_redirect,
)
from node.clients.oauth.pages.answering import (
    Told,
    for_windows,
    place_of,
    refuse,
    refuse_here,
    sign_in_first,
    tell_app,
)
from node.clients.oauth.patience import DOCUMENTS
from node.clients.oauth.problems import OAuthProblem
from node.clients.oauth.service import OAUTH
from node.clients.oauth.words import in_words
from node.consents import APPS, PURPOSES
from node.i18n import N_
from node.rights.keys import RIGHTS
from node.scopes import can_write
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.http import Request, Response
from node.web.keys import DB, NOW, TONGUE, TONGUES
from node.web.network import network_of
from node.web.page import page
from node.web.sessions import need_viewer, viewer_of
from storage.actors import Actor
from storage.client_apps import ClientApp
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Question:
    """What is put to the person."""

    app: ClientApp
    asked: Asked
    wanted: Wanted


async def show(request: Request) -> Response:
    """GET /oauth/authorize"""
    try:
        asked = _in_language(request, lambda: read_query(request.query))
        question = await _question(request, asked)
        viewer = viewer_of(request)
        if viewer is None:
            return sign_in_first(asked)
        if asked.is_forced:
            again = f"/sign-in?next={quote(asked.unforced().here, safe='/')}"
            return for_windows(
                page(request, "clients/sign_in_again.html", app=question.app, next=again)
            )
        first = Form({"persona": viewer.persona.handle})
        return await _ask(request, viewer, question, first)
    except Told as told:
        return told.response


async def decide(request: Request) -> Response:
    """POST /oauth/authorize; `again` is what was asked, `persona` a handle, `federate` "yes" for
    agreeing to copies, `decision` "allow" or anything else."""
    viewer, form = need_viewer(request), await posted(request)
    try:
        question = await _question(request, _in_language(request, lambda: unpack(form["again"])))
        if form["decision"] != "allow":
            return refuse(request, question.asked, "access_denied", "The person said no")
        personas, asking = await _personas(request, viewer, question)
        chosen = [one for one in personas if one.handle == form["persona"]]
        if not chosen:
            form.errors["persona"] = N_("Choose as whom the app acts.")
            return await _ask(request, viewer, question, form, 422)
        if chosen[0].id in asking and form["federate"] != "yes":
            form.errors["federate"] = N_(
                "Tick the box if you agree; or use an app that only reads."
            )
            return await _ask(request, viewer, question, form, 422)
        return await _allow(request, viewer, question, chosen[0])
    except Told as told:
        return told.response


async def _allow(request: Request, viewer: Viewer, question: Question, persona: Actor) -> Response:
    oauth, rights = request.app[OAUTH], request.app[RIGHTS]
    asked, wanted = question.asked, question.wanted

    def allow(uow: UnitOfWork) -> str:
        if can_write(wanted.scopes):
            rights.ledger.agree_for_apps(uow, viewer.account, persona)
        return oauth.granting.code(
            uow,
            question.app,
            persona,
            scopes=wanted.scopes,
            redirect_uri=asked.redirect_uri,
            challenge=wanted.challenge,
        )

    code = await request.app[DB].write(allow)
    if is_shown(asked):
        return for_windows(page(request, "clients/code.html", app=question.app, code=code))
    return tell_app(request, asked, code=code)


async def _question(request: Request, asked: Asked) -> Question:
    try:
        app = await _app(request, asked)
        asked = with_redirect(asked, app)
    except (OAuthProblem, SlowDown) as problem:
        raise Told(refuse_here(request, str(problem))) from problem
    try:
        return Question(app, asked, check(asked, app))
    except OAuthProblem as problem:
        if viewer_of(request) is None:
            # Anybody may register an address, so a mistake made on purpose would lead a visitor
            # from here to anywhere (RFC 9700 section 4.11.2).
            raise Told(refuse_here(request, str(problem))) from problem
        raise Told(refuse(request, asked, problem.code, str(problem))) from problem


async def _app(request: Request, asked: Asked) -> ClientApp:
    oauth, db = request.app[OAUTH], request.app[DB]
    known = await db.read(lambda uow: uow.client_apps.by_client_id(asked.client_id))
    is_document = oauth.documents.is_address(asked.client_id)
    if known is not None and (
        not is_document or oauth.documents.is_fresh(known, request.app[NOW]())
    ):
        return known
    if not is_document:
        raise OAuthProblem("invalid_client", N_("This node does not know that app."))
    if viewer_of(request) is None:
        raise Told(sign_in_first(asked))
    network = network_of(request)
    oauth.patience.check(DOCUMENTS, network)
    oauth.patience.count(DOCUMENTS, network)
    said = await oauth.documents.bring(asked.client_id)
    return await db.write(lambda uow: oauth.apps.keep_document(uow, asked.client_id, said))


async def _ask(
    request: Request, viewer: Viewer, question: Question, form: Form, status: int = 200
) -> Response:
    personas, asking = await _personas(request, viewer, question)
    shown = page(
        request,
        "clients/authorize.html",
        status=status,
        form=form,
        app=question.app,
        place=None if is_shown(question.asked) else place_of(question.asked.redirect_uri),
        again=question.asked.unforced().packed,
        words=in_words(question.wanted.scopes),
        personas=personas,
        purpose=PURPOSES[APPS] if asking else None,
    )
    return for_windows(shown, question.asked)


async def _personas(
    request: Request, viewer: Viewer, question: Question
) -> tuple[list[Actor], set[int]]:
    """The personas that may act, and those that have yet to agree to copies of what apps write."""
    rights = request.app[RIGHTS]

    def read(uow: UnitOfWork) -> tuple[list[Actor], set[int]]:
        own = uow.personas.of_account(viewer.account.id)
        free = [one for one in own if one.suspended_at is None]
        if not can_write(question.wanted.scopes):
            return free, set()
        return free, {one.id for one in free if rights.ledger.asks_for_apps(uow, one)}

    return await request.app[DB].read(read)


def _in_language(request: Request, read: Callable[[], Asked]) -> Asked:
    """What was asked, and our answer in the language that the app says its user reads."""
    try:
        asked = read()
    except OAuthProblem as problem:
        raise Told(refuse_here(request, str(problem))) from problem
    if asked.lang:
        request[TONGUE] = request.app[TONGUES].choose(asked.lang)
    return asked
