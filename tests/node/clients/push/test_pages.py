"""The page on which a person says what their devices may say."""

from tests.node.web.house import WebHouse, open_web_house


async def test_a_person_chooses_what_devices_say(sqlite_url: str) -> None:
    async with open_web_house(sqlite_url) as house:
        await choose(house)


async def choose(house: WebHouse) -> None:
    ann = await house.member("ann")
    assert ann.persona is not None
    persona_id = ann.persona.id
    page = await ann.get("/settings/devices")
    assert page.status == 200
    assert "No app asked for it" in page.text
    for says, chosen in (("names", True), ("nothing", False)):
        answer = await ann.submit("/settings/devices", at="/settings/devices", says=says)
        assert answer.status == 200
        assert await house.db.read(lambda uow: uow.push.wants_names(persona_id)) is chosen
    wrong = await ann.submit("/settings/devices", at="/settings/devices", says="words")
    assert wrong.status == 422
    assert (await house.visitor().get("/settings/devices")).path.startswith("/sign-in")
