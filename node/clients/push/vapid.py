"""Who we are towards push services: a key of the node's own, and a short-lived token signed with it
for each service (RFC 8292).

The key is made when it is first needed and stands in the database, sealed, so that all processes of
the node have the same one. Apps subscribe for it by name: were it lost, every device would have to
be asked anew.
"""

import base64
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePrivateKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from yarl import URL

from node.clients.push.encryption import packed, point_of
from storage.database import Database
from storage.seals import Holder
from storage.unit_of_work import UnitOfWork

SETTING: Final = "push.vapid"
PLACE: Final = "settings.value"
LASTS: Final = timedelta(hours=12)
"""At most 24 hours (RFC 8292 section 2)."""
RENEWED: Final = timedelta(hours=6)
KEPT: Final = 1000
_NODE: Final = Holder("node", 0)
_HEAD: Final = packed(b'{"typ":"JWT","alg":"ES256"}')
_HALF: Final = 32


@dataclass(frozen=True, slots=True, repr=False)
class VapidKey:
    """The key and what is signed with it. `subject` is where an operator of a push service finds
    us, an https URL."""

    private: EllipticCurvePrivateKey
    subject: str

    @property
    def public(self) -> str:
        """What apps subscribe with: the public key in base64url."""
        return packed(point_of(self.private.public_key()))

    def authorization(self, endpoint: str, now: datetime) -> str:
        """The Authorization header for the service behind an endpoint."""
        claims = {
            "aud": str(URL(endpoint).origin()),
            "exp": int((now + LASTS).timestamp()),
            "sub": self.subject,
        }
        signed = f"{_HEAD}.{packed(msgspec.json.encode(claims))}"
        r, s = decode_dss_signature(self.private.sign(signed.encode(), ECDSA(SHA256())))
        token = f"{signed}.{packed(r.to_bytes(_HALF) + s.to_bytes(_HALF))}"
        return f"vapid t={token}, k={self.public}"


class Vapid:
    """The key of this node, read or made once in each process."""

    def __init__(self, origin: str) -> None:
        self._subject = origin if origin.startswith("https://") else "https://localhost"
        self._key: VapidKey | None = None
        self._tokens: dict[str, tuple[datetime, str]] = {}

    async def key(self, db: Database) -> VapidKey:
        """The key, made at the first start."""
        if self._key is None:
            found = await db.read(_find)
            number = found if found is not None else await db.write(_make)
            self._key = VapidKey(derive_private_key(number, SECP256R1()), self._subject)
        return self._key

    async def public(self, db: Database) -> str:
        """The public half, for apps."""
        return (await self.key(db)).public

    async def authorization(self, db: Database, endpoint: str, now: datetime) -> str:
        """The header for a service; the same for some hours."""
        service = str(URL(endpoint).origin())
        made, header = self._tokens.get(service, (None, ""))
        if made is None or now - made >= RENEWED:
            header = (await self.key(db)).authorization(endpoint, now)
            if len(self._tokens) >= KEPT:
                self._tokens.clear()
            self._tokens[service] = now, header
        return header


def _find(uow: UnitOfWork) -> int | None:
    value = uow.settings.get(SETTING)
    if value is None:
        return None
    opened = uow.seals.open(base64.b64decode(value), place=PLACE, row=0, author=0)
    return None if opened is None else int.from_bytes(opened)


def _make(uow: UnitOfWork) -> int:
    known = _find(uow)
    if known is not None:
        return known
    number = generate_private_key(SECP256R1()).private_numbers().private_value
    sealed = uow.seals.seal(number.to_bytes(_HALF), place=PLACE, row=0, author=0, holders=(_NODE,))
    uow.settings.put(SETTING, base64.b64encode(sealed).decode())
    return number
