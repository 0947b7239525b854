"""Who may pass for a peer over TLS: OUT-13, with certificates made here."""

import datetime
import ssl
from pathlib import Path

import pytest
from aiohttp import web
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from federation.errors import Blocked, Unreachable
from federation.tls import peer_tls
from tests.federation.door import JSON, opened, serving

DAY = datetime.timedelta(days=1)
NOW = datetime.datetime.now(datetime.UTC)
SUBJECT = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "a test authority")])


def certificate(folder: Path, name: str, *, expires: datetime.datetime) -> tuple[Path, Path]:
    """A self-signed certificate for `name`, and its key, as files."""
    key = ec.generate_private_key(ec.SECP256R1())
    built = (
        x509.CertificateBuilder()
        .subject_name(SUBJECT)
        .issuer_name(SUBJECT)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(NOW - 10 * DAY)
        .not_valid_after(expires)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    crt, pem = folder / f"{name}.crt", folder / f"{name}.key"
    crt.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    pem.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return crt, pem


def server_tls(crt: Path, key: Path) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(crt, key)
    return context


def trusting(crt: Path) -> ssl.SSLContext:
    context = peer_tls()
    context.load_verify_locations(crt)
    return context


async def ok(request: web.Request) -> web.Response:
    return web.Response(text="ok")


async def test_out_13_a_certificate_of_a_trusted_authority_passes(tmp_path: Path) -> None:
    crt, key = certificate(tmp_path, "localhost", expires=NOW + DAY)
    async with serving(ok, server_tls(crt, key)) as port, opened(tls=trusting(crt)) as client:
        assert (await client.get(f"https://localhost:{port}/", accept=JSON)).status == 200
        assert (await client.post(f"https://localhost:{port}/", b"", {})).status == 200


async def test_out_13_a_self_signed_certificate_is_refused(tmp_path: Path) -> None:
    crt, key = certificate(tmp_path, "localhost", expires=NOW + DAY)
    async with serving(ok, server_tls(crt, key)) as port, opened() as client:
        for call in (
            client.get(f"https://localhost:{port}/", accept=JSON),
            client.post(f"https://localhost:{port}/", b"", {}),
        ):
            with pytest.raises(Unreachable) as refused:
                await call
            assert refused.value.reason == "tls"


async def test_out_13_an_expired_certificate_is_refused(tmp_path: Path) -> None:
    crt, key = certificate(tmp_path, "localhost", expires=NOW - DAY)
    async with serving(ok, server_tls(crt, key)) as port, opened(tls=trusting(crt)) as client:
        with pytest.raises(Unreachable) as refused:
            await client.get(f"https://localhost:{port}/", accept=JSON)
    assert refused.value.reason == "tls"


@pytest.mark.parametrize("host", ["other.localhost", "127.0.0.1"])
async def test_out_13_a_certificate_for_another_host_is_refused(tmp_path: Path, host: str) -> None:
    crt, key = certificate(tmp_path, "localhost", expires=NOW + DAY)
    async with serving(ok, server_tls(crt, key)) as port, opened(tls=trusting(crt)) as client:
        with pytest.raises(Unreachable) as refused:
            await client.get(f"https://{host}:{port}/", accept=JSON)
    assert refused.value.reason == "tls"


async def test_out_13_old_tls_is_refused(tmp_path: Path) -> None:
    crt, key = certificate(tmp_path, "localhost", expires=NOW + DAY)
    old = server_tls(crt, key)
    old.set_ciphers("DEFAULT:@SECLEVEL=0")
    with pytest.deprecated_call():
        old.minimum_version = ssl.TLSVersion.TLSv1
    with pytest.deprecated_call():
        old.maximum_version = ssl.TLSVersion.TLSv1_1
    async with serving(ok, old) as port, opened(tls=trusting(crt)) as client:
        with pytest.raises(Unreachable):
            await client.get(f"https://localhost:{port}/", accept=JSON)
    assert peer_tls().minimum_version == ssl.TLSVersion.TLSv1_2


async def test_out_13_a_redirect_from_https_to_http_is_stopped(tmp_path: Path) -> None:
    reached: list[str] = []

    async def plain(request: web.Request) -> web.Response:
        reached.append(request.path)
        return web.Response()

    async def down(request: web.Request) -> web.Response:
        return web.Response(status=302, headers={"Location": f"http://localhost:{lower}/"})

    crt, key = certificate(tmp_path, "localhost", expires=NOW + DAY)
    async with (
        serving(plain) as lower,
        serving(down, server_tls(crt, key)) as port,
        opened(tls=trusting(crt)) as client,
    ):
        with pytest.raises(Blocked) as refused:
            await client.get(f"https://localhost:{port}/", accept=JSON)
    assert refused.value.reason == "downgrade"
    assert reached == []


async def test_out_13_https_is_never_tried_in_the_clear() -> None:
    async with serving(ok) as port, opened() as client:
        with pytest.raises(Unreachable):
            await client.get(f"https://localhost:{port}/", accept=JSON)
        assert (await client.get(f"http://localhost:{port}/", accept=JSON)).status == 200


def test_out_13_peers_are_verified() -> None:
    assert peer_tls().check_hostname
    assert peer_tls().verify_mode is ssl.CERT_REQUIRED
