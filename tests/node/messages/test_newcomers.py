"""Row 10 of peer-support.md, section 4, in private messages: new people answer, begin later."""

from pathlib import Path

import pytest

from node.config import Config
from storage.attachments import Attachment
from storage.unit_of_work import UnitOfWork
from tests.node.messages.talk import Talk, message_ids, persona_of
from tests.node.messages.test_keeping import later
from tests.node.web.house import open_web_house


async def test_a_newcomer_answers_and_begins_later(sqlite_url: str, tmp_path: Path) -> None:
    config = Config(data=tmp_path, newcomer_days=30, newcomer_threads_read=0)
    async with open_web_house(sqlite_url, config=config) as house:
        talk = await Talk.begin(house)
        refused = await talk.start(talk.ash, "birch", "Hello.")
        assert refused.status == 403
        assert "You are new here" in refused.text
        assert (await talk.ask(talk.ash, "birch", "May I?")).status == 403
        assert (await talk.counts())["messages"] == 0
        birch = persona_of(talk.birch)
        await house.db.write(lambda uow: house.rooms.newcomers.vouch(uow, birch, None))
        number = await talk.opened(talk.birch, "ash", "Hello Ash, with https://example.org")
        assert (await talk.say(talk.ash, number, "Hello Birch.")).status == 200
        linked = await talk.say(talk.ash, number, "See https://example.org/more")
        assert linked.status == 403
        assert "example.org/more" not in await talk.page(talk.birch, number)
        assert (await talk.start(talk.ash, "cedar birch", "Both of you")).status == 403


@pytest.mark.parametrize("how", ["time", "hand"])
async def test_prv_24_a_picture_goes_with_the_last_copy(one_talk: Talk, how: str) -> None:
    talk = one_talk
    number = await talk.opened(talk.ash, "birch", "With a picture.")
    [message] = message_ids(await talk.page(talk.ash, number))
    picture = Attachment(
        id=77,
        name="x" * 32,
        owner_id=persona_of(talk.ash).id,
        conversation_id=number,
        message_id=message,
        alt="A lighthouse",
        type="image/webp",
        width=1,
        height=1,
        small_width=1,
        small_height=1,
        size=2,
        created_at=talk.house.clock.now(),
    )
    await talk.house.db.write(lambda uow: uow.attachments.add(picture))
    if how == "time":
        await later(talk, 181)
    else:
        await talk.act(talk.ash, f"/messages/{number}/remove")
        assert await pictures(talk) == 1
        await talk.page(talk.birch, number)
        await talk.act(talk.birch, f"/messages/{number}/remove")
    assert await pictures(talk) == 0


async def pictures(talk: Talk) -> int:
    """How many rows of pictures there are."""

    def count(uow: UnitOfWork) -> int:
        found = uow.connection.exec_driver_sql("SELECT count(*) FROM attachments")
        return int(found.scalar_one())

    return await talk.house.db.read(count)
