"""Conversations: begun, answered, changed, taken back, read. Through the pages, as people do it."""

from dataclasses import replace
from functools import partial

from node.messages.service import Messages
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.node.messages.talk import NEW, Talk, message_ids


async def test_two_people_write_to_each_other(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "@birch", "Are you **awake**?")
    assert "Are you <strong>awake</strong>?" in await talk.page(talk.ash, number)
    listed = (await talk.birch.get("/messages")).text
    assert "1 thing is new" in listed
    assert "Are you **awake**?" in listed
    assert "Are you <strong>awake</strong>?" in await talk.page(talk.birch, number)
    assert "is new" not in (await talk.birch.get("/messages")).text
    await talk.say(talk.birch, number, "Since three.")
    assert "Since three." in await talk.page(talk.ash, number)
    # The same two have one conversation, whoever begins.
    assert await talk.opened(talk.birch, "ash", "And you?") == number


async def test_nobody_else_finds_a_conversation(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Only for you.")
    [message] = message_ids(await talk.page(talk.ash, number))
    visitor = talk.house.visitor()
    for path in (
        f"/messages/{number}",
        f"/messages/{number}/events",
        f"/messages/{number}/people",
        f"/messages/{number}/remove",
        f"/messages/{number}/{message}/edit",
        f"/messages/{number}/{message}/delete",
    ):
        mine = await talk.cedar.get(path)
        never = await talk.cedar.get(path.replace(str(number), "9" * len(str(number))))
        assert (mine.status, never.status) == (404, 404), path
        assert mine.text == never.text
        assert (await visitor.get(path)).path.startswith("/sign-in")
    before = await talk.counts()
    for path, fields in (
        (f"/messages/{number}", {"text": "Me, too.", "act": "send"}),
        (f"/messages/{number}", {"text": "Me, too.", "act": "draft"}),
        (f"/messages/{number}/people", {"to": "dale"}),
        (f"/messages/{number}/leave", {}),
        (f"/messages/{number}/remove", {}),
        (f"/messages/{number}/{message}/edit", {"text": "Changed."}),
        (f"/messages/{number}/{message}/delete", {"act": "all"}),
        (f"/messages/{number}/{message}/delete", {"act": "me"}),
    ):
        assert (await talk.act(talk.cedar, path, **fields)).status == 404, (path, fields)
    assert await talk.counts() == before
    assert "Only for you." in await talk.page(talk.birch, number)


async def test_a_small_group_talks_and_somebody_leaves(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch, @cedar", "Walk on Sunday?", "Sunday walk")
    for who in (talk.birch, talk.cedar):
        assert "Sunday walk" in await talk.page(who, number)
    await talk.act(talk.cedar, f"/messages/{number}/leave")
    await talk.say(talk.birch, number, "I am in.")
    left = await talk.page(talk.cedar, number)
    assert "Walk on Sunday?" in left
    assert "I am in." not in left
    assert (await talk.say(talk.cedar, number, "Wait")).status == 403
    # Whoever comes later reads from there on.
    await talk.act(talk.ash, f"/messages/{number}/people", to="cedar")
    await talk.say(talk.ash, number, "Cedar is back.")
    back = await talk.page(talk.cedar, number)
    assert "Cedar is back." in back
    assert "I am in." not in back


async def test_adding_follows_the_rules_of_a_first_message(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch cedar", "Hello both.")
    refused = await talk.act(talk.ash, f"/messages/{number}/people", to="dale")
    assert refused.status == 403
    assert "Dale" not in await talk.page(talk.ash, number)
    pair = await talk.opened(talk.ash, "birch", "Hello.")
    assert (await talk.act(talk.ash, f"/messages/{pair}/people", to="cedar")).status == 403


async def test_a_conversation_has_a_most(talk: Talk) -> None:
    many = ", ".join(["birch", "cedar", *(f"p{n}" for n in range(6))])
    for n in range(6):
        await talk.house.account(f"p{n}")
    refused = await talk.start(talk.ash, many, "All of you")
    assert refused.status == 422
    assert "too many people" in refused.text
    assert (await talk.counts())["conversations"] == 0


async def test_editing_and_deleting(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "First words.")
    [first] = message_ids(await talk.page(talk.ash, number))
    at = f"/messages/{number}/{first}"
    assert (await talk.birch.get(f"{at}/edit")).status == 404
    assert (await talk.act(talk.birch, f"{at}/edit", text="Mine.")).status == 404
    assert (await talk.act(talk.birch, f"{at}/delete", act="all")).status == 404
    await talk.ash.submit(f"{at}/edit", at=f"{at}/edit", text="Better words.")
    changed = await talk.page(talk.birch, number)
    assert "Better words." in changed
    assert "First words." not in changed
    assert "edited" in changed
    await talk.say(talk.birch, number, "An answer.")
    answer = message_ids(await talk.page(talk.ash, number))[-1]
    await talk.act(talk.ash, f"/messages/{number}/{answer}/delete", act="me")
    assert "An answer." not in await talk.page(talk.ash, number)
    assert "An answer." in await talk.page(talk.birch, number)
    await talk.act(talk.ash, f"{at}/delete", act="all")
    for who in (talk.ash, talk.birch):
        assert "Better words." not in await talk.page(who, number)
    assert "deleted by its author" in await talk.page(talk.birch, number)
    rows = await talk.house.db.read(
        lambda uow: uow.connection.exec_driver_sql(
            f"SELECT sealed FROM messages WHERE id = {first}"
        ).scalar_one()
    )
    assert rows is None


async def test_what_was_read_shows_unless_the_reader_switched_it_off(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Are you there?")
    seen = 'id="seen">Seen</p>'
    assert seen not in await talk.page(talk.ash, number)
    await talk.page(talk.birch, number)
    assert seen in await talk.page(talk.ash, number)
    chosen = {"who": "shared-groups", "shows_read": "no", "keep": ""}
    await talk.act(talk.birch, "/messages/settings", **chosen)
    assert seen not in await talk.page(talk.ash, number)


async def test_looking_ahead_is_not_reading(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Are you there?")
    await talk.birch.get(f"/messages/{number}", {"Sec-Purpose": "prefetch"})
    assert "1 thing is new" in (await talk.birch.get("/messages")).text


async def test_drafts_are_kept_and_filled_in(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Hello.")
    await talk.say(talk.birch, number, "Not sure yet", act="draft")
    page = await talk.birch.get(f"/messages/{number}")
    assert page.form(f"/messages/{number}").fields["text"] == "Not sure yet"
    assert "Not sure yet" not in await talk.page(talk.ash, number)
    await talk.say(talk.birch, number, "Now I am.")
    page = await talk.birch.get(f"/messages/{number}")
    assert page.form(f"/messages/{number}").fields["text"] == ""
    first = {"to": "cedar", "title": "", "text": "Dear Cedar", "act": "draft"}
    await talk.act(talk.ash, NEW, **first)
    assert (await talk.ash.get(NEW)).form(NEW).fields["text"] == "Dear Cedar"
    assert (await talk.counts())["message_drafts"] == 1
    await talk.opened(talk.ash, "cedar", "Dear Cedar, hello.")
    assert (await talk.counts())["message_drafts"] == 0


async def test_a_long_conversation_has_pages(talk: Talk) -> None:
    number = await talk.opened(talk.ash, "birch", "Word 0.")
    messages, ash = talk.house.rooms.messages, talk.ash.persona
    assert ash is not None
    for n in range(1, 60):
        await talk.house.db.write(partial(_send, messages, ash, number, f"Word {n}."))
    newest = await talk.page(talk.birch, number)
    assert len(message_ids(newest)) == 50
    assert "Word 59." in newest
    before = message_ids(newest)[0]
    earlier = (await talk.birch.get(f"/messages/{number}?before={before}")).text
    assert len(message_ids(earlier)) == 10
    assert "Word 0." in earlier


async def test_web_20_searching_finds_only_ones_own(talk: Talk) -> None:
    await talk.opened(talk.ash, "birch", "The lighthouse by the Harbour.")
    await talk.opened(talk.ash, "cedar", "A lighthouse of your own.")
    found = await talk.act(talk.birch, "/messages/search", words="LIGHTHOUSE harbour")
    assert "The lighthouse by the Harbour." in found.text
    assert "of your own" not in found.text
    nothing = await talk.act(talk.dale, "/messages/search", words="lighthouse")
    assert "Nothing was found" in nothing.text
    for odd in ('" * ( ) : % _', "x" * 10_000, "a " * 1000, "\\", "%"):
        assert (await talk.act(talk.birch, "/messages/search", words=odd)).status == 200


async def test_a_search_goes_on_where_it_stopped(one_talk: Talk) -> None:
    talk = one_talk
    number = await talk.opened(talk.ash, "birch", "needle at the bottom")
    messages, ash = talk.house.rooms.messages, talk.ash.persona
    assert ash is not None
    for n in range(450):
        await talk.house.db.write(partial(_send, messages, ash, number, f"hay {n}"))
    limits = replace(messages.limits, search_most=200)
    limited = Messages(
        messages.now,
        messages.new_id,
        messages.authority,
        messages.markdown,
        limits,
        messages.newcomers,
        messages.notifying,
    )
    steps, before, found = 0, None, []
    while steps == 0 or before is not None:
        step = await talk.house.db.read(lambda uow: limited.search(uow, ash, "needle", before))  # noqa: B023
        steps, before = steps + 1, step.older
        found += step.messages
    assert steps == 3
    assert [one.source for one in found] == ["needle at the bottom"]


def _send(messages: Messages, who: Actor, conversation: int, text: str, uow: UnitOfWork) -> None:
    messages.send(uow, who, conversation, text)
