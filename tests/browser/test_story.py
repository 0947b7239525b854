"""The story of two nodes and one conversation, as people live it: in pages, without JavaScript, on
a small phone and on a desktop.

Noor signs up at Meadow. Ash lives at Harbour, and Rowan moderates the group there. After each step
both nodes turn their background work, and people on both sides look at the page again.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser

from node.demo.communities import PASSWORD
from tests.browser.person import DESKTOP, PHONE, Window, open_window, words
from tests.world import World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]

SECRET = "three lamps in the kitchen"
LETTER = "A letter in her handwriting"
LIST = "It fell out of a cookbook: a shopping list."


@dataclass
class Cast:
    """The three windows of the story."""

    world: World
    noor: Window
    ash: Window
    rowan: Window

    async def meanwhile(self, *readers: Window) -> None:
        """Two minutes pass, the nodes do their work, and these people look again."""
        self.world.clock.advance(minutes=2)
        await self.world.settle()
        for reader in readers:
            await reader.reload()


@asynccontextmanager
async def raised(browser: Browser, world: World, size: dict[str, int]) -> AsyncIterator[Cast]:
    harbour, meadow = world
    async with (
        open_window(browser, meadow, size) as noor,
        open_window(browser, harbour, size) as ash,
        open_window(browser, harbour, size) as rowan,
    ):
        yield Cast(world, noor, ash, rowan)


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
async def test_the_story(browser: Browser, world: World, size: dict[str, int]) -> None:
    async with raised(browser, world, size) as cast:
        await signs_up(cast.noor)
        await signs_in(cast.noor, "lamplight_42", SECRET)
        await joins(cast)
        await opens_a_thread(cast)
        await answers_three_deep(cast)
        await reacts_and_takes_it_back(cast)
        await edits_and_deletes(cast)
        await moderates(cast)
        await leaves(cast)


async def signs_up(noor: Window) -> None:
    """A form that is refused says why, and keeps what was typed but the password."""
    await noor.open("/")
    await noor.follow("Make an account")
    await noor.fill(name="lamplight_42", password="short", handle="Noor!", display_name="Noor")
    await noor.fill(agrees="yes")
    await noor.press("Make an account", status=422)
    await noor.sees("This needs another look")
    for name, wrong in (("name", None), ("password", "true"), ("handle", "true")):
        field = noor.page.locator(f"#field-{name}")
        assert await field.get_attribute("aria-invalid") == wrong, name
    kept = {"name": "lamplight_42", "password": "", "handle": "Noor!", "display_name": "Noor"}
    for name, value in kept.items():
        assert await noor.page.locator(f"#field-{name}").input_value() == value
    await noor.fill(password=SECRET, handle="noor")
    await noor.press("Make an account")
    await noor.sees("Hello, Noor", "Welcome.", "You are in no group yet.")
    await noor.press("Sign out", noor.page.locator("header"))
    await noor.sees("You are signed out.")


async def signs_in(person: Window, name: str, password: str) -> None:
    await person.open("/sign-in")
    await person.fill(name=name, password="not the right one")
    await person.press("Sign in", status=422)
    assert await person.page.locator("#field-name").input_value() == name
    await person.fill(password=password)
    await person.press("Sign in")
    await person.sees("You are signed in.")


async def joins(cast: Cast) -> None:
    """From the address of a group to its earlier threads, by way of its node's answer."""
    harbour, _ = cast.world
    noor = cast.noor
    await noor.open("/groups")
    await noor.fill(handle="!nobody_here@" + harbour.authority)
    await noor.press("Look it up", status=422)
    await noor.sees("This needs another look")
    await noor.fill(handle="!grief@" + harbour.authority)
    await noor.press("Look it up")
    await noor.sees("Living with loss", f"!grief@{harbour.authority}")
    await noor.press("Join as Noor")
    await noor.sees(f"Waiting for {harbour.authority} to let you in", "Take the request back")
    await cast.meanwhile(noor)
    await noor.misses("Waiting for", "Join as Noor")
    await noor.sees("Leave the group", "His coat is still in the hall", "I sang in the choir again")
    await noor.follow("The first birthday without her")
    await noor.sees("would have been forty", "We baked the cake", "She loved the 14.")
    await noor.page.go_back()


async def opens_a_thread(cast: Cast) -> None:
    """A warning stands before the words on both nodes, and a wish beside them."""
    harbour, _ = cast.world
    await cast.ash.sign_in("ash")
    await cast.ash.open("/groups/grief")
    await cast.ash.follow("Start a thread")
    await cast.ash.fill(title=LETTER, text="", content_warning="loss of a sister")
    await cast.ash.fill(text="It fell out of a *cookbook*: a shopping list.")
    await cast.ash.fill(reply_wanted="just-listening")
    await cast.ash.press("Publish")
    await cast.ash.sees("Your post is there.", LETTER)
    await cast.meanwhile(cast.ash)
    await cast.noor.open(f"/groups/grief@{harbour.authority}")
    await cast.noor.sees(LETTER, "loss of a sister", "Just listening, please")
    await cast.noor.follow(LETTER)
    for reader in (cast.noor, cast.ash):
        await reader.sees(LETTER, "Content warning: loss of a sister", "Just listening, please")
        assert not await reader.main.get_by_text(LIST).is_visible()
        await reader.unfold("Content warning: loss of a sister")
        await reader.sees(LIST)


async def answers_three_deep(cast: Cast) -> None:
    noor, ash = cast.noor, cast.ash
    await noor.fill(text="What was on the list?")
    await noor.press("Reply")
    await noor.sees("Your post is there.", "What was on the list?")
    await cast.meanwhile(ash)
    await ash.follow("Reply", ash.post("What was on the list?"))
    await ash.sees("Reply to Noor", "What was asked for: Just listening, please")
    await ash.fill(text="Lemons, twice.")
    await ash.press("Reply")
    await cast.meanwhile(noor)
    await noor.follow("Reply", noor.post("Lemons, twice."))
    await noor.fill(text="I will remember the lemons.")
    await noor.press("Reply")
    await cast.meanwhile(noor, ash)
    for reader in (noor, ash):
        replies = reader.page.locator(".replies > li")
        assert [await one.get_attribute("class") for one in await replies.all()] == [
            "d1",
            "d2",
            "d3",
        ]
        await reader.sees("What was on the list?", "Lemons, twice.", "I will remember the lemons.")


async def reacts_and_takes_it_back(cast: Cast) -> None:
    noor, ash = cast.noor, cast.ash
    lemons = noor.post("Lemons, twice.")
    await noor.unfold("Send support", lemons)
    await noor.press("I hear you", lemons)
    await cast.meanwhile(noor, ash)
    pressed = noor.post("Lemons, twice.").locator("button[aria-pressed=true]")
    # Only who wrote it is told how many.
    assert await words(pressed) == "I hear you"
    assert "I hear you 1" in await words(ash.post("Lemons, twice."))
    async with noor.page.expect_navigation():
        await pressed.click()
    await cast.meanwhile(noor, ash)
    await ash.misses("I hear you 1")
    assert await pressed.count() == 0


async def edits_and_deletes(cast: Cast) -> None:
    """A change shows as one; what is deleted leaves a line on both nodes, and its replies."""
    noor, ash = cast.noor, cast.ash
    await noor.follow("Edit", noor.post("I will remember the lemons."))
    assert await noor.page.locator("#field-text").input_value() == "I will remember the lemons."
    await noor.fill(text="I will think of lemons tonight.")
    await noor.press("Save")
    await cast.meanwhile(noor, ash)
    for reader in (noor, ash):
        await reader.misses("I will remember the lemons.")
        assert "edited" in await words(reader.post("I will think of lemons tonight."))
    await noor.follow("Delete", noor.post("What was on the list?"))
    await noor.sees("Delete your post?", "Other nodes that have a copy are asked to delete it")
    await noor.press("Delete it")
    await noor.sees("Your post is deleted.")
    await cast.meanwhile(noor, ash)
    for reader in (noor, ash):
        await reader.misses("What was on the list?")
        await reader.sees("The author deleted this post.", "Lemons, twice.")


async def moderates(cast: Cast) -> None:
    """What Rowan removes, locks and pins at Harbour is so at Meadow."""
    harbour, _ = cast.world
    noor, ash, rowan = cast.noor, cast.ash, cast.rowan
    await signs_in(rowan, "rowan", PASSWORD)
    await rowan.open(ash.path)
    await rowan.follow("Moderate", rowan.post("I will think of lemons tonight."))
    await rowan.fill(reason=" ")
    await rowan.press("Remove the post", status=422)
    await rowan.sees("This needs another look")
    await rowan.fill(reason="Please ask before you quote.")
    await rowan.press("Remove the post")
    await rowan.sees("The post is removed.")
    for act, note in (("Lock", "The thread is locked."), ("Pin", "The thread is pinned.")):
        await rowan.follow("Moderate", rowan.page.locator("article.card"))
        await rowan.press(act)
        await rowan.sees(note)
    await cast.meanwhile(noor, ash)
    for reader in (noor, ash):
        await reader.misses("I will think of lemons tonight.", "Answer this thread")
        await reader.sees("A moderator removed this: Please ask before you quote.", "Locked")
        await reader.sees("Pinned", "A moderator has locked this thread; no new replies now.")
        assert await reader.main.get_by_role("link", name="Reply", exact=True).count() == 0
    await noor.open(f"/groups/grief@{harbour.authority}")
    assert LETTER in await words(noor.page.locator("section[aria-labelledby=pinned]"))


async def leaves(cast: Cast) -> None:
    harbour, _ = cast.world
    await cast.noor.follow("Leave the group")
    await cast.noor.press("Leave the group")
    await cast.noor.sees("You left this group.", "Join as Noor")
    await cast.meanwhile()
    group = f"{harbour.origin}/groups/grief"
    _, meadow = cast.world
    assert await harbour.membership(group, f"{meadow.origin}/personas/noor") is None
