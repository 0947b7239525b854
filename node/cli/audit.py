"""`kith audit`: whether the log of what staff did is still as it was written."""

from collections.abc import Callable
from typing import TypeVar

import click

from node.cli.opened import rooms_of
from node.cli.options import with_config
from node.config import Config
from storage.audit import AuditEntry, Chain, link
from storage.database import Database
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")
AT_ONCE = 1000


@click.group()
def audit() -> None:
    """The log of what staff did."""


@audit.command("verify")
@click.option("--head", help="A head that was noted before, as NUMBER:HASH; it must be in the log.")
@with_config("origin", "data", "database")
def verify(config: Config, head: str | None) -> None:
    """Follow the chain of the log from its oldest entry to its newest."""
    noted = _noted(head)
    with rooms_of(config) as rooms:
        ends = rooms.db.read_now(lambda uow: uow.audit.chain())
        newest = _walk(rooms.db, ends, noted)
    click.echo(f"The log is whole: {ends.head_seq - ends.base_seq} entries.")
    click.echo(f"Note its head elsewhere, and give it next time: --head {newest}")


def _walk(db: Database, ends: Chain, noted: tuple[int, str] | None) -> str:
    """Raises ClickException at the first entry that does not fit."""
    seq, previous = ends.base_seq, ends.base_hash
    seen = _meets(noted, seq, previous) or (noted is not None and noted[0] < seq)
    total = ends.head_seq - ends.base_seq
    with click.progressbar(length=total, label="Checking") as bar:
        while seq < ends.head_seq:
            batch = db.read_now(_next(seq))
            for entry in batch:
                seq, previous = _follow(entry, seq, previous, ends)
                seen = seen or _meets(noted, seq, previous)
            if not batch:
                raise click.ClickException(
                    f"the log ends after entry {seq}, and {ends.head_seq - seq} more were written"
                )
            bar.update(len(batch))
    if previous != ends.head_hash:
        raise click.ClickException(f"entry {seq} is not the one that was written last")
    if noted is not None and not seen:
        raise click.ClickException(f"entry {noted[0]} is not the one whose head you noted")
    return f"{seq}:{previous.hex()}"


def _next(after: int) -> Callable[[UnitOfWork], list[AuditEntry]]:
    return lambda uow: uow.audit.walk(after, AT_ONCE)


def _follow(entry: AuditEntry, seq: int, previous: bytes, ends: Chain) -> tuple[int, bytes]:
    if entry.seq > ends.head_seq:
        return seq, previous
    if entry.seq != seq + 1:
        raise click.ClickException(f"entry {seq + 1} is missing")
    if entry.hash != link(previous, entry):
        raise click.ClickException(
            f"entry {entry.seq} ({entry.at:%Y-%m-%d %H:%M}) or the one before it was changed"
        )
    return entry.seq, entry.hash


def _meets(noted: tuple[int, str] | None, seq: int, current: bytes) -> bool:
    return noted == (seq, current.hex())


def _noted(head: str | None) -> tuple[int, str] | None:
    if head is None:
        return None
    number, _, text = head.partition(":")
    if not number.isdecimal() or len(text) != 64:
        raise click.BadParameter("write it as it was shown, NUMBER:HASH", param_hint="--head")
    return int(number), text.lower()
