"""A helper's evening, with and without JavaScript: Ash answers somebody in a group, says that they
are available, is asked, listens to Fern, and rests. The node's own worker does the matching; the
training is gone through beforehand."""

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from playwright.async_api import Browser

from storage.actors import Actor
from storage.unit_of_work import UnitOfWork
from tests.browser.person import PHONE, Window, open_window
from tests.world import House, World

pytestmark = [
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
    pytest.mark.asyncio(loop_scope="session"),
]
PATIENCE = 20.0
"""Seconds; an idle machine needs a fraction of one, a busy one must not fail the test."""
QUIET = "It is so quiet in the evenings."


@pytest_asyncio.fixture(loop_scope="session")
async def harbour(world: World) -> AsyncIterator[House]:
    """Harbour with its worker running."""
    harbour, _ = world
    harbour.node.worker.start()
    yield harbour
    await harbour.node.worker.stop()


async def trained(house: House, handle: str) -> None:
    """Somebody went through the training some days ago."""
    rooms = house.node.rooms

    def learn(uow: UnitOfWork) -> None:
        found = uow.actors.local_by_handle(handle)
        assert found is not None
        _learn(uow, found)

    def _learn(uow: UnitOfWork, learner: Actor) -> None:
        for slug in rooms.training.courses.slugs:
            rooms.training.practise(uow, learner, slug, "I am here.")
            rooms.training.finish(uow, learner, slug)
        rooms.training.earn(uow, learner, "bereavement")

    await rooms.db.write(learn)


async def shows(window: Window, *texts: str) -> None:
    """Look again and again, until the page shows all of this."""
    async with asyncio.timeout(PATIENCE):
        while True:
            await window.reload()
            shown = await window.page.locator("body").inner_text()
            if all(text in shown for text in texts):
                return


@pytest.mark.parametrize("scripts", [False, True], ids=["no-script", "script"])
async def test_a_helpers_evening(browser: Browser, harbour: House, scripts: bool) -> None:
    await trained(harbour, "ash")
    async with (
        open_window(browser, harbour, PHONE, scripts=scripts) as ash,
        open_window(browser, harbour, PHONE, scripts=scripts) as fern,
    ):
        await ash.sign_in("ash")
        await fern.sign_in("fern")
        await answers_in_a_group(ash)
        await becomes_available(ash)
        await asks_to_be_heard(fern)
        await meet(ash, fern)
        await talk(ash, fern, scripts=scripts)
        await part(ash, fern)


async def answers_in_a_group(ash: Window) -> None:
    """The queue brings up whoever waits most."""
    await ash.open("/needs-a-reply")
    await ash.press("Next one")
    await ash.fill(text="I read this twice. That sounds like a long day. What helps you through?")
    await ash.press("Reply")
    await ash.sees("Your reply is there.")


async def becomes_available(ash: Window) -> None:
    await ash.open("/listening")
    await ash.follow("Offer to listen")
    await ash.page.locator("#topic-bereavement").check()
    await ash.page.locator("#field-is_on").check()
    await ash.press("Save")
    await ash.sees("Saved.", "You are not asked now.")
    await ash.press("I am available now")
    await ash.sees("You are available for two hours", "You are there to listen now")


async def asks_to_be_heard(fern: Window) -> None:
    await fern.open("/listening")
    await fern.follow("Ask to be heard")
    await fern.page.locator("#topic-bereavement").check()
    await fern.unfold("More, if you like")
    await fern.fill(words=QUIET)
    await fern.press("Ask")
    await fern.sees("You asked to be heard", "Take it back")


async def meet(ash: Window, fern: Window) -> None:
    """Each says yes; before that neither is shown more than is meant for them."""
    await shows(ash, "Somebody would like to be heard")
    await ash.follow("Somebody would like to be heard")
    await ash.sees("Bereavement", "Just listen")
    await ash.misses("Fern", QUIET)
    await ash.press("Yes, I can listen")
    await shows(fern, "Somebody would like to listen", "Ash")
    await fern.press("Yes, begin")
    await fern.sees("You and Ash", "You are both here")
    await shows(ash, "You and Fern", QUIET)


async def talk(ash: Window, fern: Window, *, scripts: bool) -> None:
    """With JavaScript words come by themselves; without one looks again."""
    await ash.fill(text="I am here, no hurry.")
    await ash.press("Send")
    if scripts:
        await fern.main.get_by_text("I am here, no hurry.").wait_for()
    else:
        await shows(fern, "I am here, no hurry.")
    await fern.fill(text="The clock is the loudest thing in the house.")
    await fern.press("Send")
    await fern.press("Pause")
    await fern.sees("Paused. Take the time you need.")
    await shows(ash, "Paused. Take the time you need.", "The clock is the loudest thing")
    await fern.press("Go on")
    await shows(ash, "Pause", "Call a moderator", "Help now")
    await ash.fill(text="Tell me about the clock.")
    await ash.press("Send")


async def part(ash: Window, fern: Window) -> None:
    """What it was like is asked of one, and rest is offered to the other."""
    await fern.press("End")
    await fern.sees("Did you feel heard?", "Tell me about the clock.")
    await fern.press("Yes, I felt heard")
    await fern.sees("Nobody sees your answer by itself")
    await shows(ash, "your break has begun")
    await ash.misses("felt heard")
    await ash.press("That was a hard one")
    await ash.sees("Your break is longer now")
    await ash.open("/listening")
    await ash.sees("You have a break for", "You and Fern")
