"""SIG-13: which public keys of strangers are keys for us, and that the others cost nothing."""

import time
from base64 import encodebytes
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import dsa, ec, ed448, ed25519, rsa, x25519
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from cryptography.hazmat.primitives.serialization import load_pem_private_key as load_private
from hypothesis import given
from hypothesis import strategies as st

from activitypub.errors import SignatureError
from activitypub.signatures import decode_multikey, encode_multikey, load_public_pem
from activitypub.signatures.multibase import decode_base58btc, encode_base58btc

from .signed import ED25519_KEY, RSA_KEY, cavage, refusal, request

# FEP-8b32's example key in both of its spellings.
MULTIKEY = "z6MkrJVnaZkeFzdQyMZu1cgjg7k1pZZ6pvBQ7XJPt4swbTQ2"

Public = rsa.RSAPublicKey | ed25519.Ed25519PublicKey | ec.EllipticCurvePublicKey


def spki(key: Public | dsa.DSAPublicKey | x25519.X25519PublicKey | ed448.Ed448PublicKey) -> str:
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def rsa_public(bits: int, exponent: int = 65537) -> str:
    """A key whose modulus is merely odd and of that size: enough for a stranger to publish."""
    modulus = (1 << (bits - 1)) | (3 << (bits - 3)) | 1
    return spki(rsa.RSAPublicNumbers(exponent, modulus).public_key())


def refused_pem(pem: str) -> str:
    with pytest.raises(SignatureError) as refused:
        load_public_pem(pem)
    return refused.value.reason


def test_sig_13_good_keys_are_read_in_both_forms() -> None:
    public = RSA_KEY.public_key()
    pkcs1 = public.public_bytes(Encoding.PEM, PublicFormat.PKCS1).decode()
    for pem in (spki(public), pkcs1, spki(public).strip(), spki(public).replace("\n", "\r\n")):
        assert load_public_pem(pem) == public
    assert load_public_pem(f"\n  {spki(public)}\n") == public
    assert load_public_pem(spki(ED25519_KEY.public_key())) == ED25519_KEY.public_key()
    for bits in (2048, 3072, 4096):
        load_public_pem(rsa_public(bits))
    load_public_pem(rsa_public(2048, 65539))
    load_public_pem(rsa_public(2048, (1 << 33) - 1))


@pytest.mark.parametrize("bits", [1024, 2047, 4097, 8192, 16384])
def test_sig_13_rsa_of_another_size_is_refused(bits: int) -> None:
    assert refused_pem(rsa_public(bits)) in {"weak-key", "bad-key"}


# DER of SubjectPublicKeyInfo with exponents that cryptography itself would not write.
def rsa_with_exponent(exponent: int) -> str:
    def der(tag: int, content: bytes) -> bytes:
        size = len(content)
        if size < 128:
            return bytes([tag, size]) + content
        length = size.to_bytes((size.bit_length() + 7) // 8, "big")
        return bytes([tag, 0x80 | len(length)]) + length + content

    def integer(number: int) -> bytes:
        return der(2, number.to_bytes(number.bit_length() // 8 + 1, "big"))

    modulus = RSA_KEY.public_key().public_numbers().n
    key = der(0x30, integer(modulus) + integer(exponent))
    return (
        f"-----BEGIN RSA PUBLIC KEY-----\n{encodebytes(key).decode()}-----END RSA PUBLIC KEY-----"
    )


@pytest.mark.parametrize("exponent", [0, 1, 2, 3, 17, 65535, 65536, 65538, 1 << 33, (1 << 33) + 1])
def test_sig_13_exponents_that_ease_forging_are_refused(exponent: int) -> None:
    load_public_pem(rsa_with_exponent(65537))
    assert refused_pem(rsa_with_exponent(exponent)) in {"weak-key", "bad-key"}


def certificate() -> str:
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "peer.example")])
    start = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(RSA_KEY.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + timedelta(days=1))
        .sign(RSA_KEY, SHA256())
    )
    return made.public_bytes(Encoding.PEM).decode()


def private(form: PrivateFormat) -> str:
    pem = RSA_KEY.private_bytes(Encoding.PEM, form, NoEncryption())
    load_private(pem, None)
    return pem.decode()


def test_sig_13_what_is_no_public_key_of_ours_is_refused() -> None:
    good = spki(RSA_KEY.public_key())
    others = [
        spki(ec.generate_private_key(ec.SECP256R1()).public_key()),
        spki(x25519.X25519PrivateKey.generate().public_key()),
        spki(ed448.Ed448PrivateKey.generate().public_key()),
        certificate(),
        private(PrivateFormat.PKCS8),
        private(PrivateFormat.TraditionalOpenSSL),
        good + private(PrivateFormat.PKCS8),
        good + good,
        good.replace("PUBLIC KEY", "CERTIFICATE"),
        good[:200],
        good.replace("A", "\0", 1),
        good + "\0",
        good.replace("MII", "M\u00efI", 1),
        good.replace("-----END PUBLIC KEY-----", "-----END RSA PUBLIC KEY-----"),
        "explanation\n" + good,
        "",
        "-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----",
        "\ud800" + good,
    ]
    for pem in others:
        assert refused_pem(pem) == "bad-key"


def test_sig_13_a_huge_text_costs_nothing() -> None:
    good = spki(RSA_KEY.public_key())
    padded = good.replace("\n", "\n" * 8000, 1)
    huge = good.replace("\n", "\n" + "A" * 2_000_000, 1)
    before = time.process_time()
    for pem in (padded, huge, "\0" * 2_000_000, " " * 2_000_000 + good, rsa_public(16384)):
        refused_pem(pem)
    assert time.process_time() - before < 0.1


def test_sig_13_a_weak_key_never_verifies() -> None:
    weak = rsa.generate_private_key(65537, 1024)
    assert refusal(cavage(request(), key=weak), weak.public_key()) == "weak-key"


@given(st.text(max_size=300) | st.binary(max_size=300).map(lambda data: data.decode("latin-1")))
def test_any_text_is_a_key_or_refused(text: str) -> None:
    for pem in (text, f"-----BEGIN PUBLIC KEY-----\n{text}\n-----END PUBLIC KEY-----"):
        with suppress(SignatureError):
            load_public_pem(pem)


def test_multikeys_are_read_and_written() -> None:
    assert encode_multikey(decode_multikey(MULTIKEY)) == MULTIKEY
    for number in range(20):
        key = ed25519.Ed25519PrivateKey.from_private_bytes(bytes([number]) * 32).public_key()
        assert encode_multikey(key).startswith("z6Mk")
        assert decode_multikey(encode_multikey(key)) == key


@pytest.mark.parametrize(
    "text",
    [
        "",
        "z",
        MULTIKEY[1:],
        MULTIKEY[:-1],
        MULTIKEY + "1",
        "z1" + MULTIKEY[1:],
        MULTIKEY.replace("k", "0", 1),
        "u" + MULTIKEY[1:],
        "z" + "2" * 1_000_000,
        encode_base58btc(b"\xe7\x01" + bytes(33)),  # secp256k1
        encode_base58btc(b"\xec\x01" + bytes(32)),  # x25519
        encode_base58btc(b"\xed\x01" + bytes(31)),
        "z\u0661\u0662",
    ],
)
def test_what_is_no_ed25519_multikey_is_refused(text: str) -> None:
    with pytest.raises(SignatureError):
        decode_multikey(text)


@given(st.binary(max_size=70))
def test_base58btc_gives_back_every_byte(data: bytes) -> None:
    assert decode_base58btc(encode_base58btc(data)) == data


def test_base58btc_has_the_published_values() -> None:
    assert encode_base58btc(b"Hello World!") == "z2NEpo7TZRRrLZSi2U"
    assert encode_base58btc(b"\0\0\x28\x7f\xb4\xcd") == "z11233QC4"
    assert encode_base58btc(b"") == "z"
