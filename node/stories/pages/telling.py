"""Telling a story: drafts, consent, changing it, and taking it back."""

from collections.abc import Callable

from node.consents import PURPOSES, STORY
from node.errors import Invalid, NotFound, Refused
from node.groups.drafts import ThreadDraft
from node.groups.keys import GROUPS
from node.groups.pages.composer import shown_again
from node.groups.place import groups_to_write_in
from node.i18n import N_
from node.personas.keys import ANONYMOUS, NEW_KEYS
from node.safety.minding import FIELD, insist_minded
from node.stories.keys import STORIES
from node.stories.rules import HELPED, LIFE, helped_label
from node.stories.telling import TellUnnamed
from node.stories.withdrawing import OwnStory
from node.topics import TOPICS, label_of
from node.viewer import Viewer
from node.web.forms import Form, posted
from node.web.handles import parse_id
from node.web.http import Request, Response, see_other
from node.web.keys import DB
from node.web.languages import LANGUAGES
from node.web.page import page, tongue_of
from node.web.sessions import need_viewer
from storage.groups import GroupWithActor
from storage.keys import PrivateKeys
from storage.posts import Post
from storage.stories import Story, StoryWords
from storage.unit_of_work import UnitOfWork

MINE = "/stories/mine"


async def show_own(request: Request) -> Response:
    """GET /stories/mine"""
    viewer, stories = need_viewer(request), request.app[STORIES]
    found = await request.app[DB].read(lambda uow: stories.own_stories(uow, viewer))
    return page(request, "stories/own.html", stories=found)


async def show_new(request: Request) -> Response:
    """GET /stories/new; `group` chooses one."""
    form = Form({"language": tongue_of(request).tag, "group": request.query.get("group", "")})
    return await _composer(request, form, None)


async def begin(request: Request) -> Response:
    """POST /stories/new: keeps a draft."""
    viewer, form = need_viewer(request), await posted(request)
    stories = request.app[STORIES]

    def write(uow: UnitOfWork) -> Story:
        _minded(request, uow, form)
        return stories.write(uow, viewer, _group(form), words_of(form))

    try:
        made = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _composer(request, form, None, shown_again(form, error))
    return see_other(f"{MINE}/{made.id}", "story-kept")


async def show_edit(request: Request) -> Response:
    """GET /stories/mine/{id}/edit"""
    return await _composer(request, None, _number(request))


async def edit(request: Request) -> Response:
    """POST /stories/mine/{id}/edit: a draft is kept, a story that is told is changed."""
    viewer, form, number = need_viewer(request), await posted(request), _number(request)
    stories, say = request.app[STORIES], tongue_of(request).say

    def write(uow: UnitOfWork) -> str:
        own = stories.own_story(uow, viewer, number)
        _minded(request, uow, form)
        if own.standing != "published":
            stories.write(uow, viewer, _group(form), words_of(form), number)
            return "saved"
        unsafe = form["unsafe"] == "yes"
        story = stories.change(uow, viewer, number, words_of(form), say, unsafe=unsafe)
        return _note(uow, story, "saved")

    try:
        note = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _composer(request, form, number, shown_again(form, error))
    return see_other(f"{MINE}/{number}", note)


async def show_one(request: Request) -> Response:
    """GET /stories/mine/{id}: what it is now, and the next step."""
    return await _one(request, Form())


async def act(request: Request) -> Response:
    """POST /stories/mine/{id} with `act`: offer, take-back, consent, withdraw or discard."""
    viewer, form, number = need_viewer(request), await posted(request), _number(request)
    stories = request.app[STORIES]
    told_by = await _teller(request, viewer, form["act"])

    def write(uow: UnitOfWork) -> str:
        match form["act"]:
            case "offer":
                stories.offer(uow, viewer, number)
                return "story-offered"
            case "take-back":
                stories.take_back(uow, viewer, number)
                return "saved"
            case "consent":
                return _tell(request, uow, form, told_by)
            case "withdraw":
                stories.withdraw(uow, viewer, number, keep_draft=form["keep"] == "yes")
                return "story-withdrawn"
            case "discard":
                stories.discard(uow, viewer, number)
                return "story-gone"
            case _:
                raise NotFound

    try:
        note = await request.app[DB].write(write)
    except (Invalid, Refused) as error:
        return await _one(request, form, shown_again(form, error))
    return see_other(MINE if note == "story-gone" else f"{MINE}/{number}", note)


def _tell(request: Request, uow: UnitOfWork, form: Form, told_by: TellUnnamed) -> str:
    """The yes to a story; the note that follows."""
    story = request.app[STORIES].consent(
        uow,
        need_viewer(request),
        _number(request),
        tongue_of(request).say,
        agrees=form["agrees"] == "yes",
        tell_unnamed=told_by,
        unsafe=form["unsafe"] == "yes",
    )
    return _note(uow, story, "story-told")


async def _teller(request: Request, viewer: Viewer, what: str) -> TellUnnamed:
    """Keys are made before the transaction, because making them takes a while."""
    anonymous = request.app[ANONYMOUS]
    keys: PrivateKeys | None = None
    if what == "consent" and await request.app[DB].read(_is_unnamed(request, viewer)):
        keys = await request.app[NEW_KEYS]()
    made = keys

    def tell(uow: UnitOfWork, group_id: int, draft: ThreadDraft) -> Post:
        if made is None:
            raise NotFound
        return anonymous.start_thread(uow, viewer, group_id, draft, made)

    return tell


def _is_unnamed(request: Request, viewer: Viewer) -> Callable[[UnitOfWork], bool]:
    stories, number = request.app[STORIES], _number(request)
    return lambda uow: stories.own_story(uow, viewer, number).story.words.unnamed


async def _one(request: Request, form: Form, status: int = 200) -> Response:
    viewer, stories, number = need_viewer(request), request.app[STORIES], _number(request)
    found: OwnStory = await request.app[DB].read(lambda uow: stories.own_story(uow, viewer, number))
    return page(
        request,
        "stories/own_story.html",
        status=status,
        own=found,
        words=found.story.words,
        may=LIFE[found.standing],
        purpose=PURPOSES[STORY],
        form=form,
        topic_label=label_of,
        helped_label=helped_label,
    )


async def _composer(
    request: Request, form: Form | None, number: int | None, status: int = 200
) -> Response:
    viewer, stories = need_viewer(request), request.app[STORIES]

    def read(uow: UnitOfWork) -> tuple[OwnStory | None, list[GroupWithActor]]:
        own = None if number is None else stories.own_story(uow, viewer, number)
        return own, groups_to_write_in(uow, viewer.persona)

    own, groups = await request.app[DB].read(read)
    return page(
        request,
        "stories/composer.html",
        status=status,
        own=own,
        groups=groups,
        form=form or _form_of(own),
        languages=LANGUAGES,
        topics=TOPICS,
        helps=HELPED,
    )


def _note(uow: UnitOfWork, story: Story, otherwise: str) -> str:
    """What its author alone is told: where help is, if a person shall look at what was told."""
    return "posted-care" if uow.risk_signals.has_unsettled(story.post_id or 0) else otherwise


def _minded(request: Request, uow: UnitOfWork, form: Form) -> None:
    """The same kind word as before any other post, once for each form. Raises Invalid."""
    said = (form["title"], form["content_warning"], form["text"], form["others"])
    insist_minded(uow, request.app[GROUPS].risk, form[FIELD], said)


def _number(request: Request) -> int:
    return parse_id(request.match_info["id"])


def _group(form: Form) -> int:
    if not form["group"]:
        raise Invalid("group", N_("Choose a group to tell it in."))
    return parse_id(form["group"])


def words_of(form: Form) -> StoryWords:
    """A story as typed. Boxes are fields of their own, as `topic-sleep`."""
    return StoryWords(
        title=form["title"],
        text=form["text"],
        content_warning=form["content_warning"],
        language=form["language"],
        topics=_ticked(form, "topic-"),
        helped=_ticked(form, "helped-"),
        others=_lines(form["others"]),
        cards=_lines(form["cards"]),
        unnamed=form["unnamed"] == "yes",
    )


def _ticked(form: Form, prefix: str) -> tuple[str, ...]:
    return tuple(
        name.removeprefix(prefix)
        for name, value in form.values.items()
        if name.startswith(prefix) and value == "yes"
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for one in text.splitlines() if (line := " ".join(one.split())))


def _form_of(own: OwnStory | None) -> Form:
    if own is None:
        return Form()
    words = own.story.words
    return Form(
        {
            "title": words.title,
            "text": words.text,
            "content_warning": words.content_warning,
            "language": words.language,
            "group": str(own.story.group_id),
            "others": "\n".join(words.others),
            "cards": "\n".join(words.cards),
            "unnamed": "yes" if words.unnamed else "",
            **{f"topic-{one}": "yes" for one in words.topics},
            **{f"helped-{one}": "yes" for one in words.helped},
        }
    )
