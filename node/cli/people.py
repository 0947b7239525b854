"""`kith account`, `kith group` and `kith token`: make what people need, from the terminal."""

import sys
from typing import cast
from urllib.parse import urlsplit

import click

from node.accounts import rules
from node.accounts.passwords import ARGON2, Hasher
from node.accounts.service import Newcomer, checked
from node.cli.opened import carry_out, rooms_of
from node.cli.options import with_config
from node.cli.suspensions import restore, suspend
from node.config import Config
from node.config_values import is_loopback
from node.errors import Invalid, NotFound
from node.groups.belonging import Visibility
from node.moderation.rules import ROLES
from node.rights.leaving import Asked
from storage.accounts import Role
from storage.actors import Actor
from storage.unit_of_work import UnitOfWork

_NODE = ("origin", "data", "database")


@click.group()
def account() -> None:
    """Accounts of people."""


@account.command("create")
@click.argument("name")
@click.option("--handle", required=True, help="Public handle, such as rowan.")
@click.option("--display-name", help="Name that others see; the handle if not given.")
@click.option("--administrator", is_flag=True, help="Let this person run the node.")
@click.option("--agreed", is_flag=True, help="This person agreed to take part, on paper.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@with_config(*_NODE)
def create_account(
    config: Config,
    name: str,
    handle: str,
    display_name: str | None,
    administrator: bool,
    agreed: bool,
    password_stdin: bool,
) -> None:
    """Make an account that signs in as NAME. NAME stays private; the handle is public.

    Whoever has not agreed to take part yet is asked at the first sign-in. The limits of newcomers
    do not hold: whoever makes the account knows for whom."""
    shown = display_name or handle
    try:
        newcomer = checked(Newcomer(name=name, handle=handle, display_name=shown, agrees=agreed))
        password = _password(password_stdin)
        rules.new_password(password, newcomer.name, newcomer.handle, newcomer.display_name)
    except Invalid as error:
        raise click.ClickException(f"{error.field}: {error}") from error
    password_hash = _hashed(password)
    role: Role = "administrator" if administrator else "member"
    with rooms_of(config) as rooms:
        keys = rooms.own_keys.generate()

        def enter(uow: UnitOfWork) -> Actor:
            _, made = rooms.accounts.sign_up(uow, newcomer, password_hash, keys, role=role)
            rooms.newcomers.vouch(uow, made, None)
            return made

        persona = carry_out(rooms, enter)
    click.echo(f"{newcomer.name} can sign in now and is seen as @{persona.handle}.")


@account.command("role")
@click.argument("name")
@click.argument("role", type=click.Choice(ROLES))
@with_config(*_NODE)
def give_role(config: Config, name: str, role: str) -> None:
    """Let the account that signs in as NAME look after the node as ROLE, or as a mere member."""
    with rooms_of(config) as rooms:
        persona = carry_out(
            rooms, lambda uow: rooms.moderation.staff.give_by_name(uow, name, cast(Role, role))
        )
    click.echo(f"@{persona.handle}: {role}.")


@account.command("delete")
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do not ask whether you are sure.")
@with_config(*_NODE)
def delete_account(config: Config, name: str, yes: bool) -> None:
    """Delete the account that signs in as NAME, with all its personas, and ask other nodes to.

    The running node does it; this command only orders it. There is no way back."""
    if not yes:
        click.confirm(f"Delete {name} and everything that is theirs, for good?", abort=True)
    with rooms_of(config) as rooms:

        def act(uow: UnitOfWork) -> Asked:
            found = uow.accounts.by_name(name)
            if found is None or found.password_hash == "":
                raise NotFound("no account signs in by this name")
            return rooms.rights.leaving.ask(uow, found, at_once=True)

        asked = carry_out(rooms, act)
        origin = rooms.config.origin
    click.echo(f"{name} is being deleted. What other nodes answer: {origin}/deletion/{asked.code}")


account.add_command(suspend)
account.add_command(restore)


@click.group()
def group() -> None:
    """Groups of this node."""


@group.command("create")
@click.argument("handle")
@click.option("--name", required=True, help="Name of the group, as members read it.")
@click.option(
    "--visibility",
    type=click.Choice(["public", "local", "private"]),
    default="public",
    show_default=True,
    help="public: federates. local: this node only. private: its members only.",
)
@click.option("--founder", help="Handle of the persona that moderates it.")
@click.option("--summary", default="", help="What the group is for, in Markdown.")
@click.option("--guidelines", default="", help="What members agree to, in Markdown.")
@with_config(*_NODE)
def create_group(
    config: Config,
    handle: str,
    name: str,
    visibility: str,
    founder: str | None,
    summary: str,
    guidelines: str,
) -> None:
    """Make a group. Its HANDLE is how others find it: !HANDLE@this-node."""
    with rooms_of(config) as rooms:
        keys = rooms.own_keys.generate()

        def act(uow: UnitOfWork) -> Actor:
            person = uow.actors.local_by_handle(founder.lower()) if founder else None
            if founder and (person is None or person.type != "Person"):
                raise Invalid("founder", "no persona of this node has this handle")
            made = rooms.groups.create(
                uow,
                handle=handle,
                name=name,
                visibility=cast(Visibility, visibility),
                founder=person,
                keys=keys,
                summary=summary,
                guidelines=guidelines,
            )
            return made.actor

        made = carry_out(rooms, act)
    click.echo(f"!{made.handle}@{made.authority} is there: {made.uri}")


@click.group()
def token() -> None:
    """Bearer tokens for programs."""


@token.command("create")
@click.argument("handle")
@click.option("--label", default="command line", show_default=True, help="What it is for.")
@click.option("--scopes", default="read write", show_default=True, help="What it may do.")
@click.option("--secret", help="The token itself; only where the origin is this machine.")
@with_config(*_NODE)
def create_token(config: Config, handle: str, label: str, scopes: str, secret: str | None) -> None:
    """Make a token with which a program acts as the persona HANDLE. It is shown once."""
    if secret is not None and not is_loopback(urlsplit(config.origin).hostname or ""):
        raise click.ClickException("--secret is for suites on this machine; leave it out")
    wanted = tuple(scopes.split())
    with rooms_of(config) as rooms:
        issued = carry_out(
            rooms, lambda uow: rooms.tokens.issue(uow, handle, label, wanted, secret)
        )
    click.echo(issued.secret)


def _hashed(password: str) -> str:
    hasher = Hasher(ARGON2)
    try:
        return hasher.hash_now(password)
    finally:
        hasher.close()


def _password(from_stdin: bool) -> str:
    if from_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    return password
