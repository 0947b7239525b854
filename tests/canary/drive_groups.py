"""All that people say and do in a private, a local and a public group, with the node killed in
between: by pages and by the API.
"""

from typing import Any

from tests.canary.browser import Browser
from tests.canary.stage import Stage

KILLS = ("private",)
"""Groups in the middle of which the node is killed."""


async def found(stage: Stage, visibility: str, handle: str, which: str = "a") -> tuple[str, str]:
    """A group of ann's; a private one has a word in all that describes it. Its handle, and its id
    for the API."""
    ann, words = stage.browsers["ann"], {"name": handle.title(), "summary": "For us."}
    if visibility == "private":
        for name in ("name", "summary", "guidelines"):
            words[name] = stage.word(f"{name} of {which} private group")
    words["handle"] = handle
    await ann.submit("/groups/new", at="/groups/new", visibility=visibility, **words)
    groups = (await ann.call("GET", "/api/kith/v1/groups"))["groups"]
    [number] = [one["id"] for one in groups if one["handle"] == handle]
    if visibility != "public":
        stage.private_ids.add(number)
    return handle, number


async def let_in(stage: Stage, groups: dict[str, tuple[str, str]]) -> None:
    """Bea joins those that are open to her."""
    bea = stage.browsers["bea"]
    for visibility, (handle, _) in groups.items():
        if visibility != "private":
            await bea.submit(f"/groups/{handle}/join", at=f"/groups/{handle}")


async def say(stage: Stage, visibility: str, handle: str, number: str) -> None:
    """A thread and replies, edited, reacted to, moderated, deleted, and read by those who may."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    await open_thread(stage, visibility, handle)
    threads = (await ann.call("GET", f"/api/kith/v1/groups/{number}/threads"))["threads"]
    stage.threads[visibility] = thread = threads[0]["id"]
    replies = await reply(stage, visibility, thread)
    if visibility in KILLS:
        await stage.home.kill()
        await stage.home.start()
    for kind in ("me-too", "proud"):
        await bea.submit(f"/posts/{thread}/react", at=f"/threads/{thread}", kind=kind)
    await ann.call("PUT", f"/api/kith/v1/posts/{replies[0]}/reaction", {"kind": "strength"})
    await edit(stage, visibility, thread)
    await moderate(stage, visibility, thread, replies)
    await ann.call("DELETE", f"/api/kith/v1/posts/{replies[-1]}")
    await look_round(ann, handle, number, thread)
    await look_round(bea, handle, number, thread)
    if visibility != "public":
        stage.private_posts |= {thread, *replies}
    else:
        stage.public_paths |= {f"/groups/{handle}", f"/threads/{thread}"}


async def open_thread(stage: Stage, visibility: str, handle: str) -> None:
    place = f"{visibility} group"
    text = stage.word(f"text in a {place}")
    fields = {"title": stage.word(f"title in a {place}"), "reply_wanted": "ideas"}
    if visibility != "public":
        fields["content_warning"] = stage.word(f"warning in a {place}")
    if visibility == "private":
        host, person = (
            stage.word(f"host named in a {place}"),
            stage.word(f"person named in a {place}"),
        )
        text += (
            f" https://{host}.example/ ![](https://{host}.example/a.png) @{person}@{host}.example"
        )
    ann = stage.browsers["ann"]
    await ann.submit(f"/groups/{handle}/new", at=f"/groups/{handle}/new", text=text, **fields)


async def reply(stage: Stage, visibility: str, thread: str) -> list[str]:
    """Bea's reply, and ann's to it; their ids."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    first, second = "With you.", "So am I."
    if visibility == "private":
        first = stage.word("reply in a private group")
        second = stage.word("deeper reply in a private group")
    made = await bea.call("POST", f"/api/kith/v1/posts/{thread}/replies", {"text": first})
    path = f"/posts/{made['id']}/reply"
    await ann.submit(path, at=path, text=second)
    tree = await ann.call("GET", f"/api/kith/v1/threads/{thread}")
    await bea.get(f"/threads/{thread}")
    return sorted(_ids(tree) - {thread})


async def edit(stage: Stage, visibility: str, thread: str) -> None:
    """Ann says it in other words."""
    ann, path, fields = stage.browsers["ann"], f"/posts/{thread}/edit", {"text": "Other words."}
    await ann.get(path)
    if visibility != "public":
        fields["text"] = stage.word(f"edited text in a {visibility} group")
    if visibility == "private":
        fields["title"] = stage.word("edited title in a private group")
    await ann.submit(path, at=path, **fields)
    await ann.get(f"/threads/{thread}")


async def moderate(stage: Stage, visibility: str, thread: str, replies: list[str]) -> None:
    """Ann keeps order, and gives reasons."""
    ann, is_private = stage.browsers["ann"], visibility != "public"
    reason = stage.word(f"reason in a {visibility} group") if is_private else "Too loud."
    removal = stage.word(f"removal in a {visibility} group") if is_private else "Off topic."
    for act in ("pin", "lock", "unlock", "unpin"):
        path = f"/posts/{thread}/moderate"
        await ann.submit(path, at=path, act=act, reason=reason if act == "lock" else "")
    await ann.get(f"/threads/{thread}")
    await ann.call("POST", f"/api/kith/v1/posts/{replies[0]}/remove", {"reason": removal})
    await stage.browsers["bea"].get(f"/threads/{thread}")
    await ann.get(f"/posts/{replies[0]}/moderate")


async def look_round(who: Browser, handle: str, number: str, thread: str) -> None:
    """All that a member may read."""
    for path in ("/", "/groups", f"/groups/{handle}", f"/threads/{thread}", f"/posts/{thread}"):
        await who.get(path)
    for path in (
        "/api/kith/v1/me",
        "/api/kith/v1/groups",
        f"/api/kith/v1/groups/{number}",
        f"/api/kith/v1/threads/{thread}",
    ):
        await who.call("GET", path)


def _ids(tree: Any) -> set[str]:
    """The ids of all posts in an answer of the API."""
    if isinstance(tree, list):
        return set().union(*map(_ids, tree))
    if not isinstance(tree, dict):
        return set()
    own = {tree["id"]} if "thread_id" in tree else set()
    return own.union(*(_ids(value) for value in tree.values()))
