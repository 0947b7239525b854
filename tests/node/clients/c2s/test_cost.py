"""What a page costs does not grow with its length, what is another's takes as long as what never
was, and a token has a budget."""

from pathlib import Path

from tests.node.clients.c2s.conftest import Street
from tests.node.clients.c2s.desk import PUBLIC, WANTED, done, note, read, send
from tests.node.clients.house import Client, open_client_house
from tests.statements import statements


async def _cost(app: Client, path: str) -> int:
    await app.call("GET", path, headers=WANTED)
    with statements() as ran:
        await app.call("GET", path, headers=WANTED)
    return len(ran)


async def test_a_longer_box_costs_as_much_as_a_short_one(street: Street) -> None:
    rowan, ash, group = street.rowan, street.ash, street.public.actor.uri
    await done(ash, {"type": "Follow", "object": group})
    boxes = [f"{ash.persona.uri}/inbox", f"{rowan.persona.uri}/outbox"]
    costs = []

    for more in (2, 8):
        for number in range(more):
            thread = note(f"words {number}", name=f"{more} {number}", to=[PUBLIC, group])
            create = await done(rowan, thread)
            await done(rowan, {"type": "Like", "object": create["object"]["id"]})
            await done(rowan, note(f"to myself {number}"))
        costs.append([await _cost(ash, boxes[0]), await _cost(rowan, boxes[1])])

    assert costs[0] == costs[1]
    assert len((await read(rowan, boxes[1]))["orderedItems"]) == 20
    following = (await read(rowan, boxes[1]))["next"]
    page = await read(rowan, following)
    assert page["type"] == "OrderedCollectionPage"
    assert page["orderedItems"]


async def test_prv_05_what_is_anothers_takes_as_long_as_what_never_was(street: Street) -> None:
    rowan, ash = street.rowan, street.ash
    create = await done(rowan, note("x", name="x", to=[street.private.actor.uri]))
    own = await done(rowan, note("for me"))
    block = await done(rowan, {"type": "Block", "object": ash.persona.uri})

    for uri in (
        create["id"],
        create["object"]["id"],
        f"{create['object']['id']}/likes",
        f"{create['object']['id']}/replies",
        own["id"],
        own["object"]["id"],
        block["id"],
    ):
        number = next(part for part in uri.split("/") if part.isdecimal())
        never = uri.replace(number, "123456789")
        assert await _cost(ash, uri) == await _cost(ash, never), uri


async def test_a_token_has_a_budget(sqlite_url: str, tmp_path: Path) -> None:
    async with open_client_house(tmp_path, sqlite_url, client_calls=3) as house:
        rowan = await house.person("rowan")
        answers = [await send(rowan, note(f"words {number}")) for number in range(4)]

    assert [answer.status for answer in answers] == [201, 201, 201, 429]
    assert answers[0].headers["RateLimit-Remaining"] == "2"
    assert answers[3].body["type"] == "https://w3id.org/fep/c180#rate-limit-exceeded"
    assert int(answers[3].headers["Retry-After"]) > 0
