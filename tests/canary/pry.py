"""What others may try, in order to learn of what is not theirs: every address of the policy table
that names something, with every private id and name, as another member, a visitor, and a node.
"""

import re
from collections.abc import Iterator
from itertools import product
from typing import Any

from tests import lemmy
from tests.canary.browser import PAGE, Browser
from tests.canary.channels import NEIGHBOURS
from tests.canary.stage import Stage
from tests.figures import ACTIVITY_JSON, Figure
from tests.node.policy.language import ELSEWHERE as UNSAID
from tests.node.policy.table import ROUTES

PLACE = re.compile(r"\{(\w+)\}")
ELSEWHERE = "127.0.0.1"


POSTS = re.compile(r"(/api)?(/kith/v1)?/(posts|threads|notes)/|/report/post/|/api/v1/statuses/")
# What is open to every program that signed in, and never ends, is told apart by its own tests.
ENDLESS = {
    route.path
    for route in ROUTES
    if route.method == "GET" and route.elsewhere and route.cells.get("signed_in") == UNSAID
}
AWAY = {"/leave"}
"""Leads to another site, and is the same for everybody."""
DOCUMENTS = {route.path for route in ROUTES if route.accept == ACTIVITY_JSON}


def addresses(stage: Stage, *, documents: bool = False) -> Iterator[str]:
    """Every address that can be read, with every private name in its places; or those that have
    documents for other nodes."""
    names = sorted(stage.private_handles)
    others = stage.private_ids | {one for pair in stage.private_pairs for one in pair}
    for path in sorted({route.path for route in ROUTES if route.method == "GET"} - AWAY):
        if documents and path not in DOCUMENTS:
            continue
        places = PLACE.findall(path)
        ids = sorted(stage.private_posts if POSTS.match(path) else others)
        if len(places) == 2 and "handle" not in places:
            for pair in sorted(stage.private_pairs):
                yield path.format_map(dict(zip(places, pair, strict=True)))
            continue
        for filling in product(*(names if place == "handle" else ids for place in places)):
            yield path.format_map(dict(zip(places, filling, strict=True)))
    for name in names:
        account = f"acct:{name}@{stage.home.authority}"
        yield f"/.well-known/webfinger?resource={account}"
        yield f"/.well-known/webfinger?resource={stage.home.origin}/groups/{name}"


async def welcome(stage: Stage) -> Browser:
    """A visitor who reads what is open to everybody."""
    visitor = stage.browser("visitor", stage.home, ELSEWHERE)
    for path in sorted(stage.public_paths):
        await visitor.get(path)
    return visitor


async def pry(stage: Stage, zoe: Figure) -> int:
    """Everybody tries everything; how many requests that were."""
    tried, visitor = 0, await welcome(stage)
    neighbour = stage.browsers["cyd"]
    for path in addresses(stage):
        for who in (neighbour, visitor):
            await who.get(path, PAGE)
            tried += 1
    for path in addresses(stage, documents=True):
        await visitor.get(path, ACTIVITY_JSON)
        tried += 1
    for who in (neighbour, await stranger_here(stage, "dov")):
        for path in addresses(stage):
            if path.startswith("/api/") and path not in ENDLESS:
                await try_call(who, path)
                tried += 1
    for activity in letters(stage, zoe):
        await zoe.home.send(zoe.seal(f"{stage.home.origin}/inbox", activity))
        tried += 1
    return tried


async def stranger_here(stage: Stage, name: str) -> Browser:
    """A program of another member, without a browser's cookies."""
    made = stage.browser(name, stage.home, NEIGHBOURS)
    made.token = stage.browsers["cyd"].token
    return made


async def try_call(who: Browser, path: str) -> None:
    """A call of the API that may be refused."""
    headers = {"Authorization": f"Bearer {who.token}", "Accept": "application/json"}
    await who.send("GET", path, headers)


def letters(stage: Stage, zoe: Figure) -> Iterator[dict[str, Any]]:
    """Activities that would move the node to tell of what it hides."""
    for name in sorted(stage.private_handles):
        home = f"{stage.home.origin}/groups/{name}"
        yield lemmy.follow(zoe, home)
        yield lemmy.create(zoe, lemmy.page(zoe, home))
        for number in sorted(stage.private_posts):
            uri = f"{stage.home.origin}/posts/{number}"
            yield lemmy.like(zoe, uri, home)
            yield lemmy.act(zoe, "Delete", uri, home)
