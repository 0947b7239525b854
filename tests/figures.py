"""Actors of servers that a test controls: their documents, their keys, what they sign and prove."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from activitypub.signatures import HttpMessage, add_proof, sign_cavage, sign_rfc9421
from federation.own_keys import public_half
from storage.keys import PrivateKeys

if TYPE_CHECKING:
    from tests.stranger import Stranger

Document = dict[str, Any]
ACTIVITY_JSON = "application/activity+json"
CONTEXT = ["https://www.w3.org/ns/activitystreams", "https://w3id.org/security/v1"]
PUBLIC = "https://www.w3.org/ns/activitystreams#Public"


@dataclass(frozen=True)
class Letter:
    """A signed POST, ready to go out as often as a test likes."""

    url: str
    headers: Mapping[str, str]
    body: bytes


@lru_cache(maxsize=32)
def private_key(pem: str) -> RSAPrivateKey | Ed25519PrivateKey:
    key = load_pem_private_key(pem.encode(), None, unsafe_skip_rsa_key_validation=True)
    assert isinstance(key, RSAPrivateKey | Ed25519PrivateKey)
    return key


@dataclass(frozen=True)
class Figure:
    """An actor of a stranger. `home` serves its document."""

    home: "Stranger"
    document: Document
    keys: PrivateKeys

    @property
    def uri(self) -> str:
        return str(self.document["id"])

    @property
    def key_id(self) -> str:
        return f"{self.uri}#main-key"

    @property
    def inbox(self) -> str:
        return str(self.document["inbox"])

    def prove(self, document: Document) -> Document:
        """The document with a proof by this actor's Ed25519 key (FEP-8b32)."""
        key = private_key(self.keys.ed25519_pem)
        assert isinstance(key, Ed25519PrivateKey)
        method = f"{self.uri}#ed25519-key"
        now = self.home.clock.now()
        return add_proof(document, verification_method=method, key=key, created=now)

    def seal(
        self,
        inbox: str,
        activity: Document,
        profile: Literal["cavage", "rfc9421"] = "cavage",
        late: timedelta = timedelta(),
    ) -> Letter:
        """A POST of `activity` to `inbox`, signed with this actor's key. `late` shifts its date."""
        body = msgspec.json.encode({"@context": CONTEXT} | activity)
        scheme, _, rest = inbox.partition("://")
        authority, _, path = rest.partition("/")
        kind = (("Content-Type", ACTIVITY_JSON),)
        message = HttpMessage("POST", scheme, authority, f"/{path}", kind, body)
        key = private_key(self.keys.rsa_pem)
        assert isinstance(key, RSAPrivateKey)
        sign = sign_cavage if profile == "cavage" else sign_rfc9421
        signed = sign(message, self.key_id, key, self.home.clock.now() + late)
        return Letter(inbox, {"Content-Type": ACTIVITY_JSON, **signed}, body)


def actor_document(uri: str, kind: str, shared_inbox: str, keys: PrivateKeys) -> Document:
    """An actor with both kinds of key, as most software serves it."""
    rsa, ed25519 = public_half(uri, 0, keys)
    return {
        "@context": CONTEXT,
        "id": uri,
        "type": kind,
        "inbox": f"{uri}/inbox",
        "endpoints": {"sharedInbox": shared_inbox},
        "publicKey": {"id": rsa.key_id, "owner": uri, "publicKeyPem": rsa.material},
        "assertionMethod": [
            {
                "id": ed25519.key_id,
                "type": "Multikey",
                "controller": uri,
                "publicKeyMultibase": ed25519.material,
            }
        ],
    }
