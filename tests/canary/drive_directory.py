"""A service in the directory, kept by somebody, spoken of by somebody, and looked for."""

from tests.canary.stage import Stage


async def look_for_services(stage: Stage) -> None:
    """Ann writes one; bea looks for it, keeps it, and suggests a correction that nobody takes."""
    ann, bea = stage.browsers["ann"], stage.browsers["bea"]
    path = "/moderation/directory/new"
    made = await ann.submit(path, at=path, name="Lantern Line", organization="Lantern House")
    own = made.path.partition("/services/")[2].partition("?")[0]
    one = f"/directory/services/{own}"
    await bea.submit(f"{one}/choose", at=one)
    words = stage.word("correction for the directory")
    await bea.submit(f"{one}/correct", at=f"{one}/correct", text=words)
    for asked in ("/directory", "/directory/chosen", one, "/hsds/services?full=true"):
        await bea.get(asked)
    await ann.get("/moderation/directory")
