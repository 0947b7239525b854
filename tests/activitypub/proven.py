"""Documents with proofs, by plain cryptography: also with options our signer never writes."""

import copy
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from activitypub.signatures import add_proof, decode_multikey
from activitypub.signatures.multibase import encode_base58btc

Document = dict[str, Any]

ALICE = "https://server.example/users/alice"
METHOD = f"{ALICE}#ed25519-key"
CREATED = datetime(2023, 2, 24, 23, 36, 38, tzinfo=UTC)
CONTEXT = [
    "https://www.w3.org/ns/activitystreams",
    "https://w3id.org/security/data-integrity/v1",
]

# The feature file of FEP-8b32: its key, its document and the proof that must come out.
FEP_KEY = Ed25519PrivateKey.from_private_bytes(
    bytes.fromhex("c96ef9ea10c5e414c471723aff9de72c35fa5b70fae97e8832ecac7d2e2b8ed6")
)
FEP_PUBLIC = decode_multikey("z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2")
FEP_VALUE = (
    "zLaewdp4H9kqtwyrLatK4cjY5oRHwVcw4gibPSUDYDMhi4M49v8pcYk3ZB6D69dNpAPbUmY8ocuJ3m9KhKJEEg7z"
)
FEP_DOCUMENT: Document = {
    "@context": CONTEXT,
    "id": "https://server.example/activities/1",
    "type": "Create",
    "actor": ALICE,
    "object": {
        "id": "https://server.example/objects/1",
        "type": "Note",
        "attributedTo": ALICE,
        "content": "Hello world",
        "location": {"type": "Place", "longitude": -71.184902, "latitude": 25.273962},
    },
}


def proven(document: Document | None = None, **options: Any) -> Document:
    """The document with a proof whose options we choose: None takes one away."""
    document = copy.deepcopy(FEP_DOCUMENT if document is None else document)
    config: Document = {
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        **options,
    }
    config = {name: value for name, value in config.items() if value is not None}
    hashed = sha256(rfc8785.dumps(config)).digest() + sha256(rfc8785.dumps(document)).digest()
    return {**document, "proof": {**config, "proofValue": encode_base58btc(FEP_KEY.sign(hashed))}}


def good() -> Document:
    return add_proof(FEP_DOCUMENT, verification_method=METHOD, key=FEP_KEY, created=CREATED)
