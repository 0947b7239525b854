"""A walk through every page of a small world that shows all that a page can show."""

import re

from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Page, Visitor

NEW = "/groups/sleep/new"


async def walk(house: WebHouse) -> list[Page]:
    """Everything that visitors, members, moderators and administrators see on the way."""
    visitor, mara, tom = house.visitor(), await house.member("mara"), await house.member("tom")
    ines = await house.member("ines", "administrator")
    seen = [await visitor.get(path) for path in ("/", "/groups", "/sign-in", "/sign-up", "/help")]
    seen += [await visitor.get("/none"), await tom.get("/"), await tom.get("/groups")]
    await house.group("sleep", mara)
    seen += [await tom.get("/groups/sleep"), await tom.submit("/groups/sleep/join")]
    seen.append(await mara.submit(NEW, at=NEW, title="", text=""))
    wish = {"reply_wanted": "ideas", "content_warning": "grief in March"}
    seen.append(await mara.submit(NEW, title="Awake at four", text="x", **wish))
    thread = int(seen[-1].path.split("?")[0].rpartition("/")[2])
    seen += await _talk(house, mara, tom, thread)
    for who in (visitor, tom, mara, ines):
        for path in ("/", "/groups", "/groups/sleep", f"/threads/{thread}", "/personas/mara"):
            seen.append(await who.get(path))
    for path in ("/settings", "/groups/new"):
        seen += [await tom.get(path), await ines.get(path)]
    seen += await _mistakes(visitor, tom, ines)
    return seen


async def _talk(house: WebHouse, mara: Visitor, tom: Visitor, thread: int) -> list[Page]:
    """Replies, support, moderation and deletion in a thread of Mara's."""
    at = f"/threads/{thread}"
    seen = [
        await tom.submit(f"/posts/{thread}/reply", at=at, text=text)
        for text in ("one", "two", "three")
    ]
    replies = re.findall(r'<li class="d1" id="post-(\d+)"', seen[-1].text)
    first, second, third = (int(number) for number in replies)
    removing = f"/posts/{second}/moderate"
    seen.append(await mara.submit(removing, at=removing, act="remove", reason=""))
    for number, act in ((thread, "lock"), (thread, "pin"), (second, "remove")):
        path = f"/posts/{number}/moderate"
        fields = {"csrf": await mara.token(), "act": act, "reason": "Tom asked for no advice"}
        seen += [await mara.get(path), await mara.post(path, fields), await mara.get(path)]
    seen.append(await tom.submit(f"/posts/{third}/delete", at=f"/posts/{third}/delete"))
    await mara.submit(f"/posts/{first}/react", at=at, kind="me-too")
    house.clock.advance(hours=30)
    seen += [await tom.get(f"/posts/{first}/{page}") for page in ("edit", "delete")]
    seen += [await mara.get(f"/posts/{thread}/{page}") for page in ("reply", "edit", "delete")]
    seen.append(await tom.post(f"/posts/{first}/reply", {"csrf": "stale", "text": "kept"}))
    return seen


async def _mistakes(visitor: Visitor, tom: Visitor, ines: Visitor) -> list[Page]:
    """Forms that are refused."""
    nothing = {"name": "", "handle": "", "visibility": ""}
    seen = [
        await ines.submit("/groups/new", at="/groups/new", **nothing),
        await ines.submit("/groups/look-up", at="/groups", handle="!nobody@nowhere"),
        await visitor.submit("/sign-up", at="/sign-up", name="", handle="", password=""),
        await tom.submit("/settings/password", at="/settings", current="x", password="x"),
        await tom.submit("/settings/persona", at="/settings", display_name=""),
    ]
    seen += [await visitor.sign_in("nobody", PASSWORD) for _ in range(5)]
    return seen
