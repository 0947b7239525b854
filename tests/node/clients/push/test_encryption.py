"""RFC 8291 by its own example, RFC 8292 by its claims."""

import base64
import json
from datetime import UTC, datetime

import pytest
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.ec import (
    ECDSA,
    SECP256R1,
    EllipticCurvePublicKey,
    derive_private_key,
    generate_private_key,
)
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from node.clients.push.encryption import (
    PADDED_TO,
    device_key,
    encrypt,
    encrypt_with,
    packed,
    point_of,
    unpacked,
)
from node.clients.push.vapid import VapidKey
from node.errors import Invalid
from tests.node.clients.push.device import Device

# RFC 8291, appendix A.
PLAIN = b"When I grow up, I want to be a watermelon"
RECEIVER = "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4"
SENDER = "yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"
AUTH, SALT = "BTBZMqHH6r4Tts7J_aSIgg", "DGv6ra1nlYgDCS1FRnbzlw"
MESSAGE = (
    "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
    "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPT"
    "pK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"
)


def opened(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_the_example_of_the_rfc_comes_out_byte_for_byte() -> None:
    own = derive_private_key(int.from_bytes(opened(SENDER)), SECP256R1())
    made = encrypt_with(own, opened(SALT), PLAIN, device_key(RECEIVER), opened(AUTH), 0)
    assert packed(made) == MESSAGE


def test_a_device_reads_what_was_encrypted_for_it_and_no_other_one() -> None:
    ours, other = Device(), Device()
    short, long = ours.encrypted(b"a"), ours.encrypted(b"b" * 900)
    assert ours.read(short) == b"a"
    assert ours.read(long) == b"b" * 900
    assert len(short) == len(long) == PADDED_TO + 86 + 16
    with pytest.raises(InvalidTag):
        other.read(short)


@pytest.mark.parametrize("text", ["", "AAAA", "!", RECEIVER[:-4], "A" * 87])
def test_what_is_no_key_of_a_device_is_refused(text: str) -> None:
    with pytest.raises(Invalid):
        device_key(text)


def test_keys_may_be_padded_as_some_libraries_write_them() -> None:
    assert unpacked("auth", AUTH + "==", 16) == opened(AUTH)
    assert len(encrypt(b"x", device_key(RECEIVER + "="), opened(AUTH))) < 4096


def test_a_service_can_tell_who_we_are() -> None:
    key = VapidKey(generate_private_key(SECP256R1()), "https://kith.example")
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    header = key.authorization("https://push.example:8443/device/secret", now)
    scheme, _, rest = header.partition(" ")
    parts = dict(part.strip().split("=", 1) for part in rest.split(","))
    head, claims, signature = parts["t"].split(".")
    assert scheme == "vapid"
    assert json.loads(opened(head)) == {"typ": "JWT", "alg": "ES256"}
    assert json.loads(opened(claims)) == {
        "aud": "https://push.example:8443",
        "exp": int(now.timestamp()) + 12 * 3600,
        "sub": "https://kith.example",
    }
    public = EllipticCurvePublicKey.from_encoded_point(SECP256R1(), opened(parts["k"]))
    assert point_of(public) == opened(key.public)
    raw = opened(signature)
    both = encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    public.verify(both, f"{head}.{claims}".encode(), ECDSA(SHA256()))
