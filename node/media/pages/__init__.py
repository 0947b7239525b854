"""The pages of pictures: showing them, and choosing the face of a persona."""

from node.media.pages import face, posted, showing
from node.web.http import RouteDef, get, post


def routes() -> list[RouteDef]:
    """Pictures of messages are sent with the form of the message, in its own room."""
    return [
        get("/media/{name}", showing.large),
        get("/media/{name}/small", showing.small),
        get("/media/posts/{name}.webp", posted.large),
        get("/media/posts/{name}/small.webp", posted.small),
        get("/media/remote/{name}.webp", posted.remote_large),
        get("/media/remote/{name}/small.webp", posted.remote_small),
        get("/avatars/{name}", showing.face),
        get("/headers/{name}", showing.header),
        get("/settings/picture", face.show),
        post("/settings/picture", face.put_on),
        post("/settings/picture/remove", face.take_off),
    ]
