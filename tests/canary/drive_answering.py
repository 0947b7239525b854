"""Who waits for a reply in a private group, and that an answer helped: pages that hold words of
others, for whoever may read them, and a mark that two people know of.
"""

from tests.canary.stage import Stage

QUEUE = "/needs-a-reply"


async def answer(stage: Stage) -> None:
    """Ann asks once more, bea passes it over, meets it again and answers; it helped ann."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    thread = stage.threads["private"]
    for path in (QUEUE, f"{QUEUE}/next", f"{QUEUE}/kind-words", f"{QUEUE}/given"):
        await bea.get(path)
        await ann.get(path)
    made = await bea.call("POST", f"/api/kith/v1/posts/{thread}/replies", {"text": "I am here."})
    stage.private_posts.add(made["id"])
    helped = f"/posts/{made['id']}/helped"
    at = f"/threads/{thread}"
    await ann.submit(helped, at=at, act="say")
    await bea.get("/news")
    await bea.get(f"{QUEUE}/given")
    await ann.submit(helped, at=at, act="take-back")
    await ann.submit(helped, at=at, act="say")
    # Bea greets people, and needs no offer.
    eve = stage.browsers["eve"]
    await eve.submit(f"{QUEUE}/helping", at=f"{QUEUE}/kind-words", act="offer")
    await bea.call("GET", "/api/kith/v1/needs-a-reply")
