"""The shelf of stories, one story to be read in peace, and a collection."""

from node.safety.keys import FILTERS, MUTING
from node.safety.sieve import Sieve, sieve_of
from node.stories.keys import STORIES
from node.stories.reading import OpenCollection, Reading, Shelf
from node.stories.rules import HELPED, helped_label
from node.topics import TOPICS, label_of
from node.web.handles import parse_id
from node.web.http import Request, Response
from node.web.keys import DB
from node.web.page import page
from node.web.sessions import viewer_of
from storage.unit_of_work import UnitOfWork

_TOPICS = frozenset(one.slug for one in TOPICS)
_HELPED = frozenset(one.slug for one in HELPED)


async def show_shelf(request: Request) -> Response:
    """GET /stories?topic=&helped=&before="""
    viewer, stories = viewer_of(request), request.app[STORIES]
    reader = viewer.persona if viewer else None
    topic, helped = request.query.get("topic", ""), request.query.get("helped", "")
    topic, helped = (topic if topic in _TOPICS else ""), (helped if helped in _HELPED else "")
    before = parse_id(request.query["before"]) if request.query.get("before") else None

    def read(uow: UnitOfWork) -> tuple[Shelf, Sieve]:
        sieve = sieve_of(uow, request.app[FILTERS], request.app[MUTING], reader)
        return stories.shelf(uow, reader, topic=topic, helped=helped, before=before), sieve

    found, sieve = await request.app[DB].read(read)
    views = [one.view for one in found.stories]
    shown = {view.post.id for view in sieve.in_list(views, "public")}
    return page(
        request,
        "stories/shelf.html",
        stories=[one for one in found.stories if one.view.post.id in shown],
        folded=sieve.folded(views, "public"),
        collections=found.collections,
        next=found.next,
        topic=topic,
        helped=helped,
        is_first=before is None,
        has_more=bool(views),
        topics=TOPICS,
        helps=HELPED,
        topic_label=label_of,
        helped_label=helped_label,
    )


async def show_story(request: Request) -> Response:
    """GET /stories/{id}, the id of its thread."""
    viewer, stories = viewer_of(request), request.app[STORIES]
    reader, number = viewer.persona if viewer else None, parse_id(request.match_info["id"])
    found: Reading = await request.app[DB].read(lambda uow: stories.story(uow, reader, number))
    details = found.article.details
    return page(
        request,
        "stories/story.html",
        view=found.view,
        post=found.view.post,
        group=found.group.actor,
        visibility=found.group.group.visibility,
        is_own=found.is_own,
        topics=[one for one in _texts(details.get("topics")) if one in _TOPICS],
        cards=[one for one in _texts(details.get("cards")) if one.startswith("http")],
        topic_label=label_of,
    )


async def show_collection(request: Request) -> Response:
    """GET /stories/collections/{id}"""
    viewer, stories = viewer_of(request), request.app[STORIES]
    reader, number = viewer.persona if viewer else None, parse_id(request.match_info["id"])

    def read(uow: UnitOfWork) -> tuple[OpenCollection, Sieve]:
        sieve = sieve_of(uow, request.app[FILTERS], request.app[MUTING], reader)
        return stories.collection(uow, reader, number), sieve

    found, sieve = await request.app[DB].read(read)
    views = [view for _, view in found.stories]
    shown = {view.post.id for view in sieve.in_list(views, "public")}
    return page(
        request,
        "stories/collection.html",
        collection=found.collection,
        group=found.group.actor,
        stories=[(item, view) for item, view in found.stories if view.post.id in shown],
        folded=sieve.folded(views, "public"),
        keeps=found.keeps,
        has_more=bool(views),
    )


def _texts(value: object) -> list[str]:
    """The texts in a field that another node may have written."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
