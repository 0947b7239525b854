"""Who may write first, who has to ask, and that asking is gentle."""

from functools import partial

import pytest

from node.housekeeping import Housekeeping
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.node.messages.talk import NEW, OTHER_NODE, Talk, message_ids, persona_of
from tests.node.web.visitor import Visitor

NOTE = "We both wrote about night shifts. May I write to you?"


async def choose(talk: Talk, who: Visitor, choice: str) -> None:
    """Say who may ask."""
    fields = {"who": choice, "shows_read": "yes", "keep": ""}
    page = await talk.act(who, "/messages/settings", **fields)
    assert page.status == 200


async def test_a_group_shared_for_days_opens_the_way(talk: Talk) -> None:
    fresh = await talk.house.member("elm")
    await fresh.submit("/groups/sleep/join", at="/groups/sleep")
    talk.house.clock.advance(hours=6 * 24 + 23)
    refused = await talk.start(fresh, "birch", "Hello Birch")
    assert refused.status == 403
    assert "Send a short request" in refused.text
    # What was typed is not lost, and the page now offers the request.
    assert refused.form(NEW).fields["text"] == "Hello Birch"
    assert 'value="ask"' in refused.text
    assert (await talk.counts())["messages"] == 0
    talk.house.clock.advance(hours=2)
    await talk.opened(fresh, "birch", "Hello Birch")


@pytest.mark.parametrize(
    ("choice", "shares", "outcome"),
    [
        ("nobody", True, 403),
        ("nobody", False, 403),
        ("shared-groups", False, 403),
        ("shared-groups", True, 200),
        ("anyone", False, 200),
    ],
)
async def test_everybody_chooses_who_may_ask(
    one_talk: Talk, choice: str, shares: bool, outcome: int
) -> None:
    talk = one_talk
    await choose(talk, talk.birch, choice)
    if shares:
        await talk.dale.submit("/groups/sleep/join", at="/groups/sleep")
    assert (await talk.ask(talk.dale, "birch", NOTE)).status == outcome
    assert (await talk.counts())["message_requests"] == (outcome == 200)
    if choice == "nobody":
        assert (await talk.start(talk.ash, "birch", "A first message")).status == 403


async def test_a_request_is_accepted(talk: Talk) -> None:
    await choose(talk, talk.birch, "anyone")
    await talk.ask(talk.dale, "@birch", NOTE)
    listed = (await talk.birch.get("/messages")).text
    assert "1 request waits" in listed
    requests = await talk.birch.get("/messages/requests")
    assert NOTE in requests.text
    action = request_action(requests.text)
    accepted = await talk.act(talk.birch, action, act="accept")
    number = int(accepted.path.rpartition("/")[2])
    assert NOTE in await talk.page(talk.dale, number)
    await talk.say(talk.dale, number, "Thank you.")
    assert "Thank you." in await talk.page(talk.birch, number)
    assert (await talk.act(talk.birch, action, act="accept")).status == 404


async def test_a_decline_is_silent(talk: Talk) -> None:
    await choose(talk, talk.birch, "anyone")
    await talk.ask(talk.dale, "birch", NOTE)
    waiting = (await talk.dale.get("/messages/requests")).text
    action = request_action((await talk.birch.get("/messages/requests")).text)
    await talk.act(talk.birch, action, act="decline")
    assert NOTE not in (await talk.birch.get("/messages/requests")).text
    assert (await talk.dale.get("/messages/requests")).text == waiting
    again = await talk.ask(talk.dale, "birch", NOTE)
    assert again.status == 403
    assert "You asked this person already" in again.text
    # After some weeks it is forgotten, and one may ask once more.
    talk.house.clock.advance(hours=31 * 24)
    await forget(talk)
    assert (await talk.counts())["message_requests"] == 0
    await talk.dale.sign_in("dale-private", "a quiet walk by the river")
    assert (await talk.ask(talk.dale, "birch", NOTE)).status == 200


@pytest.mark.parametrize(
    "text",
    [
        "x" * 301,
        "Look: https://elsewhere.example/x",
        "Look: www.elsewhere.example",
        "Look: elsewhere.com/now",
        "[here](//elsewhere.example)",
        "[here](mailto:me@elsewhere.example)",
        "",
    ],
)
async def test_invariant_09_a_request_is_short_and_has_no_links(one_talk: Talk, text: str) -> None:
    await choose(one_talk, one_talk.birch, "anyone")
    assert (await one_talk.ask(one_talk.dale, "birch", text)).status == 422
    assert (await one_talk.counts())["message_requests"] == 0


async def test_a_request_is_plain_text(one_talk: Talk) -> None:
    await choose(one_talk, one_talk.birch, "anyone")
    await one_talk.ask(one_talk.dale, "birch", "<b>Hello</b> **you**")
    shown = (await one_talk.birch.get("/messages/requests")).text
    assert "&lt;b&gt;Hello&lt;/b&gt; **you**" in shown


async def test_invariant_09_five_requests_a_day_for_all_personas_of_a_person(
    one_talk: Talk,
) -> None:
    talk = one_talk
    for n in range(7):
        actor = await talk.house.account(f"p{n}")
        await talk.house.db.write(partial(_opens_up, talk, actor))
    for n in range(4):
        assert (await talk.ask(talk.dale, f"p{n}", NOTE)).status == 200
    second = await talk.second_persona(talk.dale, "dusk")
    await talk.house.db.write(lambda uow: talk.house.rooms.messages.ask(uow, second, "p4", NOTE))
    slow = await talk.ask(talk.dale, "p5", NOTE)
    assert slow.status == 429
    assert "enough requests for one day" in slow.text
    talk.house.clock.advance(hours=25)
    assert (await talk.ask(talk.dale, "p5", NOTE)).status == 200


async def test_whoever_was_asked_answers_rather_than_asks(one_talk: Talk) -> None:
    talk = one_talk
    for who in (talk.birch, talk.dale):
        await choose(talk, who, "anyone")
    await talk.ask(talk.dale, "birch", NOTE)
    assert "asked you already" in (await talk.ask(talk.birch, "dale", NOTE)).text


REMOTE = (
    "@zoe@elsewhere.example",
    "zoe@elsewhere.example",
    "https://elsewhere.example/@zoe",
    "https://elsewhere.example/personas/zoe",
    "@birch, @zoe@elsewhere.example",
    "birch zoe@elsewhere.example:8443",
    "@zoe@localhost:8421",
)


@pytest.mark.parametrize("to", REMOTE)
async def test_prv_02_nobody_of_another_node_can_be_named(one_talk: Talk, to: str) -> None:
    """Refused before anything is stored: not the message, and no draft of it."""
    talk = one_talk
    for act in ("send", "ask"):
        fields = {"to": to, "text": "A secret.", "title": "", "act": act}
        page = await talk.act(talk.ash, NEW, **fields)
        assert page.status == 403
        assert OTHER_NODE in page.text
    assert set((await talk.counts()).values()) == {0}


async def test_prv_02_people_of_this_node_may_be_named_in_full(one_talk: Talk) -> None:
    for to in ("@birch@localhost:8420", "http://localhost:8420/personas/birch", "BIRCH"):
        await one_talk.opened(one_talk.ash, to, "Hello.")
    assert (await one_talk.counts())["conversations"] == 1


async def test_prv_02_a_text_that_addresses_another_node_is_refused(one_talk: Talk) -> None:
    talk = one_talk
    number = await talk.opened(talk.ash, "birch", "Hello.")
    [message] = message_ids(await talk.page(talk.ash, number))
    before = await talk.counts()
    words = "Tell @zoe@elsewhere.example, please."
    for act in ("send", "draft"):
        page = await talk.say(talk.ash, number, words, act)
        assert page.status == 403
        assert "addresses somebody on another node" in page.text
    path = f"/messages/{number}/{message}/edit"
    assert (await talk.act(talk.ash, path, text=words)).status == 403
    group = await talk.opened(talk.ash, "birch cedar", "Hello.")
    for to in REMOTE[:4]:
        page = await talk.act(talk.ash, f"/messages/{group}/people", to=to)
        assert page.status == 403
        assert OTHER_NODE in page.text
    assert (await talk.counts())["messages"] == before["messages"] + 1
    assert (await talk.counts())["message_drafts"] == 0
    await talk.say(talk.ash, number, "Write to zoe@elsewhere.example or @birch@localhost:8420.")
    assert "Write to zoe@" in await talk.page(talk.birch, number)


async def test_prv_02_an_actor_of_another_node_is_nobody_here(one_talk: Talk) -> None:
    """Somebody whom this node knows from elsewhere has no plain name here."""
    page = await one_talk.start(one_talk.ash, "nobody_here", "Hello.")
    assert page.status == 422
    await one_talk.house.group("den", one_talk.ash)
    assert (await one_talk.start(one_talk.ash, "den", "Hello.")).status == 422
    assert (await one_talk.start(one_talk.ash, "ash", "Hello.")).status == 422


async def test_web_12_other_fields_change_nothing(one_talk: Talk) -> None:
    talk = one_talk
    fields = {"to": "birch", "text": "Hello.", "title": "", "act": "send"}
    more = {"author_id": str(persona_of(talk.cedar).id), "id": "1", "visibility": "public"}
    page = await talk.act(talk.ash, NEW, **fields, **more)
    assert "Ash" in (await talk.birch.get(page.path)).text
    assert "Cedar" not in (await talk.birch.get(page.path)).text


def _opens_up(talk: Talk, actor: Actor, uow: UnitOfWork) -> None:
    talk.house.rooms.messages.choose(uow, actor, "anyone", True, "")


def request_action(text: str) -> str:
    """Where the answer to the one request on a page goes."""
    return (
        text.split('action="/messages/requests/', 1)[1]
        .split('"', 1)[0]
        .join(("/messages/requests/", ""))
    )


async def forget(talk: Talk) -> None:
    """What housekeeping does."""
    rooms = talk.house.rooms
    await Housekeeping(rooms.db, rooms.config, rooms.now).run_once()
