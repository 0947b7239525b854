"""Every word of the interface goes through gettext; a catalogue is all that a language needs."""

import re
from collections.abc import AsyncIterator
from gettext import NullTranslations
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import write_mo
from jinja2 import DictLoader

import node
from node.help.pages.names import COUNTRIES
from node.web.assets import Assets
from node.web.i18n import Tongues
from node.web.templates import Templates
from tests.clock import Clock
from tests.node.web.house import WebHouse, open_web_house
from tests.node.web.walk import walk

ROOT = Path(node.__file__).parent.parent
SPOKEN = ("aria-label", "title", "alt", "placeholder")


class Marked(NullTranslations):
    """Wraps every sentence in ⟦ and ⟧, so that what was not translated stands out."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


class Words(HTMLParser):
    """The words of a page as a reader meets them, without what people wrote."""

    CONTENT = ("prose", "sign")

    def __init__(self) -> None:
        super().__init__()
        self.pieces: list[str] = []
        self._skipped: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.pieces += [given[name] or "" for name in SPOKEN if name in given]
        if tag in ("img", "input", "link", "meta", "br", "hr"):
            return
        classes = (given.get("class") or "").split()
        is_content = tag == "textarea" or (tag == "option" and "lang" in given)
        if self._skipped or is_content or any(name in classes for name in self.CONTENT):
            self._skipped.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if self._skipped:
            self._skipped.pop()

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self.pieces.append(data)


WRITTEN = (
    # Countries call themselves so, whatever the language of the page.
    *COUNTRIES.values(),
    "findahelpline.com",
    "Harbour",
    "sleep@localhost:8420",
    "mara@localhost:8420",
    "For people who lie awake.",
    "Awake at four",
    "grief in March",
    "Tom asked for no advice",
    "Sleep",
    "Mara",
    "Ines",
    "Tom",
)
"""What the people of this test wrote: names, titles, warnings, reasons."""


def left_over(text: str) -> str:
    """What of a page is neither translated nor written by people."""
    words = Words()
    words.feed(text)
    plain = " ".join(words.pieces)
    while (shorter := re.sub("⟦[^⟦⟧]*⟧", " ", plain)) != plain:
        plain = shorter
    for written in WRITTEN:
        plain = plain.replace(written, " ")
    return re.sub(r"[\s\d·@!–—:.,()]+", " ", plain).strip()


@pytest.fixture
async def marked(sqlite_url: str) -> AsyncIterator[WebHouse]:
    """A node whose English is marked."""
    tongues = Tongues({"en": Marked()})
    async with open_web_house(sqlite_url, tongues=tongues) as opened:
        yield opened


async def test_every_word_of_the_interface_is_translated(marked: WebHouse) -> None:
    pages = await walk(marked)
    assert len(pages) > 60
    wrong = {f"{one.path}: {left}" for one in pages if (left := left_over(one.text))}
    assert not wrong, "\n".join(sorted(wrong))


def test_a_word_that_is_not_translated_is_found() -> None:
    assert left_over('<p>⟦Hello⟧ there</p><a aria-label="Main">⟦by <b>x</b>⟧</a>') == "there Main"
    assert left_over("<p>⟦⟦a⟧ b⟧ Mara · 12</p><div class='prose'>words</div>") == ""


def test_languages_share_the_code_of_a_template_and_no_word_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = "{{ 'Reply'|say }} {{ _('Reply') }}"
    monkeypatch.setattr("node.web.templates._loader", lambda: DictLoader({"reply": words}))
    tongues = Tongues({"cy": Marked()})
    templates = Templates(tongues, Assets.load(), Clock().now, {})
    english, welsh = (templates.render(one, "reply", {}) for one in tongues.all())
    assert (english, welsh) == ("Reply Reply", "⟦Reply⟧ ⟦Reply⟧")


@pytest.fixture(scope="module")
def sentences() -> set[str]:
    """All sentences that the extractor finds."""
    with (ROOT / "node" / "web" / "babel.cfg").open() as file:
        method_map, options_map = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]
    keywords = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
    found = extract_from_dir(ROOT, method_map, options_map, keywords)
    return {
        one
        for _, _, message, _, _ in found
        for one in ([message] if isinstance(message, str) else message)
    }


def test_the_extractor_finds_templates_rules_and_plurals(sentences: set[str]) -> None:
    assert len(sentences) > 250
    for sentence in (
        "Get help now",
        "%(count)s replies",
        "%(num)d minutes ago",
        "Use at least 10 characters; a short sentence works well.",
        "Join this group first; then you can reply.",
        "Who has been there?",
        "Hello, %(name)s",
    ):
        assert sentence in sentences


async def test_all_that_a_page_says_can_be_extracted(marked: WebHouse, sentences: set[str]) -> None:
    shapes = [re.escape(one).replace("%%", "%") for one in sentences]
    known = re.compile("|".join(re.sub(r"%\\\(\w+\\\)[sd]", ".+", one) for one in shapes), re.S)
    said = set()
    for one in await walk(marked):
        words = Words()
        words.feed(one.text)
        said |= set(re.findall("⟦([^⟦⟧]*)⟧", "".join(words.pieces)))
    unknown = {one for one in said if not known.fullmatch(" ".join(one.split()))}
    assert not unknown


def catalogue(folder: Path, tag: str, messages: dict[str, str]) -> None:
    """Put a language into a folder."""
    made = Catalog(locale=tag, domain="kith")
    for msgid, text in messages.items():
        made.add(msgid, text)
    compiled = BytesIO()
    write_mo(compiled, made)
    path = folder / tag / "LC_MESSAGES" / "kith.mo"
    path.parent.mkdir(parents=True)
    path.write_bytes(compiled.getvalue())


@pytest.fixture
async def german(sqlite_url: str, tmp_path: Path) -> AsyncIterator[WebHouse]:
    """A node that speaks German and a little Arabic, too."""
    folder = tmp_path / "locale"
    catalogue(folder, "de", {"Sign in": "Anmelden", "Get help now": "Jetzt Hilfe holen"})
    catalogue(folder, "ar", {"Sign in": "تسجيل الدخول"})
    async with open_web_house(sqlite_url, tongues=Tongues.read(folder)) as opened:
        yield opened


@pytest.mark.parametrize(
    ("header", "tag", "words"),
    [
        ("de", "de", "Jetzt Hilfe holen"),
        ("de-CH,de;q=0.9,en;q=0.5", "de", "Anmelden"),
        ("en;q=0.2, de;q=0.8", "de", "Anmelden"),
        ("fr, ar;q=0.5", "ar", "تسجيل الدخول"),
        ("en-GB,en", "en", "Get help now"),
        ("fr", "en", "Get help now"),
        ("", "en", "Get help now"),
        ("de;q=x,;q=,*;q=0", "en", "Get help now"),
        ("x" * 9000, "en", "Get help now"),
    ],
)
async def test_a_reader_gets_the_language_they_prefer(
    german: WebHouse, header: str, tag: str, words: str
) -> None:
    page = await german.visitor().get("/sign-in", {"Accept-Language": header[:8000]})
    direction = "rtl" if tag == "ar" else "ltr"
    assert f'<html lang="{tag}" dir="{direction}">' in page.text
    assert words in page.text


async def test_a_language_that_lacks_a_sentence_shows_it_in_english(german: WebHouse) -> None:
    page = await german.visitor().get("/sign-in", {"Accept-Language": "de"})
    assert "Anmelden" in page.text
    assert "Skip to the content" in page.text
