"""The door judges each socket: OUT-01 and OUT-15 over real sockets."""

import json
import socket

import pytest
from aiohttp import web

from federation.addresses import AddressPolicy
from federation.errors import Blocked
from federation.http import _checked_sockets
from tests.federation.door import JSON, LOOPBACK, opened, serving
from tests.shared import require_shared


def vectors(name: str) -> list[dict[str, str]]:
    path = require_shared("vectors", "ssrf_addresses.json")
    found: list[dict[str, str]] = json.loads(path.read_text("utf-8"))[name]
    return found


class Counting:
    """A handler that counts."""

    def __init__(self) -> None:
        self.requests = 0

    async def handle(self, request: web.Request) -> web.Response:
        self.requests += 1
        return web.Response(text="reached")


async def test_out_01_a_name_that_resolves_to_a_blocked_address_gets_no_socket() -> None:
    answers: list[str] = []
    async with opened(networks=(), lookup=lambda _: answers) as client:
        for number, case in enumerate(vectors("blocked")):
            answers[:] = [case["ip"]]
            with pytest.raises(Blocked) as refused:
                await client.get(f"https://victim{number}.example/", accept=JSON)
            assert refused.value.reason == "address", case
            with pytest.raises(Blocked):
                await client.post(f"https://victim{number}.example/inbox", b"{}", {})


async def test_out_01_the_socket_factory_refuses_each_blocked_address() -> None:
    open_socket = _checked_sockets(AddressPolicy(), secure=True)
    for case in vectors("blocked"):
        family = socket.AF_INET6 if ":" in case["ip"] else socket.AF_INET
        with pytest.raises(OSError, match="not public"):
            open_socket((family, socket.SOCK_STREAM, 6, "", (case["ip"], 443)))
    open_socket((socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 443))).close()


async def test_out_01_a_blocked_literal_gets_no_socket() -> None:
    async with opened(networks=()) as client:
        for case in vectors("blocked"):
            host = f"[{case['ip']}]" if ":" in case["ip"] else case["ip"]
            with pytest.raises(Blocked):
                await client.get(f"https://{host}/", accept=JSON)


async def test_out_01_no_url_form_reaches_a_server_on_loopback() -> None:
    handler = Counting()
    async with (
        serving(handler.handle) as port,
        opened(networks=(), lookup=lambda _: ["127.0.0.1"]) as client,
    ):
        for case in vectors("hostname_forms_blocked"):
            secure = case["url"].replace("http:", "https:", 1)
            for url in (case["url"], secure, secure.replace("/", f":{port}/", 3)):
                with pytest.raises(Blocked):
                    await client.get(url, accept=JSON)
    assert handler.requests == 0


async def test_out_01_loopback_opens_by_configuration_only() -> None:
    handler = Counting()
    async with serving(handler.handle) as port:
        url = f"http://127.0.0.1:{port}/"
        async with opened(networks=()) as shut:
            with pytest.raises(Blocked):
                await shut.get(url, accept=JSON)
        async with opened(networks=("10.0.0.0/8",)) as elsewhere:
            with pytest.raises(Blocked):
                await elsewhere.get(url, accept=JSON)
        assert handler.requests == 0
        async with opened() as client:
            assert (await client.get(url, accept=JSON)).body == b"reached"
    assert handler.requests == 1


async def test_out_01_of_a_mixed_answer_only_the_good_address_is_called() -> None:
    handler = Counting()
    answer = ["10.0.0.1", "169.254.169.254", "127.0.0.1"]
    async with serving(handler.handle) as port, opened(lookup=lambda _: answer) as client:
        response = await client.get(f"http://peer.example:{port}/", accept=JSON)
    assert response.status == 200


async def test_plain_http_to_a_name_at_a_public_address_gets_no_socket() -> None:
    async with opened(networks=LOOPBACK, lookup=lambda _: ["93.184.215.14"]) as client:
        with pytest.raises(Blocked) as refused:
            await client.get("http://peer.example:443/", accept=JSON)
    assert refused.value.reason == "address"


async def test_localhost_is_loopback_without_asking_dns() -> None:
    asked: list[str] = []

    def lookup(host: str) -> list[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async with serving(Counting().handle) as port, opened(lookup=lookup) as client:
        for name in ("localhost", "north.localhost"):
            assert (await client.get(f"http://{name}:{port}/", accept=JSON)).status == 200
        assert asked == []
        assert (await client.get(f"http://north.example:{port}/", accept=JSON)).status == 200
    assert asked == ["north.example"]


async def test_out_15_our_own_url_is_not_requested() -> None:
    handler = Counting()
    async with serving(handler.handle) as port:
        async with opened(own=(f"127.0.0.1:{port}",)) as client:
            for call in (
                client.get(f"http://127.0.0.1:{port}/users/a#main-key", accept=JSON),
                client.post(f"http://127.0.0.1:{port}/inbox", b"{}", {}),
            ):
                with pytest.raises(Blocked) as refused:
                    await call
                assert refused.value.reason == "self"
        assert handler.requests == 0
        async with opened(own=("127.0.0.1:1",)) as client:
            assert (await client.get(f"http://127.0.0.1:{port}/", accept=JSON)).status == 200
