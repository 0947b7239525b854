"""A new node tells its administrators how it comes to speak with another one."""

from node.config import Config
from tests.node.web.house import open_web_house

WORDS = "This node speaks with no other yet"


async def test_an_administrator_is_told_until_there_is_a_circle(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url, config=Config(node_name="Harbour")) as house:
        boss, ann = await house.member("boss", "administrator"), await house.member("ann")
        page = await boss.get("/groups")
        assert WORDS in page.text
        assert "kith peer allow HOST" in page.text
        assert WORDS not in (await ann.get("/groups")).text
        rooms = house.rooms
        await house.db.write(
            lambda uow: uow.peers.set_policy("a.example", "allow", rooms.now(), rooms.new_id)
        )
        assert WORDS not in (await boss.get("/groups")).text
