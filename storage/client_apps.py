"""Programs that asked for a client id, or whose client id is the address of a document."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, exists, select

from storage.shapes import Shape
from storage.tables import access_tokens, app_grants, client_apps, grant_codes

Kind = Literal["app", "registered", "document"]
"""app: POST /api/v1/apps; registered: RFC 7591; document: its client id leads to a description."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientApp:
    """One program. `redirect_uris` stand one on a line; `scopes` and `grant_types` are separated
    by spaces. A public one has no secret; `fetched_at` is when its document was last read."""

    id: int
    client_id: str
    secret_hash: bytes | None
    kind: Kind
    name: str
    website: str | None
    redirect_uris: str
    scopes: str
    grant_types: str
    created_at: datetime
    fetched_at: datetime | None = None

    @property
    def is_public(self) -> bool:
        """Whether it can keep no secret (RFC 6749 section 2.1)."""
        return self.secret_hash is None

    @property
    def redirects(self) -> tuple[str, ...]:
        return tuple(self.redirect_uris.split("\n"))


_APP = Shape(ClientApp, client_apps)
_SELECT = select(*_APP.columns)
_GET = _SELECT.where(client_apps.c.id == bindparam("app"))
_BY_CLIENT_ID = _SELECT.where(client_apps.c.client_id == bindparam("client"))
_GET_MANY = _SELECT.where(client_apps.c.id.in_(bindparam("apps", expanding=True)))
_REDESCRIBE = (
    client_apps.update()
    .where(client_apps.c.id == bindparam("app"))
    .values(
        name=bindparam("new_name"),
        website=bindparam("new_website"),
        redirect_uris=bindparam("new_redirects"),
        scopes=bindparam("new_scopes"),
        grant_types=bindparam("new_types"),
        fetched_at=bindparam("now"),
    )
)
_UNUSED = (
    select(client_apps.c.id)
    .where(
        client_apps.c.created_at < bindparam("before"),
        ~exists().where(access_tokens.c.app_id == client_apps.c.id),
        ~exists().where(app_grants.c.app_id == client_apps.c.id),
        ~exists().where(grant_codes.c.app_id == client_apps.c.id),
    )
    .limit(bindparam("limit"))
)
_PRUNE_UNUSED = client_apps.delete().where(client_apps.c.id.in_(_UNUSED))


class ClientAppRepository:
    """Client apps by the id that they present, and by our own."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, app: ClientApp) -> None:
        """AlreadyThere when the client id is taken."""
        self._connection.execute(client_apps.insert(), _APP.values(app))

    def get(self, app_id: int) -> ClientApp | None:
        return _APP.maybe(self._connection.execute(_GET, {"app": app_id}).first())

    def get_many(self, app_ids: list[int]) -> dict[int, ClientApp]:
        rows = self._connection.execute(_GET_MANY, {"apps": app_ids}) if app_ids else ()
        return {app.id: app for app in map(_APP.read, rows)}

    def by_client_id(self, client_id: str) -> ClientApp | None:
        return _APP.maybe(self._connection.execute(_BY_CLIENT_ID, {"client": client_id}).first())

    def redescribe(self, app: ClientApp) -> None:
        """What its document says now."""
        self._connection.execute(
            _REDESCRIBE,
            {
                "app": app.id,
                "new_name": app.name,
                "new_website": app.website,
                "new_redirects": app.redirect_uris,
                "new_scopes": app.scopes,
                "new_types": app.grant_types,
                "now": app.fetched_at,
            },
        )

    def prune_unused(self, before: datetime, limit: int) -> int:
        """Forgets up to `limit` that came before then and that nobody lets act for them; how
        many."""
        return self._connection.execute(_PRUNE_UNUSED, {"before": before, "limit": limit}).rowcount
