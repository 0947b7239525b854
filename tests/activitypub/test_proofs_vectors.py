"""The published vectors: FEP-8b32 and W3C proofs with their mutations, and RFC 8785 itself."""

import copy
import json
import struct
import unicodedata
from collections.abc import Callable
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from activitypub.errors import SignatureError
from activitypub.signatures import (
    add_proof,
    decode_multikey,
    encode_multikey,
    proof_method,
    verify_proof,
)
from activitypub.signatures.multibase import decode_base58btc
from tests.shared import require_shared

from .proven import CREATED, FEP_DOCUMENT, FEP_KEY, FEP_PUBLIC, METHOD, Document, good, proven


def read(name: str) -> Document:
    vectors: Document = json.loads(require_shared("vectors", name).read_text())
    return vectors


@pytest.mark.parametrize("name", ["fep8b32", "w3c_vc_di_eddsa"])
def test_sig_36_each_proof_is_reproduced_bit_by_bit(name: str) -> None:
    vectors = read("fep8b32_eddsa_jcs_2022.json")
    key = Ed25519PrivateKey.from_private_bytes(
        decode_base58btc(vectors["secret_key_multibase"])[2:]
    )
    assert encode_multikey(key.public_key()) == vectors["public_key_multibase"]
    vector = vectors[name]
    assert rfc8785.dumps(vector["document"]).decode() == vector["jcs_document"]
    assert rfc8785.dumps(vector["proof_config"]).decode() == vector["jcs_proof_config"]
    assert sha256(vector["jcs_document"].encode()).hexdigest() == vector["sha256_document"]
    made = add_proof(
        vector["document"],
        verification_method=vector["proof_config"]["verificationMethod"],
        key=key,
        created=datetime.fromisoformat(vector["proof_config"]["created"]),
    )
    assert made == vector["signed_document"]
    assert decode_base58btc(made["proof"]["proofValue"]).hex() == vector["signature_hex"]
    verify_proof(vector["signed_document"], decode_multikey(vectors["public_key_multibase"]))


def altered(*path: str, value: object) -> Document:
    document: Any = copy.deepcopy(good())
    place = document
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    assert isinstance(document, dict)
    return document


def two_proofs() -> Document:
    signed = good()
    return {**signed, "proof": [signed["proof"], {**signed["proof"], "created": "x"}]}


def repeated_key() -> object:
    """Signed with the first of two equal keys; every JSON reader of ours keeps the last."""
    text = json.dumps(good())
    return json.loads(
        text.replace('"content": ', '"content": "Hello world", "content": "Evil", "x": ')
    )


def inherited() -> Document:
    note = add_proof(
        FEP_DOCUMENT["object"], verification_method=METHOD, key=FEP_KEY, created=CREATED
    )
    return {**FEP_DOCUMENT, "object": note, "proof": note["proof"]}


def decomposed() -> Document:
    signed = proven({"type": "Note", "content": "caf\u00e9"})
    return {**signed, "content": unicodedata.normalize("NFD", signed["content"])}


MUTATIONS: dict[str, list[Callable[[], object]]] = {
    "content": [lambda: altered("object", "content", value="Bye")],
    "created": [lambda: altered("proof", "created", value="2023-02-24T23:36:39Z")],
    "expires-added": [lambda: altered("proof", "expires", value="2999-01-01T00:00:00Z")],
    "expired": [lambda: proven(None, expires="2026-02-28T12:00:00Z")],
    "purpose": [
        lambda: altered("proof", "proofPurpose", value="authentication"),
        lambda: proven(None, proofPurpose="authentication"),
    ],
    "suite": [
        lambda: proven(None, cryptosuite="eddsa-rdfc-2022"),
        lambda: proven(None, cryptosuite="unknown"),
        lambda: proven(None, cryptosuite=None),
    ],
    "type": [lambda: proven(None, type="Ed25519Signature2020")],
    "ctx-extra": [
        lambda: altered("@context", value=[*FEP_DOCUMENT["@context"], "https://evil.example/"]),
    ],
    "proof-array-ambiguous": [two_proofs],
    "top-array": [lambda: [good()]],
    "dup-key": [repeated_key],
    "float": [lambda: altered("object", "size", value=9007199254740993)],
    "unicode": [decomposed],
    "proof-inherit": [inherited],
    "domain-challenge": [lambda: proven(None, domain="other.example")],
}
# Whose key it is takes the actor's document to tell: `proof_method` names the key for that.
BINDING = {"vm-other-actor", "vm-host", "vm-not-listed", "controller"}


@pytest.mark.parametrize("case", MUTATIONS)
def test_sig_36_a_listed_mutation_is_refused(case: str) -> None:
    now = datetime(2026, 3, 1, 12, tzinfo=UTC)
    verify_proof(good(), FEP_PUBLIC, now=now)
    for build in MUTATIONS[case]:
        with pytest.raises(SignatureError):
            verify_proof(build(), FEP_PUBLIC, now=now)


def test_sig_36_no_listed_mutation_is_left_out() -> None:
    vectors = read("fep8b32_eddsa_jcs_2022.json")
    listed = {case["id"] for case in vectors["negative_cases_to_generate"]}
    assert listed == MUTATIONS.keys() | BINDING


@pytest.mark.parametrize(
    "method", ["https://server.example/users/bob#key", "https://other.example/users/alice#key"]
)
def test_sig_36_the_key_of_another_is_named_and_cannot_be_swapped(method: str) -> None:
    assert proof_method(proven(None, verificationMethod=method)) == method
    with pytest.raises(SignatureError):
        verify_proof(altered("proof", "verificationMethod", value=method), FEP_PUBLIC)


def test_jcs_files_have_the_published_form() -> None:
    for file in read("jcs_rfc8785.json")["files"]:
        document = json.loads(file["input"])
        assert rfc8785.dumps(document).hex() == file["expected_hex"], file["name"]
        if isinstance(document, dict):
            signed = add_proof(document, verification_method=METHOD, key=FEP_KEY, created=CREATED)
            verify_proof(signed, FEP_PUBLIC)


def test_jcs_numbers_have_the_published_form() -> None:
    for number in read("jcs_rfc8785.json")["numbers"]:
        (value,) = struct.unpack(">d", bytes.fromhex(number["ieee754"]))
        assert rfc8785.dumps(value).decode() == number["expected"]
        verify_proof(proven({"number": value}), FEP_PUBLIC)


@pytest.mark.parametrize("bits", ["7fffffffffffffff", "7ff0000000000000", "fff0000000000000"])
def test_jcs_numbers_that_are_none_are_refused(bits: str) -> None:
    (value,) = struct.unpack(">d", bytes.fromhex(bits))
    with pytest.raises(SignatureError):
        add_proof({"n": value}, verification_method=METHOD, key=FEP_KEY, created=CREATED)
    with pytest.raises(SignatureError):
        verify_proof({"n": value, "proof": good()["proof"]}, FEP_PUBLIC)
