"""Every page in every state is sound: axe-core finds nothing, in light and in dark, on a phone and
on a desktop; it fits 320 pixels; it asks nothing of other sites.

KITH_TEST_SHOTS names a folder for pictures of all of them.
"""

import pytest
from playwright.async_api import Browser

from node.accounts.pages import routes as account_routes
from node.clients.oauth.pages import routes as app_routes
from node.clients.push.pages import routes as device_routes
from node.groups.pages import routes as group_routes
from node.media.pages import routes as media_routes
from node.messages.pages import routes as message_routes
from node.moderation.pages import routes as moderation_routes
from node.notifications.pages import routes as news_routes
from node.personas.pages import routes as persona_routes
from node.profiles.pages import routes as profile_routes
from node.rights.pages import routes as right_routes
from node.safety.pages import routes as safety_routes
from node.support_site import SUPPORT_PAGES
from node.web.assets import Assets
from node.web.routes import html_routes
from tests.browser.all_sights import SIGHTS
from tests.browser.gallery import Gallery
from tests.browser.inspection import inspect, shots_folder
from tests.browser.person import DESKTOP, open_window
from tests.browser.sights import Sight

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NO_PAGES = {
    *("/static/{name}", "/media/{name}", "/media/{name}/small", "/avatars/{name}"),
    *("/headers/{name}", "/media/posts/{name}.webp", "/media/posts/{name}/small.webp"),
    *("/media/remote/{name}.webp", "/media/remote/{name}/small.webp"),
    # Another site.
    "/leave",
    # The same page, as some apps write its address.
    "/oauth/authorize/",
    *("/messages/{id}/events", "/listening/{id}/events", "/settings/data/copy"),
    *("/circles/{id}/mine", "/circles/scripts/{key}"),
    # Their states are walked through in tests/node/moderation and tests/node/worries.
    *("/moderation/reports/{id}", "/moderation/risk/{id}"),
    # To the page of a country, and the file that keeps these pages.
    *("/help/in", "/help/worker.js"),
    # A file, read as a page in tests/browser/journeys/test_own_plan.py.
    "/plan/file",
}
SHARED_WITH_THE_WIRE = {"/personas/{handle}", "/groups/{handle}", "/posts/{id}"}


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("sight", SIGHTS, ids=lambda sight: sight.name)
async def test_a_page_is_sound(browser: Browser, gallery: Gallery, sight: Sight) -> None:
    # axe-core is a script; the pages have none, and are the same with and without.
    async with open_window(browser, gallery.houses[sight.house], DESKTOP, scripts=True) as window:
        if sight.who:
            await window.sign_in(sight.who)
        await sight.come(window, gallery)
        wrong = await inspect(window, sight.name, shots_folder())
        assert not wrong, "\n".join(wrong)
        assert await window.page.locator("script").count() == sight.scripts
        assert await window.page.locator("h1").count() == 1


def test_no_page_is_left_out() -> None:
    rooms = (
        *(account_routes, persona_routes, group_routes, media_routes, message_routes),
        *(news_routes, right_routes, safety_routes, moderation_routes),
        *(profile_routes, app_routes, device_routes),
        *SUPPORT_PAGES,
    )
    routes = [*html_routes(Assets.load()), *(route for room in rooms for route in room())]
    there = {route.path for route in routes if route.method == "GET"} - NO_PAGES
    seen = {sight.route for sight in SIGHTS} - {""}
    assert (there - seen, seen - there) == (set(), SHARED_WITH_THE_WIRE)
