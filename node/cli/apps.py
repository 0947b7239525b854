"""`kith app`: programs that are known beforehand by ids of one's own choosing, for suites."""

from urllib.parse import urlsplit

import click

from node.accounts.secret import digest
from node.cli.opened import carry_out, rooms_of
from node.cli.options import with_config
from node.config import Config
from node.config_values import is_loopback
from node.errors import Invalid
from node.scopes import KNOWN
from storage.client_apps import ClientApp
from storage.unit_of_work import UnitOfWork


@click.group()
def app() -> None:
    """Programs of others, for suites on this machine."""


@app.command("create")
@click.argument("name")
@click.option("--client-id", required=True, help="What it calls itself by.")
@click.option("--client-secret", required=True, help="What it proves that with.")
@click.option(
    "--redirect-uri", default="urn:ietf:wg:oauth:2.0:oob", show_default=True, help="Where it waits."
)
@click.option("--scopes", default="read write follow push", show_default=True)
@with_config("origin", "data", "database")
def create_app(
    config: Config, name: str, client_id: str, client_secret: str, redirect_uri: str, scopes: str
) -> None:
    """Make a program NAME known with given ids; only where the origin is this machine."""
    if not is_loopback(urlsplit(config.origin).hostname or ""):
        raise click.ClickException(
            "given ids are for suites on this machine; elsewhere programs register themselves"
        )
    if not scopes.split() or not set(scopes.split()) <= KNOWN:
        raise click.ClickException(f"--scopes: known are {', '.join(sorted(KNOWN))}")
    with rooms_of(config) as rooms:
        made = ClientApp(
            id=rooms.new_id(),
            client_id=client_id,
            secret_hash=digest(client_secret),
            kind="app",
            name=name,
            website=None,
            redirect_uris=redirect_uri,
            scopes=scopes,
            grant_types="authorization_code client_credentials password",
            created_at=rooms.now(),
        )

        def enter(uow: UnitOfWork) -> None:
            if uow.client_apps.by_client_id(client_id) is not None:
                raise Invalid("client-id", "this one is taken; name another")
            uow.client_apps.add(made)

        carry_out(rooms, enter)
    click.echo(f"{name} is known as {client_id}.")
