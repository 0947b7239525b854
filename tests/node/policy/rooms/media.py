"""The policy of pictures: those of messages for whoever holds them, faces for everybody."""

from node.media.service import Words
from tests.node.media.photos import png
from tests.node.policy.language import EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.rooms.messages import conversation
from tests.node.policy.world import Here, World

_IN_IT: tuple[Here, ...] = ("member", "moderator")


async def waiting(world: World) -> Fill:
    """Uploaded by the author into a small conversation, and not sent yet."""
    talk = await conversation(_IN_IT, world)
    pictures = world.house.node.rooms.pictures
    kept = await pictures.keep(world.persona("author").id, int(talk["id"]), png())
    return {"name": kept.name}


async def sent(world: World) -> Fill:
    """The same, sent with a message."""
    talk = await conversation(_IN_IT, world)
    author, media = world.persona("author"), world.house.node.rooms.pictures.media
    place, message = int(talk["id"]), int(talk["message"])
    kept = await world.house.node.rooms.pictures.keep(author.id, place, png())
    words = [Words(kept.name, "A cat", False)]
    await world.write(lambda uow: media.give(uow, author.id, place, message, words))
    return {"name": kept.name}


async def face(world: World) -> Fill:
    """The author's."""
    author, pictures = world.people["author"], world.house.node.rooms.pictures
    worn = await pictures.wear(author.persona.id, author.account.id, png())
    return {"name": worn.name}


THINGS = [
    Thing("waiting picture", waiting, {"readers": frozenset({"author"})}),
    Thing("sent picture", sent, {"readers": frozenset({"author", *_IN_IT})}),
    Thing("worn face", face, {"readers": EVERYONE}),
]

ROUTES = [
    route("GET /media/{name}", "picture", readers=200, others=404),
    route("GET /media/{name}/small", "picture", readers=200, others=404),
    route("GET /avatars/{name}", "face", others=200),
    # A face is no header.
    route("GET /headers/{name}", "face", others=404),
    route("GET /settings/picture", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/picture", signed_in=422, anonymous=401),
    route("POST /settings/picture/remove", signed_in=303, anonymous=401),
]
