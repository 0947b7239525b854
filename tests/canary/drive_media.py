"""Faces of personas: what a camera wrote into the picture must be gone before it is kept."""

import re

from tests.canary.stage import Stage
from tests.node.media.photos import saved, two_halves

PLACE = "/settings/picture"


def telling(word: str) -> bytes:
    """A picture that says a word where cameras say where they are."""
    return saved(two_halves(), "JPEG", comment=word.encode()) + word.encode()


async def show_faces(stage: Stage) -> None:
    """Ann puts on a face, and everybody looks at it."""
    ann = stage.browsers["ann"]
    picture = telling(stage.word("words inside a picture"))
    await ann.upload(PLACE, at=PLACE, field="image", body=picture)
    await ann.get(PLACE)
    await ann.get("/personas/ann")
    stage.public_paths.add("/personas/ann")


async def ask_with_a_picture(stage: Stage, handle: str, number: str) -> None:
    """Ann shows her private group a picture and asks something; bea looks and votes."""
    ann, bea, page = stage.browsers["ann"], stage.browsers["bea"], f"/groups/{handle}/new"
    fields = {
        "title": "Look",
        "text": "What would you like?",
        "alt-1": stage.word("words about a picture in a private group"),
        "option-1": stage.word("option of a poll in a private group"),
        "option-2": "Water",
        "poll-days": "1",
    }
    await ann.upload(page, at=page, field="image-1", body=saved(two_halves(), "PNG"), **fields)
    threads = (await ann.call("GET", f"/api/kith/v1/groups/{number}/threads"))["threads"]
    [thread] = [one["id"] for one in threads if one["title"] == "Look"]
    stage.private_posts.add(thread)
    shown = await bea.get(f"/threads/{thread}")
    [vote] = re.findall(r'action="(/polls/\d+/votes)"', shown.text)
    await bea.submit(vote, at=f"/threads/{thread}", choice="0")
    await ann.get(f"/threads/{thread}")
