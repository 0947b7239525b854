"""Activities as documents for the persona whose they are, or whom they reached.

What travelled is shown as it was sent, though never with words that were changed or taken back
since. What never left this node was written down by ids alone, and is written out anew.
"""

from collections.abc import Iterable
from typing import Any, Final

import msgspec

from activitypub.rendering.members import written_time
from activitypub.vocabulary import REACTIONS
from node.clients.c2s.acts.desk import Done
from node.clients.c2s.documents import Document, create_of, show_messages, show_posts
from node.clients.mastodon.site import Site
from node.wire.found import find_activity
from node.wire.standing import as_it_stands, posts_in
from storage.activities import OutboxActivity
from storage.actors import Actor
from storage.client_acts import ClientAct
from storage.notifications import Notification
from storage.posts import Post
from storage.reactions import Reaction
from storage.shares import Share
from storage.unit_of_work import UnitOfWork

NEWS: Final = {
    "reply": ("Create", "answered you"),
    "mention": ("Create", "named you"),
    "reaction": ("Like", "reacted to what you wrote"),
    "share": ("Announce", "shared what you wrote"),
    "follow": ("Follow", "follows you"),
    "follow-request": ("Follow", "asks to follow you"),
    "follow-accepted": ("Accept", "accepted your follow"),
}
"""What of the news is an activity of somebody else: its type, and what to say of it."""


def activity_with(uow: UnitOfWork, number: int, reader: Actor, site: Site) -> Document | None:
    """The activity with this number, if it is the reader's own or reached the reader. Looked for in
    every place whatever comes of it: what is another's takes as long as what never was."""
    act = uow.client_acts.get(number, reader.id)
    told = uow.client_reading.told(number, reader.id)
    reaction = uow.client_reading.reaction(number, reader.id)
    share, sent = uow.shares.get(number), uow.activities.get(number)
    message = show_messages(uow, [number], reader, site).get(number)
    post = show_posts(uow, [number], reader, site).get(number)
    public = find_activity(uow, str(number))
    if act is not None:
        return of_acts(uow, [act], reader, site)[act.id]
    if told is not None:
        return of_news(uow, [told], reader, site).get(told.id)
    if reaction is not None:
        return of_reactions(uow, [reaction], reader, site)[reaction.id]
    if share is not None and share.actor_id == reader.id:
        return of_shares(uow, [share], reader, site)[share.id]
    if sent is not None and sent.actor_id == reader.id:
        return _own(uow, sent, reader, site)
    if public is not None:
        return of_sent(uow, [public.activity]).get(number)
    shown = message or post
    return None if shown is None else create_of(shown)


def _own(uow: UnitOfWork, sent: OutboxActivity, reader: Actor, site: Site) -> Document | None:
    """One that travelled: of a post, as it is now."""
    post = uow.posts.by_uri(sent.object_uri or "") if sent.type == "Create" else None
    if post is not None:
        shown = show_posts(uow, [post.id], reader, site).get(post.id)
        return None if shown is None else create_of(shown)
    return of_sent(uow, [sent]).get(sent.id)


def of_sent(uow: UnitOfWork, sent: Iterable[OutboxActivity]) -> dict[int, Document]:
    """What travelled, by number; what was erased since is left out."""
    there = [one for one in sent if one.body]
    bodies = {one.id: msgspec.json.decode(one.body, type=dict[str, Any]) for one in there}
    carried = {uri for body in bodies.values() for uri in posts_in(body)}
    posts = uow.posts.by_uris(carried) if carried else {}
    return {one.id: _as_it_stands(one, bodies[one.id], posts) for one in there}


def _as_it_stands(sent: OutboxActivity, body: Document, posts: dict[str, Post]) -> Document:
    carried = {uri: posts[uri] for uri in posts_in(body) if uri in posts}
    stands = as_it_stands(sent.body, carried, sent.created_at)
    shown = body if stands is sent.body else msgspec.json.decode(stands, type=dict[str, Any])
    if "published" in shown:
        return shown
    # Some do not travel with their time; a proof is made over what did.
    timed = {name: member for name, member in shown.items() if name != "proof"}
    return timed | {"published": written_time(sent.created_at)}


def of_acts(
    uow: UnitOfWork, acts: Iterable[ClientAct], reader: Actor, site: Site
) -> dict[int, Document]:
    """The reader's own acts, by number."""
    return {act.id: _act(act, reader, site) for act in acts}


def _act(act: ClientAct, who: Actor, site: Site) -> Document:
    body: Document = {
        "id": f"{site.origin}/activities/{act.id}",
        "type": act.type,
        "actor": who.uri,
        "published": written_time(act.created_at),
        "to": [],
        "object": _object_of(act, who),
    }
    if act.target_uri is not None and act.type != "Undo":
        body["target"] = act.target_uri
    return body


def _object_of(act: ClientAct, who: Actor) -> str | Document:
    if act.type == "Delete":
        return {"id": act.object_uri, "type": "Tombstone"}
    if act.inner_type is None:
        return act.object_uri
    if act.type == "Undo":
        inner: Document = {"type": act.inner_type, "actor": who.uri, "object": act.object_uri}
        return inner if act.target_uri is None else {**inner, "target": act.target_uri}
    return {"type": act.inner_type, "actor": act.object_uri, "object": who.uri}


def of_reactions(
    uow: UnitOfWork, reactions: Iterable[Reaction], reader: Actor, site: Site
) -> dict[int, Document]:
    """The reader's own reactions as Likes, by number."""
    found = list(reactions)
    uris = uow.client_reading.uris([one.post_id for one in found])
    return {
        one.id: {
            "id": one.uri or f"{site.origin}/activities/{one.id}",
            "type": "Like",
            "actor": reader.uri,
            "published": written_time(one.created_at),
            "object": uris[one.post_id],
            "content": REACTIONS[one.kind],
        }
        for one in found
    }


def of_shares(
    uow: UnitOfWork, shares: Iterable[Share], reader: Actor, site: Site
) -> dict[int, Document]:
    """The reader's own shares as Announces, by number."""
    found = list(shares)
    uris = uow.client_reading.uris([one.post_id for one in found])
    return {
        one.id: {
            "id": one.uri or f"{site.origin}/activities/{one.id}",
            "type": "Announce",
            "actor": reader.uri,
            "published": written_time(one.created_at),
            "object": uris[one.post_id],
        }
        for one in found
    }


def of_news(
    uow: UnitOfWork, news: Iterable[Notification], reader: Actor, site: Site
) -> dict[int, Document]:
    """What others did that concerns the reader, by number; what is not there for the reader any
    more is left out."""
    found = [one for one in news if one.kind in NEWS]
    hidden = uow.blocks.hides(reader.id)
    people = uow.actors.get_many({one.by_id for one in found})
    ids = {one.post_id for one in found if one.post_id is not None}
    posts = show_posts(uow, ids, reader, site)
    documents = {}
    for one in found:
        by = people.get(one.by_id)
        is_here = by is not None and by.gone_at is None and by.suspended_at is None
        post = posts.get(one.post_id or 0)
        if by is None or not is_here or by.id in hidden or (one.post_id is not None and not post):
            continue
        kind, phrase = NEWS[one.kind]
        body = create_of(post) if kind == "Create" and post else _news(one, kind, by, reader, site)
        if kind in ("Like", "Announce") and post:
            body["object"] = post.document["id"]
        documents[one.id] = {**body, "summary": f"{by.name or by.handle} {phrase}"}
    return documents


def _news(one: Notification, kind: str, by: Actor, reader: Actor, site: Site) -> Document:
    about: str | Document = reader.uri
    if kind == "Accept":
        about = {"type": "Follow", "actor": reader.uri, "object": by.uri}
    return {
        "id": f"{site.origin}/activities/{one.id}",
        "type": kind,
        "actor": by.uri,
        "to": [reader.uri],
        "published": written_time(one.created_at),
        "object": about,
    }


def act_of(done: Done, number: int, who: Actor, at: Any) -> ClientAct:
    """What was done, to be written down."""
    return ClientAct(
        id=number,
        actor_id=who.id,
        type=done.type,
        object_uri=done.object_uri,
        inner_type=done.inner_type,
        target_uri=done.target_uri,
        created_at=at,
    )
