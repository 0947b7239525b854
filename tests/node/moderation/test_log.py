"""The log as safety leads and administrators read it."""

from storage.audit import Subject
from storage.unit_of_work import UnitOfWork
from tests.node.moderation.conftest import Ward, act
from tests.node.moderation.test_reporting import open_reports
from tests.node.web.house import PASSWORD


async def test_invariant_24_web_16_the_log_names_acts_people_and_reasons(ward: Ward) -> None:
    await ward.member("tom")
    admin, noor = await ward.member("ines", "administrator"), await ward.member("noor", "moderator")
    assert "Nothing was written down yet." in (await admin.get("/moderation/log")).text
    await act(noor, "/moderation/suspended", handle="tom", statement="Threats, twice.")
    page = await admin.get("/moderation/log")
    for shown in ("Suspended", "/personas/tom", "/personas/noor", "Threats, twice."):
        assert shown in page.text
    assert (await noor.get("/moderation/log")).status == 404


async def test_staff_do_not_read_there_what_concerns_themselves(ward: Ward) -> None:
    admin, noor = await ward.member("ines", "administrator"), await ward.member("noor", "moderator")
    tom = await ward.member("tom")
    await act(tom, "/report/persona/ines", reason="harassment")
    [report] = await open_reports(ward)
    await act(noor, f"/moderation/reports/{report.id}/claim")
    await act(noor, f"/moderation/reports/{report.id}/open")
    assert "Looked at a report" not in (await admin.get("/moderation/log")).text
    lead = await ward.member("lead", "safety_lead")
    assert "Looked at a report" in (await lead.get("/moderation/log")).text


async def test_the_log_has_pages(ward: Ward) -> None:
    admin = await ward.member("ines", "administrator")
    await ward.member("tom")
    sent = {"handle": "tom", "current": PASSWORD}
    await act(admin, "/moderation/roles", role="moderator", **sent)
    account = await ward.house.db.read(lambda uow: uow.accounts.by_name("tom-private"))
    assert account is not None
    [entry] = await ward.log()
    subject = Subject(entry.subject_kind, entry.subject_id)

    def fill(uow: UnitOfWork) -> None:
        for _ in range(50):
            uow.audit.add("x", subject, at=entry.at, by=None)

    await ward.house.db.write(fill)
    page = await admin.get("/moderation/log")
    assert "Gave a role" not in page.text
    assert "/moderation/log?before=2" in page.text
    assert "Gave a role" in (await admin.get("/moderation/log?before=2")).text
