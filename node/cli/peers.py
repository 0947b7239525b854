"""`kith peer`: how it stands with other nodes, and whom we allow or block."""

from datetime import datetime
from typing import Literal

import click

from activitypub.addressing import authority
from activitypub.errors import WireError
from node.cli.opened import carry_out, rooms_of
from node.cli.options import with_config
from node.config import Config
from storage.audit import Subject
from storage.peers import Peer
from storage.unit_of_work import UnitOfWork

_NODE = ("data", "database")
_COLUMNS = (
    *("peer", "policy", "state", "waiting", "parked", "lag", "failed"),
    *("last success", "last error"),
)


@click.group()
def peer() -> None:
    """Other nodes: what we know of them, whom we allow."""


@peer.command("list")
@with_config(*_NODE)
def list_peers(config: Config) -> None:
    """Show every peer: policy, state, what waits for it, how old that is, when it last answered.

    What a peer does not take while it takes other things is parked. What it sent and a fault of
    this node kept from taking effect has failed; the log says why.
    """
    with rooms_of(config) as rooms:
        now = rooms.now()
        peers, waiting, failed = rooms.db.read_now(
            lambda uow: (uow.peers.list(), uow.deliveries.summary(), uow.receipts.failed())
        )
    if not peers:
        click.echo("No peers yet. They appear when a member follows a group of another node.")
        return
    rows: list[tuple[str, ...]] = [_COLUMNS]
    for known in peers:
        queue, parked, oldest = waiting.get(known.id, (0, 0, None))
        rows.append(_row(known, queue, parked, oldest, failed.get(known.authority, 0), now))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)))


@peer.command("allow")
@click.argument("host")
@click.option("--contact", default="", help="Who is reached there when somebody is not safe.")
@with_config(*_NODE)
def allow(config: Config, host: str, contact: str) -> None:
    """Take HOST into the trusted circle, or let it take part again.

    First read its safety contact and its minimum rules, at https://HOST/nodeinfo/2.1, and agree on
    them with its administrators. The log of the staff keeps the contact.
    """
    _set_policy(config, host, "allow", contact)


@peer.command("block")
@click.argument("host")
@with_config(*_NODE)
def block(config: Config, host: str) -> None:
    """Neither receive from HOST nor send to it."""
    _set_policy(config, host, "block")


def _set_policy(
    config: Config, host: str, policy: Literal["allow", "block"], contact: str = ""
) -> None:
    try:
        name = authority(host if "://" in host else f"https://{host}")
    except WireError as error:
        raise click.ClickException(
            f"{host} is not a host name; write it like kith.example or kith.example:8443"
        ) from error
    with rooms_of(config) as rooms:

        def act(uow: UnitOfWork) -> None:
            now = rooms.now()
            uow.peers.set_policy(name, policy, now, rooms.new_id)
            peer = uow.peers.ensure(name, now, rooms.new_id)
            detail = f"{name}: {contact}" if contact else name
            uow.audit.add(
                f"peer-{policy}", Subject("peer", peer.id), at=now, by=None, detail=detail
            )
            uow.wake("deliveries")

        carry_out(rooms, act)
    click.echo(f"{name}: {policy}")


def _row(
    known: Peer, queue: int, parked: int, oldest: datetime | None, failed: int, now: datetime
) -> tuple[str, ...]:
    return (
        known.authority,
        known.policy,
        known.state,
        str(queue),
        str(parked),
        _age(oldest, now),
        str(failed),
        _age(known.last_success_at, now),
        (known.last_error or "-")[:60],
    )


def _age(then: datetime | None, now: datetime) -> str:
    """How long ago, in the largest unit that says enough."""
    if then is None:
        return "-"
    seconds = max(0, int((now - then).total_seconds()))
    for size, unit in ((86_400, "d"), (3_600, "h"), (60, "min")):
        if seconds >= size:
            return f"{seconds // size} {unit}"
    return f"{seconds} s"
