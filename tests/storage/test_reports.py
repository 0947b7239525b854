"""Reports at rest: sealed, proven, in turn, and gone when their time is over."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from storage.database import Database
from storage.errors import NotOpened
from storage.report_record import Excerpt, Report, Ruling, ShownExcerpt, Told
from storage.seals import Holder
from storage.statements import Statement
from storage.unit_of_work import UnitOfWork
from tests.storage.rows import NOW, an_account, an_actor

TOLD = Told(reason="threat", words="I am afraid")
HOUR = timedelta(hours=1)


def a_report(id: int, **other: object) -> Report:
    fields = {
        "id": id,
        "kind": "message",
        "reporter_id": 1,
        "subject_id": 2,
        "shows_reporter": False,
        "created_at": NOW,
    }
    return Report(**fields | other)  # type: ignore[arg-type]


def an_excerpt(id: int, report_id: int, said: str = "Boo") -> Excerpt:
    return Excerpt(
        id=id,
        report_id=report_id,
        source="message",
        source_id=70,
        author_id=2,
        said_at=NOW,
        text=said,
    )


def people(uow: UnitOfWork) -> None:
    for number in (1, 2, 3):
        uow.actors.add(an_actor(number))
        uow.accounts.add(an_account(number))


@pytest.fixture
async def filled(database: Database) -> Database:
    """Three people, and two reports with an excerpt each."""

    def fill(uow: UnitOfWork) -> None:
        people(uow)
        for number in (10, 11):
            uow.reports.add(a_report(number), TOLD)
            uow.reports.add_excerpt(an_excerpt(number * 10, number))

    await database.write(fill)
    return database


async def excerpts(database: Database, report_id: int) -> list[ShownExcerpt]:
    return await database.read(lambda uow: uow.reports.excerpts(report_id))


async def told(database: Database, report_id: int) -> Told | None:
    def read(uow: UnitOfWork) -> Told | None:
        report = uow.reports.get(report_id)
        assert report is not None
        return uow.reports.told([report]).get(report_id)

    return await database.read(read)


async def test_words_come_back_with_their_proof(filled: Database) -> None:
    assert await told(filled, 10) == TOLD
    [shown] = await excerpts(filled, 10)
    assert (shown.excerpt, shown.proven) == (an_excerpt(100, 10), True)


@pytest.mark.parametrize(
    "change",
    ["said_at = said_at", "source = 'post'", "source_id = 71", "proof = x'00'"],
)
async def test_a_changed_excerpt_is_not_proven(filled: Database, change: str) -> None:
    if filled._engine.dialect.name == "postgresql":
        change = change.replace("x'00'", r"'\x00'::bytea")
    await filled.write(
        lambda uow: uow.connection.execute(text(f"UPDATE report_excerpts SET {change}"))
    )
    [shown] = await excerpts(filled, 10)
    assert shown.proven == (change == "said_at = said_at")


async def test_an_excerpt_of_another_report_or_author_does_not_open(filled: Database) -> None:
    def swap(uow: UnitOfWork) -> None:
        [sealed] = uow.connection.execute(
            text("SELECT sealed FROM report_excerpts WHERE id = 110")
        ).one()
        uow.connection.execute(
            text("UPDATE report_excerpts SET sealed = :sealed WHERE id = 100"), {"sealed": sealed}
        )

    await filled.write(swap)
    with pytest.raises(NotOpened):
        await excerpts(filled, 10)


async def test_claims_are_taken_once_and_end(filled: Database) -> None:
    async def claim(account: int, hours: int) -> bool:
        now = NOW + hours * HOUR
        return await filled.write(lambda uow: uow.reports.claim(10, account, now, now + HOUR))

    assert [await claim(1, 0), await claim(2, 0), await claim(1, 0)] == [True, False, True]
    assert await filled.read(lambda uow: uow.reports.next_unclaimed(2, [], NOW)) == [11]
    assert [await claim(2, 1), await claim(1, 1)] == [True, False]


async def test_a_decision_is_made_once_and_sealed(filled: Database) -> None:
    ruling = Ruling(statement="Against rule 2", note="second time")

    def decide(uow: UnitOfWork) -> bool:
        return uow.reports.decide(10, "dismiss", 3, NOW, ruling)

    assert await filled.write(decide)
    assert not await filled.write(decide)
    assert not await filled.write(lambda uow: uow.reports.claim(10, 1, NOW, NOW + HOUR))
    report = await filled.read(lambda uow: uow.reports.get(10))
    assert report is not None
    assert b"rule" not in (report.decision_sealed or b"")
    assert await filled.read(lambda uow: uow.reports.ruling(report)) == ruling


async def test_the_queue_leaves_out_what_is_by_or_about_oneself(filled: Database) -> None:
    async def queue(*mine: int) -> list[int]:
        found = await filled.read(lambda uow: uow.reports.queue(10, list(mine)))
        return [one.id for one in found]

    assert await queue() == [10, 11]
    assert await queue(3) == [10, 11]
    assert await queue(1) == await queue(2) == []
    assert await filled.read(lambda uow: uow.reports.queue(10, [], after=10)) != []


async def test_the_words_go_in_time_and_nothing_else_of_a_report(filled: Database) -> None:
    later = NOW + 10 * HOUR
    await filled.write(
        lambda uow: uow.reports.decide(11, "dismiss", 3, NOW, Ruling(statement="", note="n"))
    )
    forgotten = await filled.write(lambda uow: uow.reports.forget(later, 10, decided=True))
    assert forgotten == 1
    assert (await told(filled, 11), await excerpts(filled, 11)) == (None, [])
    assert await told(filled, 10) == TOLD
    assert await filled.write(lambda uow: uow.reports.forget(NOW, 10, decided=False)) == 0
    assert await filled.write(lambda uow: uow.reports.forget(later, 10, decided=False)) == 1
    assert (await told(filled, 10), await excerpts(filled, 10)) == (None, [])
    kept = await filled.read(lambda uow: [uow.reports.get(one) for one in (10, 11)])
    assert [one is not None and one.is_forgotten for one in kept] == [True, True]
    assert await filled.write(lambda uow: uow.reports.forget(later, 10, decided=False)) == 0


async def test_a_report_outlives_both_people(filled: Database) -> None:
    def erase(uow: UnitOfWork) -> None:
        for number in (1, 2):
            uow.seals.destroy(Holder("persona", number))
            uow.seals.destroy(Holder("account", number))

    await filled.write(erase)
    assert await told(filled, 10) == TOLD
    assert len(await excerpts(filled, 10)) == 1


async def test_nobody_is_told_who_is_erased(filled: Database) -> None:
    def tell(uow: UnitOfWork) -> list[Statement]:
        for number in (2, 3):
            statement = Statement(id=number, persona_id=number, act="restored", created_at=NOW)
            uow.statements.add(statement, "because")
            uow.seals.destroy(Holder("persona", number))
        again = Statement(id=9, persona_id=2, act="restored", created_at=NOW)
        uow.statements.add(again, "because")
        return uow.statements.of_personas([2, 3])

    found = await filled.write(tell)
    assert [one.id for one in found] == [3, 2]
    assert await filled.read(lambda uow: uow.statements.reasons(found)) == {}
