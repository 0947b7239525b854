"""Create, Update and Delete of posts, messages and the own persona."""

from dataclasses import replace

from node.clients.c2s.acts import collecting
from node.clients.c2s.acts.desk import (
    COLLECTIONS,
    MEDIA,
    MESSAGES,
    Desk,
    Doer,
    Done,
    number_below,
    post_named,
    thing_named,
)
from node.clients.c2s.acts.own_actor import update_actor
from node.clients.c2s.addressing import Readers, readers_of
from node.clients.c2s.composing import changed, composition_of
from node.clients.c2s.submission import COLLECTIONS as COLLECTION_TYPES
from node.clients.c2s.submission import POSTS, Json, Submission, id_of, type_of, words
from node.clients.composition import Composition
from node.errors import Invalid, NotFound, Refused
from node.messages.words import OTHER_NODE
from storage.unit_of_work import UnitOfWork

ELSEWHERE = "The group that is addressed is not the one in which the answered post stands"


def create(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Something new of one's own. Raises Invalid, Refused, NotFound."""
    if not isinstance(sent.object, dict):
        raise Invalid("object", "Create needs the whole object")
    kind = type_of(sent.inner, "object.type")
    if kind in COLLECTION_TYPES:
        return collecting.create(desk, uow, doer, sent)
    if kind not in POSTS:
        accepted = ", ".join((*POSTS, *COLLECTION_TYPES))
        sentence = f"{kind[:100]} cannot be created here. Create {accepted}"
        raise Refused(f"{sentence}; send files to uploadMedia.", "unsupported-type")
    composed, readers = composition_of(sent.inner), readers_of(uow, doer.persona, sent)
    composed = _addressed(desk, uow, doer, composed, readers, sent)
    made = desk.posts.compose(uow, doer.persona, composed)
    return Done(type="Create", object_uri="", made=made)


def _addressed(
    desk: Desk,
    uow: UnitOfWork,
    doer: Doer,
    composed: Composition,
    readers: Readers,
    sent: Submission,
) -> Composition:
    """The words with the way that they go. A group that is named takes in what is for its members,
    whoever else is named beside it."""
    answered = sent.inner.get("inReplyTo")
    parent = None
    if answered:
        parent = thing_named(desk, uow, id_of(answered, "inReplyTo"))
        _insist_fitting(uow, parent, readers)
    groups = tuple(one.actor.id for one in readers.groups)
    return replace(
        composed,
        media_ids=_media(desk, sent.inner),
        in_reply_to=parent,
        visibility=None if groups else readers.visibility,
        groups=groups,
        people=tuple(readers.people),
    )


def _media(desk: Desk, thing: Json) -> tuple[int, ...]:
    """The pictures that a post carries, in order, by the ids that uploadMedia gave. Raises
    Invalid."""
    attached = thing.get("attachment") or []
    found = []
    for one in attached if isinstance(attached, list) else [attached]:
        number = number_below(id_of(one, "attachment.id"), desk.origin, MEDIA)
        if number is None:
            raise Invalid("attachment", "Send files to uploadMedia first, and attach their ids")
        found.append(number)
    return tuple(dict.fromkeys(found))


def _insist_fitting(uow: UnitOfWork, parent: int, readers: Readers) -> None:
    """An answer stands where what it answers stands. Raises Refused."""
    at = uow.posts.whereabouts(parent)
    if at is None:
        return
    if any(one.actor.id != at.group_id for one in readers.groups):
        raise Refused(ELSEWHERE, "another-group")
    group = uow.groups.get(at.group_id) if at.audience == "group" else None
    is_open = group.group.visibility == "public" if group else at.audience in ("public", "unlisted")
    if readers.elsewhere and not is_open:
        raise Refused(OTHER_NODE, "other-node")


def update(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Some properties of something of one's own. Raises Invalid, Refused, NotFound."""
    if not isinstance(sent.object, dict) or len(sent.object) < 2:
        raise Invalid("object", "Update needs an object with its id and what changes")
    uri, who = sent.object_id, doer.persona
    if uri == who.uri:
        update_actor(desk, uow, doer, sent.inner)
    elif number_below(uri, desk.origin, COLLECTIONS) is not None:
        collecting.update(desk, uow, doer, sent)
    elif (message := number_below(uri, desk.origin, MESSAGES)) is not None:
        text = composition_of({"type": "Note", **sent.inner}).text
        desk.posts.edit(uow, message, who, Composition(text=text))
    else:
        post = post_named(uow, uri)
        if post.author_id != who.id:
            raise NotFound
        desk.posts.edit(uow, post.id, who, changed(post, sent.inner))
    return Done(type="Update", object_uri=uri)


def delete(desk: Desk, uow: UnitOfWork, doer: Doer, sent: Submission) -> Done:
    """Something of one's own; or, as a moderator of its group, what somebody else wrote, with the
    reason as `summary`. Raises Invalid, Refused, NotFound."""
    uri, who = sent.object_id, doer.persona
    if uri == who.uri:
        sentence = "To leave, open the settings of the account in a browser"
        raise Refused(sentence, "unsupported-type")
    if number_below(uri, desk.origin, COLLECTIONS) is not None:
        collecting.delete(desk, uow, doer, uri)
    elif number_below(uri, desk.origin, MESSAGES) is not None:
        desk.posts.delete(uow, thing_named(desk, uow, uri), who)
    else:
        post = post_named(uow, uri)
        if post.author_id == who.id or post.audience != "group":
            desk.posts.delete(uow, post.id, who)
        else:
            desk.rooms.groups.remove(uow, post.id, who, words(sent.raw, "summary"))
    return Done(type="Delete", object_uri=uri)
