"""A person at a browser who lets an app act for them: signs in, chooses the persona, allows it."""

from playwright.async_api import Page

from tests.browser.chromium import find_chromium, open_chromium
from tests.interop.suite_node import PASSWORD


async def allow(address: str, handle: str) -> str:
    """Opens the app's address, signs in and allows it. The out-of-band code, or else where the
    browser was sent."""
    async with open_chromium(find_chromium()) as browser:
        context = await browser.new_context(ignore_https_errors=True, java_script_enabled=False)
        page = await context.new_page()
        await page.goto(address)
        await sign_in_and_allow(page, handle)
        code = page.locator("code, output, input[readonly]").first
        if await code.count():
            return (await code.text_content() or await code.input_value()).strip()
        return page.url


async def sign_in_and_allow(page: Page, handle: str) -> None:
    """The same in a window that is open already, or on its way there."""
    await _sign_in(page, handle)
    await page.get_by_role("radio", name=f"@{handle}@").check()
    agrees = page.get_by_role("checkbox")
    for number in range(await agrees.count()):
        await agrees.nth(number).check()
    await page.get_by_role("button", name="Allow", exact=True).click()


async def _sign_in(page: Page, handle: str) -> None:
    await page.get_by_label("Sign-in name").fill(f"{handle}-name")
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("main").get_by_role("button", name="Sign in").click()
