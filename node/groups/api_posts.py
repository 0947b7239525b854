"""The API of threads, replies and reactions."""

from msgspec import UNSET, Struct, UnsetType

from node.errors import Invalid
from node.groups.api_access import id_in, known_id, reader, writer
from node.groups.drafts import ReplyDraft, ThreadDraft
from node.groups.json_shapes import PostJson, post_json, thread_json
from node.groups.keys import GROUPS
from node.groups.place import place_of, view_of
from node.groups.reading import thread_page
from node.groups.reading_along import note_reading
from node.i18n import N_
from node.web.http import Request, Response
from node.web.json_body import done, json_answer, json_body
from node.web.keys import DB
from storage.posts import Post
from storage.unit_of_work import UnitOfWork


class ReplyBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """`text` is Markdown, `language` a BCP 47 tag."""

    text: str
    content_warning: str | None = None
    language: str | None = None


class ThreadBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A reply and what only a thread has."""

    title: str
    text: str
    content_warning: str | None = None
    language: str | None = None
    reply_wanted: str | None = None


class EditBody(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is left out stays as it is; null takes it away."""

    title: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    content_warning: str | UnsetType | None = UNSET
    language: str | UnsetType | None = UNSET
    reply_wanted: str | UnsetType | None = UNSET


class ReactionBody(Struct, frozen=True, forbid_unknown_fields=True):
    """`kind` is one of hear-you, me-too, strength, thank-you, proud."""

    kind: str


async def thread(request: Request) -> Response:
    """GET /api/kith/v1/threads/{id}?after=: the tree, or where it is long, a part of it."""
    who, thread_id = reader(request), id_in(request)
    after = known_id(request.query.get("after") or "0")
    page = await request.app[DB].read(lambda uow: thread_page(uow, thread_id, who, after))
    await note_reading(request.app[DB], request.app[GROUPS].newcomers, page)
    return json_answer(thread_json(page))


async def open_thread(request: Request) -> Response:
    """POST /api/kith/v1/groups/{id}/threads"""
    who, group_id = writer(request), id_in(request)
    body = await json_body(request, ThreadBody)
    draft = ThreadDraft(
        title=body.title,
        text=body.text,
        content_warning=body.content_warning,
        language=body.language,
        reply_wanted=body.reply_wanted,
    )
    use_cases = request.app[GROUPS]

    def act(uow: UnitOfWork) -> PostJson:
        return _shown(uow, use_cases.post_thread(uow, group_id, who, draft))

    made = await request.app[DB].write(act)
    return json_answer(made, status=201, location=f"/api/kith/v1/threads/{made.id}")


async def reply(request: Request) -> Response:
    """POST /api/kith/v1/posts/{id}/replies"""
    who, parent_id = writer(request), id_in(request)
    body = await json_body(request, ReplyBody)
    draft = ReplyDraft(text=body.text, content_warning=body.content_warning, language=body.language)
    use_cases = request.app[GROUPS]

    def act(uow: UnitOfWork) -> PostJson:
        return _shown(uow, use_cases.reply(uow, parent_id, who, draft))

    made = await request.app[DB].write(act)
    return json_answer(made, status=201, location=f"/api/kith/v1/threads/{made.thread_id}")


async def edit(request: Request) -> Response:
    """PATCH /api/kith/v1/posts/{id}"""
    who, post_id = writer(request), id_in(request)
    body = await json_body(request, EditBody)
    use_cases = request.app[GROUPS]

    def act(uow: UnitOfWork) -> PostJson:
        before = place_of(uow, post_id, who).view.post
        return _shown(uow, use_cases.edit(uow, post_id, who, _edited(before, body)))

    return json_answer(await request.app[DB].write(act))


async def delete(request: Request) -> Response:
    """DELETE /api/kith/v1/posts/{id}: a tombstone stays."""
    who, post_id = writer(request), id_in(request)
    use_cases = request.app[GROUPS]
    await request.app[DB].write(lambda uow: use_cases.delete(uow, post_id, who))
    return done()


async def react(request: Request) -> Response:
    """PUT /api/kith/v1/posts/{id}/reaction: one for each persona; another kind replaces it."""
    who, post_id = writer(request), id_in(request)
    body = await json_body(request, ReactionBody)
    use_cases = request.app[GROUPS]
    await request.app[DB].write(lambda uow: use_cases.react(uow, post_id, who, body.kind))
    return done()


async def unreact(request: Request) -> Response:
    """DELETE /api/kith/v1/posts/{id}/reaction"""
    who, post_id = writer(request), id_in(request)
    use_cases = request.app[GROUPS]
    await request.app[DB].write(lambda uow: use_cases.unreact(uow, post_id, who))
    return done()


def _shown(uow: UnitOfWork, post: Post) -> PostJson:
    return post_json(view_of(uow, post))


def _edited(before: Post, body: EditBody) -> ReplyDraft:
    """The draft that the author would have typed into a form that showed the post as it was."""
    text = (before.source or "") if body.text is UNSET else body.text
    warning = before.content_warning if body.content_warning is UNSET else body.content_warning
    language = before.language if body.language is UNSET else body.language
    if before.parent_id is not None:
        for field, value in (("title", body.title), ("reply_wanted", body.reply_wanted)):
            if value is not UNSET:
                raise Invalid(field, N_("Only a thread has this, not a reply."))
        return ReplyDraft(text=text, content_warning=warning, language=language)
    return ThreadDraft(
        title=(before.title or "") if body.title is UNSET else body.title,
        text=text,
        content_warning=warning,
        language=language,
        reply_wanted=before.reply_wanted if body.reply_wanted is UNSET else body.reply_wanted,
    )
