"""Where the pages and the API of the directory find what they need in the application."""

from collections.abc import Mapping
from typing import Protocol

from node.directory.reading_in import ReadingIn
from node.directory.service import Directory
from node.web.keys import AppKey


class Left(Protocol):
    """What is left of a network's budget; below 0 when this call was one too many."""

    @property
    def left(self) -> int: ...

    def headers(self) -> Mapping[str, str]: ...


class Spends(Protocol):
    """Counts calls of the API by network; None where there is no bound."""

    def take(self, name: str) -> Left | None: ...


DIRECTORY = AppKey("directory", Directory)
READING_IN = AppKey("reading-in", ReadingIn)
HSDS_BUDGET = AppKey[Spends]("hsds-budget")
