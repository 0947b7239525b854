"""One call of a client app: who calls, what was sent, and what a handler needs to serve it."""

from dataclasses import dataclass
from typing import Any, Final

from aiohttp import web
from multidict import CIMultiDictProxy
from yarl import URL

from node.clients.access import Unauthorized
from node.clients.params import Params
from node.config import Config
from node.errors import NotFound
from node.viewer import Caller
from node.web.keys import CONFIG, DB
from storage.accounts import Account
from storage.actors import Actor
from storage.database import Database

LARGEST_ID: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Call:
    """What a handler is given. `caller` is None for a visitor without a token."""

    request: web.Request
    caller: Caller | None
    params: Params

    @property
    def app(self) -> web.Application:
        """The site, which holds the rooms under their keys."""
        return self.request.app

    @property
    def db(self) -> Database:
        return self.request.app[DB]

    @property
    def config(self) -> Config:
        return self.request.app[CONFIG]

    @property
    def origin(self) -> str:
        """`https://host[:port]` of this node."""
        return self.config.origin

    @property
    def headers(self) -> CIMultiDictProxy[str]:
        return self.request.headers

    @property
    def reader(self) -> Actor | None:
        """The persona that reads; None for visitors and for an app on its own behalf."""
        return None if self.caller is None else self.caller.persona

    @property
    def persona(self) -> Actor:
        """The persona that acts. Raises Unauthorized."""
        if self.caller is None or self.caller.persona is None:
            raise Unauthorized
        return self.caller.persona

    @property
    def account(self) -> Account:
        """The account behind it, for decisions only: it is never shown. Raises Unauthorized."""
        if self.caller is None or self.caller.account is None:
            raise Unauthorized
        return self.caller.account

    @property
    def url(self) -> URL:
        """The address that was called, at this node's origin."""
        origin = URL(self.origin)
        asked = self.request.rel_url
        return origin.join(URL.build(path=asked.path.rstrip("/") or "/", query=asked.query))

    def match(self, name: str) -> str:
        """What stands in the path under this name."""
        return self.request.match_info[name]

    def id(self, name: str = "id") -> int:
        """The id in the path. Raises NotFound."""
        return known_id(self.match(name))

    def key(self, key: web.AppKey[Any]) -> Any:
        """What the site holds under a key."""
        return self.request.app[key]


def known_id(text: str) -> int:
    """An id as text. Raises NotFound for what no id can be."""
    if not (text.isascii() and text.isdecimal()) or len(text) > 19 or int(text) > LARGEST_ID:
        raise NotFound
    return int(text)
