"""What a person sets for their own reading, from an app: filters, a list, a note about somebody,
and a report that is handed on to another node without a word of it."""

from tests.canary.stage import Stage

V1, V2 = "/api/v1", "/api/v2"


async def choose(stage: Stage) -> None:
    """Bea's own, which she reads again."""
    bea = stage.browsers["bea"]
    filters, words = f"{V2}/filters", f"{V2}/filters/keywords"
    made = await bea.call(
        "POST",
        filters,
        {
            "title": stage.word("title of a filter"),
            "context": ["home", "notifications"],
            "filter_action": "hide",
            "keywords_attributes": [{"keyword": stage.word("word of a filter")}],
        },
    )
    old = await bea.call(
        "POST", f"{V1}/filters", {"phrase": stage.word("phrase of a filter"), "context": ["home"]}
    )
    changed = {"keyword": stage.word("changed word of a filter")}
    await bea.call("PUT", f"{words}/{made['keywords'][0]['id']}", changed)
    for path in (filters, f"{V1}/filters", f"{V1}/timelines/home", f"{V1}/notifications"):
        await bea.call("GET", path)
    kept = await bea.call("POST", f"{V1}/lists", {"title": stage.word("title of a list")})
    await bea.call("GET", f"{V1}/lists/{kept['id']}")
    stage.private_ids |= {made["id"], made["keywords"][0]["id"], old["id"], kept["id"]}


async def keep_away(stage: Stage) -> None:
    """Bea notes down what she thinks of cyd, does not read him, and reports him and, where there is
    another node, somebody there: that node is asked to look."""
    bea = stage.browsers["bea"]
    cyd = await _account(stage, "cyd")
    await bea.call("POST", f"{cyd}/note", {"comment": stage.word("note about somebody")})
    await bea.call("POST", f"{cyd}/mute", {"duration": 3600})
    await bea.call("GET", f"{V1}/mutes")
    body = {"comment": stage.word("words of a report from an app"), "forward": True}
    about = [(cyd, False)]
    for name, node in stage.nodes.items():
        if node is not stage.home and len(about) < 2:
            about.append((await _account(stage, f"of_{name}@{node.authority}"), True))
            await bea.call("POST", f"{V1}/domain_blocks", {"domain": node.authority})
            await bea.call("DELETE", f"{V1}/domain_blocks", {"domain": node.authority})
    for one, leaves in about:
        report = body | {"account_id": one.rpartition("/")[2]}
        assert (await bea.call("POST", f"{V1}/reports", report))["forwarded"] is leaves
    await bea.call("POST", f"{cyd}/unmute")


async def _account(stage: Stage, acct: str) -> str:
    """The address of somebody's account."""
    found = await stage.browsers["bea"].call("GET", f"{V1}/accounts/lookup?acct={acct}")
    return f"{V1}/accounts/{found['id']}"
