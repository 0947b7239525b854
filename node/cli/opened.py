"""The rooms of a node, opened for one command and closed after it."""

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import click

from node.cli.belongs import with_kept_origin
from node.cli.options import SettingError
from node.cli.upkeep import upgrade_database
from node.config import Config, ConfigError
from node.database import open_database
from node.errors import Invalid, KithError
from node.rooms import Rooms, open_rooms
from node.sources import real_sources
from storage.database import Database
from storage.errors import StorageError
from storage.unit_of_work import UnitOfWork

T = TypeVar("T")


def opened(config: Config) -> Database:
    """The database with its keys. Raises SettingError."""
    try:
        return open_database(config)
    except ConfigError as error:
        raise SettingError(str(error)) from error


@contextmanager
def rooms_of(config: Config) -> Iterator[Rooms]:
    """The node's rooms on its database, brought up to date first."""
    upgrade_database(config)
    db = opened(config)
    try:
        sources = real_sources()
        yield open_rooms(with_kept_origin(config, db), db, sources.now, sources.new_id)
    finally:
        asyncio.run(db.close())


def carry_out(rooms: Rooms, act: Callable[[UnitOfWork], T]) -> T:
    """Run a use case and commit it. What it refuses becomes one line on the terminal."""
    try:
        return rooms.db.write_now(act)
    except Invalid as error:
        raise click.ClickException(f"{error.field}: {error}") from error
    except (KithError, StorageError) as error:
        raise click.ClickException(str(error)) from error
