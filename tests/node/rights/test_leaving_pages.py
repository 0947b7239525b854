"""Leaving by the pages: the password, the way back, and a link that works without an account."""

import re

from node.rights.leaving import ERASE
from node.rights.work import RightsWork, open_rights_work
from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Page, Visitor

HERE = "/settings/leave"


def worker(house: WebHouse) -> RightsWork:
    return open_rights_work(house.db, house.rooms.now, house.rooms.rights)


async def finish(house: WebHouse) -> None:
    while await worker(house).run_once():
        pass


async def ask(visitor: Visitor, when: str, current: str = PASSWORD) -> Page:
    return await visitor.submit(HERE, at=HERE, when=when, current=current)


def link_of(page: Page) -> str:
    found = re.search(r"http://[^/]+(/deletion/[\w-]+)", page.text)
    assert found is not None
    return found[1]


async def test_web_19_the_password_is_asked_for_again(house: WebHouse) -> None:
    mara = await house.member("mara")
    page = await ask(mara, "now", "a guess of somebody")
    assert (page.status, "not your current password" in page.text) == (422, True)
    assert (await mara.get("/groups")).path == "/groups"
    page = await ask(mara, "now")
    assert (page.status, "It is being deleted now" in page.text) == (200, True)


async def test_signing_in_during_the_grace_offers_to_stay(house: WebHouse) -> None:
    mara = await house.member("mara")
    await house.group("sleep", await house.member("tom"))
    link = link_of(await ask(mara, "grace"))
    page = await mara.get("/groups/sleep")
    assert page.path == HERE
    assert "Would you like to stay?" in page.text
    assert (await house.visitor().get("/personas/mara")).status == 200, "others see no change"
    assert "Sign in before to stay" in (await house.visitor().get(link)).text
    elsewhere = house.visitor()
    await elsewhere.sign_in("mara-private", PASSWORD)
    assert (await elsewhere.get("/")).path == HERE
    page = await elsewhere.submit("/settings/leave/stay")
    assert "You stay" in page.text
    assert (await elsewhere.get("/groups/sleep")).path == "/groups/sleep"
    assert (await house.visitor().get(link)).status == 404
    house.clock.advance(hours=22 * 24)
    await finish(house)
    assert (await house.visitor().get("/personas/mara")).status == 200


async def test_the_link_outlives_the_account_and_ends(house: WebHouse) -> None:
    mara = await house.member("mara")
    link = link_of(await ask(mara, "now"))
    assert link.rpartition("/")[2] not in (await mara.get(HERE)).text, "it is shown once"
    await finish(house)
    page = await mara.get("/groups")
    assert "Sign in" in page.text
    visitor = house.visitor()
    await visitor.sign_in("mara-private", PASSWORD)
    assert visitor.page is not None
    assert visitor.page.status == 422
    assert (await visitor.get("/personas/mara")).status == 404
    page = await visitor.get(link)
    assert "Nothing of you is left" in page.text
    assert "Nobody had to be asked" in page.text
    assert (await visitor.get(link[:-1] + "_")).status == 404
    house.clock.advance(hours=91 * 24)
    assert (await visitor.get(link)).status == 404
    assert await house.db.write(lambda uow: uow.deletions.prune(house.clock.now(), 10)) == 1


async def test_each_persona_goes_at_a_time_of_its_own(house: WebHouse) -> None:
    """Or whoever watches would see that they belong together."""
    mara = await house.member("mara")
    assert mara.persona is not None
    house.clock.advance(hours=1)
    other = await house.account("other")
    account = await house.db.read(lambda uow: uow.accounts.by_name("mara-private"))
    assert account is not None

    def adopt(uow: object) -> None:
        uow.erasure.forget_persona_rows(other.id)  # type: ignore[attr-defined]
        uow.accounts.add_persona(other.id, account.id, house.clock.now())  # type: ignore[attr-defined]

    await house.db.write(adopt)
    page = await mara.get(HERE)
    assert "one after another, within 24 hours" in page.text
    await ask(mara, "now")
    await finish(house)
    statuses = [
        (await house.visitor().get(f"/personas/{handle}")).status for handle in ("mara", "other")
    ]
    assert statuses == [404, 200]
    house.clock.advance(hours=24)
    await finish(house)
    assert (await house.visitor().get("/personas/other")).status == 404


async def test_the_only_one_who_looks_after_a_group_is_told(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    await house.group("sleep", mara)
    assert 'action="/settings/leave"' in (await mara.get(HERE)).text, "nobody else is in it"
    await tom.submit("/groups/sleep/join", at="/groups/sleep")
    page = await mara.get(HERE)
    assert "Others count on you here" in page.text
    assert 'action="/settings/leave"' not in page.text
    fields = {"csrf": await mara.token(), "when": "now", "current": PASSWORD}
    page = await mara.post(HERE, fields)
    assert (page.status, "only one who looks after" in page.text) == (403, True)
    assert (await mara.get("/groups")).path == "/groups"


async def test_the_last_administrator_stays(house: WebHouse) -> None:
    ines = await house.member("ines", "administrator")
    assert "only administrator" in (await ines.get(HERE)).text
    await house.member("olga", "administrator")
    assert 'action="/settings/leave"' in (await ines.get(HERE)).text


async def test_a_job_that_meets_a_fault_is_tried_again(house: WebHouse) -> None:
    mara = await house.member("mara")
    await ask(mara, "now")

    async def fail(_deletion: int) -> None:
        raise LookupError

    broken = RightsWork(house.db, house.rooms.now, {ERASE: fail})
    assert await broken.run_once() == 1
    await finish(house)
    assert (await house.visitor().get("/personas/mara")).status == 200
    house.clock.advance(minutes=5)
    await finish(house)
    assert (await house.visitor().get("/personas/mara")).status == 404
