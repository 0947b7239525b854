"""draft-cavage-12: what a request must sign before we believe it, and each way to sign less."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from hmac import digest as hmac

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from activitypub.errors import SignatureError
from activitypub.signatures import HttpMessage, check_time, read_signature, verify

from .signed import (
    BODY,
    CAVAGE_GET,
    CAVAGE_POST,
    ED25519_KEY,
    KEY_ID,
    NOW,
    OTHER_RSA_KEY,
    RSA_KEY,
    accept,
    cavage,
    header,
    http_date,
    refusal,
    request,
    with_header,
)

HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


def without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in CAVAGE_POST if name not in names)


def with_parameter(text: str) -> HttpMessage:
    """A good request whose Signature header gets one parameter more."""
    good = cavage(request())
    return with_header(good, "Signature", f"{header(good, 'Signature')},{text}")


def get(target: str = "/notes/1", signed: str | None = None) -> HttpMessage:
    return cavage(request("GET", target, body=None), CAVAGE_GET, target=signed)


def hmac_with_public_pem(base: str) -> str:
    pem = RSA_KEY.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    return hmac(pem, base.encode(), sha256).hex()


def test_sig_02_a_post_must_cover_its_digest() -> None:
    accept(cavage(request()))
    assert refusal(cavage(request(), without("digest"))) == "covers-too-little"
    unsent = cavage(with_header(request(), "Digest"))
    assert refusal(unsent) == "header-absent"
    neither = cavage(with_header(request(), "Digest"), without("digest"))
    assert refusal(neither) == "covers-too-little"


def test_sig_03_a_changed_body_is_refused() -> None:
    good = cavage(request())
    for place in range(len(BODY)):
        altered = bytearray(BODY)
        altered[place] ^= 1
        assert refusal(replace(good, body=bytes(altered))) == "digest-mismatch"
    assert refusal(replace(good, body=b"")) == "digest-mismatch"
    assert refusal(replace(good, body=None)) == "digest-mismatch"


def test_sig_04_a_moment_must_be_covered() -> None:
    assert refusal(cavage(with_header(request(), "Date"), without("date"))) == "covers-too-little"
    assert refusal(cavage(request(), without("date"))) == "covers-too-little"
    assert refusal(cavage(with_header(request(), "Date"))) == "header-absent"
    # A `created` that the signature does not cover is no moment either.
    loose = cavage(request(), without("date"), algorithm="hs2019", extra="created=1772366400,")
    assert refusal(loose) == "covers-too-little"


@pytest.mark.parametrize(
    "date",
    [
        "",
        "yesterday",
        "1772366400",
        "Sun, 99 Mar 2026 12:00:00 GMT",
        "Sun, 01 Mar 2026 12:00:00 -0000",
        "Sun, 01 Mar 2026 12:00:00",
    ],
)
def test_sig_04_a_date_that_is_none_is_refused(date: str) -> None:
    assert refusal(cavage(with_header(request(), "Date", date))) == "bad-time"


@pytest.mark.parametrize("sign", [1, -1])
def test_sig_05_the_window_counts_its_edges(sign: int) -> None:
    accept(cavage(request(date=NOW + sign * HOUR)))
    late = cavage(request(date=NOW + sign * (HOUR + SECOND)))
    assert refusal(late) == ("from-the-future" if sign > 0 else "too-old")
    half_a_day = cavage(request(date=NOW - timedelta(hours=12, seconds=1)))
    assert refusal(half_a_day) == "too-old"
    with pytest.raises(SignatureError):
        check_time(read_signature(late), late, NOW, HOUR)
    check_time(read_signature(late), late, NOW, HOUR + SECOND)


def signed_with_pseudo(created: int | None, expires: int | None) -> HttpMessage:
    moments = {"created": created, "expires": expires}
    given = {name: str(value) for name, value in moments.items() if value is not None}
    return cavage(
        request(),
        (*without("date"), *(f"({name})" for name in given)),
        algorithm="hs2019",
        extra="".join(f"{name}={value}," for name, value in given.items()),
        pseudo={f"({name})": value for name, value in given.items()},
    )


def test_created_and_expires_bound_the_signature() -> None:
    noon = int(NOW.timestamp())
    parsed = accept(signed_with_pseudo(noon, noon))
    assert parsed.created == parsed.expires == parsed.signed_at == NOW
    accept(signed_with_pseudo(noon - 3600, noon + 1))
    assert refusal(signed_with_pseudo(noon - 3601, None)) == "too-old"
    assert refusal(signed_with_pseudo(noon + 3601, None)) == "from-the-future"
    assert refusal(signed_with_pseudo(noon - 60, noon - 1)) == "expired"
    assert refusal(signed_with_pseudo(noon, noon - 1)) == "bad-time"
    assert refusal(signed_with_pseudo(10**13, None)) == "bad-time"
    assert refusal(with_parameter('created="noon"')) == "bad-time"
    assert refusal(with_parameter("created=1772366400.5")) == "bad-time"
    assert refusal(with_parameter("expires=1772366400.5.5")) == "malformed"
    accept(with_parameter("expires=1772366400.5"))


def test_created_cannot_be_covered_without_a_value() -> None:
    absent = cavage(request(), (*without("date"), "(created)"), algorithm="hs2019")
    assert refusal(absent) == "header-absent"
    unknown = cavage(request(), (*CAVAGE_POST, "(colour)"), pseudo={"(colour)": "blue"})
    assert refusal(with_header(unknown, "(colour)", "blue")) == "header-absent"
    given = cavage(
        request(), (*CAVAGE_POST, "(colour)"), extra='colour="b",', pseudo={"(colour)": "b"}
    )
    assert refusal(given) == "header-absent"


def test_created_with_rsa_sha256_is_refused() -> None:
    old = cavage(
        request(),
        (*CAVAGE_POST, "(created)"),
        extra="created=1772366400,",
        pseudo={"(created)": "1772366400"},
    )
    assert refusal(old) == "algorithm"


def test_sig_06_a_signature_counts_for_one_target_and_method() -> None:
    accept(get())
    bob = cavage(request(target="/users/bob/inbox"))
    accept(bob)
    for target in ("/inbox", "/users/alice/inbox", "/users/bob/inbox?page=1"):
        assert refusal(replace(bob, target=target)) == "bad-signature"
    assert refusal(cavage(request(), without("(request-target)"))) == "covers-too-little"
    read = cavage(request("GET"))
    accept(read)
    assert refusal(replace(read, method="POST")) == "bad-signature"


def test_sig_07_the_host_must_be_ours_and_covered() -> None:
    accept(cavage(request(host="Kith.Example")))
    accept(cavage(request(host="kith.example:443")))
    assert refusal(cavage(request(host="other.example"))) == "other-host"
    assert refusal(cavage(request(host="kith.example:80"))) == "other-host"
    assert refusal(cavage(request(), without("host"))) == "covers-too-little"
    assert refusal(cavage(request(host="other.example"), without("host"))) == "other-host"
    assert refusal(cavage(with_header(request(), "Host"))) == "header-absent"
    twice = with_header(request(), "Host", "kith.example", "other.example")
    assert refusal(cavage(twice)) == "duplicate-header"
    elsewhere = replace(get(), target="https://other.example/notes/1")
    assert refusal(elsewhere) == "bad-target"


def test_sig_09_two_signature_headers() -> None:
    good = cavage(request())
    value = header(good, "Signature")
    assert refusal(with_header(good, "Signature", value, value)) == "duplicate-header"
    alone = with_header(with_header(good, "Signature"), "Authorization", f"Signature {value}")
    accept(alone)
    accept(with_header(good, "Authorization", "Bearer token"))
    other = header(cavage(request(), key=OTHER_RSA_KEY), "Signature")
    both = with_header(good, "Authorization", f"Signature {other}")
    assert refusal(both) == "not-one-signature"
    assert refusal(with_header(good, "Authorization", f"signature {value}")) == "not-one-signature"
    twice = with_header(alone, "Authorization", f"Signature {value}", f"Signature {other}")
    assert refusal(twice) == "duplicate-header"
    assert refusal(with_header(good, "Signature")) == "unsigned"


def test_sig_11_nothing_is_signed_as_empty() -> None:
    assert refusal(cavage(request(), ("",))) == "covers-too-little"
    assert refusal(cavage(request(), (*CAVAGE_POST, "x-foo"))) == "header-absent"
    accept(cavage(with_header(request(), "X-Foo", ""), (*CAVAGE_POST, "x-foo")))
    assert refusal(cavage(request(), (*CAVAGE_POST, "host"))) == "malformed"
    many = tuple(f"x-{number}" for number in range(28))
    message = replace(request(), headers=(*request().headers, *((name, "") for name in many)))
    accept(cavage(message, (*CAVAGE_POST, *many[:27])))
    assert refusal(cavage(message, (*CAVAGE_POST, *many))) == "malformed"


@pytest.mark.parametrize("algorithm", ["none", "hmac-sha256", "rsa-sha512", "RSA-SHA256", "", "x"])
def test_sig_12_unknown_algorithms_are_refused(algorithm: str) -> None:
    with pytest.raises(SignatureError):
        read_signature(cavage(request(), algorithm=algorithm))
    assert refusal(cavage(request(), algorithm=algorithm)) == "algorithm"
    confused = cavage(request(), algorithm=algorithm, make=hmac_with_public_pem)
    assert refusal(confused) == "algorithm"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (KEY_ID, ""),
        (f'keyId="{KEY_ID}",', ""),
        (KEY_ID, "https://peer.example/caf\u00e9"),
        (KEY_ID, "https://peer.example/" + "a" * 9000),
        (KEY_ID, 'a"b'),
        ('signature="', 'signature="!'),
        ('signature="', 'signature="",proof="'),
        ('",', '";'),
        ('",', '",,'),
        ("keyId=", "keyId"),
        ("keyId=", "=keyId="),
    ],
)
def test_a_header_that_cannot_be_read_is_refused(old: str, new: str) -> None:
    good = cavage(request())
    value = header(good, "Signature")
    accept(with_header(good, "Signature", value.replace(",", " ,\t ")))
    assert refusal(with_header(good, "Signature", value.replace(old, new, 1))) == "malformed"


def test_sig_12_the_label_must_fit_the_key() -> None:
    public = ED25519_KEY.public_key()
    for label in ("ed25519", "hs2019", None):
        accept(cavage(request(), algorithm=label, key=ED25519_KEY), public)
    for label in ("rsa-sha256", "hs2019", None):
        assert accept(cavage(request(), algorithm=label)).algorithm == label
    assert refusal(cavage(request(), algorithm="ed25519")) == "algorithm"
    mislabelled = cavage(request(), algorithm="rsa-sha256", key=ED25519_KEY)
    assert refusal(mislabelled, public) == "algorithm"


@pytest.mark.parametrize(
    "message",
    [
        lambda: with_parameter(f'keyId="{KEY_ID}"'),
        lambda: with_parameter('keyid="https://other.example/key"'),
        lambda: with_parameter('headers="date"'),
        lambda: with_parameter('Algorithm="hs2019"'),
    ],
)
def test_a_parameter_that_stands_twice_is_refused(message: Callable[[], HttpMessage]) -> None:
    accept(with_parameter('colour="blue"'))
    assert refusal(message()) == "duplicate-parameter"


def test_sig_32_a_get_may_be_signed_without_its_query() -> None:
    accept(get("/outbox?page=1"))
    accept(get("/outbox?page=1", signed="/outbox"))
    assert refusal(get("/outbox?page=1", signed="/outbox?page=2")) == "bad-signature"
    assert refusal(get("/outbox", signed="/outbox?page=1")) == "bad-signature"
    accept(cavage(request(target="/inbox?a=b")))
    assert refusal(cavage(request(target="/inbox?a=b"), target="/inbox")) == "bad-signature"


@pytest.mark.parametrize(
    ("name", "value"),
    [("X-Note", "a\nhost: kith.example"), ("X-Note", "a\r\n b"), ("X-Note", "caf\u00e9")],
)
def test_a_covered_header_cannot_bring_a_line_of_its_own(name: str, value: str) -> None:
    smuggled = cavage(with_header(request(), name, value), (*CAVAGE_POST, name.lower()))
    assert refusal(smuggled) == "bad-header"
    accept(cavage(with_header(request(), name, value)))


def test_another_key_or_another_message_is_refused() -> None:
    good = cavage(request())
    assert refusal(good, OTHER_RSA_KEY.public_key()) == "bad-signature"
    with pytest.raises(SignatureError):
        verify(read_signature(good), request(target="/other"), RSA_KEY.public_key())
    with pytest.raises(SignatureError):
        check_time(read_signature(good), cavage(request(target="/other")), NOW)
    check_time(read_signature(good), replace(good), NOW)
    later = with_header(good, "Date", http_date(NOW + SECOND))
    assert refusal(later) == "bad-signature"
