"""What other nodes address to people is not taken: not kept, not shown, its bytes nowhere."""

import json
from pathlib import Path
from typing import Any

import pytest

from storage import tables
from tests import mastodon
from tests.figures import PUBLIC, Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene

WIRE = Path(__file__).resolve().parents[2] / "wire" / "mastodon" / "direct_message.json"
MARK = "quokka-at-the-door"


async def all_rows(scene: Scene) -> str:
    """Everything that the node has in its tables, as one text."""

    def read(uow: Any) -> str:
        return repr(
            [
                list(uow.connection.execute(table.select()))
                for table in tables.metadata.sorted_tables
            ]
        )

    return await scene.read(read)


def direct(scene: Scene, zoe: Figure) -> Document:
    """What Mastodon sends for a direct message, to ann."""
    text = WIRE.read_text("utf-8")
    text = text.replace("https://kith.example/people/ann", scene.ann.uri)
    text = text.replace("https://mastodon.example/users/ines", zoe.uri)
    document: Document = json.loads(text)
    document["object"]["content"] = f"<p>{MARK}</p>"
    document["object"].pop("contentMap")
    return document


@pytest.mark.parametrize("kind", ["Create", "Update"])
@pytest.mark.parametrize("also", ["", "followers"])
async def test_a_direct_message_is_not_kept(scene: Scene, kind: str, also: str) -> None:
    zoe = mastodon.person(scene.good, "zoe")
    sent = direct(scene, zoe) | {"type": kind}
    if also:
        sent["cc"] = sent["object"]["cc"] = [f"{zoe.uri}/followers"]
    status = await zoe.home.send(zoe.seal(f"{scene.house.origin}/inbox", sent))
    assert status == 202
    while await scene.house.turn():
        pass
    assert MARK not in await all_rows(scene)
    assert sent["id"] not in await all_rows(scene)


async def test_what_is_public_is_kept_from_the_same_hands(scene: Scene) -> None:
    """The door tells words for people from words for all, not one sender from another."""
    zoe = mastodon.person(scene.good, "zoe")
    group = await scene.house.group("calm", scene.ann)
    await scene.member(zoe, group)
    note = mastodon.note(zoe, f"<p>{MARK}</p>", [group.actor.uri])
    await scene.tell(zoe, mastodon.create(zoe, note))
    assert PUBLIC in (*note["to"], *note["cc"])
    assert MARK in await all_rows(scene)
