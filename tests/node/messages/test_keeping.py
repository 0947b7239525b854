"""How long messages stay, and that nothing readable lies in the database."""

from collections.abc import Callable
from pathlib import Path

import pytest

from storage.errors import Erased
from storage.seals import Holder
from storage.unit_of_work import UnitOfWork
from tests.node.messages.talk import NEW, Talk, message_ids, persona_of
from tests.node.messages.test_reaching import forget
from tests.node.web.house import PASSWORD
from tests.node.web.visitor import Visitor


async def keep(talk: Talk, who: Visitor, days: str) -> None:
    fields = {"who": "shared-groups", "shows_read": "yes", "keep": days}
    assert (await talk.act(who, "/messages/settings", **fields)).status == 200


async def later(talk: Talk, days: int) -> None:
    """Time passes, housekeeping comes round, and people sign in again."""
    talk.house.clock.advance(hours=24 * days + 1)
    await forget(talk)
    for who, name in ((talk.ash, "ash"), (talk.birch, "birch")):
        if (await who.get("/settings")).path.startswith("/sign-in"):
            await who.sign_in(f"{name}-private", PASSWORD)


async def test_everybody_keeps_for_as_long_as_they_choose(talk: Talk) -> None:
    """Ash keeps a week, Birch a month: each by their own choice, the row until the last one."""
    number = await talk.opened(talk.ash, "birch", "A word in spring.")
    await keep(talk, talk.ash, "7")
    await keep(talk, talk.birch, "30")
    await later(talk, 7)
    assert (await talk.ash.get(f"/messages/{number}")).status == 404
    assert "A word in spring." in await talk.page(talk.birch, number)
    # They still know each other: Ash may write on, in the same conversation.
    assert await talk.opened(talk.ash, "birch", "A word in summer.") == number
    await talk.act(talk.birch, f"/messages/{number}/remove")
    await later(talk, 7)
    counts = await talk.counts()
    assert (counts["messages"], counts["message_copies"], counts["conversations"]) == (0, 0, 0)
    with pytest.raises(Erased):
        await talk.house.db.write(_seal_under(number))


def _seal_under(conversation: int) -> Callable[[UnitOfWork], None]:
    """Fails once the key of a conversation is destroyed."""

    def seal(uow: UnitOfWork) -> None:
        holders = (Holder("conversation", conversation),)
        uow.seals.seal(b"x", place="messages.sealed", row=1, author=1, holders=holders)

    return seal


async def test_the_node_says_how_long_unless_a_person_does(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "A word in spring.")
    await keep(talk, talk.birch, "0")
    await later(talk, 179)
    assert "A word in spring." in await talk.page(talk.ash, number)
    await later(talk, 2)
    assert (await talk.ash.get(f"/messages/{number}")).status == 404
    assert "A word in spring." in await talk.page(talk.birch, number)


async def test_drafts_go_after_a_while(one_talk: Talk) -> None:
    fields = {"to": "birch", "title": "", "text": "Never sent.", "act": "draft"}
    await one_talk.act(one_talk.ash, NEW, **fields)
    await later(one_talk, 181)
    assert (await one_talk.counts())["message_drafts"] == 0


async def test_what_nobody_holds_is_gone_with_its_key(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Only a moment.")
    await talk.page(talk.birch, number)
    for who in (talk.ash, talk.birch):
        await talk.act(who, f"/messages/{number}/remove")
    assert set((await talk.counts()).values()) == {0}
    with pytest.raises(Erased):
        await talk.house.db.write(_seal_under(number))


async def test_prv_21_words_of_somebody_erased_can_be_read_by_nobody(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Words of Ash.")
    await talk.say(talk.birch, number, "Words of Birch.")
    ash = persona_of(talk.ash).id
    await talk.house.db.write(lambda uow: uow.seals.destroy(Holder("persona", ash)))
    page = await talk.page(talk.birch, number)
    assert "Words of Ash." not in page
    assert "Words of Birch." in page
    found = await talk.act(talk.birch, "/messages/search", words="words")
    assert "Words of Ash." not in found.text


async def test_nothing_that_people_wrote_lies_open_in_the_database(
    one_talk: Talk, tmp_path: Path
) -> None:
    """Marker words in every field; then the bytes of the database and its journal are searched."""
    talk = one_talk
    marks = [f"quokka{n}mark" for n in range(8)]
    group = await talk.opened(talk.ash, "birch cedar", marks[0], title=marks[1])
    pair = await talk.opened(talk.ash, "birch", marks[2])
    await talk.say(talk.birch, pair, marks[3], act="draft")
    draft = {"to": f"birch {marks[4]}", "title": marks[5], "text": marks[6], "act": "draft"}
    await talk.act(talk.ash, NEW, **draft)
    fields = {"who": "anyone", "shows_read": "yes", "keep": ""}
    await talk.act(talk.birch, "/messages/settings", **fields)
    assert (await talk.ask(talk.dale, "birch", marks[7])).status == 200
    [message] = message_ids(await talk.page(talk.ash, group))
    path = f"/messages/{group}/{message}/edit"
    await talk.act(talk.ash, path, text=f"{marks[0]} again")
    await talk.act(talk.birch, "/messages/search", words=marks[0])
    files = [file for file in tmp_path.rglob("kith.sqlite3*") if file.is_file()]
    assert len(files) >= 2, files
    kept = b"".join(file.read_bytes() for file in files)
    assert b"birch" in kept
    assert [mark for mark in marks if mark.encode() in kept] == []
