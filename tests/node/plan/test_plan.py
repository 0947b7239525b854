"""One's own plan: kept, shown to nobody else, sealed, taken along and taken away."""

from storage.tables import plans
from tests.node.web.house import open_web_house

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
