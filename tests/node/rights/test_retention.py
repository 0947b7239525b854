"""Retention: one declared table that the documentation shows and housekeeping carries out."""

import re
from datetime import timedelta
from pathlib import Path

from node.config import Config
from node.housekeeping import Housekeeping
from node.retention import RETENTION, Rule
from storage.accounts import OneTimeLink
from storage.database import Database
from storage.jobs import Job
from storage.unit_of_work import UnitOfWork
from tests.clock import Clock

OPERATING = Path(__file__).resolve().parents[3] / "docs" / "operating.md"


def test_prv_21_the_page_for_operators_shows_the_table() -> None:
    section = OPERATING.read_text("utf-8").split("## How long what is kept\n", 1)[1]
    rows = re.findall(r"^\| (.+) \| (.+) \|$", section.split("\n## ", 1)[0], re.MULTILINE)
    assert rows[1:] == [(rule.what, rule.how_long()) for rule in RETENTION]


async def test_a_rule_that_fails_stops_no_other(database: Database, clock: Clock) -> None:
    asked: list[str] = []

    def fail(uow: UnitOfWork, *_rest: object) -> int:
        asked.append("failed")
        raise LookupError

    def work(uow: UnitOfWork, *_rest: object) -> int:
        asked.append("worked")
        return 3

    rules = (
        Rule(what="a", kept=timedelta(days=1), forget=fail),
        Rule(what="b", kept=timedelta(days=1), forget=work),
    )
    assert await Housekeeping(database, Config(), clock.now, rules).run_once() == 3
    assert asked == ["failed", "worked"]


async def test_every_rule_runs_on_both_databases(database: Database, clock: Clock) -> None:
    def all_rules(uow: UnitOfWork) -> list[int]:
        return [rule.forget(uow, rule.before(Config(), clock.now()), 10) for rule in RETENTION]

    assert await database.write(all_rules) == [0] * len(RETENTION)


async def test_links_and_work_that_is_done_are_forgotten_in_time(
    database: Database, clock: Clock
) -> None:
    now = clock.now()

    def write(uow: UnitOfWork) -> None:
        link = OneTimeLink(
            token_hash=b"x" * 32,
            purpose="a trial",
            created_at=now,
            expires_at=now + timedelta(days=1),
        )
        uow.accounts.links_add(link)
        for number, target in ((1, "done"), (2, "open")):
            uow.jobs.add(
                Job(id=number, kind="trial", target=target, next_attempt_at=now, created_at=now)
            )
        uow.jobs.finish(1, "done")

    def left(uow: UnitOfWork) -> tuple[bool, bool, bool]:
        link = uow.accounts.link(b"x" * 32)
        return link is not None, uow.jobs.get(1) is not None, uow.jobs.get(2) is not None

    await database.write(write)
    keeper = Housekeeping(database, Config(), clock.now)
    await keeper.run_once()
    assert await database.read(left) == (True, True, True)
    clock.advance(hours=48)
    await keeper.run_once()
    assert await database.read(left) == (False, True, True)
    clock.advance(hours=34 * 24)
    await keeper.run_once()
    assert await database.read(left) == (False, False, True)
