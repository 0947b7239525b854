"""An app that runs in a browser, at an address of its own, lets somebody sign in in a window that
it opens, and hears from that window how it went: registered, asked, told, and let in, over CORS."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser

from node.demo.communities import PASSWORD
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]

APP = """<!doctype html><meta charset="utf-8"><title>An app</title><button>Sign in</button>
<p id="said"></p><script>
const node = new URLSearchParams(location.search).get("node")
const back = location.origin + "/callback"
const call = (path, body) => fetch(node + path, {method: "POST", body: new URLSearchParams(body)})
  .then(answer => answer.json())
const word = bytes => btoa(String.fromCharCode(...new Uint8Array(bytes)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "")
document.querySelector("button").onclick = async () => {
  const opened = window.open("about:blank", "sign-in", "popup,width=500,height=700")
  const app = await call("/api/v1/apps",
    {client_name: "An app", redirect_uris: back, scopes: "read write"})
  const verifier = word(crypto.getRandomValues(new Uint8Array(32)))
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier))
  const query = new URLSearchParams({client_id: app.client_id, redirect_uri: back,
    response_type: "code", scope: "read write", state: "mine",
    code_challenge: word(hash), code_challenge_method: "S256"})
  window.onmessage = async event => {
    if (event.origin !== location.origin || event.data.state !== "mine") return
    const token = await call("/oauth/token", {grant_type: "authorization_code",
      client_id: app.client_id, client_secret: app.client_secret, redirect_uri: back,
      code: event.data.code, code_verifier: verifier})
    const me = await fetch(node + "/oauth/userinfo",
      {headers: {Authorization: "Bearer " + token.access_token}}).then(answer => answer.json())
    document.querySelector("#said").textContent = "Hello, " + me.preferred_username
  }
  opened.location = node + "/oauth/authorize?" + query
}
</script>"""
CALLBACK = """<!doctype html><meta charset="utf-8"><title>Back</title><script>
window.opener.postMessage(Object.fromEntries(new URLSearchParams(location.search)), location.origin)
window.close()
</script>"""


@asynccontextmanager
async def app_elsewhere() -> AsyncIterator[str]:
    """The app's own address."""

    async def page(request: web.Request) -> web.Response:
        text = APP if request.path == "/" else CALLBACK
        return web.Response(text=text, content_type="text/html")

    site = web.Application()
    site.add_routes([web.get("/", page), web.get("/callback", page)])
    async with TestServer(site) as server:
        yield str(server.make_url("")).rstrip("/")


async def test_an_app_hears_from_the_window_that_it_opened(browser: Browser, world: World) -> None:
    harbour, _ = world
    context = await browser.new_context()
    context.set_default_timeout(20_000)
    try:
        async with app_elsewhere() as address:
            app = await context.new_page()
            await app.goto(f"{address}/?node={harbour.origin}")
            async with app.expect_popup() as opening:
                await app.get_by_role("button", name="Sign in").click()
            window = await opening.value
            await window.get_by_label("Sign-in name").fill("fern")
            await window.get_by_label("Password").fill(PASSWORD)
            await window.locator("main").get_by_role("button", name="Sign in").click()
            await window.get_by_label("I agree that what apps write").check()
            async with window.expect_event("close"):
                await window.get_by_role("button", name="Allow", exact=True).click()
            await app.get_by_text("Hello, fern").wait_for()
    finally:
        await context.close()
