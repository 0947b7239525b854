"""Links of personas: a reason, a second person, a time, and a line in the log for each step."""

import pytest

from storage.accounts import Role
from tests.node.moderation.conftest import Ward, act
from tests.node.moderation.test_suspending import other_persona
from tests.node.web.visitor import Visitor

AT = "/moderation/links"
WHY = "He wrote that he will come to her house."


async def asked(ward: Ward) -> tuple[Visitor, Visitor, str]:
    """A safety lead who asked for the links of Tom, who is Fern as well; an administrator; and
    where the request is."""
    tom, noor = await ward.member("tom"), await ward.member("noor", "safety_lead")
    admin = await ward.member("ines", "administrator")
    await other_persona(ward, tom, "fern")
    page = await noor.submit(AT, at=AT, handle="tom", statement=WHY)
    assert page.path == f"{AT}?note=reveal-asked"
    [reveal] = await ward.house.db.read(
        lambda uow: uow.reveals.since(ward.house.clock.now().replace(year=2000))
    )
    return noor, admin, f"{AT}/{reveal.id}"


async def acts(ward: Ward) -> list[str]:
    return [one.act for one in await ward.log()]


async def test_invariant_24_a_link_is_shown_after_a_second_person_agreed(ward: Ward) -> None:
    noor, admin, at = await asked(ward)
    assert (await act(noor, f"{at}/look")).status == 403
    page = await admin.get(AT)
    assert WHY in page.text
    assert "fern" not in page.text
    page = await admin.submit(f"{at}/answer", act="confirm")
    assert "fern" not in page.text
    assert (await act(admin, f"{at}/look")).status == 404
    lead = await ward.member("lead", "safety_lead")
    assert (await act(lead, f"{at}/look")).status == 404
    for _ in range(2):
        page = await act(noor, f"{at}/look")
        assert "/personas/fern" in page.text
    assert "fern" not in (await noor.get(AT)).text
    assert await acts(ward) == ["reveal-asked", "reveal-confirmed", "reveal-seen", "reveal-seen"]
    assert (await ward.house.visitor().sign_in("tom-private", "x")).status == 422


async def test_nobody_confirms_their_own_request(ward: Ward) -> None:
    noor, _, at = await asked(ward)
    page = await act(noor, f"{at}/answer", act="confirm")
    assert (page.status, "A second person" in page.text) == (403, True)
    assert (await act(noor, f"{at}/look")).status == 403
    assert await acts(ward) == ["reveal-asked"]


@pytest.mark.parametrize("role", ["member", "moderator"])
async def test_others_know_of_nothing(ward: Ward, role: Role) -> None:
    noor, _, at = await asked(ward)
    other = await ward.member("other", role)
    assert (await other.get(AT)).status == 404
    assert (await act(other, AT, handle="tom", statement=WHY)).status == 404
    assert (await act(other, f"{at}/answer", act="confirm")).status == 404
    assert (await act(other, f"{at}/look")).status == 404
    assert (await act(noor, f"{at}/look")).status == 403


async def test_an_administrator_cannot_ask(ward: Ward) -> None:
    await ward.member("tom")
    admin = await ward.member("ines", "administrator")
    assert (await act(admin, AT, handle="tom", statement=WHY)).status == 404
    assert await acts(ward) == []


async def test_what_is_declined_or_late_shows_nothing(ward: Ward) -> None:
    noor, admin, at = await asked(ward)
    await act(admin, f"{at}/answer", act="decline")
    assert (await act(noor, f"{at}/look")).status == 403
    assert (await act(admin, f"{at}/answer", act="confirm")).status == 403
    assert await acts(ward) == ["reveal-asked", "reveal-declined"]


async def test_a_confirmation_must_come_in_time_and_does_not_last(ward: Ward) -> None:
    noor, admin, at = await asked(ward)
    ward.house.clock.advance(hours=71)
    await act(admin, f"{at}/answer", act="confirm")
    ward.house.clock.advance(hours=71)
    assert (await act(noor, f"{at}/look")).status == 200
    ward.house.clock.advance(hours=1)
    assert (await act(noor, f"{at}/look")).status == 403
    await act(noor, AT, handle="tom", statement=WHY)
    [late, *_] = await ward.house.db.read(
        lambda uow: uow.reveals.since(ward.house.clock.now().replace(year=2000))
    )
    ward.house.clock.advance(hours=72)
    page = await act(admin, f"{AT}/{late.id}/answer", act="confirm")
    assert (page.status, "The time for this is over." in page.text) == (403, True)
    assert (await act(noor, f"{AT}/{late.id}/look")).status == 403


async def test_a_safety_lead_no_more_sees_nothing(ward: Ward) -> None:
    noor, admin, at = await asked(ward)
    await act(admin, f"{at}/answer", act="confirm")
    account = await ward.house.db.read(lambda uow: uow.accounts.by_name("noor-private"))
    assert account is not None
    await ward.house.db.write(lambda uow: uow.accounts.set_role(account.id, "administrator"))
    assert (await act(noor, f"{at}/look")).status == 404


async def test_who_is_asked_about_does_not_answer(ward: Ward) -> None:
    await ward.member("rowan")
    noor, ines = await ward.member("noor", "safety_lead"), await ward.member("ines", "safety_lead")
    await other_persona(ward, ines, "iris")
    await act(noor, AT, handle="iris", statement=WHY)
    [reveal] = await ward.house.db.read(
        lambda uow: uow.reveals.since(ward.house.clock.now().replace(year=2000))
    )
    assert WHY not in (await ines.get(AT)).text
    assert (await act(ines, f"{AT}/{reveal.id}/answer", act="confirm")).status == 404
    assert WHY not in (await ines.get("/moderation/log")).text
    assert WHY in (await noor.get("/moderation/log")).text


async def test_asking_needs_a_reason_and_a_persona_of_this_node(ward: Ward) -> None:
    await ward.member("tom")
    noor = await ward.member("noor", "safety_lead")
    await ward.house.group("sleep", noor)
    for handle, reason, field in (
        ("tom", " ", "statement"),
        ("nobody", WHY, "handle"),
        ("sleep", WHY, "handle"),
    ):
        page = await act(noor, AT, handle=handle, statement=reason)
        assert (page.status, f'href="#field-{field}"' in page.text) == (422, True)
    assert await acts(ward) == []


async def test_the_one_concerned_can_read_that_it_happened(ward: Ward) -> None:
    noor, admin, at = await asked(ward)
    await act(admin, f"{at}/answer", act="confirm")
    tom = ward.house.visitor()
    await tom.sign_in("tom-private", "a quiet walk by the river")
    assert "A safety lead saw" not in (await tom.get("/decisions")).text
    await act(noor, f"{at}/look")
    page = await tom.get("/decisions")
    assert "A safety lead saw" in page.text
    for hidden in ("Noor", "Ines", WHY):
        assert hidden not in page.text


async def test_no_other_page_of_the_staff_shows_a_link(ward: Ward) -> None:
    noor, admin, at = await asked(ward)
    await act(admin, f"{at}/answer", act="confirm")
    await act(noor, f"{at}/look")
    await act(noor, "/moderation/suspended", handle="tom", scope="account", statement="x")
    for staff in (noor, admin):
        for path in ("", "/suspended", "/links", "/log"):
            assert "fern" not in (await staff.get(f"/moderation{path}")).text.lower()
    assert "fern" not in (await admin.get("/moderation/roles")).text.lower()
