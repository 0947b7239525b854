"""A day that nobody else is to know of, kept, changed and looked at again."""

import re

from tests.canary.stage import Stage

_DAY = re.compile(r'href="/days/(\d+)"')


async def remember(stage: Stage) -> None:
    """Bea's own."""
    bea = stage.browsers["bea"]
    day = {"kind": "remembrance", "day": "24", "month": "12", "year": "", "ahead": "7"}
    page = await bea.submit("/days", at="/days", title=stage.word("name of a day"), **day)
    [number] = set(_DAY.findall(page.text))
    changed = stage.word("changed name of a day")
    await bea.submit(f"/days/{number}", at=f"/days/{number}/change", title=changed)
    for path in ("/days", f"/days/{number}", "/settings/quiet", "/news"):
        await bea.get(path)
    await bea.submit("/settings/quiet", at="/settings/quiet", after_days="7", buddies="yes")
    stage.private_ids.add(number)
