"""Proofs that travel with an object: FEP-8b32 with the cryptosuite eddsa-jcs-2022.

A proof vouches for the document around it wherever it is found, in a request, in someone else's
Announce or in a file. It says which key made it; whether that key is its actor's is for the caller
to compare (`proof_method` names it).
"""

import re
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import rfc8785
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from activitypub.errors import SignatureError
from activitypub.signatures.multibase import decode_base58btc, encode_base58btc

_SUITE = {
    "type": "DataIntegrityProof",
    "cryptosuite": "eddsa-jcs-2022",
    "proofPurpose": "assertionMethod",
}
# A proof for one reader, or one link of a chain, says something that we do not check.
_UNSUPPORTED = frozenset({"domain", "challenge", "previousProof"})
_TIMESTAMP = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,12})?(Z|[+-][0-9]{2}:[0-9]{2})"
)


def add_proof(
    document: dict[str, Any],
    *,
    verification_method: str,
    key: Ed25519PrivateKey,
    created: datetime,
) -> dict[str, Any]:
    """A copy of the document with a proof by `key`; an earlier proof is replaced.

    `created` is aware and written in whole seconds. Raises SignatureError when the document has
    no canonical form (RFC 8785): integers beyond 2^53 - 1, NaN, lone surrogates.
    """
    unsigned = _without(document, "proof")
    config: dict[str, Any] = {
        **_SUITE,
        "created": created.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        "verificationMethod": verification_method,
    }
    if "@context" in document:
        config["@context"] = document["@context"]
    value = encode_base58btc(key.sign(_hash(unsigned, config)))
    return {**unsigned, "proof": {**config, "proofValue": value}}


def proof_method(document: object) -> str | None:
    """The key id of the document's proof, or None when it has no well-formed eddsa-jcs-2022 proof.

    Never raises, and proves nothing: it tells which key to fetch before `verify_proof`.
    """
    try:
        _, proof = _read(document)
    except SignatureError:
        return None
    return str(proof["verificationMethod"])


def verify_proof(document: object, key: Ed25519PublicKey, *, now: datetime | None = None) -> None:
    """Check that `key` made the document's one proof; SignatureError when it did not.

    A proof with `expires` holds until that moment and only for a caller that gives `now`.
    The proof's @context must be the beginning of the document's (vc-di-eddsa 3.3.2). We hash the
    document with all of its contexts, though, so that nobody can add one afterwards.
    """
    unsigned, proof = _read(document)
    _check_expiry(proof.get("expires"), now)
    _check_context(unsigned, proof)
    signature = decode_base58btc(proof["proofValue"])
    try:
        key.verify(signature, _hash(unsigned, _without(proof, "proofValue")))
    except InvalidSignature as error:
        raise SignatureError("proof", "The proof does not match the document.") from error


def _read(document: object) -> tuple[dict[str, Any], dict[str, Any]]:
    """The document without its proof, and the proof, when it is one that we know how to check."""
    if not isinstance(document, dict):
        raise SignatureError("proof", "Only an object can carry a proof.")
    proof = document.get("proof")
    if not isinstance(proof, dict):
        raise SignatureError("proof", "The document does not have exactly one proof.")
    if any(proof.get(name) != value for name, value in _SUITE.items()):
        raise SignatureError("proof", "The proof is not an eddsa-jcs-2022 assertion.")
    if not all(isinstance(proof.get(name), str) for name in ("verificationMethod", "proofValue")):
        raise SignatureError("proof", "The proof does not name its key, or has no value.")
    if _UNSUPPORTED & proof.keys():
        raise SignatureError("proof", "The proof was made for another purpose.")
    if "created" in proof:
        _timestamp(proof["created"])
    return _without(document, "proof"), proof


def _check_expiry(expires: object, now: datetime | None) -> None:
    if expires is None:
        return
    if now is None or now > _timestamp(expires):
        raise SignatureError("proof", "The proof has expired.")


def _check_context(unsigned: dict[str, Any], proof: dict[str, Any]) -> None:
    if "@context" not in proof:
        return
    ours, theirs = _as_list(unsigned.get("@context")), _as_list(proof["@context"])
    try:
        begins = ours[: len(theirs)] == theirs
    except RecursionError:
        begins = False
    if not begins:
        raise SignatureError("proof", "The proof was made for another @context.")


def _timestamp(text: object) -> datetime:
    if not isinstance(text, str) or not _TIMESTAMP.fullmatch(text):
        raise SignatureError("proof", "A time in the proof is not a timestamp.")
    try:
        return datetime.fromisoformat(text)  # keeps microseconds of the nanoseconds some peers send
    except ValueError as error:
        raise SignatureError("proof", "A time in the proof is not a timestamp.") from error


def _hash(unsigned: dict[str, Any], config: dict[str, Any]) -> bytes:
    """What is signed: the hash of the proof's options, then that of the document."""
    try:
        return sha256(rfc8785.dumps(config)).digest() + sha256(rfc8785.dumps(unsigned)).digest()
    except (ValueError, TypeError, RecursionError) as error:
        raise SignatureError("proof", "The document has no canonical form.") from error


def _as_list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def _without(members: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in members.items() if key != name}
