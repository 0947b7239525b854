"""Coming into a private group: links with notes, questions and answers; and a group that becomes
private while news of it waits for a node that is away.
"""

import re

from tests.canary.browser import Browser
from tests.canary.drive_groups import found
from tests.canary.stage import Stage
from tests.faults.ledger import Ledger

CODE = re.compile(r"/invitations/([\w-]{8,})")
APPLICATION = re.compile(r"/applications/(\d+)")


async def let_in(stage: Stage, handle: str) -> None:
    """Bea comes in by a link; eve is asked first, answers, and is let in."""
    ann, bea, eve = (stage.browsers[name] for name in ("ann", "bea", "eve"))
    link = await invite(ann, handle, stage.word("note of an invitation"))
    await bea.submit(link, at=link)
    settings = f"/groups/{handle}/settings"
    question = stage.word("question to who asks")
    await ann.submit(settings, at=settings, questions=question, join_policy="approval")
    link = await invite(ann, handle, "For eve")
    answer = stage.word("answer of who asks")
    await eve.submit(link, at=link, **{"answer-0": answer})
    await eve.get("/applications")
    waiting = f"/groups/{handle}/applications"
    [number] = set(APPLICATION.findall((await ann.get(waiting)).text))
    reply = stage.word("reply to who asked")
    await ann.submit(f"{waiting}/{number}", at=waiting, reply=reply, act="let-in")
    await eve.get("/applications")
    for who in (ann, bea, eve):
        for page in ("members", "manage", "invitations", "applications"):
            await who.get(f"/groups/{handle}/{page}")
    stage.private_ids.add(number)


async def invite(ann: Browser, handle: str, note: str) -> str:
    """The address of a new link."""
    path = f"/groups/{handle}/invitations"
    page = await ann.submit(path, at=path, note=note, days="7", uses="5")
    codes = CODE.findall(page.text)
    assert codes, page.text
    return f"/invitations/{codes[0]}"


async def withdraw_in_time(stage: Stage) -> None:
    """A public group of which only meadow knows. While meadow is away ann speaks there, and then
    makes it private: when meadow is back it is told to forget the group, and no word of hers."""
    meadow, ann = stage.nodes.get("meadow"), stage.browsers["ann"]
    handle, number = await found(stage, "public", "square")
    if meadow is not None:
        await stage.rest()
        away = stage.browsers["of_meadow"]
        name = {"handle": f"!{handle}@{stage.home.authority}"}
        known = await away.call("POST", "/api/kith/v1/groups/look-up", name)
        await away.call("POST", f"/api/kith/v1/groups/{known['id']}/join")
        await stage.rest()
        await meadow.kill()
    title = stage.word("title that waited when its group became private")
    text = stage.word("text that waited when its group became private")
    words = {"title": title, "text": text}
    made = await ann.call("POST", f"/api/kith/v1/groups/{number}/threads", words)
    await ann.get(f"/threads/{made['id']}")
    waiting = Ledger(stage.home.database_url).queues().deliveries["waiting"]
    assert (waiting > 0) == (meadow is not None), "nothing waits for the node that is away"
    await stage.home.kill()
    await stage.home.start()
    openness = f"/groups/{handle}/openness"
    await ann.submit(openness, at=openness, visibility="private", sure="yes")
    if meadow is not None:
        await meadow.start()
        await stage.rest()
    stage.private_handles.add(handle)
    stage.private_ids.add(number)
    stage.private_posts.add(made["id"])
