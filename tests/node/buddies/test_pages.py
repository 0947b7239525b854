"""Buddies through the pages: asked, found by a code, together, apart."""

import re

from tests.node.goals.walk import Walk
from tests.node.messages.talk import persona_of


async def ask(walk: Walk, handle: str = "birch", **fields: str) -> str:
    page = await walk.ash.submit("/buddies/ask", at="/buddies/ask", to=f"@{handle}", **fields)
    return page.text


async def test_both_say_yes_or_nothing_happens(walk: Walk) -> None:
    await ask(walk)
    page = await walk.birch.get("/buddies")
    [number] = re.findall(r"/buddies/(\d+)/answer", page.text)
    for who in (walk.ash, walk.birch, walk.dale):
        assert (await who.get(f"/buddies/{number}")).status == 404
    # The one who asks cannot say yes for the other; nobody else can say anything.
    assert (await walk.ash.send(f"/buddies/{number}/answer", act="accept")).status == 403
    assert (await walk.dale.send(f"/buddies/{number}/answer", act="accept")).status == 404
    page = await walk.birch.submit(f"/buddies/{number}/answer", at="/buddies", act="accept")
    assert "Ash" in page.text
    assert await walk.told(walk.ash) == ["buddy-yes"]
    assert await walk.told(walk.birch) == ["buddy-asked"]
    assert (await walk.ash.get(f"/buddies/{number}")).status == 200
    assert (await walk.dale.get(f"/buddies/{number}")).status == 404


async def test_a_no_is_silent(walk: Walk) -> None:
    await ask(walk)
    [number] = re.findall(r"/buddies/(\d+)/answer", (await walk.birch.get("/buddies")).text)
    before = (await walk.ash.get("/buddies")).text
    await walk.birch.submit(f"/buddies/{number}/answer", at="/buddies", act="decline")
    assert (await walk.ash.get("/buddies")).text == before
    assert await walk.told(walk.ash) == []
    assert "not long ago" in await ask(walk) or "one of you has asked" in await ask(walk)
    await walk.ash.submit(f"/buddies/{number}/answer", at="/buddies", act="withdraw")
    assert "not long ago" in await ask(walk)


async def test_whom_one_may_ask(one_walk: Walk) -> None:
    assert "You can ask people of your groups" in await ask(one_walk, "dale")
    assert "There is nobody by that name" in await ask(one_walk, "nobody")
    await one_walk.block(one_walk.cedar, one_walk.ash)
    assert "There is nobody by that name" in await ask(one_walk, "cedar")
    await one_walk.birch.submit(
        "/messages/settings", at="/messages/settings", who="nobody", shows_read="yes", keep=""
    )
    assert "if they let others ask" in await ask(one_walk, "birch")


async def test_a_code_works_once_and_says_whose_it_is_first(walk: Walk) -> None:
    made = await walk.ash.submit("/buddies/code", at="/buddies/code")
    [code] = re.findall(r"<code>([\w-]{22})</code>", made.text)
    page = await walk.dale.submit("/buddies/join", at="/buddies/join", code=code)
    assert "This code is from Ash" in page.text
    assert "You have no buddy yet" in (await walk.ash.get("/buddies")).text
    page = await walk.dale.submit("/buddies/join", code=code, act="join")
    assert "/buddies/" in page.path
    page = await walk.birch.submit("/buddies/join", at="/buddies/join", code=code)
    assert "This code does not work" in page.text
    own = await walk.ash.submit("/buddies/code", at="/buddies/code")
    [code] = re.findall(r"<code>([\w-]{22})</code>", own.text)
    page = await walk.ash.submit("/buddies/join", at="/buddies/join", code=code)
    assert "your own code" in page.text
    walk.house.clock.advance(hours=73)
    page = await walk.birch.submit("/buddies/join", at="/buddies/join", code=code)
    assert "This code does not work" in page.text


async def test_a_buddy_sees_what_is_shared_and_nothing_else(walk: Walk) -> None:
    pair = await walk.pair(walk.ash, walk.birch)
    hidden, shown = (
        await walk.goal(walk.ash, "Hidden goal"),
        await walk.goal(walk.ash, "Shown goal", shared="buddies"),
    )
    await walk.entry(walk.ash, hidden, mood="1", note="Only mine.")
    await walk.entry(walk.ash, hidden, mood="2", note="For you.", shared="buddies")
    await walk.entry(walk.ash, shown, mood="2", note="For you, too.", shared="buddies")
    text = (await walk.birch.get(f"/buddies/{pair}")).text
    assert "For you." in text
    assert "For you, too." in text
    assert "Shown goal" in text
    assert "Only mine." not in text
    assert "Hidden goal" not in text
    assert "For you." not in (await walk.ash.get(f"/buddies/{pair}")).text
    await walk.birch.submit(f"/buddies/{pair}/end", at=f"/buddies/{pair}/end")
    assert (await walk.birch.get(f"/buddies/{pair}")).status == 404


async def test_a_block_ends_the_pair_and_tells_nobody(walk: Walk) -> None:
    pair = await walk.pair(walk.ash, walk.birch)
    before = await walk.told(walk.ash)
    await walk.block(walk.birch, walk.ash)
    for who in (walk.ash, walk.birch):
        assert (await who.get(f"/buddies/{pair}")).status == 404
    assert await walk.told(walk.ash) == before
    ash, birch = persona_of(walk.ash).id, persona_of(walk.birch).id
    assert not await walk.house.db.read(lambda uow: uow.buddies.are_buddies(ash, birch))


async def test_a_hard_moment_reaches_those_who_are_up(walk: Walk) -> None:
    first, _ = await walk.pair(walk.ash, walk.birch), await walk.pair(walk.ash, walk.cedar)
    press = "/buddies/hard-moment"
    page = await walk.ash.submit(press, at="/buddies")
    assert "None of your buddies said that they are up" in page.text
    assert 'href="/help"' in page.text
    assert 'href="/toolkit"' in page.text
    await walk.birch.submit("/buddies/up", at="/buddies", hours="2")
    assert "Up now" in (await walk.ash.get(f"/buddies/{first}")).text
    page = await walk.ash.submit(press, at="/buddies")
    assert "Birch" in page.text.partition('<ul class="places">')[0]
    assert "Cedar" not in page.text.partition('<ul class="places">')[0]
    await walk.ash.submit(press)
    assert (await walk.told(walk.birch)).count("buddy-hard-moment") == 1
    assert "buddy-hard-moment" not in await walk.told(walk.cedar)
    walk.house.clock.advance(hours=1)
    await walk.ash.submit(press, at="/buddies")
    assert (await walk.told(walk.birch)).count("buddy-hard-moment") == 2
    walk.house.clock.advance(hours=2)
    page = await walk.ash.submit(press, at="/buddies")
    assert "None of your buddies said that they are up" in page.text


async def test_a_missed_day_prompts_the_buddy_and_nobody_else(walk: Walk) -> None:
    days = {f"day-{day}": "yes" for day in range(7)}
    pair = await walk.pair(walk.ash, walk.birch, **days)
    goal = await walk.goal(walk.birch)
    for _ in range(6):
        await walk.turn_clock(hours=8)
        await walk.entry(walk.birch, goal, mood="3")
    assert "buddy-missed" not in await walk.told(walk.ash)
    for _ in range(8):
        await walk.turn_clock(hours=6)
    told = await walk.told(walk.ash)
    assert told.count("buddy-missed") in (1, 2)
    assert "buddy-missed" not in await walk.told(walk.birch)
    page = await walk.ash.get(f"/buddies/{pair}")
    form = page.form(f"/buddies/{pair}/write")
    assert form.fields["text"]
    page = await walk.ash.submit(f"/buddies/{pair}/write", text="Thinking of you.")
    assert "Your message is sent" in page.text
    assert "Thinking of you." in (await walk.birch.get("/messages")).text


async def test_time_ends_a_pair_and_both_can_go_on(walk: Walk) -> None:
    pair = await walk.pair(walk.ash, walk.birch)
    assert (await walk.ash.send(f"/buddies/{pair}/renew")).status == 403
    for _ in range(22):
        await walk.turn_clock(hours=24)
    assert (await walk.told(walk.ash)).count("buddy-ends-soon") == 1
    await walk.come_back(walk.ash, walk.birch)
    path = f"/buddies/{pair}"
    await walk.ash.submit(f"{path}/renew", at=path)
    assert "They would like to go on." in (await walk.birch.get(path)).text
    await walk.birch.submit(f"{path}/renew", at=path)
    for _ in range(20):
        await walk.turn_clock(hours=24)
    await walk.come_back(walk.ash)
    assert (await walk.ash.get(path)).status == 200
    for _ in range(20):
        await walk.turn_clock(hours=24)
    await walk.come_back(walk.ash)
    assert (await walk.ash.get(path)).status == 404
    assert (await walk.told(walk.birch)).count("buddy-ended") == 1
