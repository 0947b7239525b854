"""The policy of what hangs on posts: pictures and polls show to who may read the post, what was not
posted yet to who sent it."""

from datetime import timedelta
from functools import partial
from typing import Any

from node.groups.belonging import Visibility
from node.groups.drafts import PollDraft, ThreadDraft
from storage.posts import Post
from storage.unit_of_work import UnitOfWork
from tests.node.media.photos import png
from tests.node.policy.language import Fill, Thing, route
from tests.node.policy.rooms.groups import NAMES, circles
from tests.node.policy.world import World


async def thread(visibility: Visibility, world: World, draft: ThreadDraft) -> Post:
    """The author's."""
    groups = world.house.node.rooms.groups

    def write(uow: UnitOfWork) -> Post:
        found = uow.groups.by_handle(NAMES[visibility], world.house.authority)
        assert found is not None
        return groups.post_thread(uow, found.actor.id, world.persona("author"), draft)

    return await world.write(write)


async def waiting(world: World) -> Fill:
    """Uploaded by the author, and not posted yet."""
    kept = await world.house.node.rooms.uploads.keep(world.persona("author"), png())
    return {"id": str(kept.id)}


async def image(visibility: Visibility, world: World) -> Fill:
    """The same, posted."""
    kept = await world.house.node.rooms.uploads.keep(world.persona("author"), png())
    await thread(visibility, world, ThreadDraft(title="Look", text="", media_ids=(kept.id,)))
    return {"name": kept.name}


async def poll(visibility: Visibility, world: World) -> Fill:
    """A question of the author's."""
    closes_at = world.clock.now() + timedelta(days=1)
    asked = PollDraft(options=("Tea", "Water"), closes_at=closes_at)
    post = await thread(visibility, world, ThreadDraft(title="Tea?", text="Well?", poll=asked))
    found = await world.house.node.rooms.db.read(lambda uow: uow.polls.of_posts([post.id]))
    return {"id": str(found[post.id].id)}


_ALL: tuple[Visibility, ...] = ("public", "local", "private")
THINGS = [
    Thing("waiting upload", waiting, {"readers": frozenset({"author"})}),
    *(Thing(f"{one} image", partial(image, one), circles(one)) for one in _ALL),
    *(Thing(f"{one} poll", partial(poll, one), circles(one)) for one in _ALL),
]

UPLOAD = "/api/v1/media/{id}"


def _votes(voters: str, done: int, author: int) -> Any:
    return {"readers": 403, voters: done, "author": author, "anonymous": 401, "others": 404}


ROUTES = [
    route("GET /media/posts/{name}.webp", "image", readers=200, others=404),
    route("GET /media/posts/{name}/small.webp", "image", readers=200, others=404),
    route("GET /media/remote/{name}.webp", "image", others=404),
    route("GET /media/remote/{name}/small.webp", "image", others=404),
    route("POST /api/v2/media", signed_in=422, anonymous=401),
    route("POST /api/v1/media", signed_in=422, anonymous=401),
    route(f"GET {UPLOAD}", "upload", readers=200, anonymous=401, others=404),
    route(
        f"PUT {UPLOAD}", "upload", send={"description": "A"}, readers=200, anonymous=401, others=404
    ),
    route(f"DELETE {UPLOAD}", "upload", readers=200, anonymous=401, others=404),
    route("GET /api/v1/polls/{id}", "poll", readers=200, others=404),
    # Who may answer votes: everybody in a new public group, the members of others.
    *(
        line
        for what, voters in (("public", "readers"), ("local", "members"), ("private", "members"))
        for line in (
            route(
                "POST /polls/{id}/votes",
                f"{what} poll",
                send={"choice": "0"},
                **_votes(voters, 303, author=403),
            ),
            route(
                "POST /api/v1/polls/{id}/votes",
                f"{what} poll",
                send={"choices": ["0"]},
                **_votes(voters, 200, author=422),
            ),
        )
    ),
]
