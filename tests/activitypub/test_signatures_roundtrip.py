"""What we sign is believed, and nothing that was changed on the way is."""

from base64 import b64encode
from dataclasses import replace
from hashlib import sha256

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activitypub.errors import SignatureError
from activitypub.signatures import (
    HttpMessage,
    cavage_digest,
    content_digest,
    sign_cavage,
    sign_rfc9421,
)

from .signed import (
    BODY,
    ED25519_KEY,
    KEY_ID,
    NOW,
    RSA_KEY,
    PrivateKey,
    accept,
    header,
    refusal,
    with_header,
)

PLAIN = HttpMessage(
    "POST",
    "https",
    "kith.example",
    "/inbox",
    (("User-Agent", "Kith"), ("Content-Type", "application/activity+json")),
    BODY,
)
TARGETS = st.from_regex(
    r"/[A-Za-z0-9._~!$&'()*+,;=:@%/-]{0,40}(\?[a-z0-9&=%]{0,20})?", fullmatch=True
)
SIGNERS = ("cavage", "rfc9421-rsa", "rfc9421-ed25519")


def send(message: HttpMessage, signer: str, digest: str | None = None) -> HttpMessage:
    """The request as it arrives: what we added on top of what was there."""
    if signer == "cavage":
        added = sign_cavage(message, KEY_ID, RSA_KEY, NOW, digest)
    else:
        added = sign_rfc9421(message, KEY_ID, key_of(signer), NOW, digest)
    return replace(message, headers=(*message.headers, *added.items()))


def key_of(signer: str) -> PrivateKey:
    return ED25519_KEY if signer.endswith("ed25519") else RSA_KEY


@pytest.mark.parametrize("signer", SIGNERS)
@given(body=st.binary(max_size=200), target=TARGETS)
@settings(max_examples=25, deadline=None)
def test_what_we_sign_is_believed(signer: str, body: bytes, target: str) -> None:
    message = replace(PLAIN, body=body, target=target)
    parsed = accept(send(message, signer), key_of(signer).public_key())
    assert (parsed.key_id, parsed.signed_at) == (KEY_ID, NOW)
    get = replace(message, method="GET", body=None, headers=())
    accept(send(get, signer), key_of(signer).public_key())


@pytest.mark.parametrize("signer", SIGNERS)
@given(place=st.integers(0, 10_000), flip=st.integers(1, 127))
@settings(max_examples=60, deadline=None)
def test_sig_03_any_changed_byte_is_refused(signer: str, place: int, flip: int) -> None:
    good, key = send(PLAIN, signer), key_of(signer).public_key()
    body = bytearray(BODY)
    body[place % len(body)] ^= flip
    assert refusal(replace(good, body=bytes(body)), key) == "digest-mismatch"
    assert refusal(replace(good, target=changed(good.target, place, flip)), key)
    covered = ("content-type", "host", "date", "digest", "content-digest")
    for name in covered:
        value = header(good, name)
        if value and name != "host":
            assert refusal(with_header(good, name, changed(value, place, flip)), key)


def changed(text: str, place: int, flip: int) -> str:
    place %= len(text)
    return text[:place] + chr(ord(text[place]) ^ flip) + text[place + 1 :]


def test_the_digest_that_the_caller_has_is_not_made_again() -> None:
    ready = cavage_digest(BODY)
    assert send(PLAIN, "cavage", ready) == send(PLAIN, "cavage")
    ready = content_digest(BODY)
    assert send(PLAIN, "rfc9421-ed25519", ready) == send(PLAIN, "rfc9421-ed25519")
    wrong = send(PLAIN, "cavage", cavage_digest(b"other"))
    assert refusal(wrong) == "digest-mismatch"


def test_a_cavage_signature_looks_as_the_older_servers_ask() -> None:
    added = sign_cavage(PLAIN, KEY_ID, RSA_KEY, NOW.astimezone(), None)
    assert list(added) == ["Host", "Date", "Digest", "Signature"]
    assert added["Host"] == "kith.example"
    assert added["Date"] == "Sun, 01 Mar 2026 12:00:00 GMT"
    assert added["Signature"].startswith(
        f'keyId="{KEY_ID}",algorithm="rsa-sha256",'
        'headers="(request-target) host date digest content-type",signature="'
    )
    get = sign_cavage(replace(PLAIN, method="GET", body=None), KEY_ID, RSA_KEY, NOW)
    assert list(get) == ["Host", "Date", "Signature"]
    assert 'headers="(request-target) host date"' in get["Signature"]


def test_an_rfc9421_signature_names_its_key_and_algorithm() -> None:
    added = sign_rfc9421(PLAIN, KEY_ID, ED25519_KEY, NOW)
    assert list(added) == ["Content-Digest", "Signature-Input", "Signature"]
    assert added["Signature-Input"] == (
        'sig1=("@method" "@target-uri" "content-digest" "content-type")'
        f';created={int(NOW.timestamp())};keyid="{KEY_ID}";alg="ed25519"'
    )
    assert ';alg="rsa-v1_5-sha256"' in sign_rfc9421(PLAIN, KEY_ID, RSA_KEY, NOW)["Signature-Input"]


@pytest.mark.parametrize(
    "message",
    [
        replace(PLAIN, headers=()),
        replace(PLAIN, headers=(("Content-Type", "a\r\nHost: other.example"),)),
        replace(PLAIN, target="/inbox\r\nHost: other.example"),
        replace(PLAIN, target="/caf\u00e9"),
        replace(PLAIN, authority="other.example\n"),
    ],
)
def test_what_cannot_be_signed_safely_is_not_signed(message: HttpMessage) -> None:
    for signer in SIGNERS:
        with pytest.raises(SignatureError) as refused:
            send(message, signer)
        assert refused.value.reason == "unsignable"
    for key_id in ('https://a.example/"', "https://a.example/\n", "a\\b"):
        with pytest.raises(SignatureError):
            sign_cavage(PLAIN, key_id, RSA_KEY, NOW)
        with pytest.raises(SignatureError):
            sign_rfc9421(PLAIN, key_id, RSA_KEY, NOW)


def test_signing_is_the_same_each_time() -> None:
    first = send(PLAIN, "cavage")
    assert first == send(PLAIN, "cavage")
    digest = b64encode(sha256(BODY).digest()).decode()
    assert header(first, "Digest") == f"SHA-256={digest}"
