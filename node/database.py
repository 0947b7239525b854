"""Opens the node's database together with the key file that its private text is sealed with.

The first start makes the file. After that a missing or a wrong one is refused before anything is
read: a fresh key in its place would only hide that everything private is lost.
"""

from node.config import Config, ConfigError
from storage.data_keys import DataKeys
from storage.database import Database
from storage.errors import WrongNodeKey
from storage.keyring import Keyring, KeyringError
from storage.unit_of_work import UnitOfWork


def open_database(config: Config) -> Database:
    """The database at its newest schema, with its keys. Raises ConfigError with one line."""
    keyring = open_keyring(config)
    db = Database.open(config.database_url, keyring)
    try:
        db.read_now(lambda uow: uow.seals.keys.check())
    except WrongNodeKey as error:
        raise ConfigError(f"{_named(config)} is not the one of this database: {error}") from error
    return db


def open_keyring(config: Config) -> Keyring:
    """The node's keys, made when there are none and nothing was sealed yet. Raises ConfigError."""
    try:
        return Keyring.open(config.keys_path)
    except KeyringError as error:
        raise ConfigError(f"{_named(config)} {error}") from error
    except FileNotFoundError:
        pass
    used = Database.open(config.database_url).read_now(_in_use)
    if used:
        raise ConfigError(
            f"{_named(config)} is missing, and private text was sealed with the key {used[0]} in "
            "it; put back your copy of that file"
        )
    try:
        return Keyring.create(config.keys_path)
    except KeyringError as error:
        raise ConfigError(f"{_named(config)} {error}") from error


def _in_use(uow: UnitOfWork) -> list[str]:
    return DataKeys(uow.connection, None).in_use()


def _named(config: Config) -> str:
    return f"`key_file` {config.keys_path}"
