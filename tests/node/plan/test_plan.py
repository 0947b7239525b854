"""One's own plan: kept, shown to nobody else, sealed, taken along and taken away."""

import pytest

from storage.tables import plans
from tests.node.web.house import PASSWORD, open_web_house

WORDS = {"signs": "I stop answering", "ask": "Sam, next door"}


async def test_a_plan_is_kept_and_changed_and_deleted(database_url: str) -> None:
    async with open_web_house(database_url) as house:
        ann = await house.member("ann")
        assert "best written on a better one" in (await ann.get("/plan")).text
        shown = await ann.submit("/plan/change", at="/plan/change", **WORDS)
        assert "I stop answering" in shown.text
        step = await ann.submit("/plan/step", at="/help/steps", step="friend-alone")
        assert "I will write to somebody I trust as soon as I am alone." in step.text
        assert "I stop answering" in step.text
        await ann.send("/plan/step", step="<script>")
        assert "script>" not in (await ann.get("/plan")).text.partition("<main")[2]
        too_long = await ann.submit("/plan/change", at="/plan/change", signs="x" * 2001)
        assert too_long.status == 422
        assert "x" * 2001 in too_long.text
        await ann.submit("/plan/remove", at="/plan")
        assert "I stop answering" not in (await ann.get("/plan")).text


async def test_nobody_else_sees_it(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url) as house:
        ann, lead = await house.member("ann"), await house.member("lead", "administrator")
        await ann.submit("/plan/change", at="/plan/change", **WORDS)
        assert "Sam" not in (await lead.get("/plan")).text
        assert "Sam" not in (await lead.get("/personas/ann")).text
        stranger = await house.visitor().get("/plan")
        assert stranger.path.startswith("/sign-in")
        assert (await ann.get("/plan")).headers["Cache-Control"] == "private, no-store"
        rows = await house.db.read(lambda uow: uow.connection.execute(plans.select()).all())
        assert len(rows) == 1
        assert b"Sam" not in rows[0].sealed


async def test_the_file_stands_alone(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url) as house:
        ann = await house.member("ann")
        hostile = "<script src=//x.example></script> <img src=x> </style>"
        await ann.submit("/plan/change", at="/plan/change", signs=hostile, ask="Sam, next door")
        answer = await ann.get("/plan/file")
        assert answer.headers["Content-Disposition"] == 'attachment; filename="notes.html"'
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "Sam, next door" in answer.text
        assert "&lt;script" in answer.text
        for asks in ("<script", "<img", "<link", "src=", "url(", "@import", "<form", "http://"):
            assert asks not in answer.text.replace("&lt;script src=", "").replace("&lt;img src", "")
        assert "<title>Notes</title>" in answer.text
        assert "ann" not in answer.text.partition("<main>")[0]


async def test_a_browser_keeps_it_only_after_a_tick(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url) as house:
        ann = await house.member("ann")
        await ann.submit("/plan/change", at="/plan/change", **WORDS)
        shown = (await ann.get("/plan")).text
        assert 'data-kept="no"' in shown
        assert "can open and read it there, without your password" in shown
        await ann.submit("/plan/here", at="/plan")
        assert 'data-kept="no"' in (await ann.get("/plan")).text
        await ann.submit("/plan/here", at="/plan", keep="yes")
        assert 'data-kept="yes"' in (await ann.get("/plan")).text
        assert 'class="away" href="/leave"' in (await ann.get("/groups")).text


@pytest.mark.parametrize("way", ["untick", "sign-out", "leave", "sign-in", "delete"])
async def test_what_a_browser_kept_is_forgotten(sqlite_url: str, way: str) -> None:
    async with open_web_house(sqlite_url) as house:
        ann = await house.member("ann")
        await ann.submit("/plan/change", at="/plan/change", **WORDS)
        token = await ann.token()
        if way == "leave":
            assert (await ann.get("/leave", follow=False)).headers["Clear-Site-Data"] == '"cache"'
        await ann.submit("/plan/here", at="/plan", keep="yes")
        if way == "leave":
            answer = await ann.get("/leave", follow=False)
        else:
            path, fields = {
                "untick": ("/plan/here", {}),
                "sign-out": ("/sign-out", {}),
                "sign-in": ("/sign-in", {"name": "ann-private", "password": PASSWORD}),
                "delete": ("/plan/remove", {}),
            }[way]
            answer = await ann.post(path, {"csrf": token, **fields}, follow=False)
        assert answer.status == 303
        assert '"storage"' in answer.headers["Clear-Site-Data"]
        assert 'data-kept="yes"' not in (await ann.get("/plan")).text
