"""A node with rowan and ash, and a group of each kind that rowan founded."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage.groups import GroupWithActor
from tests.node.clients.house import Client, ClientHouse, open_client_house


@dataclass
class Street:
    """The people and places of a test."""

    house: ClientHouse
    rowan: Client
    ash: Client
    public: GroupWithActor
    private: GroupWithActor


@pytest.fixture
async def street(database_url: str, tmp_path: Path) -> AsyncIterator[Street]:
    async with open_client_house(
        tmp_path, database_url, test_mode=True, message_standing_days=0
    ) as house:
        rowan, ash = await house.person("rowan"), await house.person("ash")
        yield Street(
            house,
            rowan,
            ash,
            await house.group("grief", rowan),
            await house.group("night", rowan, "private"),
        )
