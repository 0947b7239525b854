"""The API of belonging to a group."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.unit_of_work import UnitOfWork
from tests.node.api_house import House, open_house


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with open_house(tmp_path) as opened:
        yield opened


async def test_a_program_asks_to_join_and_reads_who_is_there(house: House) -> None:
    rowan, ash = await house.person("rowan"), await house.person("ash")
    group = await house.group("walks", rowan, "local")

    def set_up(uow: UnitOfWork) -> None:
        uow.groups.update(int(group), join_policy="approval")
        uow.applications.ask(int(group), ("Do you walk?",))

    await house.rooms.db.write(set_up)
    path = f"/api/kith/v1/groups/{group}"
    asked = await ash("GET", f"{path}/questions")
    assert asked.body == {"asks": True, "questions": ["Do you walk?"]}
    unanswered = await ash("POST", f"{path}/join")
    assert (unanswered.status, unanswered.body["field"]) == (422, "answer-0")
    sent = await ash("POST", f"{path}/join", {"answers": ["Every day."]})
    assert sent.body == {"state": "pending", "role": "member"}
    assert (await ash("GET", f"{path}/members")).status == 404
    [one] = await house.rooms.db.read(lambda uow: uow.applications.pending(int(group), 9))
    assert one.words is not None
    assert one.words.answers == (("Do you walk?", "Every day."),)
    await house.rooms.db.write(
        lambda uow: house.rooms.groups.let_in(uow, one.application.id, rowan.persona)
    )
    members = (await ash("GET", f"{path}/members")).body
    assert [(each["handle"], each["role"], each["hosts"]) for each in members["members"]] == [
        ("ash", "member", False),
        ("rowan", "moderator", True),
    ]
    assert members["next"] is None
    refused = await ash("POST", f"{path}/leave", {"posts": "burn"})
    assert refused.status == 422
    assert (await ash("POST", f"{path}/leave", {"posts": "unnamed"})).status == 204
    assert (await ash("GET", f"{path}/members")).status == 404
