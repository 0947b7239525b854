"""The face of a persona: sent with a form with files, shown to all, never the same twice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from yarl import URL

from node.config import Config
from node.errors import Invalid
from node.web.files import FILES_HELD
from storage.actors import Actor
from tests.newcomers import NO_NEWCOMERS
from tests.node.media.photos import (
    CANARY,
    NO_PICTURES,
    claiming_png,
    jpeg,
    moving,
    opened,
    png,
    telling_jpeg,
)
from tests.node.media.sending import send, send_files
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.visitor import Visitor

AT = "/settings/picture"
FORM = {"Content-Type": "multipart/form-data; boundary=b"}


@pytest.fixture
async def house(sqlite_url: str, tmp_path: Path) -> AsyncIterator[WebHouse]:
    config = Config(node_name="Harbour", data=tmp_path, picture_bytes=65_536, **NO_NEWCOMERS)
    async with open_web_house(sqlite_url, config=config) as made:
        yield made


@pytest.fixture
async def any_house(database_url: str, tmp_path: Path) -> AsyncIterator[WebHouse]:
    async with open_web_house(database_url, config=Config(data=tmp_path, **NO_NEWCOMERS)) as made:
        yield made


async def actor(house: WebHouse, visitor: Visitor) -> Actor:
    assert visitor.persona is not None
    persona_id = visitor.persona.id
    found = await house.db.read(lambda uow: uow.actors.get(persona_id))
    assert found is not None
    return found


async def icon(house: WebHouse, visitor: Visitor) -> str | None:
    return (await actor(house, visitor)).icon_url


async def fetched(visitor: Visitor, path: str) -> tuple[int, bytes, dict[str, str]]:
    async with visitor.client.get(path) as answer:
        return answer.status, await answer.read(), dict(answer.headers)


async def test_a_face_is_chosen_seen_and_taken_off(any_house: WebHouse) -> None:
    house = any_house
    mara, visitor = await house.member("mara"), house.visitor()
    page = await send_files(mara, AT, {"csrf": await mara.token()}, [("image", telling_jpeg())])
    assert (page.status, "Your picture is there" in page.text) == (200, True)
    address = await icon(house, mara)
    assert address is not None
    path = URL(address).path
    assert address == f"{house.rooms.config.origin}{path}"
    assert f'<img src="{path}" alt=""' in (await visitor.get("/personas/mara")).text
    status, body, headers = await fetched(visitor, path)
    assert (status, headers["Content-Type"]) == (200, "image/jpeg")
    assert opened(body).size == (400, 400)
    assert CANARY not in body
    page = await mara.submit(f"{AT}/remove", at=AT)
    assert "is gone" in page.text
    assert await icon(house, mara) is None
    assert (await visitor.get(path)).status == 404


async def test_xss_07_a_face_is_nothing_but_a_picture(house: WebHouse) -> None:
    mara, visitor = await house.member("mara"), house.visitor()
    fields = {"csrf": await mara.token()}
    await send_files(mara, AT, fields, [("image", png())], name="../../x\\.htaccess;a.html")
    path = URL(await icon(house, mara) or "").path
    _, _, headers = await fetched(visitor, path)
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; sandbox")
    assert headers["Content-Disposition"] == 'inline; filename="picture.jpeg"'
    assert headers["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert headers["Cache-Control"] == "public, max-age=86400"
    assert "htaccess" not in str(list(house.rooms.config.data.rglob("*")))


async def test_two_personas_of_one_account_never_wear_the_same_face(any_house: WebHouse) -> None:
    house = any_house
    mara, tom = await house.account("mara"), await house.account("tom")
    other = await house.account("other")
    owner = await house.db.read(lambda uow: uow.accounts.account_of(mara.id))
    stranger = await house.db.read(lambda uow: uow.accounts.account_of(other.id))
    assert owner is not None
    assert stranger is not None
    pictures = house.rooms.pictures
    first = await pictures.wear(mara.id, owner, jpeg())
    second = await pictures.wear(mara.id, owner, jpeg())
    assert first.name != second.name

    def take_over(uow: object) -> None:
        from storage.tables import personas

        change = personas.update().where(personas.c.actor_id == tom.id)
        uow.connection.execute(change.values(account_id=owner))  # type: ignore[attr-defined]

    await house.db.write(take_over)
    with pytest.raises(Invalid, match="another persona"):
        await pictures.wear(tom.id, owner, jpeg())
    await pictures.wear(tom.id, owner, jpeg(300, 300))
    await pictures.wear(other.id, stranger, jpeg())


async def test_who_is_gone_shows_no_face(house: WebHouse) -> None:
    mara = await house.member("mara")
    await send_files(mara, AT, {"csrf": await mara.token()}, [("image", png())])
    path = URL(await icon(house, mara) or "").path
    persona = await actor(house, mara)
    assert (await fetched(mara, path))[0] == 200
    await house.db.write(lambda uow: uow.actors.mark_gone(persona.id, house.clock.now()))
    assert (await fetched(house.visitor(), path))[0] == 404


@pytest.mark.parametrize(
    "sent",
    [*NO_PICTURES.values(), claiming_png(50_000, 50_000), moving("GIF"), b"x" * 70_000],
    ids=[*NO_PICTURES, "bomb", "gif", "long"],
)
async def test_xss_07_dos_15_what_is_no_picture_is_refused_kindly(
    house: WebHouse, sent: bytes
) -> None:
    mara = await house.member("mara")
    page = await send_files(mara, AT, {"csrf": await mara.token()}, [("image", sent)])
    assert page.status == 422
    assert "This needs another look" in page.text
    assert await icon(house, mara) is None


async def test_no_choice_is_told_so(house: WebHouse) -> None:
    mara = await house.member("mara")
    page = await send_files(mara, AT, {"csrf": await mara.token()}, [("image", b"")], name="")
    assert (page.status, "Choose a picture first" in page.text) == (422, True)


async def test_web_01_a_form_with_files_needs_its_token_before_the_first_file(
    house: WebHouse,
) -> None:
    mara = await house.member("mara")
    token = await mara.token()
    head = 'Content-Disposition: form-data; name="image"; filename="a"'
    file = f"--b\r\n{head}\r\n\r\n".encode() + png() + b"\r\n"
    field = f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{token}\r\n'.encode()
    for body in (file + b"--b--", file + field + b"--b--"):
        page = await send(mara, AT, body, FORM)
        assert page.status == 403
        assert await icon(house, mara) is None
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        page = await send(mara, AT, field + file + b"--b--", FORM | headers)
        assert page.status == 403
    assert (await send(mara, AT, field + file + b"--b--", FORM)).status == 200
    assert await icon(house, mara) is not None


async def test_dos_14_other_forms_take_no_files_at_all(house: WebHouse) -> None:
    mara = await house.member("mara")
    fields = {"csrf": await mara.token(), "display_name": "Changed"}
    page = await send_files(mara, "/settings/persona", fields, [])
    assert page.status == 403
    assert (await actor(house, mara)).name == "Mara"


async def test_dos_14_too_much_is_413_and_a_broken_form_400(house: WebHouse) -> None:
    mara = await house.member("mara")
    fields = {"csrf": await mara.token()}
    many = {f"f{n}": "" for n in range(10_000)}
    assert (await send_files(mara, AT, fields | many, [])).status == 413
    assert (await send_files(mara, AT, fields, [("image", b"x" * 65_000)] * 6)).status == 413
    field = f'--b\r\nContent-Disposition: form-data; name="csrf"\r\n\r\n{fields["csrf"]}\r\n'
    for body in (field, field + "--b\r\nnothing\r\n\r\n", field + "--bx"):
        assert (await send(mara, AT, body.encode(), FORM)).status == 400
    assert (await send(mara, AT, b"", {"Content-Type": "multipart/form-data"})).status == 400


async def test_dos_14_what_a_process_holds_of_files_is_bounded_and_given_back(
    house: WebHouse,
) -> None:
    mara = await house.member("mara")
    app: web.Application = mara.client.server.app  # type: ignore[attr-defined]
    held = app[FILES_HELD]
    fields = {"csrf": await mara.token()}
    for sent in (png(), b"no picture", b"x" * 70_000):
        await send_files(mara, AT, fields, [("image", sent)])
        assert held.bytes == 0
    held.bytes = held._most - 1000
    page = await send_files(mara, AT, fields, [("image", png() + b"\0" * 2000)])
    assert (page.status, "Try again in a minute" in page.text) == (503, True)
    held.bytes -= held._most - 1000
    assert held.bytes == 0


async def test_dos_02_a_compressed_form_with_files_is_not_opened(house: WebHouse) -> None:
    mara = await house.member("mara")
    headers = FORM | {"Content-Encoding": "gzip"}
    assert (await send(mara, AT, b"\x1f\x8b", headers)).status in (400, 403)


@pytest.mark.parametrize(
    "name",
    [
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "%2Fetc%2Fpasswd",
        "a%00b",
        "a%5c..%5cb",
        "x" * 300,
        "a" * 26,
        "A" * 26,
        "a" * 26 + ".large",
        "kith.sqlite3",
    ],
)
@pytest.mark.parametrize("room", ["/media/{}", "/media/{}/small", "/avatars/{}"])
async def test_xss_08_odd_names_of_pictures_are_not_there(
    house: WebHouse, room: str, name: str
) -> None:
    mara = await house.member("mara")
    async with mara.client.get(URL(room.format(name), encoded=True)) as answer:
        assert answer.status == 404


async def test_prv_24_there_is_no_list(house: WebHouse) -> None:
    mara = await house.member("mara")
    await send_files(mara, AT, {"csrf": await mara.token()}, [("image", png())])
    for path in ("/media", "/media/", "/avatars", "/avatars/"):
        assert (await mara.get(path)).status == 404


async def test_the_wire_shows_the_face(house: WebHouse) -> None:
    from activitypub.vocabulary.actors import Actor as WireActor
    from node.groups.documents import persona_document

    mara = await house.member("mara")
    await send_files(mara, AT, {"csrf": await mara.token()}, [("image", png())])
    document = persona_document(await actor(house, mara), [])
    assert isinstance(document, WireActor)
    assert document.icon == await icon(house, mara)
