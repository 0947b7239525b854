"""What the page costs on which a story begins does not grow with the groups that somebody is in."""

from tests.node.coping.test_cost import cost
from tests.node.web.house import WebHouse


async def test_a_new_story_takes_as_many_statements_in_many_groups(any_house: WebHouse) -> None:
    ann = await any_house.member("ann")
    await any_house.group("first", ann)
    before = await cost(ann, "/stories/new")
    for name in ("second", "third", "fourth"):
        await any_house.group(name, ann)
    assert await cost(ann, "/stories/new") == before
