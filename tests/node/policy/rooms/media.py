"""The policy of pictures: those of messages for whoever holds them, faces for everybody."""

from tests.node.media.photos import png
from tests.node.policy.language import EVERYONE, SIGN_IN, Fill, Thing, route
from tests.node.policy.world import World


async def waiting(world: World) -> Fill:
    """Uploaded by the author, and not sent yet."""
    pictures = world.house.node.rooms.pictures
    kept = await pictures.keep(world.persona("author").id, world.clock.now().year, png())
    return {"name": kept.name}


async def face(world: World) -> Fill:
    """The author's."""
    author, pictures = world.people["author"], world.house.node.rooms.pictures
    worn = await pictures.wear(author.persona.id, author.account.id, png())
    return {"name": worn.name}


THINGS = [
    Thing("waiting picture", waiting, {"readers": frozenset({"author"})}),
    Thing("worn face", face, {"readers": EVERYONE}),
]

ROUTES = [
    route("GET /media/{name}", "picture", readers=200, others=404),
    route("GET /media/{name}/small", "picture", readers=200, others=404),
    route("GET /avatars/{name}", "face", others=200),
    route("GET /settings/picture", signed_in=200, anonymous=SIGN_IN),
    route("POST /settings/picture", signed_in=422, anonymous=401),
    route("POST /settings/picture/remove", signed_in=303, anonymous=401),
]
