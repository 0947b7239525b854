"""What others write is shown as words, never as markup of theirs (XSS-01, XSS-02): looked at where
it is kept and on the page that shows it.
"""

import json
import re
from html.parser import HTMLParser

import pytest

from activitypub.content import clean_html
from storage.groups import GroupWithActor
from tests import lemmy
from tests.figures import Document, Figure
from tests.scene import Scene
from tests.scene import opened_scene as opened_scene
from tests.shared import require_shared

PAYLOADS = (
    "<script>alert('kith')</script>",
    "\"><img src=x onerror=alert('kith')>",
    "'-alert(1)-'{{7*7}}{% raw %}",
    "</title></textarea><svg onload=alert('kith')>",
)


@pytest.fixture
async def group(scene: Scene) -> GroupWithActor:
    return await scene.house.group("grief", scene.ann)


@pytest.fixture
async def zoe(scene: Scene, group: GroupWithActor) -> Figure:
    zoe = scene.good.person("zoe")
    await scene.member(zoe, group)
    return zoe


class Elements(HTMLParser):
    """What a browser would make of a page: its text, and every element that could act."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.text = ""
        self.acting: list[str] = []
        self.feed(page)

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: (value or "").strip().lower() for name, value in attrs}
        if tag in ("svg", "iframe", "object") or (tag == "script" and "src" not in given):
            self.acting.append(tag)
        for name, value in given.items():
            elsewhere = name == "src" and not value.startswith("/")
            if name.startswith("on") or value.startswith("javascript:") or elsewhere:
                self.acting.append(f"{tag} {name}={value}")


def in_order(html: str) -> str:
    """The same markup with the attributes of each tag in order of their names."""
    return _TAG.sub(lambda tag: f"<{tag[1]}{''.join(sorted(_ATTRIBUTE.findall(tag[2])))}>", html)


_TAG = re.compile(r'<(\w+)((?: [\w-]+="[^"]*")+)>')
_ATTRIBUTE = re.compile(r' [\w-]+="[^"]*"')


async def page_of(scene: Scene, uri: str) -> str:
    """The page at an id, as a visitor gets it."""
    async with scene.house.http.get(uri, headers={"Accept": "text/html"}) as answer:
        assert answer.status == 200
        return await answer.text()


async def test_xss_01_markup_of_others(scene: Scene, group: GroupWithActor, zoe: Figure) -> None:
    """The 59 cases, as the text of a reply: kept as they should be, and clean a second time."""
    listed = json.loads(require_shared("vectors", "html_sanitizer.json").read_text("utf-8"))
    cases: list[Document] = listed["cases"]
    thread = await scene.thread(group.actor.id)
    replies = [
        lemmy.comment(zoe, group.actor.uri, thread["uri"], scene.ann.uri, content=case["in"])
        for case in cases
    ]
    inbox = f"{scene.house.origin}/inbox"
    for reply in replies:
        assert await scene.good.send(zoe.seal(inbox, lemmy.create(zoe, reply))) == 202
    await scene.world.settle()
    assert len(cases) >= 59
    for case, reply in zip(cases, replies, strict=True):
        kept = in_order((await scene.kept(reply["id"])).content)
        assert kept == in_order(case["out"]), case
        assert in_order(clean_html(kept)) == kept
    assert Elements(await page_of(scene, thread["uri"])).acting == []


async def test_xss_01_in_what_people_say_of_themselves(scene: Scene, group: GroupWithActor) -> None:
    """The description of an actor is cleaned as a post is."""
    summary = "<p>Hi <b>all</b></p><script>alert(1)</script><img src=x onerror=alert(1)>"
    xia = scene.good.person("xia", summary=summary)
    await scene.member(xia, group)
    actor = await scene.read(lambda uow: uow.actors.by_uri(xia.uri))
    assert actor is not None
    assert actor.summary == "<p>Hi <b>all</b></p>"


@pytest.mark.parametrize("payload", PAYLOADS)
async def test_xss_02_names_and_titles(scene: Scene, group: GroupWithActor, payload: str) -> None:
    """In names, titles, warnings, languages, link labels and reasons: shown, as text."""
    xia = scene.good.person("xia", name=payload)
    await scene.member(xia, group)
    attachment = [{"type": "Link", "href": "https://leaflet.example/", "name": payload}]
    page = lemmy.page(
        xia,
        group.actor.uri,
        payload,
        attachment=attachment,
        sensitive=True,
        summary=payload,
        language={"identifier": payload, "name": payload},
        content="<p>harmless</p>",
    )
    assert await scene.tell(xia, lemmy.create(xia, page)) == ("done", "thread")
    post = await scene.kept(page["id"])
    assert post.language is None
    for uri in (f"{scene.house.origin}/posts/{post.id}", group.actor.uri):
        shown = Elements(await page_of(scene, uri))
        assert shown.acting == [], uri
        assert payload in shown.text, uri
