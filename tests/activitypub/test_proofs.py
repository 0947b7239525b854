"""FEP-8b32 proofs: what is signed stays as it was, and vouches for nothing else."""

import copy
import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from activitypub.errors import SignatureError
from activitypub.signatures import add_proof, proof_method, verify_proof

from .proven import (
    CONTEXT,
    CREATED,
    FEP_DOCUMENT,
    FEP_KEY,
    FEP_PUBLIC,
    FEP_VALUE,
    METHOD,
    Document,
    good,
    proven,
)


def refused(
    document: object, key: Ed25519PublicKey = FEP_PUBLIC, now: datetime | None = None
) -> None:
    with pytest.raises(SignatureError):
        verify_proof(document, key, now=now)


def test_sig_36_the_proof_of_the_fep_is_reproduced() -> None:
    assert FEP_KEY.public_key() == FEP_PUBLIC
    signed = good()
    assert signed["proof"] == {
        "@context": CONTEXT,
        "type": "DataIntegrityProof",
        "cryptosuite": "eddsa-jcs-2022",
        "created": "2023-02-24T23:36:38Z",
        "verificationMethod": METHOD,
        "proofPurpose": "assertionMethod",
        "proofValue": FEP_VALUE,
    }
    verify_proof(signed, FEP_PUBLIC)
    assert proof_method(signed) == METHOD
    assert "proof" not in FEP_DOCUMENT


def test_a_document_without_context_has_a_proof_without_context() -> None:
    plain = {"type": "Note", "content": "Hello"}
    signed = add_proof(plain, verification_method=METHOD, key=FEP_KEY, created=CREATED)
    assert "@context" not in signed["proof"]
    verify_proof(signed, FEP_PUBLIC)
    again = add_proof(signed, verification_method=METHOD, key=FEP_KEY, created=CREATED)
    assert again == signed


def test_sig_36_a_changed_document_is_refused() -> None:
    verify_proof(good(), FEP_PUBLIC)
    changes: list[Callable[[Document], object]] = [
        lambda document: document["object"].update(content="Hello World"),
        lambda document: document.update(actor="https://server.example/users/mallory"),
        lambda document: document.update(extra=None),
        lambda document: document.pop("id"),
        lambda document: document["object"]["location"].update(latitude=25.273963),
        lambda document: document["@context"].append("https://evil.example/context"),
        lambda document: document["@context"].reverse(),
        lambda document: document.update({"@context": CONTEXT[0]}),
        lambda document: document.pop("@context"),
    ]
    for change in changes:
        document = copy.deepcopy(good())
        change(document)
        refused(document)


def test_sig_36_a_changed_proof_is_refused() -> None:
    for name, value in {
        "created": "2023-02-24T23:36:39Z",
        "expires": "2999-01-01T00:00:00Z",
        "verificationMethod": "https://server.example/users/bob#ed25519-key",
        "nonce": "x",
        "proofValue": "z" + "1" * 64,
    }.items():
        altered = good()
        altered["proof"] = {**altered["proof"], name: value}
        refused(altered, now=CREATED)
    refused(good(), Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key())


@pytest.mark.parametrize(
    "options",
    [
        {"type": "Ed25519Signature2020"},
        {"type": ["DataIntegrityProof"]},
        {"cryptosuite": "eddsa-rdfc-2022"},
        {"cryptosuite": "unknown"},
        {"cryptosuite": None},
        {"proofPurpose": "authentication"},
        {"proofPurpose": None},
        {"verificationMethod": None},
        {"verificationMethod": {"id": METHOD}},
        {"domain": "other.example"},
        {"challenge": "x"},
        {"previousProof": "urn:uuid:1"},
        {"created": "yesterday"},
        {"created": "2023-02-31T00:00:00Z"},
        {"created": 1677281798},
        {"created": "2023-02-24T23:36:38"},
    ],
)
def test_sig_36_a_proof_made_for_something_else_is_refused(options: Document) -> None:
    verify_proof(proven(), FEP_PUBLIC)
    refused(proven(None, **options))
    assert proof_method(proven(None, **options)) is None


def test_peers_write_the_time_in_several_ways() -> None:
    for created in (None, "2026-06-26T11:17:11.483620610Z", "2026-06-26T13:17:11+02:00"):
        verify_proof(proven(None, created=created), FEP_PUBLIC)


def test_sig_36_a_proof_that_expires_needs_a_time_and_holds_until_then() -> None:
    expiring = proven(None, expires="2026-03-01T12:00:00Z")
    end = datetime(2026, 3, 1, 12, tzinfo=UTC)
    verify_proof(expiring, FEP_PUBLIC, now=end)
    refused(expiring, now=end + timedelta(microseconds=1))
    refused(expiring)
    refused(proven(None, expires="soon"), now=end)


def test_sig_36_the_context_of_the_proof_begins_that_of_the_document() -> None:
    verify_proof(proven(None, **{"@context": CONTEXT}), FEP_PUBLIC)
    verify_proof(proven(None, **{"@context": CONTEXT[:1]}), FEP_PUBLIC)
    verify_proof(proven(None, **{"@context": CONTEXT[0]}), FEP_PUBLIC)
    refused(proven(None, **{"@context": CONTEXT[1:]}))
    refused(proven(None, **{"@context": [*CONTEXT, "https://evil.example/"]}))
    refused(proven({"type": "Note"}, **{"@context": CONTEXT}))


def test_sig_36_exactly_one_proof() -> None:
    signed = good()
    others: list[object] = [[signed["proof"]] * 2, [signed["proof"]], [], None, "x", 1, {}]
    for proof in others:
        refused({**signed, "proof": proof})
        assert proof_method({**signed, "proof": proof}) is None
    refused([signed])
    refused(FEP_DOCUMENT)
    for other in ([signed], FEP_DOCUMENT, None, "proof", 1):
        assert proof_method(other) is None


def test_sig_36_a_proof_counts_for_its_own_document_only() -> None:
    inner = FEP_DOCUMENT["object"]
    note = add_proof(inner, verification_method=METHOD, key=FEP_KEY, created=CREATED)
    refused({**FEP_DOCUMENT, "object": note, "proof": note["proof"]})
    other = {**FEP_DOCUMENT, "id": "https://server.example/activities/2"}
    refused({**other, "proof": good()["proof"]})
    verify_proof({**FEP_DOCUMENT, "object": note}["object"], FEP_PUBLIC)


def test_sig_36_text_is_compared_as_it_is_written() -> None:
    composed = proven({"type": "Note", "content": "caf\u00e9"})
    verify_proof(composed, FEP_PUBLIC)
    refused({**composed, "content": "cafe\u0301"})


def test_sig_36_numbers_are_compared_by_their_value() -> None:
    signed = proven({"type": "Note", "totalItems": 1, "size": 100.0})
    verify_proof(
        json.loads(json.dumps(signed).replace('"totalItems": 1', '"totalItems": 1.0')), FEP_PUBLIC
    )
    verify_proof({**signed, "size": 1e2}, FEP_PUBLIC)
    verify_proof(proven({"size": 2**53 - 1}), FEP_PUBLIC)
    refused({**signed, "size": 2**53 + 1})


def deep() -> Document:
    document: Document = {}
    for _ in range(5000):
        document = {"object": document}
    return document


@pytest.mark.parametrize(
    "value",
    [2**53, -(2**53), 10**400, float("nan"), float("inf"), "\ud800", {1: 2}, object(), deep()],
)
def test_what_has_no_canonical_form_is_neither_signed_nor_believed(value: object) -> None:
    document = {"type": "Note", "value": value}
    with pytest.raises(SignatureError):
        add_proof(document, verification_method=METHOD, key=FEP_KEY, created=CREATED)
    refused({**document, "proof": good()["proof"]})
    refused({**FEP_DOCUMENT, "proof": {**good()["proof"], "nonce": value}})
    refused({**FEP_DOCUMENT, "@context": value, "proof": {**good()["proof"], "@context": value}})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


@given(document=st.dictionaries(st.text(max_size=8), JSON, max_size=4))
def test_any_document_is_signed_and_believed_or_refused(document: Document) -> None:
    with suppress(SignatureError):
        signed = add_proof(document, verification_method=METHOD, key=FEP_KEY, created=CREATED)
        verify_proof(json.loads(json.dumps(signed)), FEP_PUBLIC)


@given(
    proof=st.dictionaries(
        st.sampled_from(["type", "cryptosuite", "created", "proofValue", "@context", "expires"]),
        JSON | st.just("z" + "1" * 64),
    )
)
def test_any_proof_is_refused_and_never_breaks(proof: Document) -> None:
    document = {**FEP_DOCUMENT, "proof": {**good()["proof"], **proof}}
    proof_method(document)
    if proof:
        with suppress(SignatureError):
            verify_proof(document, FEP_PUBLIC, now=CREATED)
    proof_method({"proof": proof})
