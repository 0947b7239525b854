"""Staff at work: whose turn it is, looks that are written down, decisions, and who is kept out."""

import pytest

from node.moderation.suspending import Scope
from storage.statements import Statement
from tests.node.moderation.conftest import Ward, act, report_post
from tests.node.moderation.test_reporting import open_reports
from tests.node.web.visitor import Visitor


async def reported(ward: Ward, visibility: str = "public") -> tuple[Visitor, Visitor, int, str]:
    """Tom, whose post Mara reported; a moderator; the post; and where the report is worked on."""
    tom, mara = await ward.member("tom"), await ward.member("mara")
    founder = await ward.member("founder")
    thread = await ward.thread(mara if visibility == "private" else founder, tom, visibility)
    await report_post(mara, thread, words="Please look")
    [report] = await open_reports(ward)
    ines = await ward.member("ines", "moderator")
    return tom, ines, thread, f"/moderation/reports/{report.id}"


async def statements(ward: Ward, person: Visitor) -> list[tuple[Statement, str]]:
    assert person.persona is not None
    number = person.persona.id
    found = await ward.house.db.read(lambda uow: uow.statements.of_personas([number]))
    reasons = await ward.house.db.read(lambda uow: uow.statements.reasons(found))
    return [(one, reasons[one.id]) for one in found]


async def acts(ward: Ward) -> list[str]:
    return [one.act for one in await ward.log()]


async def test_each_look_is_written_down_and_needs_a_claim(ward: Ward) -> None:
    _, ines, _, at = await reported(ward)
    assert (await act(ines, f"{at}/open")).status == 403
    assert await acts(ward) == []
    page = await ines.submit("/moderation/next", at="/moderation")
    assert page.path == f"{at}?note=claimed"
    assert "Please look" not in page.text
    for _ in range(2):
        assert "Please look" in (await act(ines, f"{at}/open")).text
    log = await ward.log()
    assert [(one.act, one.subject_kind) for one in log] == [("report-seen", "report")] * 2
    assert ines.persona is not None
    account = await ward.house.db.read(lambda uow: uow.accounts.by_name("ines-private"))
    assert account is not None
    assert {one.by_account for one in log} == {account.id}


async def test_of_two_one_works_on_a_report_and_a_claim_ends(ward: Ward) -> None:
    _, ines, _, at = await reported(ward)
    noor = await ward.member("noor", "safety_lead")
    assert (await act(ines, f"{at}/claim")).status == 200
    assert (await act(noor, f"{at}/claim")).status == 403
    assert (await act(noor, f"{at}/open")).status == 403
    assert (await act(noor, f"{at}/decide", outcome="dismiss")).status == 403
    assert "note=no-report" in (await act(noor, "/moderation/next")).path
    ward.house.clock.advance(minutes=15)
    assert (await act(ines, f"{at}/open")).status == 403
    assert (await act(noor, "/moderation/next")).path.startswith(at)
    assert (await act(ines, f"{at}/claim")).status == 403
    assert (await act(noor, f"{at}/open")).status == 200


async def test_removing_a_post_tells_its_author_why_and_not_who(ward: Ward) -> None:
    tom, ines, thread, at = await reported(ward)
    await act(ines, f"{at}/claim")
    page = await act(ines, f"{at}/decide", outcome="remove-post", statement=" ")
    assert (page.status, 'href="#field-statement"' in page.text) == (422, True)
    await act(ines, f"{at}/decide", outcome="remove-post", statement="Against rule 2.")
    assert "Some words." not in (await tom.get(f"/threads/{thread}")).text
    page = await tom.get("/decisions")
    assert "A post of yours was removed" in page.text
    assert "Against rule 2." in page.text
    for hidden in ("Ines", "ines", "Mara", "mara", "Please look"):
        assert hidden not in page.text
    entry = (await ward.log())[-1]
    assert (entry.act, entry.detail) == ("report-decided", "remove-post")
    assert await open_reports(ward) == []
    assert (await act(ines, f"{at}/decide", outcome="dismiss")).status == 403


async def test_a_post_of_a_private_group_is_shown_and_removed_without_the_group(
    ward: Ward,
) -> None:
    tom, ines, thread, at = await reported(ward, "private")
    await act(ines, f"{at}/claim")
    assert "Some words." in (await act(ines, f"{at}/open")).text
    assert (await ines.get(f"/threads/{thread}")).status == 404
    await act(ines, f"{at}/decide", outcome="remove-post", statement="No.")
    assert "Some words." not in (await tom.get(f"/threads/{thread}")).text
    assert (await ines.get(f"/threads/{thread}")).status == 404


@pytest.mark.parametrize("outcome", ["explode", "", "restore", "keep"])
async def test_only_what_may_come_of_it(ward: Ward, outcome: str) -> None:
    _, ines, _, at = await reported(ward)
    await act(ines, f"{at}/claim")
    page = await act(ines, f"{at}/decide", outcome=outcome, statement="because")
    assert page.status == 422
    assert len(await open_reports(ward)) == 1
    assert "report-decided" not in await acts(ward)


async def test_staff_do_not_see_what_is_by_or_about_themselves(ward: Ward) -> None:
    noor = await ward.member("noor", "administrator")
    ines, tom = await ward.member("ines", "moderator"), await ward.member("tom")
    await act(tom, "/report/persona/ines", reason="harassment", words="about Ines")
    [report] = await open_reports(ward)
    at = f"/moderation/reports/{report.id}"
    assert "No report waits" in (await ines.get("/moderation")).text
    assert "note=no-report" in (await act(ines, "/moderation/next")).path
    assert (await ines.get(at)).status == 404
    for path in ("claim", "open", "decide"):
        assert (await act(ines, f"{at}/{path}", outcome="dismiss")).status == 404
    await act(noor, "/report/persona/tom", reason="spam")
    [_, own] = await open_reports(ward)
    assert (await noor.get(f"/moderation/reports/{own.id}")).status == 404
    assert (await noor.get(at)).status == 200


async def test_prv_25_web_09_members_and_the_demoted_find_no_staff_rooms(ward: Ward) -> None:
    _, ines, _, at = await reported(ward)
    admin = await ward.member("admin1", "administrator")
    rooms = ("/moderation", at, "/moderation/suspended")
    all_rooms = (*rooms, "/moderation/log", "/moderation/links", "/moderation/roles")
    member = await ward.member("rowan")
    for path in all_rooms:
        assert (await member.get(path)).status == 404
        assert (await admin.get(path)).status == 200
    for path in rooms:
        assert (await ines.get(path)).status == 200
    for path in all_rooms[3:]:
        assert (await ines.get(path)).status == 404
    writes = ("/moderation/next", f"{at}/claim", f"{at}/open", f"{at}/decide")
    more = ("/moderation/suspended", "/moderation/suspended/restore", "/moderation/roles")
    for path in (*writes, *more, "/moderation/links"):
        assert (await act(member, path)).status == 404
    await act(ines, f"{at}/claim")
    account = await ward.house.db.read(lambda uow: uow.accounts.by_name("ines-private"))
    assert account is not None
    await ward.house.db.write(lambda uow: uow.accounts.set_role(account.id, "member"))
    for path in all_rooms:
        assert (await ines.get(path)).status == 404
    for path in (*writes, *more):
        assert (await act(ines, path)).status == 404


@pytest.mark.parametrize("scope", ["persona", "account"])
async def test_suspending_by_a_report(ward: Ward, scope: Scope) -> None:
    tom, _, _, at = await reported(ward)
    noor = await ward.member("noor", "safety_lead")
    await act(noor, f"{at}/claim")
    decided = await act(noor, f"{at}/decide", outcome=f"suspend-{scope}", statement="Enough.")
    assert decided.path == "/moderation?note=decided"
    assert "Sign in" in (await tom.get("/settings")).text
    [(told, reasons)] = await statements(ward, tom)
    assert (told.act, told.is_suspension, reasons) == (f"{scope}-suspended", True, "Enough.")
    assert await acts(ward) == ["suspend", "report-decided"]
