"""What comes in from outside: bodies, handles, ids, addresses. Nothing odd passes or breaks."""

import gzip

import pytest
from yarl import URL

from node.errors import NotFound
from node.web.handles import parse_id, split_handle
from node.web.network import person_network
from node.web.next_path import safe_next
from tests.node.web.house import PASSWORD, WebHouse


async def test_control_characters_and_line_ends_are_tidied(any_house: WebHouse) -> None:
    mara = await any_house.member("mara")
    await any_house.group("sleep", mara)
    page = await mara.submit(
        "/groups/sleep/new",
        at="/groups/sleep/new",
        title="A\x00wake\x1b[31m",
        text="one\r\ntwo\rthree\x00\x08",
    )
    assert page.status == 200
    assert "<h1>Awake[31m</h1>" in page.text.replace(' lang="en"', "")
    number = page.path.split("?")[0].rpartition("/")[2]
    post = await any_house.db.read(lambda uow: uow.posts.get(int(number)))
    assert post is not None
    assert post.source == "one\ntwo\nthree"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/x-www-form-urlencoded", b"\xff\xfe\x00=%ff%fe&csrf=%C3%28"),
        ("application/x-www-form-urlencoded; charset=utf-7", b"csrf=+AGE-"),
        ("application/x-www-form-urlencoded; charset=nonsense", b"csrf=a"),
        ("application/x-www-form-urlencoded", b"&".join(b"a=1" for _ in range(5000))),
        ("application/x-www-form-urlencoded", b"csrf=" + b"%00" * 5000),
        ("multipart/form-data; boundary=x", b"--x\r\n" * 5000),
        ("multipart/form-data", b""),
        ("nonsense", b"csrf=a"),
    ],
)
async def test_dos_14_an_odd_body_is_refused_quietly(
    house: WebHouse, kind: str, body: bytes
) -> None:
    tom = await house.member("tom")
    headers = {"Content-Type": kind, "Origin": tom.origin, "Accept": "text/html"}
    for path in ("/sign-in", "/settings/persona"):
        async with tom.client.post(path, data=body, headers=headers) as answer:
            assert answer.status in (400, 403), await answer.text()


async def test_dos_02_a_compressed_body_is_not_opened(house: WebHouse) -> None:
    tom = await house.member("tom")
    body = gzip.compress(f"csrf={await tom.token()}&display_name=Other".encode())
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Content-Encoding": "gzip",
        "Origin": tom.origin,
    }
    async with tom.client.post("/settings/persona", data=body, headers=headers) as answer:
        assert answer.status == 403


async def test_dos_01_more_than_fits_is_413(house: WebHouse) -> None:
    tom = await house.member("tom")
    page = await tom.post("/settings/persona", {"csrf": "x", "display_name": "x" * 300_000})
    assert (page.status, "more than fits" in page.text) == (413, True)


@pytest.mark.parametrize(
    "path",
    [
        "/threads/x",
        "/threads/-1",
        "/threads/0",
        "/threads/99999999999999999999999",
        "/threads/9223372036854775808",
        "/threads/1%00",
        "/threads/%D9%A1",
        "/posts/abc/reply",
        "/posts/1/edit",
        "/groups/%00",
        "/groups/a%00b",
        "/groups/%F0%9F%8C%9F",
        "/groups/a@b@c",
        "/groups/..%2f..%2fetc",
        "/groups/" + "x" * 2000,
    ],
)
async def test_xss_08_odd_addresses_are_not_found(house: WebHouse, path: str) -> None:
    tom = await house.member("tom")
    answer = tom.client.get(URL(path, encoded=True), headers={"Accept": "text/html"})
    async with answer as response:
        assert response.status == 404


@pytest.mark.parametrize(
    "before",
    ["x", "-", "1-", "99999999999999999-1", "1-9223372036854775808", "0-0", "%00", "1-1-1", "٣-٤"],
)
async def test_an_odd_place_to_page_from_is_the_first_page(
    any_house: WebHouse, before: str
) -> None:
    await any_house.group("sleep", await any_house.member("mara"))
    page = await any_house.visitor().get(f"/groups/sleep?before={before}")
    assert page.status == 200


def test_handles_name_this_node_or_another() -> None:
    assert split_handle("sleep", "here") == ("sleep", "here")
    assert split_handle("Sleep_1.x-y@Other.Example:8443", "here") == (
        "Sleep_1.x-y",
        "other.example:8443",
    )
    for odd in ("", "a b", "a@", "@a", "a@b@c", "a/b", "a\x00", "!a", "a@b/c", "x" * 101):
        with pytest.raises(NotFound):
            split_handle(odd, "here")


def test_ids_fit_the_database() -> None:
    assert parse_id("9223372036854775807") == 2**63 - 1
    for odd in ("", "9223372036854775808", "-1", "+1", "1.0", " 1", "0x1", "１", "1\n"):
        with pytest.raises(NotFound):
            parse_id(odd)


@pytest.mark.parametrize("path", ["/", "/settings", "/groups/sleep@other.example:8443?before=1-2"])
def test_web_07_paths_of_ours_are_kept(path: str) -> None:
    assert safe_next(path) == path


@pytest.mark.parametrize(
    ("remote", "forwarded", "trusted", "network"),
    [
        ("203.0.113.7", [], (), "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], (), "203.0.113.7"),
        ("127.0.0.1", ["198.51.100.1"], ("127.0.0.0/8",), "198.51.100.1"),
        ("127.0.0.1", ["6.6.6.6", "198.51.100.1"], ("127.0.0.0/8",), "198.51.100.1"),
        ("127.0.0.1", ["198.51.100.1", "127.0.0.9"], ("127.0.0.0/8",), "198.51.100.1"),
        ("", ["198.51.100.1"], (), "198.51.100.1"),
        ("2001:db8:1:2:3:4:5:6", [], (), "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", [], (), "2001:db8:1:2::/64"),
        ("::ffff:203.0.113.7", [], (), "203.0.113.7"),
        ("127.0.0.1", ["nonsense"], ("127.0.0.0/8",), "unknown"),
        ("", [], (), "unknown"),
    ],
)
def test_dos_13_a_network_is_what_a_person_cannot_make_up(
    remote: str, forwarded: list[str], trusted: tuple[str, ...], network: str
) -> None:
    assert person_network(remote, forwarded, trusted) == network


async def test_dos_13_a_made_up_forwarded_address_is_no_way_round_waiting(house: WebHouse) -> None:
    await house.account("tom")
    visitor = house.visitor()
    fields = {"csrf": await visitor.token(), "name": "tom-private"}
    for number in range(3):
        headers = {"X-Forwarded-For": f"198.51.100.{number}"}
        await visitor.post("/sign-in", fields | {"password": "wrong one"}, headers)
    headers = {"X-Forwarded-For": "198.51.100.99"}
    page = await visitor.post("/sign-in", fields | {"password": PASSWORD}, headers)
    assert page.status == 429
