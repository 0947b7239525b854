"""Whatever an app addresses, nothing private leaves: tried with addresses of every kind, in every
property, together. What waits to be sent is searched for the words of each post.
"""

import asyncio
from dataclasses import dataclass
from itertools import count
from typing import Any, Final

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from storage import tables
from storage.unit_of_work import UnitOfWork
from tests.node.clients.c2s.conftest import Street
from tests.node.clients.c2s.desk import PUBLIC, Json, done, note, send
from tests.storage.rows import a_membership, an_actor

NAMES: Final = ("to", "cc", "bto", "bcc", "audience")
KINDS: Final = (
    *("everybody", "as everybody", "followers", "followers of another", "oneself", "a neighbour"),
    *("somebody elsewhere", "somebody unknown", "public group", "private group", "local group"),
    *("members of the private group",),
)
addressed = st.fixed_dictionaries(
    {name: st.lists(st.sampled_from(KINDS), max_size=3, unique=True) for name in NAMES}
)


@dataclass
class Addresses:
    """What each kind stands for."""

    by_kind: dict[str, str]

    def sent(self, chosen: dict[str, list[str]]) -> Json:
        return {name: [self.by_kind[kind] for kind in kinds] for name, kinds in chosen.items()}


async def _known(street: Street) -> Addresses:
    """The world of a person whose words could travel: with a follower and a fellow elsewhere."""
    house, rowan = street.house, street.rowan.persona
    far = an_actor(77, host="elsewhere.example", is_local=False)
    local = await house.group("home", street.rowan, "local")

    def furnish(uow: UnitOfWork) -> None:
        uow.actors.add(far)
        uow.profiles.ensure(rowan, house.clock.now())
        uow.memberships.put(a_membership(rowan.id, far.id, follow_uri=f"{far.uri}/follow"))
        uow.memberships.put(a_membership(street.public.actor.id, far.id))

    await house.rooms.db.write(furnish)
    return Addresses(
        {
            "everybody": PUBLIC,
            "as everybody": "as:Public",
            "followers": f"{rowan.uri}/followers",
            "followers of another": f"{street.ash.persona.uri}/followers",
            "oneself": rowan.uri,
            "a neighbour": street.ash.persona.uri,
            "somebody elsewhere": far.uri,
            "somebody unknown": "https://nowhere.example/users/no",
            "public group": street.public.actor.uri,
            "private group": street.private.actor.uri,
            "local group": local.actor.uri,
            "members of the private group": f"{street.private.actor.uri}/followers",
        }
    )


def _left(uow: UnitOfWork) -> tuple[int, list[bytes]]:
    """How many posts and messages there are, and all that ever was to be sent."""
    kept = sum(
        len(uow.connection.execute(table.select()).all())
        for table in (tables.posts, tables.messages)
    )
    rows = uow.connection.execute(tables.activities.select()).mappings().all()
    return kept, [row["body"] for row in rows]


def _may_leave(create: Json) -> bool:
    """A post says itself whom it is for: only what names everybody may travel."""
    return PUBLIC in (*create["object"]["to"], *create["object"]["cc"])


async def _try(street: Street, known: Addresses, case: tuple[Any, ...], number: int) -> None:
    outer, inner, wraps, answers = case
    words = f"marker{number}ends"
    thing = note(words, name=f"title{words}", **known.sent(inner))
    if answers is not None:
        thing["inReplyTo"] = answers
    sent = {"type": "Create", "object": thing, **known.sent(outer)} if wraps else thing
    before, _ = await street.house.rooms.db.read(_left)

    answer = await send(street.rowan, sent)

    after, bodies = await street.house.rooms.db.read(_left)
    told = [body for body in bodies if words.encode() in body]
    chosen = {
        kind for kinds in [*inner.values(), *(outer.values() if wraps else ())] for kind in kinds
    }
    if answer.status != 201:
        assert 400 <= answer.status < 500, answer.text
        assert after == before
        assert not told
        return
    assert after == before + 1
    if told:
        assert _may_leave(answer.body)
        assert chosen & {"everybody", "as everybody", "public group"}
    if not chosen & {"everybody", "as everybody", "public group"}:
        assert not chosen & {"somebody elsewhere", "somebody unknown"}
    if chosen & {"private group", "local group", "members of the private group"}:
        assert not told
    assert "bto" not in answer.text
    assert "bcc" not in answer.text


@pytest.mark.parametrize("answers", ["nothing", "a public thread", "a private thread"])
async def test_prv_01_no_way_to_address_a_post_lets_what_is_private_leave(
    street: Street, answers: str
) -> None:
    known, numbers, loop = await _known(street), count(), asyncio.get_running_loop()
    parent = None
    if answers != "nothing":
        group = street.public if answers == "a public thread" else street.private
        thread = note("hello", name="A thread", to=[PUBLIC, group.actor.uri])
        parent = (await done(street.rowan, thread))["object"]["id"]

    @settings(max_examples=60, suppress_health_check=list(HealthCheck))
    @given(addressed, addressed, st.booleans())
    def check(outer: Any, inner: Any, wraps: bool) -> None:
        case = (outer, inner, wraps, parent)
        trial = _try(street, known, case, next(numbers))
        asyncio.run_coroutine_threadsafe(trial, loop).result(timeout=60)

    await asyncio.to_thread(check)


async def test_prv_01_no_act_on_what_is_private_leaves(street: Street) -> None:
    known = await _known(street)
    thread = note("hello", name="A thread", to=[known.by_kind["private group"]])
    uri = (await done(street.rowan, thread))["object"]["id"]
    own = (await done(street.rowan, note("for me")))["object"]["id"]
    _, before = await street.house.rooms.db.read(_left)

    for activity in (
        *({"type": kind, "object": uri} for kind in ("Like", "Lock")),
        {"type": "Undo", "object": {"type": "Like", "object": uri}},
        {"type": "Update", "object": {"id": uri, "content": "other words"}},
        {"type": "Update", "object": {"id": own, "content": "other words"}},
        {"type": "Block", "object": known.by_kind["a neighbour"]},
        {"type": "Flag", "object": known.by_kind["somebody elsewhere"], "content": "because"},
        {"type": "Delete", "object": uri},
        {"type": "Delete", "object": own},
    ):
        await done(street.rowan, activity)
    assert (await send(street.rowan, {"type": "Announce", "object": uri})).status in (400, 403)

    _, after = await street.house.rooms.db.read(_left)
    assert after == before

    # That a follow has ended is all that the other node learns of a block.
    await done(street.rowan, {"type": "Block", "object": known.by_kind["somebody elsewhere"]})
    _, after = await street.house.rooms.db.read(_left)
    assert [msgspec.json.decode(body)["type"] for body in after[len(before) :]] == ["Reject"]
