"""What is said of one table that holds something of people (`storage.personal`)."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Personal:
    """One table. Where `account` or `persona` name the columns that say whose a row is, its rows
    are simply dropped."""

    table: str
    exported: str
    erased: str = "dropped"
    account: str | None = None
    persona: tuple[str, ...] = ()
