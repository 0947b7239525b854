"""Faces of personas: what a camera wrote into the picture must be gone before it is kept."""

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
