"""Two people with apps on one node, and short ways to say what an app of theirs does."""

import json
from typing import Any

from tests.node.clients.house import Answer, Client, ClientHouse

PUBLIC = "https://www.w3.org/ns/activitystreams#Public"
LD_JSON = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
WANTED = {"Accept": LD_JSON}

Json = dict[str, Any]


async def send(app: Client, activity: object, content_type: str = LD_JSON) -> Answer:
    """POST to the app's own outbox."""
    headers = {"Content-Type": content_type}
    return await app.post(
        f"/personas/{app.persona.handle}/outbox", data=_body(activity), headers=headers
    )


async def done(app: Client, activity: object) -> Json:
    """The activity that came of it; it must succeed."""
    answer = await send(app, activity)
    assert answer.status == 201, (answer.status, answer.text)
    assert answer.headers["Location"] == answer.body["id"]
    body: Json = answer.body
    return body


async def read(app: Client, uri: str) -> Json:
    """A document, which must be there."""
    answer = await app.call("GET", uri, headers=WANTED)
    assert answer.status == 200, (uri, answer.status, answer.text)
    body: Json = answer.body
    return body


async def status(app: Client, uri: str) -> int:
    """How a GET of a document is answered."""
    return (await app.call("GET", uri, headers=WANTED)).status


async def items(app: Client, name: str) -> list[Any]:
    """The first page of one of the app's own collections."""
    document = await read(app, f"/personas/{app.persona.handle}/{name}")
    found: list[Any] = document["orderedItems"]
    return found


async def deliveries(house: ClientHouse) -> int:
    """How many activities wait to be sent to other nodes."""
    summary = await house.rooms.db.read(lambda uow: uow.deliveries.summary())
    return sum(waiting for waiting, *_ in summary.values())


def note(content: str, **more: Any) -> Json:
    return {"type": "Note", "content": content, **more}


def _body(activity: object) -> bytes:
    return activity if isinstance(activity, bytes) else json.dumps(activity).encode()
