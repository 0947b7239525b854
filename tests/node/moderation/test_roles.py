"""Roles: given by administrators with their password, under the persona that everybody knows."""

import pytest

from storage.accounts import Role
from tests.node.moderation.conftest import Ward, act
from tests.node.moderation.test_suspending import other_persona
from tests.node.web.house import PASSWORD

AT = "/moderation/roles"


async def role_of(ward: Ward, name: str) -> str:
    account = await ward.house.db.read(lambda uow: uow.accounts.by_name(f"{name}-private"))
    assert account is not None
    return account.role


async def test_a_role_is_given_and_taken_away(ward: Ward) -> None:
    admin, tom = await ward.member("ines", "administrator"), await ward.member("tom")
    page = await admin.submit(AT, at=AT, handle="@tom", role="moderator", current=PASSWORD)
    assert page.path == f"{AT}?note=role-given"
    assert "/personas/tom" in page.text
    assert (await tom.get("/moderation")).status == 200
    await admin.submit(AT, handle="tom", role="member", current=PASSWORD)
    assert (await tom.get("/moderation")).status == 404
    assert [(one.act, one.detail) for one in await ward.log()] == [
        ("role", "member > moderator"),
        ("role", "moderator > member"),
    ]


async def test_a_role_needs_the_password(ward: Ward) -> None:
    admin, _ = await ward.member("ines", "administrator"), await ward.member("tom")
    for password in ("", "not this one"):
        page = await act(admin, AT, handle="tom", role="moderator", current=password)
        assert (page.status, 'href="#field-current"' in page.text) == (422, True)
    assert await role_of(ward, "tom") == "member"
    assert await ward.log() == []


@pytest.mark.parametrize("role", ["member", "moderator", "safety_lead"])
async def test_only_administrators_give_roles(ward: Ward, role: Role) -> None:
    other = await ward.member("other", role)
    assert (await other.get(AT)).status == 404
    page = await act(other, AT, handle="other", role="administrator", current=PASSWORD)
    assert page.status == 404
    assert await role_of(ward, "other") == role


async def test_another_persona_of_somebody_is_answered_like_nobody(ward: Ward) -> None:
    admin, tom = await ward.member("ines", "administrator"), await ward.member("tom")
    await other_persona(ward, tom, "fern")
    sent = {"role": "moderator", "current": PASSWORD}
    theirs = await act(admin, AT, handle="fern", **sent)
    nobody = await act(admin, AT, handle="oak1", **sent)
    assert theirs.status == nobody.status == 422
    assert theirs.text.replace("fern", "") == nobody.text.replace("oak1", "")
    assert await role_of(ward, "tom") == "member"


async def test_the_last_administrator_stays(ward: Ward) -> None:
    admin = await ward.member("ines", "administrator")
    page = await act(admin, AT, handle="ines", role="member", current=PASSWORD)
    assert (page.status, "at least one administrator" in page.text) == (403, True)
    assert (await act(admin, AT, handle="ines", role="king", current=PASSWORD)).status == 422
    await ward.member("noor", "administrator")
    assert (await act(admin, AT, handle="ines", role="member", current=PASSWORD)).status == 404
    assert await role_of(ward, "ines") == "member"
