"""`kith account suspend` and `kith account restore`: for whoever owns the machine."""

import click

from node.cli.opened import carry_out, rooms_of
from node.cli.options import with_config
from node.config import Config
from node.errors import NotFound
from node.moderation.staff import Staff
from node.rooms import Rooms
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

_NODE = ("origin", "data", "database")
_REASON = click.option("--reason", required=True, help="Why; the person reads it.")


@click.command("suspend")
@click.argument("name")
@_REASON
@with_config(*_NODE)
def suspend(config: Config, name: str, reason: str) -> None:
    """Sign out whoever signs in as NAME, everywhere, and open no door to them any more."""
    with rooms_of(config) as rooms:

        def act(uow: UnitOfWork) -> None:
            persona = _persona(rooms, uow, name)
            rooms.moderation.suspending.suspend(uow, None, persona, "account", reason)

        carry_out(rooms, act)
    click.echo(f"{name} is suspended. They can read help, and appeal.")


@click.command("restore")
@click.argument("name")
@_REASON
@with_config(*_NODE)
def restore(config: Config, name: str, reason: str) -> None:
    """Lift every suspension of whoever signs in as NAME."""
    with rooms_of(config) as rooms:

        def act(uow: UnitOfWork) -> None:
            persona = _persona(rooms, uow, name)
            account_id = uow.accounts.account_of(persona.id) or 0
            held = uow.statements.suspensions_of(uow.accounts.personas_of(account_id))
            for persona_id in {one.persona_id for one in held}:
                one = uow.actors.get(persona_id)
                if one is not None:
                    rooms.moderation.suspending.restore(uow, None, one, reason)

        carry_out(rooms, act)
    click.echo(f"{name} can sign in.")


def _persona(rooms: Rooms, uow: UnitOfWork, name: str) -> Actor:
    staff: Staff = rooms.moderation.staff
    account = uow.accounts.by_name(name)
    persona = staff.first_persona(uow, account.id) if account else None
    if persona is None:
        raise NotFound("there is no account with this sign-in name")
    return persona
