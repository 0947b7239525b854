"""A client that lives in a browser at another origin: log-in in a pop-up window, then timelines, a
thread, news and streaming over https with CORS, in a real Chromium.
"""

import json
import ssl
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final

import pytest

from tests.browser.chromium import find_chromium, open_chromium
from tests.interop.consent import sign_in_and_allow
from tests.interop.suite_node import SuiteNode

SCRIPTS: Final = Path(__file__).parent / "scripts"
STEPS: Final = {
    "metadata": ["S256"],
    "state": True,
    "me": "rowan",
    "home": True,
    "link": True,
    "thread": [True],
    "notifications": 200,
    "heard": True,
    "refused": [401, "string"],
}


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture
def app_origin(certificate: tuple[Path, Path]) -> Iterator[str]:
    """Where the app is served: another port is another origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(SCRIPTS)))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.xdist_group("browser-app")
async def test_a_browser_app_of_another_origin(tls_node: SuiteNode, app_origin: str) -> None:
    tls_node.person("rowan")
    async with open_chromium(find_chromium()) as browser:
        context = await browser.new_context(ignore_https_errors=True)
        page = await context.new_page()
        await page.goto(f"{app_origin}/app.html?node={tls_node.origin}")
        async with context.expect_page() as opened:
            await page.get_by_role("button", name="Log in").click()
        await sign_in_and_allow(await opened.value, "rowan")
        await page.locator("[data-step=refused], [data-step=failed]").first.wait_for()
        said = {
            await item.get_attribute("data-step"): json.loads(await item.text_content() or "null")
            for item in await page.locator("#done li").all()
        }
        assert said == STEPS
