"""A copy of one's data: everything that is one's own, nothing of others, for its owner alone."""

import io
import json
import zipfile
from typing import Any

from node.rights.exporters import EXPORTERS
from node.rights.work import open_rights_work
from storage.personal import PERSONAL
from storage.seals import Holder
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork
from tests.node.web.house import PASSWORD, WebHouse
from tests.node.web.visitor import Page, Visitor

HERE, FETCH = "/settings/data", "/settings/data/copy"


async def work(house: WebHouse) -> None:
    worker = open_rights_work(house.db, house.rooms.now, house.rooms.rights)
    while await worker.run_once():
        pass


async def order(visitor: Visitor, current: str = PASSWORD) -> Page:
    return await visitor.submit(HERE, at=HERE, current=current)


async def fetch(visitor: Visitor) -> tuple[int, bytes]:
    async with visitor.client.get(FETCH, allow_redirects=False) as answer:
        return answer.status, await answer.read()


async def copy_of(house: WebHouse, visitor: Visitor) -> tuple[dict[str, Any], str]:
    """What is in both files."""
    await order(visitor)
    await work(house)
    status, body = await fetch(visitor)
    assert status == 200
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        assert archive.namelist() == ["export.json", "index.html"]
        return json.loads(archive.read("export.json")), archive.read("index.html").decode()


async def write(visitor: Visitor, group: str, title: str, text: str) -> None:
    page = f"/groups/{group}/new"
    await visitor.submit(page, at=page, title=title, text=text)


def test_prv_21_every_section_that_is_promised_exists() -> None:
    sections = {one.name for one in EXPORTERS}
    promised = {one.exported for one in PERSONAL if " " not in one.exported}
    assert promised == sections


async def test_it_holds_what_is_mine_in_every_group(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    for kind in ("public", "local", "private"):
        await house.group(kind, mara, kind)
        await write(mara, kind, f"Of {kind}", f"My *{kind}* words")
    await tom.submit("/groups/public/join", at="/groups/public")
    await write(tom, "public", "By Tom", "These are words of Tom")
    document, page = await copy_of(house, mara)
    [persona] = document["personas"]
    assert document["@context"] == "https://www.w3.org/ns/activitystreams"
    assert persona["actor"]["type"] == "Person"
    assert persona["actor"]["id"] == "http://localhost:8420/personas/mara"
    posts = persona["posts"]
    assert [(one["name"], one["visibility"]) for one in posts] == [
        ("Of public", "public"),
        ("Of local", "local"),
        ("Of private", "private"),
    ]
    assert posts[2]["source"]["content"] == "My *private* words"
    assert posts[2]["to"] == ["http://localhost:8420/groups/private"]
    assert {one["name"] for one in persona["memberships"]} == {"Public", "Local", "Private"}
    [account] = document["account"]
    assert account["signInName"] == "mara-private"
    given = [(one["act"], one["purpose"]) for one in document["consents"]]
    assert given == [("given", "health-data"), ("given", "federation")]
    assert document["sessions"][0]["begun"]
    for secret in ("argon2", "PRIVATE KEY", "csrf", "words of Tom", "tom-private"):
        assert secret not in json.dumps(document) + page, secret
    assert "My *private* words" in page


async def test_xss_13_what_was_written_stands_there_as_text(house: WebHouse) -> None:
    nasty = '<script>alert(1)</script> =HYPERLINK("x") {{7*7}} {% raw %} <img src=//evil.example>'
    mara = await house.member("mara")
    await house.group("sleep", mara)
    await write(mara, "sleep", nasty, nasty)
    await mara.submit("/settings/persona", at="/settings", display_name="</dd><b>{{7*7}}")
    document, page = await copy_of(house, mara)
    assert document["personas"][0]["posts"][0]["source"]["content"] == nasty
    assert "<script" not in page
    assert "<img" not in page
    assert "<b>" not in page
    assert "{{7*7}} {% raw %}" in page
    assert "href" not in page
    assert "src=" not in page.replace("src=//evil.example&gt;", "")
    assert "default-src &#x27;none&#x27;" in page or "default-src 'none'" in page


async def test_web_19_it_belongs_to_its_owner_and_ends(house: WebHouse) -> None:
    mara, tom = await house.member("mara"), await house.member("tom")
    page = await order(mara, "a guess of somebody")
    assert (page.status, "not your current password" in page.text) == (422, True)
    assert (await fetch(mara))[0] == 404
    page = await order(mara)
    assert "Your copy is being made" in page.text
    fields = {"csrf": await mara.token(), "current": PASSWORD}
    assert (await mara.post(HERE, fields)).status == 403, "one at a time"
    await work(house)
    assert "Fetch the copy" in (await mara.get(HERE)).text
    async with mara.client.get(FETCH) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert "no-store" in answer.headers["Cache-Control"]
    assert (await fetch(tom))[0] == (await fetch(await house.member("ines")))[0] == 404
    assert (await fetch(house.visitor()))[0] in (303, 401)
    house.clock.advance(hours=7 * 24)
    assert (await fetch(mara))[0] == 404
    assert await house.db.write(lambda uow: uow.exports.prune(house.clock.advance(hours=1), 9)) == 1
    assert await house.db.read(lambda uow: _rows(uow, "export_chunks")) == []


async def test_at_rest_it_is_sealed_with_the_key_of_the_account(house: WebHouse) -> None:
    mara = await house.member("mara")
    account = await house.db.read(lambda uow: uow.accounts.by_name("mara-private"))
    assert account is not None
    await copy_of(house, mara)
    [(_, _, sealed)] = await house.db.read(lambda uow: _rows(uow, "export_chunks"))
    assert b"export.json" not in sealed
    export = await house.db.read(lambda uow: uow.exports.of_account(account.id))
    assert export is not None
    assert b"export.json" in (await house.db.read(lambda uow: uow.exports.chunk(export.id, 0)))  # type: ignore[operator]
    await house.db.write(lambda uow: uow.seals.destroy(Holder("account", account.id)))
    assert await house.db.read(lambda uow: uow.exports.chunk(export.id, 0)) is None


async def test_a_copy_that_was_broken_off_is_begun_anew(house: WebHouse) -> None:
    mara = await house.member("mara")
    await order(mara)
    [job] = await house.db.write(
        lambda uow: uow.jobs.claim(house.clock.now(), house.rooms.rights.leaving.limits.copies, 1)
    )
    assert (await fetch(mara))[0] == 404
    await house.db.write(lambda uow: uow.jobs.release_all())
    await work(house)
    assert (await fetch(mara))[0] == 200
    done = await house.db.read(lambda uow: uow.jobs.get(job.id))
    assert done is not None
    assert done.state == "done"


async def test_long_lists_come_whole(house: WebHouse) -> None:
    """More posts than one batch holds."""
    mara = await house.member("mara")
    group = await house.group("sleep", mara)
    persona = mara.persona
    assert persona is not None

    def fill(uow: UnitOfWork) -> None:
        for number in range(401):
            draft = house.thread_draft(f"Night {number}")
            house.rooms.groups.post_thread(uow, group.actor.id, persona, draft)

    await house.db.write(fill)
    document, _ = await copy_of(house, mara)
    names = [one["name"] for one in document["personas"][0]["posts"]]
    assert names == [f"Night {number}" for number in range(401)]


def _rows(uow: UnitOfWork, table: str) -> list[Any]:
    return list(uow.connection.execute(metadata.tables[table].select()))
