"""`kith key`: the node's own keys, and exchanging them for fresh ones."""

from typing import Final

import click
from rich.progress import Progress

from node.cli.opened import rooms_of
from node.cli.options import SettingError, with_config
from node.config import Config
from node.database import open_keyring
from node.rooms import Rooms
from storage.keyring import Keyring, KeyringError, NodeKey

BATCH: Final = 200
"""Data keys wrapped anew in one transaction: the node goes on writing meanwhile."""
_NODE = ("data", "database")


@click.group()
def key() -> None:
    """The node's own keys, which everything private is sealed with."""


@key.command("list")
@with_config(*_NODE)
def list_keys(config: Config) -> None:
    """Show each key by its id, and how many data keys it wraps."""
    with rooms_of(config) as rooms:
        used = rooms.db.read_now(
            lambda uow: {one: uow.seals.keys.wrapped_by(one) for one in uow.seals.keys.in_use()}
        )
        keyring = open_keyring(config)
    for key_id in dict.fromkeys((*keyring.ids, *used)):
        mark = "current" if key_id == keyring.current.id else "old"
        click.echo(f"{key_id}  {mark}  wraps {used.get(key_id, 0)} data keys")


@key.command("rotate")
@with_config(*_NODE)
def rotate(config: Config) -> None:
    """Wrap every data key with a fresh node key, and drop the old one.

    The node may run meanwhile. Broken off, the command goes on where it was when it is called
    again. Backups made before cannot be read with the new file: keep the old one as long as them.
    """
    with rooms_of(config) as rooms:
        keyring = open_keyring(config)
        try:
            _rotate(rooms, keyring)
        except KeyringError as error:
            raise SettingError(f"`key_file` {config.keys_path} {error}") from error
    click.echo(f"Done. The current key is {keyring.current.id}. Copy {config.keys_path} anew.")


def _rotate(rooms: Rooms, keyring: Keyring) -> None:
    if len(keyring.ids) > 1:
        click.echo("A rotation was broken off; it goes on.")
    else:
        keyring.add()
    new = keyring.current
    rooms.db.write_now(lambda uow: uow.seals.keys.adopt(new))
    in_use = rooms.db.read_now(lambda uow: uow.seals.keys.in_use())
    for old_id in [one for one in in_use if one != new.id]:
        _rewrap_all(rooms, old_id, new)
    for old_id in [one for one in keyring.ids if one != new.id]:
        keyring.drop(old_id)


def _rewrap_all(rooms: Rooms, old_id: str, new: NodeKey) -> None:
    """Until the old key wraps nothing and nobody can wrap with it any more."""
    total = rooms.db.read_now(lambda uow: uow.seals.keys.wrapped_by(old_id))
    with Progress(transient=True) as progress:
        task = progress.add_task("wrapping data keys", total=total)
        retired = False
        while not retired:
            while count := rooms.db.write_now(
                lambda uow: uow.seals.keys.rewrap(old_id, new, BATCH)
            ):
                progress.advance(task, count)
            retired = rooms.db.write_now(lambda uow: uow.seals.keys.retire(old_id))
    click.echo(f"{total} data keys of {old_id} are wrapped anew.")
