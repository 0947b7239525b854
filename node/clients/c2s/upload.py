"""uploadMedia: a picture that waits for the post that will carry it (SocialCG MediaUpload).

The object that comes with the file says what it shows: its `summary`, or else its `name`, becomes
its alt text. Whom it is addressed to counts for nothing: who may see a picture is decided by the
post that carries it, and until there is one its owner alone may.
"""

from typing import Final

import msgspec
from aiohttp import web

from activitypub.rendering.members import written_time
from node.clients.c2s.acts.desk import MEDIA
from node.clients.c2s.documents import Document
from node.clients.c2s.keys import DESK
from node.clients.c2s.showing import shown
from node.clients.c2s.submission import Json, words
from node.clients.call import Call
from node.clients.params import Upload
from node.errors import Invalid, Refused
from storage.post_media import PostMedia

DESCRIBED: Final = "object must be a JSON object that describes the file"


async def upload(call: Call) -> web.Response:
    """POST /client/upload: multipart with `file` and `object`."""
    file = call.params.file("file")
    if file is None:
        raise Invalid("file", "Send multipart/form-data with a part named file")
    if file.is_too_long:
        raise Refused("The file is larger than this server takes", "media-too-large")
    described = _object(call)
    alt = words(described, "summary") or words(described, "name") or ""
    uploads = call.app[DESK].rooms.uploads
    try:
        media = await uploads.keep(call.persona, file.body, alt)
    except Invalid as error:
        raise Refused(str(error), "media-type") from error
    document = _document(media, call)
    return shown(document, status=201, headers={"Location": document["id"]})


async def waiting(call: Call) -> web.Response:
    """GET /client/media/{id}: a picture that the caller sent. Raises NotFound."""
    pictures, who, number = call.app[DESK].rooms.uploads.pictures, call.persona, call.id()
    media = await call.db.read(lambda uow: pictures.own(uow, who, number))
    return shown(_document(media, call))


def _object(call: Call) -> Json:
    """The description, which some send as a file of its own."""
    file = call.params.file("object")
    text = file.body if isinstance(file, Upload) else (call.params.text("object") or "{}").encode()
    try:
        described = msgspec.json.decode(text)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Invalid("object", DESCRIBED) from error
    if not isinstance(described, dict):
        raise Invalid("object", DESCRIBED)
    return described


def _document(media: PostMedia, call: Call) -> Document:
    url = f"{call.origin}/media/posts/{media.name}.webp"
    document: Document = {
        "id": f"{call.origin}{MEDIA}{media.id}",
        "type": "Image",
        "attributedTo": call.persona.uri,
        "mediaType": media.type,
        "url": [{"type": "Link", "href": url, "mediaType": media.type}],
        "width": media.width,
        "height": media.height,
        "published": written_time(media.created_at),
    }
    return document | {"name": media.alt, "summary": media.alt} if media.alt else document
