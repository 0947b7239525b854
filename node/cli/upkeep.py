"""`kith migrate` and `kith check-config`: look after a node that is not running."""

from dataclasses import fields

import click

from node.cli.options import SettingError, prepare_data, with_config
from node.config import Config


@click.command()
@with_config("data", "database")
def migrate(config: Config) -> None:
    """Bring the database to the newest schema. `kith serve` does it by itself."""
    changed = upgrade_database(config)
    click.echo("The database was brought up to date." if changed else "Nothing to do.")


@click.command("check-config")
@with_config("origin", "listen", "data", "database")
def check_config(config: Config) -> None:
    """Read all settings and say what they come to; a wrong one is named in one line."""
    for spec in fields(config):
        value = getattr(config, spec.name)
        shown = "(set)" if not spec.repr and value else value
        click.echo(f"{spec.name} = {shown if shown not in ('', (), None) else '(empty)'}")


def upgrade_database(config: Config) -> bool:
    """Migrate; True when that changed something. Raises SettingError when the database is away."""
    from migrations.upgrade import CannotUpgrade, upgrade

    prepare_data(config)
    try:
        return upgrade(config.database_url)
    except CannotUpgrade as error:
        raise SettingError(_trouble(config, error)) from error


def _trouble(config: Config, error: Exception) -> str:
    if config.database:
        return (
            f"--database cannot be used: {error}; start that server, or correct the URL "
            "postgresql://user:password@host/name"
        )
    return (
        f"--data {config.data}: its kith.sqlite3 cannot be used: {error}; restore a backup of that "
        "file, or name another directory"
    )
