"""What can go wrong with a database, in words that do not name the database.

A caller that wants to answer "that name is taken" catches `AlreadyThere` around `db.write`, not
inside the function it hands over: PostgreSQL refuses all further work of a transaction once one
statement has failed.
"""


class StorageError(Exception):
    """The database did not do what was asked. Nothing of the write has happened."""


class AlreadyThere(StorageError):
    """A value that must be unique is there already."""


class NotThere(StorageError):
    """A record refers to one that does not exist, or one is still referred to."""


class NotStorable(StorageError):
    """The database cannot hold this value: a NUL in a text, a number or an index key too large."""


class TryAgain(StorageError):
    """Two transactions were in each other's way; the same one may pass when it is run again."""


class ConnectionLost(StorageError):
    """The database cannot be reached, or has hung up before the transaction was committed."""


class OutcomeUnknown(StorageError):
    """The connection broke during the commit, so that it may or may not have happened."""


class NoNodeKey(StorageError):
    """Something private was to be read or kept, but the database was opened without a node key."""


class WrongNodeKey(StorageError):
    """The node key that wraps the data keys is missing, or is another one than the database's."""


class NotOpened(StorageError):
    """Sealed bytes were changed, or stand where they do not belong."""


class Erased(StorageError):
    """The data key of a holder was destroyed; nothing is sealed for it any more."""
