"""The policy of stories: read where their group is read, told and taken back by their author alone,
gathered by who keeps them."""

from functools import partial
from typing import Any

from node.groups.belonging import Visibility
from node.viewer import Viewer
from storage.posts import Post
from storage.stories import StoryWords
from storage.unit_of_work import UnitOfWork
from tests.node.policy.language import SIGN_IN, Circles, Fill, Thing, route
from tests.node.policy.rooms.accounts import wrong_name
from tests.node.policy.rooms.groups import ASK, NAMES, WRITE, circles
from tests.node.policy.rooms.joining import KEEP
from tests.node.policy.world import World

_ALL: tuple[Visibility, ...] = ("public", "local", "private")
_WORDS = StoryWords(title="The winter I stayed", text="It was dark at four.")
_OWN: Circles = {"readers": frozenset({"author"})}


def _nobody(uow: UnitOfWork, group_id: int, draft: Any) -> Post:
    raise AssertionError("told under a name")


def _told(world: World, uow: UnitOfWork, visibility: Visibility, *, is_draft: bool) -> Fill:
    """The author's story; its own id, and that of its thread."""
    stories, persona = world.house.node.rooms.stories, world.persona("author")
    group = uow.groups.by_handle(NAMES[visibility], world.house.authority)
    account = uow.accounts.get(uow.accounts.account_of(persona.id) or 0)
    assert group is not None
    assert account is not None
    viewer = Viewer(account=account, persona=persona, via="session")
    made = stories.write(uow, viewer, group.actor.id, _WORDS)
    if is_draft:
        return {"id": str(made.id)}
    stories.offer(uow, viewer, made.id)
    told = stories.consent(uow, viewer, made.id, str, agrees=True, tell_unnamed=_nobody)
    return {"id": str(told.post_id)}


async def told(visibility: Visibility, world: World) -> Fill:
    return await world.write(lambda uow: _told(world, uow, visibility, is_draft=False))


async def draft(world: World) -> Fill:
    return await world.write(lambda uow: _told(world, uow, "local", is_draft=True))


async def collection(visibility: Visibility, world: World) -> Fill:
    """A collection that the moderator began."""
    stories = world.house.node.rooms.stories

    def gather(uow: UnitOfWork) -> int:
        group = uow.groups.by_handle(NAMES[visibility], world.house.authority)
        assert group is not None
        who = world.persona("moderator")
        return stories.gather(uow, group.actor.id, who, "Winters", "Dark ones").id

    return {"id": str(await world.write(gather))}


THINGS = [
    *(Thing(f"{one} story", partial(told, one), circles(one)) for one in _ALL),
    *(Thing(f"{one} gathered", partial(collection, one), circles(one)) for one in _ALL),
    Thing("own story_draft", draft, _OWN),
]

_GROUP, _MINE, _GATHERED = "/groups/{handle}", "/stories/mine/{id}", "/stories/collections/{id}"
_KEPT: Any = {"moderators": 303, "readers": 403, **WRITE}
_TITLE = {"title": "Evenings"}

ROUTES = [
    route("GET /stories", others=200),
    route("GET /stories/new", signed_in=200, anonymous=SIGN_IN),
    route("POST /stories/new", send={"title": "A draft"}, signed_in=422, anonymous=401),
    route("GET /stories/take-back", others=200),
    route("POST /stories/take-back", send=wrong_name, others=422),
    route("GET /stories/mine", signed_in=200, anonymous=SIGN_IN),
    route("GET /stories/{id}", "story", readers=200, others=404),
    route(f"GET {_MINE}", "story_draft", readers=200, **ASK),
    route(f"POST {_MINE}", "story_draft", send={"act": "offer"}, readers=303, **WRITE),
    route(f"GET {_MINE}/edit", "story_draft", readers=200, **ASK),
    route(f"POST {_MINE}/edit", "story_draft", send=_TITLE, readers=422, **WRITE),
    route(f"GET {_GATHERED}", "gathered", readers=200, others=404),
    route(f"GET {_GATHERED}/edit", "gathered", **KEEP),
    route(f"POST {_GATHERED}/edit", "gathered", send=_TITLE, **_KEPT),
    route(f"GET {_GROUP}/stories", "group", **KEEP),
    route(f"POST {_GROUP}/stories", "group", send=_TITLE, **_KEPT),
]
