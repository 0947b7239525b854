"""What the shell must know of accounts: whom a cookie or a bearer token stands for."""

from typing import Protocol

from node.viewer import Viewer
from storage.unit_of_work import UnitOfWork


class Doorkeeper(Protocol):
    """Recognises people. `node.accounts.sessions.Sessions` is one."""

    def by_session(self, uow: UnitOfWork, token: str) -> Viewer | None: ...

    def is_stale(self, viewer: Viewer) -> bool: ...

    def touch(self, uow: UnitOfWork, viewer: Viewer) -> None: ...
