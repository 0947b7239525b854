"""RFC 9421: exactly one signature, over the method, the whole target and the body, or nothing."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from hmac import digest as hmac

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from activitypub.errors import SignatureError
from activitypub.signatures import HttpMessage, read_signature
from activitypub.signatures.structured import serialize_member

from .signed import (
    BODY,
    ED25519_KEY,
    KEY_ID,
    NOW,
    OTHER_RSA_KEY,
    RFC9421_GET,
    RFC9421_POST,
    RSA_KEY,
    accept,
    cavage,
    header,
    refusal,
    request,
    rfc9421,
    with_header,
)

NOON = int(NOW.timestamp())
PIECES = ("@method", "@authority", "@path", "content-digest")


def without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in RFC9421_POST if name not in names)


def params(created: object = NOON, rest: str = "") -> str:
    return f';created={created};keyid="{KEY_ID}"{rest}'


def test_a_request_is_read_and_believed() -> None:
    parsed = accept(rfc9421(request()))
    assert (parsed.profile, parsed.key_id, parsed.algorithm) == ("rfc9421", KEY_ID, None)
    assert parsed.components == RFC9421_POST
    assert parsed.created == parsed.signed_at == NOW
    accept(rfc9421(request("GET", body=None), RFC9421_GET))
    accept(rfc9421(request(), params=params(rest=';alg="rsa-v1_5-sha256";nonce="x";tag="y"')))
    accept(rfc9421(request(), key=ED25519_KEY), ED25519_KEY.public_key())


def test_rfc9421_is_read_before_cavage() -> None:
    both = with_header(rfc9421(request()), "Signature", header(cavage(request()), "Signature"))
    assert refusal(both) == "bad-header"


def test_sig_14_too_little_cover_is_refused() -> None:
    for missing in ("@method", "@target-uri", "content-digest"):
        assert refusal(rfc9421(request(), without(missing))) == "covers-too-little"
    assert refusal(rfc9421(request(), ())) == "covers-too-little"
    get = request("GET", "/notes/1?page=2", body=None)
    for covered in ((), ("@target-uri",), ("@method",), ("@method", "@authority", "@path")):
        assert refusal(rfc9421(get, covered)) == "covers-too-little"


def test_sig_14_the_target_may_be_covered_in_pieces() -> None:
    accept(rfc9421(request(), PIECES))
    for name in ("@authority", "@path"):
        pieces = tuple(piece for piece in PIECES if piece != name)
        assert refusal(rfc9421(request(), pieces)) == "covers-too-little"
    query = request(target="/inbox?a=b")
    assert refusal(rfc9421(query, PIECES)) == "covers-too-little"
    accept(rfc9421(query, (*PIECES, "@query")))
    assert refusal(replace(rfc9421(query, (*PIECES, "@query")), target="/inbox?a=c"))
    accept(rfc9421(request(target="/inbox?"), (*PIECES, "@query")))


def test_sig_02_a_covered_digest_must_be_there() -> None:
    absent = rfc9421(with_header(request(), "Content-Digest"))
    assert refusal(absent) == "header-absent"


def test_sig_03_a_changed_body_is_refused() -> None:
    good = rfc9421(request())
    for place in range(len(BODY)):
        altered = bytearray(BODY)
        altered[place] ^= 32
        assert refusal(replace(good, body=bytes(altered))) == "digest-mismatch"


def test_sig_04_created_and_keyid_are_asked_for() -> None:
    assert refusal(rfc9421(request(), params=f';keyid="{KEY_ID}"')) == "covers-too-little"
    assert refusal(rfc9421(request(), params=f";created={NOON}")) == "covers-too-little"
    assert refusal(rfc9421(request(), params=f';created={NOON};keyid=""')) == "covers-too-little"


@pytest.mark.parametrize("created", [f"{NOON}.5", f'"{NOON}"', "?1", f"@{NOON}", "-1", "9" * 15])
def test_a_created_that_is_no_time_is_refused(created: str) -> None:
    assert refusal(rfc9421(request(), params=params(created))) == "bad-time"


def test_sig_05_the_window_counts_its_edges() -> None:
    for edge in (-3600, 3600):
        accept(rfc9421(request(), params=params(NOON + edge)))
    assert refusal(rfc9421(request(), params=params(NOON - 3601))) == "too-old"
    assert refusal(rfc9421(request(), params=params(NOON + 3601))) == "from-the-future"
    good = rfc9421(request(), params=params(rest=f";expires={NOON}"))
    accept(good)
    assert refusal(good, now=NOW + timedelta(microseconds=1)) == "expired"
    assert refusal(rfc9421(request(), params=params(rest=f";expires={NOON - 1}"))) == "bad-time"


def test_sig_06_a_signature_counts_for_one_target_and_method() -> None:
    bob = rfc9421(request(target="/users/bob/inbox"))
    accept(bob)
    for target in ("/inbox", "/users/alice/inbox", "/users/bob/inbox?x"):
        assert refusal(replace(bob, target=target)) == "bad-signature"
    assert refusal(replace(rfc9421(request("GET")), method="POST")) == "bad-signature"


def test_sig_07_the_authority_is_ours_whatever_the_host_says() -> None:
    elsewhere = rfc9421(request(), uri="https://other.example/inbox")
    assert refusal(elsewhere) == "bad-signature"
    assert refusal(rfc9421(request(), uri="http://kith.example/inbox")) == "bad-signature"
    assert refusal(rfc9421(request(host="other.example"))) == "other-host"
    accept(rfc9421(with_header(request(), "Host")))
    assert refusal(replace(rfc9421(request()), authority="other.example")) == "other-host"


def relabelled(message: HttpMessage, name: str, value: str) -> HttpMessage:
    return with_header(message, name, f"{header(message, name)}, {value}")


def test_sig_09_exactly_one_signature() -> None:
    good = rfc9421(request())
    second = f'sig2=("@method" "@target-uri");created={NOON};keyid="other"'
    two = relabelled(relabelled(good, "Signature-Input", second), "Signature", "sig2=:AAAA:")
    assert refusal(two) == "not-one-signature"
    assert refusal(relabelled(good, "Signature", "sig2=:AAAA:")) == "not-one-signature"
    lines = with_header(good, "Signature", header(good, "Signature"), "sig2=:AAAA:")
    assert refusal(lines) == "duplicate-header"
    assert refusal(with_header(good, "Signature")) == "not-one-signature"
    assert refusal(with_header(good, "Signature-Input", "")) == "not-one-signature"
    value = header(cavage(request()), "Signature")
    third = with_header(good, "Authorization", f"Signature {value}")
    assert refusal(third) == "not-one-signature"
    other = with_header(good, "Signature-Input", header(good, "Signature-Input")[1:])
    assert refusal(other) == "malformed"


def hmac_with_public_pem(base: str) -> str:
    pem = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return hmac(pem, base.encode(), sha256).hex()


@pytest.mark.parametrize(
    "label", ["hmac-sha256", "none", "", "rsa-pss-sha512", "ecdsa-p256-sha256", "rsa-sha256"]
)
def test_sig_12_unknown_algorithms_are_refused(label: str) -> None:
    named = params(rest=f';alg="{label}"')
    assert refusal(rfc9421(request(), params=named)) == "algorithm"
    confused = rfc9421(request(), params=named, make=hmac_with_public_pem)
    assert refusal(confused) == "algorithm"


def test_sig_12_the_label_must_fit_the_key() -> None:
    ed25519, rsa = params(rest=';alg="ed25519"'), params(rest=';alg="rsa-v1_5-sha256"')
    public = ED25519_KEY.public_key()
    accept(rfc9421(request(), params=ed25519, key=ED25519_KEY), public)
    assert refusal(rfc9421(request(), params=ed25519)) == "algorithm"
    assert refusal(rfc9421(request(), params=rsa, key=ED25519_KEY), public) == "algorithm"
    assert refusal(rfc9421(request()), public) == "bad-signature"
    assert refusal(rfc9421(request()), OTHER_RSA_KEY.public_key()) == "bad-signature"


def test_a_digest_covered_in_part_does_not_cover_the_body() -> None:
    part = rfc9421(request(), (*without("content-digest"), '"content-digest";key="sha-256"'))
    assert refusal(part) == "covers-too-little"


@pytest.mark.parametrize(
    "value",
    [
        "sig1",
        "sig1=1",
        "sig1=:AAAA:",
        'sig1=("@method"',
        "sig1=();created=1;created=2",
        "caf\u00e9=()",
    ],
)
def test_a_signature_input_that_is_not_one_is_refused(value: str) -> None:
    assert refusal(with_header(rfc9421(request()), "Signature-Input", value))


@pytest.mark.parametrize("value", ["sig1", "sig1=1", 'sig1="AAAA"', "sig1=()", "sig1=:!:", "=:"])
def test_a_signature_that_is_not_one_is_refused(value: str) -> None:
    assert refusal(with_header(rfc9421(request()), "Signature", value))


def test_a_text_that_is_too_long_is_not_even_parsed() -> None:
    accept(rfc9421(request(), params=params(rest=f';nonce="{"a" * 4000}"')))
    assert refusal(rfc9421(request(), params=params(rest=f';nonce="{"a" * 9000}"'))) == "bad-header"
    with pytest.raises(SignatureError):
        serialize_member(("@method", {"created": object()}))


def test_parameters_must_have_their_types() -> None:
    for text in (";keyid=token;created=1", f';created={NOON};keyid="k";nonce=1'):
        assert refusal(rfc9421(request(), params=text)) == "malformed"
    assert refusal(rfc9421(request(), params=params(rest=";expires=1.5"))) == "bad-time"


def test_a_header_cannot_bring_a_line_of_its_own() -> None:
    for value in ('a\n"@method": POST', "a\r\n folded", "caf\u00e9"):
        smuggled = rfc9421(with_header(request(), "X-Note", value), (*RFC9421_POST, "x-note"))
        assert refusal(smuggled) == "bad-header"


def test_a_tampered_parameter_breaks_the_signature() -> None:
    good = rfc9421(request())
    value = header(good, "Signature-Input").replace("alice", "mallory")
    assert refusal(with_header(good, "Signature-Input", value)) == "bad-signature"
    spaced = header(good, "Signature-Input").replace("(", "(  ").replace(";created", "; created")
    accept(with_header(good, "Signature-Input", spaced))


def test_an_unsigned_request_is_refused() -> None:
    with pytest.raises(SignatureError) as refused:
        read_signature(request())
    assert refused.value.reason == "unsigned"
