"""Refusals as problem details (RFC 9457), with the types that FEP-c180 names for ActivityPub."""

from typing import Final, NamedTuple

from aiohttp import web

from node.web.headers import PRIVATE
from node.web.json_body import encoded
from node.wire.answers import PROBLEM_TYPE, title_of


class Kind(NamedTuple):
    """A type of FEP-c180 and the status that belongs to it; None keeps what the error says."""

    name: str
    title: str
    status: int | None = None


_C180: Final = "https://w3id.org/fep/c180#"
KINDS: Final = {
    "unsupported-type": Kind("unsupported-type", "Unsupported type", 400),
    "no-such-object": Kind("object-does-not-exist", "Object does not exist", 400),
    "not-an-actor": Kind("not-an-actor", "Not an actor", 400),
    "actor-mismatch": Kind("principal-actor-mismatch", "Principal-actor mismatch", 400),
    "scope": Kind("client-not-authorized", "Client not authorized", 403),
    "not-the-owner": Kind("principal-not-authorized", "Principal not authorized", 403),
    "media-type": Kind("unsupported-media-type", "Unsupported media type", 400),
    "media-too-large": Kind("media-too-large", "Media too large", 413),
    "slow-down": Kind("rate-limit-exceeded", "Rate limit exceeded", 429),
}
"""By the code of the refusal."""
FORBIDDEN: Final = Kind("actor-not-authorized", "Actor not authorized")
ACCEPTED: Final = "Send application/ld+json or application/activity+json"
NOTHING: Final = "There is nothing here."
"""What is not there and what is not for the reader are refused with the same bytes (PRV-05)."""


def refuse(status: int, sentence: str, *, code: str, headers: dict[str, str]) -> web.Response:
    """A refusal of a door, for all addresses of this package."""
    kind = KINDS.get(code) or (FORBIDDEN if status == 403 else None)
    if kind is not None and kind.status is not None:
        status = kind.status
    detail = {404: NOTHING, 415: ACCEPTED}.get(status, sentence)
    document = {
        "type": f"{_C180}{kind.name}" if kind else "about:blank",
        "title": kind.title if kind else title_of(status),
        "status": status,
        "detail": detail,
    }
    return web.Response(
        status=status,
        body=encoded(document),
        headers={
            "Cache-Control": PRIVATE,
            "Vary": "Authorization, Accept",
            "Content-Type": PROBLEM_TYPE,
            **headers,
        },
    )
