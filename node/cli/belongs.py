"""A database belongs to one origin: every id in it begins with that, so it is written down once."""

from dataclasses import replace
from typing import Final

from node.cli.options import SettingError
from node.config import Config
from storage.database import Database

KEY: Final = "origin"


def keep_origin(config: Config, db: Database) -> None:
    """Note the origin of a new database, or refuse another one. Raises SettingError."""
    kept = db.read_now(lambda uow: uow.settings.get(KEY))
    if kept is None:
        db.write_now(lambda uow: uow.settings.put(KEY, config.origin))
    elif kept != config.origin:
        raise SettingError(
            f"--origin is {config.origin}, but this database belongs to {kept}, and every id in it "
            f"begins with that; use --origin {kept}, or another --data directory or --database"
        )


def with_kept_origin(config: Config, db: Database) -> Config:
    """For commands beside a node: its own origin, unless another one was asked for."""
    kept = db.read_now(lambda uow: uow.settings.get(KEY))
    if kept is not None and config.origin == Config().origin:
        return replace(config, origin=kept)
    keep_origin(config, db)
    return config
