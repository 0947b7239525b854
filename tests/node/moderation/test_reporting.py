"""Reports: what the reporter chooses is proven and shown, nothing more, and nobody is told."""

import pytest

from storage.report_record import Report
from storage.unit_of_work import UnitOfWork
from tests.node.moderation.conftest import Ward, act, report_post
from tests.node.web.visitor import Page, Visitor

PRIVATE = "I know where you live"


async def open_reports(ward: Ward) -> list[Report]:
    return await ward.house.db.read(lambda uow: uow.reports.queue(100, []))


async def looked_at(staff: Visitor, report: Report) -> Page:
    at = f"/moderation/reports/{report.id}"
    await act(staff, f"{at}/claim")
    return await act(staff, f"{at}/open")


async def test_invariant_13_a_message_is_shown_as_far_as_the_reporter_chose(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    ines = await ward.member("ines", "moderator")
    ward.sent(tom, mara, "The secret of the garden")
    bad = ward.sent(tom, mara, f"Hello Mara.\n{PRIVATE}, so be kind.")
    page = await mara.get(f"/report/message/{bad}")
    assert "The secret of the garden" in page.text
    fields = {f"show-{bad}": "yes", f"part-{bad}": f" {PRIVATE} ", "reason": "threat"}
    page = await mara.submit(f"/report/message/{bad}", **fields, words="I am afraid")
    assert page.path == "/reports?note=reported"
    [report] = await open_reports(ward)
    page = await looked_at(ines, report)
    assert PRIVATE in page.text
    assert "I am afraid" in page.text
    assert "This node confirms that these words were sent." in page.text
    for hidden in ("garden", "Hello Mara", "so be kind", "Mara", "mara"):
        assert hidden not in page.text


@pytest.mark.parametrize("part", ["I know where you lived", "", "  ", "hello", PRIVATE + "."])
async def test_invariant_13_words_that_were_not_sent_are_refused(ward: Ward, part: str) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    bad = ward.sent(tom, mara, f"Hello. {PRIVATE}")
    at = f"/report/message/{bad}"
    fields = {f"show-{bad}": "yes", f"part-{bad}": part, "reason": "threat"}
    page = await act(mara, at, **fields)
    assert (page.status, f'href="#field-part-{bad}"' in page.text) == (422, True)
    assert await open_reports(ward) == []
    assert (await act(mara, at, **fields | {f"part-{bad}": PRIVATE})).status == 200


async def test_nothing_is_shown_that_was_not_ticked(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    one, two = ward.sent(tom, mara, "one"), ward.sent(tom, mara, "two")
    at = f"/report/message/{one}"
    fields = {f"part-{one}": "one", f"part-{two}": "two", "reason": "spam"}
    assert (await act(mara, at, **fields)).status == 422
    assert (await act(mara, at, **fields, **{f"show-{two}": "yes"})).status == 200
    [report] = await open_reports(ward)
    shown = await ward.house.db.read(lambda uow: uow.reports.excerpts(report.id))
    assert [one.excerpt.text for one in shown] == ["two"]


async def test_prv_11_a_message_of_others_is_not_there(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    eve = await ward.member("eve")
    bad = ward.sent(tom, mara, PRIVATE)
    fields = {f"show-{bad}": "yes", f"part-{bad}": PRIVATE, "reason": "threat"}
    for visitor in (eve, tom):
        theirs, never = bad, 999
        there = await visitor.get(f"/report/message/{theirs}")
        gone = await visitor.get(f"/report/message/{never}")
        assert there.status == gone.status == 404
        assert there.text.replace(str(theirs), "") == gone.text.replace(str(never), "")
        sent = await act(visitor, f"/report/message/{theirs}", **fields)
        assert sent.status == 404
        assert PRIVATE not in sent.text
    assert await open_reports(ward) == []


async def test_web_16_the_reporter_is_hidden_unless_they_agree(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    ines = await ward.member("ines", "moderator")
    thread = await ward.thread(ines, tom)
    await report_post(mara, thread, words="See this")
    await report_post(mara, thread, words="And it was me", shows_reporter="yes")
    hidden, known = await open_reports(ward)
    assert "Reported by a member" in (await looked_at(ines, hidden)).text
    page = await looked_at(ines, known)
    assert "Reported by a member" not in page.text
    assert "/personas/mara" in page.text


async def test_invariant_14_the_reported_person_learns_nothing(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    ines = await ward.member("ines", "moderator")
    thread = await ward.thread(ines, tom)
    pages = ("/decisions", "/reports", "/settings", f"/threads/{thread}", "/personas/tom", "/")

    async def seen() -> list[str]:
        return [(await tom.get(path)).text for path in pages]

    before = await seen()
    await report_post(mara, thread, words="words")
    [report] = await open_reports(ward)
    await looked_at(ines, report)
    await act(ines, f"/moderation/reports/{report.id}/decide", outcome="dismiss", note="fine")
    assert await seen() == before
    for path in ("", "/claim", "/open", "/decide"):
        at = f"/moderation/reports/{report.id}{path}"
        assert (await (act(tom, at) if path else tom.get(at))).status == 404
    own = (await mara.get("/reports")).text
    assert "Somebody of the staff looked at it" in own
    assert "The staff looked at it and changed nothing." in own
    assert "Ines" not in own


async def test_invariant_10_newcomers_may_report_from_the_first_minute(ward: Ward) -> None:
    tom, ines = await ward.member("tom"), await ward.member("ines", "moderator")
    thread = await ward.thread(ines, tom)
    newcomer = await ward.member("newt")
    assert (await report_post(newcomer, thread)).path == "/reports?note=reported"


async def test_too_many_reports_have_to_wait_whatever_the_persona(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    at = "/report/persona/tom"
    for _ in range(3):
        assert (await act(mara, at, reason="spam")).status == 200
    page = await act(mara, at, reason="spam")
    assert page.status == 429
    assert "You have sent many reports today" in page.text
    assert (await act(tom, "/report/persona/mara", reason="spam")).status == 200
    ward.house.clock.advance(hours=25)
    assert (await act(mara, at, reason="spam")).status == 200


async def test_what_one_may_not_read_cannot_be_reported(ward: Ward) -> None:
    tom, ines = await ward.member("tom"), await ward.member("ines", "moderator")
    eve = await ward.member("eve")
    thread = await ward.thread(ines, tom, "private")
    for path in (f"/report/post/{thread}", "/report/post/999", "/report/persona/nobody"):
        assert (await eve.get(path)).status == 404
        assert (await act(eve, path, reason="spam")).status == 404
    assert (await act(tom, f"/report/post/{thread}", reason="spam")).status == 404
    assert (await act(tom, "/report/persona/tom", reason="spam")).status == 404
    assert (await act(tom, "/report/persona/sleep", reason="spam")).status == 404
    assert await open_reports(ward) == []
    assert (await act(ward.house.visitor(), f"/report/post/{thread}", reason="x")).status == 401


async def test_whom_one_blocked_one_can_report_and_who_blocked_is_not_there(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    assert tom.persona is not None
    assert mara.persona is not None
    one, other = mara.persona, tom.persona
    await ward.house.db.write(lambda uow: ward.house.rooms.safety.block(uow, one, other.id))
    assert (await act(mara, "/report/persona/tom", reason="threat")).status == 200
    assert (await act(tom, "/report/persona/mara", reason="threat")).status == 404
    assert len(await open_reports(ward)) == 1


async def test_wrong_forms_keep_what_was_typed(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    page = await act(mara, "/report/persona/tom", reason="", words="my words")
    assert (page.status, "Choose what comes closest." in page.text) == (422, True)
    assert "my words" in page.text
    page = await act(mara, "/report/persona/tom", reason="spam", words="x" * 2001)
    assert page.status == 422
    assert await open_reports(ward) == []
    assert tom.persona is not None


async def test_what_was_said_is_kept_though_the_author_deletes_it(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    ines = await ward.member("ines", "moderator")
    thread = await ward.thread(ines, tom)
    await report_post(mara, thread)
    await act(tom, f"/posts/{thread}/delete")
    [report] = await open_reports(ward)
    page = await looked_at(ines, report)
    assert "Some words." in page.text


async def test_group_moderators_see_the_post_and_not_the_reporter(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    gwen, ines = await ward.member("gwen"), await ward.member("ines", "moderator")
    thread = await ward.thread(gwen, tom)
    await report_post(mara, thread, words="quiet words", shows_reporter="yes")
    page = await gwen.get("/groups/sleep/reports")
    assert f"/posts/{thread}/moderate" in page.text
    assert "Insults" in page.text
    for hidden in ("Mara", "mara", "quiet words"):
        assert hidden not in page.text
    for other in (tom, mara, ines):
        assert (await other.get("/groups/sleep/reports")).status == 404
    assert (await gwen.get("/groups/never/reports")).status == 404


async def test_nothing_of_a_report_is_in_the_database_in_the_open(ward: Ward) -> None:
    tom, mara = await ward.member("tom"), await ward.member("mara")
    bad = ward.sent(tom, mara, PRIVATE)
    fields = {f"show-{bad}": "yes", f"part-{bad}": PRIVATE, "reason": "threat"}
    await act(mara, f"/report/message/{bad}", **fields, words="I am afraid")

    def rows(uow: UnitOfWork) -> str:
        tables = ("reports", "report_excerpts", "audit_entries", "statements")
        found = [
            bytes(value) if isinstance(value, memoryview) else value
            for table in tables
            for row in uow.connection.exec_driver_sql(f"SELECT * FROM {table}")
            for value in row
        ]
        return repr(found)

    stored = await ward.house.db.read(rows)
    assert "message" in stored
    for hidden in (PRIVATE, "I am afraid", "threat"):
        assert hidden not in stored
