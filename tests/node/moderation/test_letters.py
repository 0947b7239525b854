"""Reports of real messages: what the reporter holds, also after a block, a deletion or an edit."""

import re

from storage.report_record import Report
from tests.node.messages.talk import Talk
from tests.node.moderation.conftest import act
from tests.node.web.house import open_web_house


def ids_in(text: str) -> list[int]:
    return [int(one) for one in re.findall(r'id="message-(\d+)"', text)]


async def reports(talk: Talk) -> list[Report]:
    return await talk.house.db.read(lambda uow: uow.reports.queue(10, []))


async def shown(talk: Talk, report: Report) -> list[tuple[str, bool]]:
    found = await talk.house.db.read(lambda uow: uow.reports.excerpts(report.id))
    return [(one.excerpt.text, one.proven) for one in found]


async def test_prv_11_a_message_can_be_reported_by_who_received_it_alone(
    database_url: str,
) -> None:
    async with open_web_house(database_url) as house:
        talk = await Talk.begin(house)
        room = await talk.opened(talk.ash, "birch", "A quiet secret")
        await talk.say(talk.birch, room, "An answer of Birch")
        await talk.say(talk.ash, room, "Now a **threat**, and more")
        page = await talk.page(talk.birch, room)
        first, _, bad = ids_in(page)
        at = f"/report/message/{bad}"
        assert at in page
        form = (await talk.birch.get(at)).text
        assert "A quiet secret" in form
        assert "An answer of Birch" not in form
        sent = {f"show-{bad}": "yes", f"part-{bad}": "a **threat**", "reason": "threat"}
        for other in (talk.ash, talk.cedar, talk.dale):
            assert (await other.get(at)).status == 404
            page404 = await act(other, at, **sent)
            assert page404.status == 404
            assert "threat" not in page404.text
        assert await reports(talk) == []
        assert (await act(talk.birch, at, **sent)).path == "/reports?note=reported"
        [report] = await reports(talk)
        assert await shown(talk, report) == [("a **threat**", True)]
        assert report.subject_id == (talk.ash.persona.id if talk.ash.persona else None)
        await act(talk.ash, f"/messages/{room}/{bad}/delete", act="all")
        await act(talk.ash, f"/messages/{room}/{first}/delete", act="all")
        assert await shown(talk, report) == [("a **threat**", True)]
        assert (await act(talk.birch, at, **sent)).status == 404


async def test_who_blocks_somebody_cannot_keep_it_from_the_staff(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url) as house:
        talk = await Talk.begin(house)
        room = await talk.opened(talk.ash, "birch", "I will find you")
        [bad] = ids_in(await talk.page(talk.birch, room))
        ash, birch = talk.ash.persona, talk.birch.persona
        assert ash is not None
        assert birch is not None
        await house.db.write(lambda uow: house.rooms.safety.block(uow, ash, birch.id))
        assert "I will find you" not in await talk.page(talk.birch, room)
        sent = {f"show-{bad}": "yes", f"part-{bad}": "I will find you", "reason": "threat"}
        assert (await act(talk.birch, f"/report/message/{bad}", **sent)).status == 200
        assert len(await reports(talk)) == 1


async def test_only_what_it_says_now_can_be_shown(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url) as house:
        talk = await Talk.begin(house)
        room = await talk.opened(talk.ash, "birch", "Before")
        [bad] = ids_in(await talk.page(talk.birch, room))
        await act(talk.ash, f"/messages/{room}/{bad}/edit", text="After")
        sent = {f"show-{bad}": "yes", "reason": "other"}
        at = f"/report/message/{bad}"
        assert (await act(talk.birch, at, **sent, **{f"part-{bad}": "Before"})).status == 422
        assert (await act(talk.birch, at, **sent, **{f"part-{bad}": "After"})).status == 200


async def test_the_note_of_a_request_can_be_reported_by_who_got_it(database_url: str) -> None:
    async with open_web_house(database_url) as house:
        talk = await Talk.begin(house)
        choice = {"who": "anyone", "shows_read": "yes", "keep": ""}
        await talk.act(talk.birch, "/messages/settings", **choice)
        await talk.ask(talk.dale, "birch", "Send me money")
        [at] = re.findall(r"/report/message/\d+", (await talk.birch.get("/messages/requests")).text)
        number = at.rpartition("/")[2]
        sent = {f"show-{number}": "yes", f"part-{number}": "Send me money", "reason": "contact"}
        for other in (talk.ash, talk.dale):
            assert (await other.get(at)).status == 404
            assert (await act(other, at, **sent)).status == 404
        assert (await act(talk.birch, at, **sent)).path == "/reports?note=reported"
        [report] = await reports(talk)
        assert await shown(talk, report) == [("Send me money", True)]
