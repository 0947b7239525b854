"""What a reader filters is not met among stories either."""

from tests.node.replying.test_queue import filters_out
from tests.node.stories.test_telling import drafted, group_of, read_id, told
from tests.node.web.house import WebHouse


async def test_filters_hold_on_the_shelf_and_in_collections(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    group = await group_of(house, mara, tom)
    keep = "/groups/night/stories"
    begun = await mara.submit(keep, at=keep, act="gather", title="Winters", about="")
    edit = begun.path.partition("?")[0]
    for title in ("About needles", "About spiders"):
        number = await read_id(await told(mara, await drafted(mara, group, title=title)))
        await mara.submit(edit, at=edit, act="put-in", story=number, why="Read it.")
    await filters_out(house, tom, "needles", "hide", "public")
    await filters_out(house, tom, "spiders", "warn", "public")
    for path in ("/stories", edit.removesuffix("/edit")):
        page = await tom.get(path)
        assert "About needles" not in page.text, path
        assert "Folded away: No spiders" in page.text, path
        assert "About needles" in (await house.visitor().get(path)).text, path
    await filters_out(house, tom, "spiders", "hide", "public")
    assert "Your filters leave out all that is on this page." in (await tom.get("/stories")).text
