"""Whom we may call, decided without a network: OUT-01, OUT-03 and OUT-15 in their pure part."""

import json
from ipaddress import ip_address

import pytest

from federation.addresses import AddressPolicy, authority, is_public
from federation.errors import Blocked
from federation.limits import MAX_URL
from tests.shared import require_shared

OPEN = AddressPolicy(["127.0.0.0/8", "::1/128"])
SHUT = AddressPolicy()


def vectors(name: str) -> list[dict[str, str]]:
    path = require_shared("vectors", "ssrf_addresses.json")
    found: list[dict[str, str]] = json.loads(path.read_text("utf-8"))[name]
    return found


def literal(ip: str) -> str:
    return f"[{ip}]" if ":" in ip else ip


def test_out_01_every_special_address_is_refused() -> None:
    for case in vectors("blocked"):
        assert not is_public(case["ip"]), case
        assert not SHUT.may_connect(case["ip"], 443), case
        with pytest.raises(Blocked):
            SHUT.check_url(f"https://{literal(case['ip'])}/")


def test_out_01_public_addresses_are_called() -> None:
    for case in vectors("allowed"):
        assert is_public(case["ip"]), case
        assert SHUT.may_connect(case["ip"], 443), case
        assert SHUT.check_url(f"https://{literal(case['ip'])}/a").raw_path == "/a"


def test_out_01_every_url_form_is_refused() -> None:
    for case in vectors("hostname_forms_blocked"):
        with pytest.raises(Blocked):
            SHUT.check_url(case["url"])


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "a.localhost",
        "localhost.",
        "LOCALHOST",
        "127.1",
        "0",
        "0x7f000001",
        "0x7f.1",
        "2130706433",
        "0177.0.0.1",
        "127.0.0.1.",
        "[::ffff:127.0.0.1]",
        "[::1%25lo]",
        "[0:0:0:0:0:0:0:1]",
        "[]",
        "①②⑦.⓪.⓪.①",
        "127。0。0。1",
        "%6c%6f%63alhost",
        "127.0.0.1:80@evil.example",
        "evil.example@127.0.0.1",
        "evil.example\\@127.0.0.1",
        "ev\til.example",
        "foo.internal",
        "foo.local",
        "foo.onion",
        "singlelabel",
        "example.com.",
        "-a.example",
        "a_b.example",
        "a..example",
        ".example",
        "x" * 64 + ".example",
        "example.com:22",
        "example.com:80",
        "example.com:0",
        "example.com:443443",
        "example.com:",
        "",
    ],
)
def test_out_01_hosts_with_two_readings_are_refused_over_https_too(host: str) -> None:
    with pytest.raises(Blocked):
        SHUT.check_url(f"https://{host}/")


@pytest.mark.parametrize("url", ["http://peer.example/", "ftp://peer.example/", "//peer.example/"])
def test_only_https_is_called(url: str) -> None:
    with pytest.raises(Blocked):
        SHUT.check_url(url)
    assert SHUT.check_url("https://peer.example/").host == "peer.example"


def test_ports_are_few_on_public_addresses_and_free_in_a_test_network() -> None:
    assert SHUT.may_connect("8.8.8.8", 443)
    assert SHUT.may_connect("8.8.8.8", 8443)
    for port in (0, 22, 25, 80, 6379, 65536):
        assert not SHUT.may_connect("8.8.8.8", port)
    assert OPEN.may_connect("127.0.0.1", 6379)
    assert not OPEN.may_connect("127.0.0.1", 0)
    assert not OPEN.may_connect("10.0.0.1", 6379)


def test_plain_http_is_for_test_networks() -> None:
    assert OPEN.may_connect("127.0.0.1", 8420, secure=False)
    assert not OPEN.may_connect("8.8.8.8", 443, secure=False)
    assert OPEN.check_url("http://127.0.0.1:8420/a").port == 8420
    with pytest.raises(Blocked):
        OPEN.check_url("http://8.8.8.8/a")


def test_malformed_addresses_are_not_called() -> None:
    for ip in ("", "name", "127.1", "1.2.3.4.5", "::1::", "999.1.1.1"):
        assert not is_public(ip)
        assert not OPEN.may_connect(ip, 443)


def test_a_mapped_address_does_not_pass_for_the_network_it_maps() -> None:
    assert not AddressPolicy(["10.0.0.0/8"]).may_connect("::ffff:10.0.0.1", 443)
    assert not AddressPolicy(["10.0.0.0/8"]).may_connect(str(ip_address("::a00:1")), 443)


@pytest.mark.parametrize(
    ("own", "url"),
    [
        ("us.example", "https://us.example/users/a"),
        ("us.example", "https://US.example:443/users/a#main-key"),
        ("us.example:443", "https://us.example/"),
        ("127.0.0.1:8420", "http://127.0.0.1:8420/"),
        ("[::1]:8420", "http://[::1]:8420/"),
    ],
)
def test_out_15_our_own_authority_is_never_called(own: str, url: str) -> None:
    with pytest.raises(Blocked) as refused:
        AddressPolicy(["127.0.0.0/8", "::1/128"], [own]).check_url(url)
    assert refused.value.reason == "self"
    assert OPEN.check_url(url)


def test_a_url_goes_out_as_it_was_written() -> None:
    for url in (
        "https://peer.example/a/../b/%75?q=%2F&r=a+b",
        "https://peer.example:8443/@name",
        "https://peer.example/~a|b{c}",
    ):
        assert str(SHUT.check_url(url)) == url


def test_a_url_is_made_fit_for_a_request_line() -> None:
    assert str(SHUT.check_url("https://peer.example")) == "https://peer.example/"
    assert str(SHUT.check_url("https://peer.example/a#key")) == "https://peer.example/a"
    assert (
        str(SHUT.check_url("https://peer.example/ü?ß=1")) == "https://peer.example/%C3%BC?%C3%9F=1"
    )


@pytest.mark.parametrize(
    "path", ["/a b", "/a\r\nX: y", "/a\x00", "/a\\b", "/\ud800", "/" + "a" * MAX_URL]
)
def test_what_would_break_a_request_is_refused(path: str) -> None:
    with pytest.raises(Blocked):
        SHUT.check_url(f"https://peer.example{path}")


def test_blocked_is_final() -> None:
    with pytest.raises(Blocked) as refused:
        SHUT.check_url("https://10.0.0.1/")
    assert (refused.value.reason, refused.value.retryable) == ("address", False)
    assert refused.value.status is None


def test_authorities_leave_out_the_port_of_their_scheme() -> None:
    assert authority("Peer.Example", 443, "https") == "peer.example"
    assert authority("peer.example", 8443, "https") == "peer.example:8443"
    assert authority("::1", 80, "http") == "[::1]"
