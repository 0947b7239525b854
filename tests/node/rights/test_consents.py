"""Consents: asked for with a box that nobody ticked beforehand, kept word for word, taken back."""

import pytest

from node.accounts.service import Newcomer
from node.consents import HEALTH_DATA, PURPOSES
from node.errors import Refused
from storage.consents import Consent
from tests.node.web.house import PASSWORD, WebHouse, keys
from tests.node.web.visitor import Visitor

HERE = "/settings/consents"
VERSION = PURPOSES[HEALTH_DATA].version


async def ledger(house: WebHouse, handle: str) -> list[Consent]:
    def read(uow: object) -> list[Consent]:
        account = uow.accounts.by_name(f"{handle}-private")  # type: ignore[attr-defined]
        acts: list[Consent] = uow.consents.of_account(account.id)  # type: ignore[attr-defined]
        return acts

    return await house.db.read(read)


async def unasked(house: WebHouse, handle: str) -> Visitor:
    """Somebody whose account was made for them."""
    newcomer = Newcomer(name=f"{handle}-private", handle=handle, display_name=handle)
    password_hash = house.hasher.hash_now(PASSWORD)
    await house.db.write(
        lambda uow: house.rooms.accounts.sign_up(uow, newcomer, password_hash, keys())
    )
    visitor = house.visitor()
    await visitor.sign_in(f"{handle}-private", PASSWORD)
    return visitor


async def test_signing_up_is_agreeing_by_a_box_of_its_own(house: WebHouse) -> None:
    visitor = house.visitor()
    page = await visitor.get("/sign-up")
    assert 'name="agrees"' in page.text
    assert "agrees" not in page.form("/sign-up").fields, "the box is ticked beforehand"
    assert "This is not end-to-end encryption" in page.text
    fields = {
        "name": "mara-private",
        "handle": "mara",
        "display_name": "Mara",
        "password": PASSWORD,
    }
    page = await visitor.submit("/sign-up", **fields)
    assert (page.status, "Tick the box if you agree" in page.text) == (422, True)
    assert await house.db.read(lambda uow: uow.accounts.count()) == 0
    page = await visitor.submit("/sign-up", **fields, agrees="yes")
    assert page.path == "/?note=welcome"
    [given] = await ledger(house, "mara")
    assert (given.purpose, given.version, given.act) == (HEALTH_DATA, VERSION, "given")
    assert given.created_at == house.clock.now()


async def test_whoever_did_not_agree_is_asked_before_anything_else(house: WebHouse) -> None:
    tom = await unasked(house, "tom")
    for path in ("/", "/groups", "/settings", "/personas/tom"):
        assert (await tom.get(path)).path == HERE
    assert (await tom.get("/help")).path == "/help"
    token = await tom.token()
    page = await tom.post("/settings/persona", {"csrf": token, "display_name": "Tommy"})
    assert (page.status, "stands still" in page.text) == (403, True)
    page = await tom.submit("/settings/consents/taking-part", at=HERE)
    assert (page.status, "Tick the box" in page.text) == (422, True)
    page = await tom.submit("/settings/consents/taking-part", agrees="yes")
    assert page.path == "/?note=welcome"
    assert (await tom.get("/settings")).path == "/settings"


async def test_taking_it_back_stops_the_account_and_its_programs(house: WebHouse) -> None:
    mara = await house.member("mara")
    issued = await house.db.write(lambda uow: house.rooms.tokens.issue(uow, "mara", "a program"))
    doorkeeper = house.rooms.sessions
    assert await house.db.read(lambda uow: doorkeeper.caller_of(uow, issued.secret))
    page = await mara.submit("/settings/consents/stop", at=HERE)
    assert "Your account stands still" in page.text
    assert (await mara.get("/groups")).path == HERE
    assert await house.db.read(lambda uow: doorkeeper.caller_of(uow, issued.secret)) is None
    await mara.submit("/settings/consents/taking-part", at=HERE, agrees="yes")
    assert (await mara.get("/groups")).path == "/groups"
    acts = [(one.act, one.version) for one in await ledger(house, "mara")]
    assert acts == [("given", VERSION), ("withdrawn", VERSION), ("given", VERSION)]


async def test_the_ledger_shows_the_words_and_belongs_to_the_account(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    page = await mara.get(HERE)
    assert f"The words of {VERSION}" in page.text
    assert (await house.visitor().get(HERE)).path.startswith("/sign-in")
    [given] = await ledger(house, "mara")
    token = await tom.token()
    for number in (str(given.id), "1", "nonsense"):
        fields = {"csrf": token, "consent": number}
        assert (await tom.post("/settings/consents/stop-sharing", fields)).status == 404
    assert len(await ledger(house, "mara")) == 1


async def test_invariant_17_copies_are_agreed_to_once_in_each_group(house: WebHouse) -> None:
    mara = await house.member("mara")
    for handle, kind in (("sleep", "public"), ("garden", "public"), ("attic", "local")):
        await house.group(handle, mara, kind)  # type: ignore[arg-type]
    new = "/groups/sleep/new"
    page = await mara.submit(new, at=new, title="One", text="Words", federate="")
    assert (page.status, "Tick the box if you agree" in page.text) == (422, True)
    assert "Words" in page.text, "nothing typed is lost"
    page = await mara.submit(new, title="One", text="Words", federate="yes")
    assert page.path.startswith("/threads/")
    assert 'name="federate"' not in page.text, "asked once"
    assert 'name="federate"' not in (await mara.get(new)).text
    assert 'name="federate"' in (await mara.get("/groups/garden/new")).text, "for each group"
    assert 'name="federate"' not in (await mara.get("/groups/attic/new")).text, "it stays here"
    given = (await ledger(house, "mara"))[-1]
    assert (given.purpose, given.act) == ("federation", "given")
    assert mara.persona is not None
    assert given.persona_id == mara.persona.id


async def test_taken_back_nothing_more_is_copied_by_no_way_in(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await house.group("sleep", mara)
    await mara.submit("/groups/sleep/new", at="/groups/sleep/new", title="One", text="Words")
    given = (await ledger(house, "mara"))[-1]
    token = await tom.token()
    fields = {"csrf": token, "consent": str(given.id)}
    assert (await tom.post("/settings/consents/stop-sharing", fields)).status == 404
    page = await mara.submit("/settings/consents/stop-sharing", at=HERE, consent=str(given.id))
    assert "Nothing new is copied" in page.text
    persona = mara.persona
    assert persona is not None
    draft = house.thread_draft("By a program")
    with pytest.raises(Refused, match="You took back"):
        await house.db.write(
            lambda uow: house.rooms.groups.post_thread(uow, group.actor.id, persona, draft)
        )
    assert 'name="federate"' in (await mara.get("/groups/sleep/new")).text
    await mara.submit("/groups/sleep/new", title="Two", text="Words")
    acts = [one.act for one in await ledger(house, "mara") if one.purpose == "federation"]
    assert acts == ["given", "withdrawn", "given"]
