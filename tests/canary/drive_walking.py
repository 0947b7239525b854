"""Goals and buddies: a goal in ann's own words, entries and a setback, some of it for her buddy
bea; a reminder, a hard moment, and a message by which the buddy answers."""

import re

from tests.canary.stage import Stage

GOALS, BUDDIES = "/goals", "/buddies"
NUMBER = re.compile(r"/(?:goals|buddies)/(\d+)")
ENTRY = re.compile(r"/entries/(\d+)")
CODE = re.compile(r"<code>([\w-]{22})</code>")


async def walk(stage: Stage) -> None:
    """Everything that somebody can do there."""
    pair = await _become_buddies(stage)
    await _work_towards(stage)
    await _stand_by(stage, pair)


async def _become_buddies(stage: Stage) -> str:
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    made = await ann.submit(f"{BUDDIES}/code", at=f"{BUDDIES}/code")
    [code] = CODE.findall(made.text)
    join = f"{BUDDIES}/join"
    await bea.submit(join, at=join, code=code)
    token = (await bea.get(join)).form(join).fields["csrf"]
    joined = await bea.post(join, {"csrf": token, "code": code, "act": "join", "day-2": "yes"})
    pair = NUMBER.findall(joined.path)[0]
    stage.private_ids.add(pair)
    return str(pair)


async def _work_towards(stage: Stage) -> None:
    ann = stage.browsers["ann"]
    new = f"{GOALS}/new"
    made = await ann.submit(
        new,
        at=new,
        words=stage.word("words of a goal"),
        situation="Words to be changed",
        answer=stage.word("then of a goal"),
        kind="days",
    )
    number = NUMBER.findall(made.path)[0]
    here = f"{GOALS}/{number}"
    write, setback, edit = f"{here}/check-in", f"{here}/setback", f"{here}/edit"
    await ann.submit(write, at=write, mood="2", note=stage.word("note of an entry"))
    shared = stage.word("note for buddies")
    await ann.submit(write, at=write, mood="4", note=shared, shared="buddies")
    page = await ann.submit(write, at=write, mood="3", note="Words to be changed")
    entry = ENTRY.findall(page.text)[0]
    change = f"{here}/entries/{entry}"
    await ann.submit(change, at=change, note=stage.word("changed note of an entry"))
    after = await ann.submit(setback, at=setback, note=stage.word("note of a setback"))
    await ann.submit(f"{here}/reminder", at=f"{here}/reminder", time="12:00")
    await ann.submit(edit, at=edit, situation=stage.word("if of a goal"))
    for path in (GOALS, here, f"{here}/milestones", f"{here}/plot", f"{here}/share"):
        assert (await ann.get(path)).status == 200, path
    stage.private_ids |= {number, entry, *ENTRY.findall(after.path)}


async def _stand_by(stage: Stage, pair: str) -> None:
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    await bea.submit(f"{BUDDIES}/up", at=BUDDIES, hours="8")
    press = f"{BUDDIES}/hard-moment"
    told = await ann.submit(press, at=press)
    assert "They said that they are up" in told.text
    here = f"{BUDDIES}/{pair}"
    assert stage.markers["note for buddies"].word in (await bea.get(here)).text
    await bea.submit(f"{here}/write", at=here, text=stage.word("kind word to a buddy"))
    await bea.get("/news")
    assert (await ann.get("/messages")).status == 200
