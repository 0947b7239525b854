"""Suspensions: every door closes at once, help and appeal stay open, no name gives another away."""

import pytest

from node.personas.names import PersonaName
from storage.accounts import Role
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.node.moderation.conftest import Ward, act
from tests.node.moderation.test_reporting import open_reports
from tests.node.web.house import PASSWORD, keys
from tests.node.web.visitor import Visitor
from tests.storage.rows import an_actor

REASONS = {"statement": "Threats, twice."}


async def other_persona(ward: Ward, visitor: Visitor, handle: str) -> Actor:
    """Another persona of the account behind a visitor."""
    assert visitor.persona is not None
    known, rooms = visitor.persona, ward.house.rooms
    name = PersonaName(handle=handle, name=handle.title())

    def make(uow: UnitOfWork) -> Actor:
        account = uow.accounts.get(uow.accounts.account_of(known.id) or 0)
        assert account is not None
        return rooms.personas.make(uow, account, name, keys())

    ward.house.clock.advance(minutes=1)
    return await ward.house.db.write(make)


async def signs_in(ward: Ward, name: str) -> str:
    visitor = ward.house.visitor()
    return (await visitor.sign_in(f"{name}-private", PASSWORD)).text


async def test_an_account_is_shut_out_at_once_and_can_appeal(ward: Ward) -> None:
    tom, noor = await ward.member("tom"), await ward.member("noor", "safety_lead")
    await ward.house.db.write(lambda uow: ward.house.rooms.tokens.issue(uow, "tom", "app"))
    await act(noor, "/moderation/suspended", handle="@Tom", scope="account", **REASONS)
    assert "Sign in" in (await tom.get("/settings")).text
    assert "This account is suspended." in await signs_in(ward, "tom")
    assert tom.persona is not None
    number = tom.persona.id
    tokens = await ward.house.db.read(lambda uow: uow.tokens.of_persona(number))
    assert [token.revoked_at is None for token in tokens] == [False]
    assert (await tom.get("/help")).status == 200

    page = await tom.submit("/appeal", at="/appeal", name="tom-private", password=PASSWORD)
    assert "Threats, twice." in page.text
    fields = {"name": "tom-private", "password": PASSWORD, "words": "It was not me."}
    page = await tom.submit("/appeal", **fields)
    assert "Your words are with the staff." in page.text
    assert (await act(tom, "/appeal", **fields)).status == 403
    [appeal] = await open_reports(ward)
    at = f"/moderation/reports/{appeal.id}"
    ines = await ward.member("ines", "moderator")
    await act(ines, f"{at}/claim")
    assert "It was not me." in (await act(ines, f"{at}/open")).text
    await act(ines, f"{at}/decide", outcome="restore", statement="You were right.")
    assert "You are signed in." in await signs_in(ward, "tom")


async def test_an_appeal_may_be_refused_with_reasons(ward: Ward) -> None:
    tom, noor = await ward.member("tom"), await ward.member("noor", "safety_lead")
    await act(noor, "/moderation/suspended", handle="tom", scope="account", **REASONS)
    fields = {"name": "tom-private", "password": PASSWORD, "words": "Again, please."}
    await act(tom, "/appeal", **fields)
    [appeal] = await open_reports(ward)
    at = f"/moderation/reports/{appeal.id}"
    await act(noor, f"{at}/claim")
    assert (await act(noor, f"{at}/decide", outcome="keep")).status == 422
    await act(noor, f"{at}/decide", outcome="keep", statement="It stays.")
    assert "This account is suspended." in await signs_in(ward, "tom")
    assert (await act(tom, "/appeal", **fields)).status == 200


async def test_web_02_an_appeal_tells_nothing_without_the_password(ward: Ward) -> None:
    noor, _ = await ward.member("noor", "safety_lead"), await ward.member("tom")
    visitor = ward.house.visitor()
    await act(noor, "/moderation/suspended", handle="tom", scope="account", **REASONS)
    wrong = await act(visitor, "/appeal", name="tom-private", password="not this one")
    never = await act(visitor, "/appeal", name="tim-private", password="not this one")
    assert wrong.status == never.status == 422
    assert wrong.text.replace("tom", "") == never.text.replace("tim", "")
    assert "Threats" not in wrong.text
    free = await act(visitor, "/appeal", name="noor-private", password=PASSWORD, words="x")
    assert (free.status, "Nothing of yours is suspended." in free.text) == (403, True)
    assert await open_reports(ward) == []


async def test_a_suspended_persona_gives_no_other_one_away(ward: Ward) -> None:
    tom, ines = await ward.member("tom"), await ward.member("ines", "moderator")
    await other_persona(ward, tom, "fern")
    await act(ines, "/moderation/suspended", handle="tom", scope="persona", **REASONS)
    assert "Sign in" in (await tom.get("/settings")).text
    visitor = ward.house.visitor()
    assert "You are signed in." in (await visitor.sign_in("tom-private", PASSWORD)).text
    assert "You act as Fern" in (await visitor.get("/settings")).text
    assert (await ines.get("/personas/fern")).status == 200
    assert (await ines.get("/personas/tom")).status == 404
    page = await act(visitor, "/settings/personas", persona="tom")
    assert (page.status, "This persona is suspended." in page.text) == (403, True)
    assert "You act as Fern" in (await visitor.get("/settings")).text


async def test_web_09_what_a_suspended_persona_still_holds_opens_nothing(ward: Ward) -> None:
    tom, _ = await ward.member("tom"), await ward.member("ines")
    rooms = ward.house.rooms
    issued = await ward.house.db.write(lambda uow: rooms.tokens.issue(uow, "tom", "app"))
    assert tom.persona is not None
    number = tom.persona.id

    async def opens() -> tuple[bool, bool]:
        viewer = await ward.house.db.read(lambda uow: rooms.sessions.caller_of(uow, issued.secret))
        return "You act as Tom" in (await tom.get("/settings")).text, viewer is not None

    assert await opens() == (True, True)
    await ward.house.db.write(lambda uow: uow.actors.suspend(number, ward.house.clock.now()))
    assert await opens() == (False, False)


async def test_prv_17_a_suspended_account_gives_no_other_persona_away(ward: Ward) -> None:
    tom, noor = await ward.member("tom"), await ward.member("noor", "safety_lead")
    await other_persona(ward, tom, "fern")
    suspend = "/moderation/suspended"
    await act(noor, suspend, handle="tom", scope="account", **REASONS)
    listed = (await noor.get(suspend)).text
    assert "fern" not in listed
    assert (await noor.get("/personas/fern")).status == 200
    first = await act(noor, suspend, handle="fern", scope="account", **REASONS)
    assert first.path == f"{suspend}?note=suspended"
    assert tom.persona is not None
    restored = {"persona": str(tom.persona.id), **REASONS}
    await act(noor, f"{suspend}/restore", **restored)
    assert "This account is suspended." in await signs_in(ward, "tom")
    assert "fern" in (await noor.get(suspend)).text
    assert "/personas/tom" not in (await noor.get(suspend)).text


@pytest.mark.parametrize(
    ("role", "handle", "scope", "status"),
    [
        ("moderator", "tom", "persona", 200),
        ("moderator", "tom", "account", 403),
        ("moderator", "noor", "persona", 403),
        ("safety_lead", "tom", "account", 200),
        ("safety_lead", "noor", "account", 403),
        ("administrator", "noor", "account", 200),
        ("administrator", "me", "persona", 403),
        ("administrator", "me", "account", 403),
        ("moderator", "nobody", "persona", 422),
        ("moderator", "not a handle", "persona", 422),
    ],
)
async def test_who_may_suspend_whom(
    ward: Ward, role: Role, handle: str, scope: str, status: int
) -> None:
    await ward.member("tom")
    await ward.member("noor", "moderator")
    me = await ward.member("me", role)
    page = await act(me, "/moderation/suspended", handle=handle, scope=scope, **REASONS)
    assert page.status == status
    written = [one.act for one in await ward.log()]
    assert written == (["suspend"] if status == 200 else [])


async def test_reasons_are_needed(ward: Ward) -> None:
    tom, ines = await ward.member("tom"), await ward.member("ines", "moderator")
    page = await act(ines, "/moderation/suspended", handle="tom", statement="")
    assert (page.status, 'href="#field-statement"' in page.text) == (422, True)
    assert "Your handle is" in (await tom.get("/settings")).text


async def test_decisions_are_of_one_persona_alone(ward: Ward) -> None:
    tom, ines = await ward.member("tom"), await ward.member("ines", "moderator")
    await other_persona(ward, tom, "fern")
    await act(ines, "/moderation/suspended", handle="fern", **REASONS)
    assert "Threats" not in (await tom.get("/decisions")).text
    assert tom.persona is not None
    number = tom.persona.id
    assert (await act(ines, "/moderation/suspended/restore", persona=str(number))).status == 422


async def test_the_node_itself_and_groups_are_no_people(ward: Ward) -> None:
    noor, tom = await ward.member("noor", "administrator"), await ward.member("tom")
    await ward.house.group("sleep", noor)
    node = an_actor(77, type="Application", handle="harbour", host="localhost:8420", is_local=True)
    await ward.house.db.write(lambda uow: uow.actors.add(node))
    for handle, status in (("harbour", 403), ("sleep", 422)):
        page = await act(noor, "/moderation/suspended", handle=handle, **REASONS)
        assert page.status == status
        assert (await tom.get(f"/report/persona/{handle}")).status == 404
    assert await ward.log() == []
