"""POST to the outbox: read, allowed, done by its use case, kept, answered with 201 (W3C ActivityPub
section 6).

The activity gets its id here. When the use case sent one to other nodes, it is that one; else what
was done is written down for its owner alone.
"""

from typing import Final

from aiohttp import web

from activitypub.contexts import ACTIVITY_CONTEXT
from activitypub.vocabulary import AS_CONTEXT
from node.clients.access import Unauthorized
from node.clients.c2s import activities as made
from node.clients.c2s.acts.desk import Desk, Doer, Done
from node.clients.c2s.acts.table import ACTS, SCOPES
from node.clients.c2s.documents import Document, create_of, show_messages, show_posts
from node.clients.c2s.keys import DESK, REACH
from node.clients.c2s.showing import shown
from node.clients.c2s.submission import Submission, read_submission
from node.clients.call import Call
from node.errors import NotFound, Refused
from node.scopes import covers
from node.viewer import Viewer
from node.wire.negotiation import ACTIVITY_JSON, LD_JSON, read_accept
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

NOT_THERE: Final = "The activity names something that is not there, or is not open to you"
LOOKED_AT: Final = 20
"""Activities that one use case sends at most."""


async def post(call: Call) -> web.Response:
    """POST /personas/{handle}/outbox"""
    who = owner_of(call)
    body = await _body(call.request)
    sent = read_submission(body, who.uri)
    _insist_scope(call, _needed(sent))
    await call.app[REACH].bring(sent)
    desk, doer = call.app[DESK], _doer(call)
    document = await call.db.write(lambda uow: act(desk, uow, doer, sent))
    return shown(document, status=201, headers={"Location": document["id"]})


def owner_of(call: Call) -> Actor:
    """The persona whose box this is, which must be the one that calls. Raises Unauthorized and
    Refused, for a box that there is and for one that there is not alike."""
    who = call.reader
    if who is None:
        raise Unauthorized("This needs the access token of a person")
    if who.uri != f"{call.origin}/personas/{call.match('handle')}":
        raise Refused("Only its owner can do that", "not-the-owner")
    return who


def act(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Document:
    """Do it, in the caller's transaction; the activity as it is kept. Raises Invalid, Refused."""
    before = desk.rooms.new_id()
    try:
        done = ACTS[sent.type](desk, uow, doer, sent)
    except NotFound as error:
        raise Refused(NOT_THERE, "no-such-object") from error
    document = _kept(desk, uow, doer.persona, done, before)
    return {"@context": ACTIVITY_CONTEXT, **document}


def _kept(desk: Desk, uow: UnitOfWork, who: Actor, done: Done, before: int) -> Document:
    """The activity under the id by which it is found from now on."""
    if done.made is not None:
        document = _of_made(desk, uow, who, done, done.made)
        if document is not None:
            return document
    for number, kind in uow.client_reading.sent_after(who.id, before, LOOKED_AT):
        if kind == done.type:
            row = uow.activities.get(number)
            return made.of_sent(uow, [row] if row else [])[number]
    kept = made.act_of(done, desk.rooms.new_id(), who, desk.rooms.now())
    uow.client_acts.add(kept)
    return made.of_acts(uow, [kept], who, desk.site)[kept.id]


def _of_made(desk: Desk, uow: UnitOfWork, who: Actor, done: Done, number: int) -> Document | None:
    """The activity of a post, message, share or reaction, which is written out from that."""
    if done.type == "Announce":
        share = uow.shares.get(number)
        return made.of_shares(uow, [share], who, desk.site)[number] if share else None
    if done.type == "Like":
        reaction = uow.client_reading.reaction(number, who.id)
        if reaction is None:
            return None
        if reaction.uri is None and uow.client_acts.get(number, who.id) is None:
            uow.client_acts.add(made.act_of(done, number, who, reaction.created_at))
        return made.of_reactions(uow, [reaction], who, desk.site)[number]
    found = show_posts(uow, [number], who, desk.site)
    found = found or show_messages(uow, [number], who, desk.site)
    return create_of(found[number]) if number in found else None


def _doer(call: Call) -> Doer:
    persona = call.persona
    viewer = Viewer(account=call.account, persona=persona, via="token", scopes=_scopes(call))
    return Doer(persona, viewer)


def _scopes(call: Call) -> frozenset[str]:
    return call.caller.scopes if call.caller is not None else frozenset()


def _needed(sent: Submission) -> str:
    """What a token needs; to take something back, what it needed to do it."""
    undone = sent.inner.get("type") if sent.type == "Undo" else None
    return SCOPES.get(undone if isinstance(undone, str) else sent.type, SCOPES[sent.type])


def _insist_scope(call: Call, needed: str) -> None:
    if not covers(_scopes(call), needed):
        raise Refused(f"This token is not made for that; it needs {needed}", "scope")


async def _body(request: web.Request) -> bytes:
    if "Content-Encoding" in request.headers or not _is_activity(request):
        raise web.HTTPUnsupportedMediaType
    return await request.read()


def _is_activity(request: web.Request) -> bool:
    """`application/activity+json`, or JSON-LD of the ActivityStreams profile or of none."""
    for entry in read_accept(request.headers.get("Content-Type", "")):
        profile = entry.parameters.get("profile", AS_CONTEXT)
        if entry.type == ACTIVITY_JSON:
            return True
        if entry.type == LD_JSON and AS_CONTEXT in profile.split():
            return True
    return False
