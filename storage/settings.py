"""The few values that a node remembers of itself."""

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.dialects.postgresql import insert

from storage.tables import settings

_GET = select(settings.c.value).where(settings.c.key == bindparam("key"))
_INSERT = insert(settings)
_PUT = _INSERT.on_conflict_do_update(
    index_elements=[settings.c.key], set_={"value": _INSERT.excluded.value}
)


class SettingRepository:
    """Values by key."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def get(self, key: str) -> str | None:
        value: str | None = self._connection.execute(_GET, {"key": key}).scalar()
        return value

    def put(self, key: str, value: str) -> None:
        self._connection.execute(_PUT, {"key": key, "value": value})
