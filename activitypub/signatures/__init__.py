"""Pure signing and verifying of what nodes say to each other.

    read_signature -> check_time -> check_digest -> verify        a request that arrived
    sign_cavage, sign_rfc9421                                     a request that leaves
    add_proof, proof_method, verify_proof                         an object that travels

Nothing here fetches a key, reads a clock or touches a network, and the only exception that leaves
this room is `activitypub.errors.SignatureError`.
"""

from activitypub.signatures.algorithms import verify
from activitypub.signatures.cavage import sign_cavage, signing_string
from activitypub.signatures.digests import cavage_digest, check_digest, content_digest
from activitypub.signatures.keys import PublicKey, load_public_pem
from activitypub.signatures.message import HttpMessage, ParsedSignature
from activitypub.signatures.multibase import decode_multikey, encode_multikey
from activitypub.signatures.profile import check_time, read_signature
from activitypub.signatures.proofs import add_proof, proof_method, verify_proof
from activitypub.signatures.rfc9421 import sign_rfc9421, signature_base

__all__ = [
    "HttpMessage",
    "ParsedSignature",
    "PublicKey",
    "add_proof",
    "cavage_digest",
    "check_digest",
    "check_time",
    "content_digest",
    "decode_multikey",
    "encode_multikey",
    "load_public_pem",
    "proof_method",
    "read_signature",
    "sign_cavage",
    "sign_rfc9421",
    "signature_base",
    "signing_string",
    "verify",
    "verify_proof",
]
