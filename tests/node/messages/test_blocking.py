"""PRV-14: who is cut off reaches nobody and learns nothing, in conversations old and new."""

from storage.memberships import Membership
from storage.seals import Holder
from storage.unit_of_work import UnitOfWork
from tests.node.messages.talk import NEW, Talk, message_ids, persona_of

NOBODY = "Somebody who is not here any more"


async def test_prv_14_an_old_conversation_takes_nothing_more(talk: Talk) -> None:
    """Birch blocked Ash. Ash keeps a record, in which Birch is as gone as somebody who left."""
    number = await talk.opened(talk.ash, "birch", "Old words of Ash.")
    await talk.say(talk.birch, number, "Old words of Birch.")
    [mine, _] = message_ids(await talk.page(talk.ash, number))
    await talk.page(talk.birch, number)
    await talk.block(talk.birch, persona_of(talk.ash))
    before = await talk.counts()
    path = f"/messages/{number}"
    for address, fields in (
        (path, {"text": "Again!", "act": "send"}),
        (f"{path}/{mine}/edit", {"text": "Changed!"}),
        (f"{path}/{mine}/delete", {"act": "all"}),
    ):
        page = await talk.act(talk.ash, address, **fields)
        assert page.status == 403, address
        assert "This person is not here any more" in page.text
    assert await talk.counts() == before
    shown = await talk.page(talk.ash, number)
    assert "Old words of Ash." in shown
    assert "Old words of Birch." not in shown
    assert "Birch" not in shown
    assert NOBODY in shown
    kept = await talk.page(talk.birch, number)
    for words in ("Old words of Ash.", "Old words of Birch.", "You blocked Ash"):
        assert words in kept
    assert "is new" not in (await talk.birch.get("/messages")).text


async def test_prv_14_who_blocked_is_not_there_to_begin_with(talk: Talk) -> None:
    await talk.block(talk.birch, persona_of(talk.ash))
    blocked = await talk.start(talk.ash, "birch", "Hello.")
    never = await talk.start(talk.ash, "burch", "Hello.")
    assert blocked.status == never.status == 422
    assert blocked.text.replace("birch", "burch") == never.text
    assert (await talk.ask(talk.ash, "birch", "Hello.")).status == 422
    looked = await talk.ash.get(f"{NEW}?to=birch")
    other = await talk.ash.get(f"{NEW}?to=burch")
    assert looked.text.replace("birch", "burch") == other.text
    # And the other way round, until the block is lifted.
    assert (await talk.start(talk.birch, "ash", "Hello.")).status == 422


async def test_a_block_looks_like_somebody_who_is_gone(talk: Talk) -> None:
    """Ash sees the same whether Birch blocked or went."""
    number = await talk.opened(talk.ash, "birch", "Hello.")
    await talk.say(talk.birch, number, "Hello Ash.")
    await talk.page(talk.ash, number)
    await talk.block(talk.birch, persona_of(talk.ash))
    blocked = await talk.page(talk.ash, number)
    listed = (await talk.ash.get("/messages")).text

    def go(uow: UnitOfWork) -> None:
        uow.blocks.lift(persona_of(talk.birch).id, persona_of(talk.ash).id)
        uow.actors.mark_gone(persona_of(talk.birch).id, talk.house.clock.now())
        uow.seals.destroy(Holder("persona", persona_of(talk.birch).id))

    await talk.house.db.write(go)
    assert await talk.page(talk.ash, number) == blocked
    assert (await talk.ash.get("/messages")).text == listed


async def test_what_goes_to_an_unnamed_persona_looks_sent_and_reaches_nobody(talk: Talk) -> None:
    """Birch blocked Ash, and does not know that Fern is the same person: nothing may tell."""
    fern = await talk.second_persona(talk.ash, "fern")
    since = talk.house.clock.now().replace(year=2025)

    def join(uow: UnitOfWork) -> None:
        group = uow.groups.by_handle("sleep", "localhost:8420")
        assert group is not None
        uow.memberships.put(
            Membership(
                group_id=group.actor.id,
                actor_id=fern.id,
                state="accepted",
                role="member",
                created_at=since,
                changed_at=since,
            )
        )

    await talk.house.db.write(join)
    await talk.block(talk.birch, persona_of(talk.ash))
    number = await talk.opened(talk.birch, "fern", "Hello Fern.")
    assert "Hello Fern." in await talk.page(talk.birch, number)
    messages = talk.house.rooms.messages
    entries, _ = await talk.house.db.read(lambda uow: messages.conversations(uow, fern))
    assert entries == []
    assert await talk.house.db.read(lambda uow: uow.conversations.count_news(fern.id)) == 0
    [sent] = message_ids(await talk.page(talk.birch, number))
    holders = await talk.house.db.read(lambda uow: uow.messages.holders(sent))
    assert holders == [persona_of(talk.birch).id]


async def test_in_a_small_group_two_pass_each_other_by(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch cedar", "Hello both.")
    await talk.block(talk.birch, persona_of(talk.ash))
    await talk.say(talk.ash, number, "Can you hear me?")
    await talk.say(talk.birch, number, "I hear Cedar.")
    at_birch = await talk.page(talk.birch, number)
    assert "Can you hear me?" not in at_birch
    at_ash = await talk.page(talk.ash, number)
    assert "I hear Cedar." not in at_ash
    assert "Birch" not in at_ash
    at_cedar = await talk.page(talk.cedar, number)
    assert "Can you hear me?" in at_cedar
    assert "I hear Cedar." in at_cedar


async def test_a_request_of_somebody_blocked_later_is_not_shown(talk: Talk) -> None:
    fields = {"who": "anyone", "shows_read": "yes", "keep": ""}
    await talk.act(talk.birch, "/messages/settings", **fields)
    await talk.ask(talk.dale, "birch", "May I write to you?")
    action = (
        "/messages/requests/"
        + (
            (await talk.birch.get("/messages/requests"))
            .text.split('action="/messages/requests/', 1)[1]
            .split('"', 1)[0]
        )
    )
    await talk.block(talk.birch, persona_of(talk.dale))
    page = await talk.birch.get("/messages/requests")
    assert "May I write to you?" not in page.text
    assert "is new" not in page.text
    assert (await talk.act(talk.birch, action, act="accept")).status == 404
