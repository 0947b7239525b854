"""Style sheets, the icon, the one script: read once, served from memory, with a hash as address.

An address with the right hash may be kept for ever; a change of the file changes the address.
"""

import hashlib
from dataclasses import dataclass
from importlib.resources import files

from aiohttp import web

TYPES = {
    "css": "text/css",
    "js": "text/javascript",
    "svg": "image/svg+xml",
    "png": "image/png",
}
FOR_EVER = "public, max-age=31536000, immutable"
A_WHILE = "public, max-age=300"


@dataclass(frozen=True, slots=True)
class Asset:
    """One file: its bytes, its media type, the beginning of its SHA-256."""

    body: bytes
    type: str
    version: str


class Assets:
    """All files of `node/web/static`."""

    def __init__(self, by_name: dict[str, Asset]) -> None:
        self._by_name = by_name

    @classmethod
    def load(cls) -> "Assets":
        found = {}
        for entry in files("node.web").joinpath("static").iterdir():
            kind = TYPES.get(entry.name.rpartition(".")[2])
            if kind is not None:
                body = entry.read_bytes()
                found[entry.name] = Asset(body, kind, hashlib.sha256(body).hexdigest()[:16])
        return cls(found)

    def get(self, name: str) -> Asset:
        """One file. Raises KeyError for a name that is not shipped."""
        return self._by_name[name]

    def address(self, name: str) -> str:
        """Where a page refers to the file. Raises KeyError for a name that is not shipped."""
        return f"/static/{name}?v={self._by_name[name].version}"

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """GET /static/{name}"""
        asset = self._by_name.get(request.match_info["name"])
        if asset is None:
            raise web.HTTPNotFound
        fresh = request.query.get("v") == asset.version
        headers = {
            "Cache-Control": FOR_EVER if fresh else A_WHILE,
            "ETag": f'"{asset.version}"',
        }
        if f'"{asset.version}"' in request.headers.get("If-None-Match", ""):
            return web.Response(status=304, headers=headers)
        return web.Response(
            body=asset.body, content_type=asset.type, charset="utf-8", headers=headers
        )
