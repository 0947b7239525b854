"""How a column may stand towards others, and the words for it (`fields.py`)."""

from dataclasses import dataclass
from typing import Final, Literal

Standing = Literal["public", "technical", "private", "local", "sealed", "stripped"]


@dataclass(frozen=True)
class Column:
    """How one column stands. `unseen` are fields that not even their owner is shown again."""

    standing: Standing
    fields: tuple[str, ...] = ()
    reason: str = ""
    unseen: bool = False
    copies: bool = False


PUBLIC: Final = Column("public")
TECHNICAL: Final = Column("technical")


def private(reason: str, *fields: str, unseen: bool = False) -> Column:
    return Column("private", fields, reason, unseen)


def local(*fields: str, unseen: bool = False) -> Column:
    return Column("local", fields, "a local group is open to the whole node", unseen)


def sealed(*fields: str, unseen: bool = False) -> Column:
    return Column("sealed", fields, "", unseen)


def copies() -> Column:
    """Sealed words that stand elsewhere as well, under a word of their own."""
    return Column("sealed", copies=True)


def stripped(*fields: str) -> Column:
    return Column("stripped", fields, unseen=True)
