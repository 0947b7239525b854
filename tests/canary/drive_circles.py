"""A circle that gathers: its name, a question of its own, what is said in it; and who waits."""

import re

from tests.canary.stage import Stage

_CODE = re.compile(r"/circles/join/([\w-]{22})")
_CIRCLE = re.compile(r"/circles/(\d+)")
_THREAD = re.compile(r"/threads/(\d+)")


async def sit_together(stage: Stage) -> None:
    """Ann starts it, bea comes by a link, and both speak. Eve waits for another one."""
    ann, bea, eve = (stage.browsers[name] for name in ("ann", "bea", "eve"))
    form = {
        "name": stage.word("name of a circle"),
        "topic-sleep": "yes",
        "script": "hundred-days",
        "days": "28",
        "part": "evening",
        "language": "en",
    }
    made = await ann.submit("/circles/new", at="/circles/new", **form)
    [number] = set(_CIRCLE.findall(made.path))
    path = f"/circles/{number}"
    stage.private_ids.add(number)
    stage.private_handles.add(f"circle-{number}")
    questions = [stage.word("question of a circle"), *(f"Which of {n} is it?" for n in range(35))]
    await ann.submit(f"{path}/questions", at=f"{path}/questions", text="\n".join(questions))
    invited = await ann.submit(f"{path}/codes", at=path, uses="2")
    [code] = set(_CODE.findall(invited.text))
    link = f"/circles/join/{code}"
    await bea.submit(link, at=link)
    page = await ann.get(path)
    [who] = set(re.findall(rf"{path}/people/(\d+)", page.text))
    await ann.submit(f"{path}/people/{who}", at=path, act="let-in")
    words = {"title": stage.word("title in a circle"), "text": stage.word("text in a circle")}
    said = await bea.submit(f"{path}/write", at=f"{path}/write", **words)
    [thread] = set(_THREAD.findall(said.path))
    stage.private_posts.add(thread)
    at = f"/threads/{thread}"
    await ann.submit(f"/posts/{thread}/reply", at=at, text=stage.word("answer in a circle"))
    for who_reads in (ann, bea):
        for page_of in ("", "/goodbye", "/leave", "/mine"):
            await who_reads.get(path + page_of)
        await who_reads.get(at)
    await ann.get(f"{path}/questions")
    wish = {"topic-caring": "yes", "days": "28", "part": "morning", "language": "en"}
    await eve.submit("/circles/wait", at="/circles/wait", **wish)
    for page_of in ("/circles", "/circles/wait", "/circles/scripts", "/news"):
        await eve.get(page_of)
