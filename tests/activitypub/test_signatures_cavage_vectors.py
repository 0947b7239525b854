"""The test vectors of draft-cavage-12 (appendix C) and every listed mutation of a good request."""

import json
from base64 import b64decode, b64encode
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import md5, sha256

import pytest
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from activitypub.errors import SignatureError
from activitypub.signatures import HttpMessage, load_public_pem, read_signature, signing_string
from activitypub.signatures.message import index_fields
from tests.shared import require_shared

from .signed import (
    BODY,
    CAVAGE_GET,
    CAVAGE_POST,
    KEY_ID,
    NOW,
    accept,
    cavage,
    header,
    refusal,
    request,
    with_header,
)

# Appendix C of the draft: the request, the key "Test" (1024 bits, which we would never accept) and
# the signature of C.3. Its printed list of headers names two more than the signature covers.
C3_KEY = """-----BEGIN PUBLIC KEY-----
MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDCFENGw33yGihy92pDjZQhl0C3
6rPJj+CvfSC8+q28hxA161QFNUd13wuCTUcq0Qd2qsBe/2hFyc2DCJJg0h1L78+6
Z4UMR7EOcpfdUE9Hf3m/hs+FUR45uBJeDK1HSFHD8bHKD6kv8FPGfJTotc+2xjJw
oYi+1hqp1fIekaxsyQIDAQAB
-----END PUBLIC KEY-----
"""
C3_REQUEST = HttpMessage(
    "POST",
    "https",
    "example.com",
    "/foo?param=value&pet=dog",
    (
        ("Host", "example.com"),
        ("Date", "Sun, 05 Jan 2014 21:31:40 GMT"),
        ("Content-Type", "application/json"),
        ("Digest", "SHA-256=X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE="),
        ("Content-Length", "18"),
    ),
    b'{"hello": "world"}',
)
C3_NAMES = ("(request-target)", "host", "date", "content-type", "digest", "content-length")
C3_SIGNATURE = (
    "vSdrb+dS3EceC9bcwHSo4MlyKS59iFIrhgYkz8+oVLEEzmYZZvRs8rgOp+63LEM3v+MFHB32NfpB2bEKBIvB1q52LaE"
    "UHFv120V01IL+TAD48XaERZFukWgHoBTLMhYS2Gb51gWxpeIq8knRmPnYePbF5MOkR0Zkly4zKH7s1dE="
)


def old_key(pem: str) -> rsa.RSAPublicKey:
    key = load_pem_public_key(pem.encode())
    assert isinstance(key, rsa.RSAPublicKey)
    return key


def test_the_signing_string_of_appendix_c3() -> None:
    base = signing_string(C3_REQUEST, index_fields(C3_REQUEST), C3_NAMES, {})
    signature = b64decode(C3_SIGNATURE)
    old_key(C3_KEY).verify(signature, base, padding.PKCS1v15(), SHA256())
    with pytest.raises(SignatureError):
        load_public_pem(C3_KEY)


def test_each_vector_of_the_draft() -> None:
    vectors = json.loads(require_shared("vectors", "cavage12.json").read_text())
    for vector in vectors["vectors"]:
        names = tuple((vector["headers_param"] or "date").split())
        base = signing_string(C3_REQUEST, index_fields(C3_REQUEST), names, {})
        assert base.decode() == vector["signing_string"]
        signature = b64decode(vector["signature"])
        old_key(vectors["public_pem"]).verify(signature, base, padding.PKCS1v15(), SHA256())
        value = vector["authorization_or_signature_header"]
        signed = with_header(C3_REQUEST, "Signature", value)
        if vector["inbox_policy"] == "accept":
            assert read_signature(signed).bases[0] == base
        else:
            with pytest.raises(SignatureError) as refused:
                read_signature(signed)
            assert refused.value.reason == "covers-too-little"


def test_c2_is_enough_for_a_get_but_its_key_is_not() -> None:
    vectors = json.loads(require_shared("vectors", "cavage12.json").read_text())
    value = vectors["vectors"][1]["authorization_or_signature_header"]
    get = replace(with_header(C3_REQUEST, "Signature", value), method="GET")
    assert read_signature(get).components == ("(request-target)", "host", "date")
    signed_at = read_signature(get).signed_at
    assert refusal(get, old_key(vectors["public_pem"]), signed_at) == "weak-key"


def without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in CAVAGE_POST if name not in names)


def extended(text: str) -> HttpMessage:
    good = cavage(request())
    return with_header(good, "Signature", f"{header(good, 'Signature')},{text}")


def digested(*values: str) -> HttpMessage:
    return cavage(with_header(request(), "Digest", *values))


def strong(body: bytes, name: str = "SHA-256") -> str:
    return f"{name}={b64encode(sha256(body).digest()).decode()}"


def created_with_rsa_sha256() -> HttpMessage:
    pseudo = {"(created)": str(int(NOW.timestamp()))}
    extra = f"created={pseudo['(created)']},"
    return cavage(request(), (*CAVAGE_POST, "(created)"), extra=extra, pseudo=pseudo)


def replayed_as_post() -> HttpMessage:
    return replace(cavage(request("GET")), method="POST")


def two_signatures() -> HttpMessage:
    good = cavage(request())
    return with_header(good, "Signature", header(good, "Signature"), header(good, "Signature"))


def authorization_too() -> HttpMessage:
    other = header(cavage(request(target="/outbox")), "Signature")
    return with_header(cavage(request()), "Authorization", f"Signature {other}")


NO_DATE = with_header(request(), "Date")
AT_BOBS = request(target="/users/bob/inbox")
MUTATIONS: dict[str, list[Callable[[], HttpMessage]]] = {
    "date-missing": [lambda: cavage(NO_DATE, without("date"))],
    "date-skew": [
        lambda: cavage(request(date=NOW - timedelta(hours=12, seconds=1))),
        lambda: cavage(request(date=NOW + timedelta(hours=1, seconds=1))),
    ],
    "date-unsigned": [lambda: cavage(request(), without("date"))],
    "rt-missing": [lambda: cavage(request(), without("(request-target)"))],
    "rt-other-path": [
        lambda: replace(cavage(AT_BOBS), target="/inbox"),
        lambda: replace(cavage(AT_BOBS), target="/users/alice/inbox"),
    ],
    "rt-method": [replayed_as_post],
    "host-missing": [lambda: cavage(request(), without("host"))],
    "host-other": [lambda: cavage(request(host="other.example"))],
    "digest-missing": [lambda: cavage(with_header(request(), "Digest"), without("digest"))],
    "digest-unsigned": [lambda: cavage(request(), without("digest"))],
    "digest-wrong": [lambda: replace(cavage(request()), body=BODY + b" ")],
    "digest-multi": [
        lambda: digested(f"{strong(BODY)},{strong(b'other', 'SHA-512')}"),
        lambda: digested(strong(BODY), strong(b"other")),
        lambda: digested(strong(b"other"), strong(BODY)),
    ],
    "digest-md5": [lambda: digested(f"MD5={b64encode(md5(BODY).digest()).decode()}")],
    "dup-params": [
        lambda: extended(f'keyId="{KEY_ID}"'),
        lambda: extended('headers="(request-target) host date digest"'),
    ],
    "sig-two": [two_signatures],
    "auth-and-sig": [authorization_too],
    "created-rsa-sha256": [created_with_rsa_sha256],
    "empty-headers": [lambda: cavage(request(), ("",))],
    "header-absent": [lambda: cavage(request(), (*CAVAGE_POST, "x-foo"))],
    "query-variant": [lambda: cavage(request(target="/inbox?page=1"), target="/inbox")],
    "alg-none": [
        lambda: cavage(request(), algorithm="none"),
        lambda: cavage(request(), algorithm="hmac-sha256"),
        lambda: cavage(request(), algorithm="rot13"),
    ],
}
# "digest-case" must be accepted; the keys are mutated in test_signatures_keys.py.
ELSEWHERE = {"digest-case", "key-1024", "key-huge", "key-private"}


@pytest.mark.parametrize("case", MUTATIONS)
def test_a_listed_mutation_is_refused(case: str) -> None:
    accept(cavage(request()))
    for build in MUTATIONS[case]:
        assert refusal(build())


def test_both_spellings_of_the_digest_and_of_a_query_are_accepted() -> None:
    accept(digested(strong(BODY, "sha-256")))
    accept(digested(strong(BODY, "SHA-256")))
    page = request("GET", "/outbox?page=1", body=None)
    accept(cavage(page, CAVAGE_GET))
    accept(cavage(page, CAVAGE_GET, target="/outbox"))


def test_no_listed_mutation_is_left_out() -> None:
    vectors = json.loads(require_shared("vectors", "cavage12.json").read_text())
    listed = {case["id"] for case in vectors["negative_cases_to_generate"]}
    assert listed == MUTATIONS.keys() | ELSEWHERE
