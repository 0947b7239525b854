"""What people write is shown safely and in linear time: XSS-01, DOS-09."""

import json
import re
import time
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from activitypub.content import (
    MAX_MARKDOWN,
    clean_html,
    clean_line,
    first_line,
    markdown_to_html,
    plain_text,
)
from activitypub.html_scan import MAX_HTML
from tests.shared import require_shared

LINK = 'target="_blank" rel="nofollow noopener noreferrer"'
HOSTILE = {
    "at": "@" * 100_000,
    "dots": "a." * 50_000 + "!",
    "emoji": ":a" * 50_000,
    "links": "http://" * 20_000,
    "hashes": "#" * 100_000,
    "entities": "&" * 60_000,
    "number": "&#" + "1" * 60_000,
    "angles": "<" * 60_000,
    "quotes": '<a "' * 15_000,
    "values": '<a b="' * 10_000,
    "comments": "<!--" * 15_000,
    "styles": "<style>" * 9_000,
    "nested": "<blockquote>" * 5_000,
    "reopened": "".join(f"<p><b lang=x{n}>x</p>" for n in range(2_500)),
    "reopened otherwise": "".join(f"</p></code><dd><i lang=x{n}>x" for n in range(2_000)),
    "attributes": "<p" + " a" * 30_000 + ">",
    "hidden": "<svg><style><a title='</style>" + "<b>" * 20_000,
    "marks": "e" + "\u0316\u0301" * 40_000,
    "brackets": "![" * 25_000,
    "stars": "*a **b " * 7_000,
    "few stars": "*a **b " * 1_600,
    "lines": "a\n" * 25_000,
    "few lines": "a\n" * 2_000,
    "quoted": ">" * 50_000,
    "few at": "@" * 25_000,
    "few hashes": "#" * 25_000,
    "few links": "http://" * 3_500,
}
READERS: list[Callable[[str], str]] = [
    clean_html,
    markdown_to_html,
    plain_text,
    first_line,
    lambda text: clean_line(text, 100),
]


def attributes_sorted(html: str) -> str:
    """`html` with each tag's attributes in order, since the cleaner may change theirs."""
    return re.sub(r"<[^<>]*>", lambda tag: " ".join(sorted(tag[0].strip("<>").split(" "))), html)


def seconds(read: Callable[[str], str], text: str) -> float:
    """Processor time of this thread alone, since other work on the machine must not count."""
    start = time.thread_time()
    read(text)
    return time.thread_time() - start


def vectors() -> list[dict[str, str]]:
    path = require_shared("vectors", "html_sanitizer.json")
    cases: list[dict[str, str]] = json.loads(path.read_text("utf-8"))["cases"]
    return cases


def test_xss_01_every_case_comes_out_as_listed() -> None:
    cases = vectors()
    assert len(cases) == 59
    for case in cases:
        assert clean_html(case["in"]) == case["out"], case


def test_xss_01_a_second_pass_changes_nothing() -> None:
    for case in vectors():
        once = clean_html(case["in"])
        assert attributes_sorted(clean_html(once)) == attributes_sorted(once), case


@pytest.mark.parametrize(
    "href",
    [
        "https://bank.example@evil.example/",
        "https:\\\\bank.example@evil.example/",
        "https:/bank.example@evil.example/",
        "https:bank.example@evil.example",
        "\thttps://bank.example@evil.example/",
        "ht\ntps://bank.example@evil.example/",
    ],
)
def test_xss_05_a_link_that_names_another_host_first_loses_its_target(href: str) -> None:
    assert "href" not in clean_html(f'<a href="{href}">bank.example</a>')
    assert 'href="https://peer.example/@name"' in clean_html(
        '<a href="https://peer.example/@name">name</a>'
    )


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>/!-= \"'&;abpstyle:xonhref\u202e\x00"), max_size=200))
def test_xss_01_no_text_brings_out_a_tag_that_is_not_allowed(text: str) -> None:
    for out in (clean_html(text), markdown_to_html(text)):
        for tag in re.findall(r"</?([a-zA-Z]*)", out):
            assert tag in {
                *("a", "b", "blockquote", "br", "code", "del", "em", "i", "li", "ol", "p", "pre"),
                *("rp", "rt", "ruby", "s", "span", "strong", "u", "ul"),
            }


@pytest.mark.parametrize("name", list(HOSTILE))
def test_dos_09_nothing_costs_more_than_its_length(name: str) -> None:
    for read in READERS:
        assert min(seconds(read, HOSTILE[name]) for _ in range(3)) < 0.1, read


def test_html_beyond_the_limits_is_shown_as_its_text() -> None:
    deep = "<blockquote>" * 65 + "so <i>deep</i> & far" + "</blockquote>" * 65
    assert clean_html(deep) == "so deep &amp; far"
    assert clean_html(deep.replace("<blockquote>", "", 2)).count("<blockquote>") == 63
    many = "<p " + " ".join(f"a{n}" for n in range(101)) + ">many</p><p>more</p>"
    assert clean_html(many) == "many<br>\nmore"
    assert clean_html(many.replace(" a100", "")) == "<p>many</p><p>more</p>"
    long = clean_html("<p>" + "&amp;" * MAX_HTML + "</p>")
    assert len(long) <= MAX_HTML
    assert "&" not in long.replace("&amp;", "")


def test_long_html_keeps_its_form_up_to_the_cap() -> None:
    body = "<p>word <b>word</b></p>"
    article = body * 2_000
    assert clean_html(article) == article
    for opaque in (
        "<iframe src=x><b>no</b></iframe>",
        "<svg><p>no</p></svg>",
        "<style>b{}</style>",
    ):
        assert clean_html(article + opaque + body) == article + body


def test_unclosed_lists_and_paragraphs_are_no_depth() -> None:
    assert clean_html("<ul>" + "<li>x" * 200 + "</ul>").count("<li>") == 200
    assert clean_html("<p>x" * 200).count("<p>") == 200
    assert clean_html("<p>" + "x<br>" * 200 + "</p>").count("<br>") == 200


def test_lone_surrogates_become_the_replacement_character() -> None:
    assert clean_html("a\ud800b") == "a\ufffdb"
    assert markdown_to_html("a\udfffb") == "<p>a\ufffdb</p>\n"


def test_markdown_is_rendered() -> None:
    source = (
        "# Title\n\nHi *you* ~~x~~ **b** `c<d`\n\n- one\n- two\n\n> said\n\n2. two\n\nend  \nline"
    )
    assert markdown_to_html(source) == (
        "<p><strong>Title</strong></p>\n"
        "<p>Hi <em>you</em> <s>x</s> <strong>b</strong> <code>c&lt;d</code></p>\n"
        "<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n"
        "<blockquote>\n<p>said</p>\n</blockquote>\n"
        '<ol start="2">\n<li>two</li>\n</ol>\n<p>end<br>\nline</p>\n'
    )


def test_markdown_links_are_links_and_images_too() -> None:
    href = 'href="https://peer.example/a"'
    assert markdown_to_html("See https://peer.example/a.") == (
        f"<p>See <a {href} {LINK}>https://peer.example/a</a>.</p>\n"
    )
    assert (
        markdown_to_html("[here](https://peer.example/a)") == f"<p><a {href} {LINK}>here</a></p>\n"
    )
    assert markdown_to_html('![a "cat"](https://peer.example/a)') == (
        f'<p><a {href} {LINK}>a "cat"</a></p>\n'
    )
    assert "<a" not in markdown_to_html("[x](javascript:alert(1)) www.peer.example me@peer.example")


def test_markdown_takes_no_html() -> None:
    assert markdown_to_html("<b>x</b> <script>y</script>") == (
        "<p>&lt;b&gt;x&lt;/b&gt; &lt;script&gt;y&lt;/script&gt;</p>\n"
    )


def test_markdown_that_is_no_prose_is_shown_as_typed() -> None:
    assert markdown_to_html("*a* " + "[" * 1001).startswith("*a* [")
    assert markdown_to_html("*a* " + "[" * 1000).startswith("<p><em>a</em> [")
    assert markdown_to_html("*a* " + "*" * 5000).startswith("*a* *")
    assert markdown_to_html("*a*" + "\nb" * 2001).startswith("*a*<br>\nb")
    links = "https://peer.example/ "
    assert markdown_to_html(links * 500).count("<a ") == 500
    assert markdown_to_html("*a* " + links * 501).startswith("<p><em>a</em> https:")
    assert len(markdown_to_html("x" * (MAX_MARKDOWN + 1))) == MAX_MARKDOWN


def test_plain_text_has_a_line_for_each_block() -> None:
    html = "<p>One&nbsp;&amp;\n  two<br>three</p><ul><li>a<li><b>b</b></ul>"
    html += "<style>no</style> <!-- no -->"
    assert plain_text(html) == "One\xa0& two\nthree\na\nb"
    assert plain_text("a < b <3 &#99999999; &lt;p&gt;") == "a < b <3 \ufffd <p>"
    assert plain_text("a<script>b</script>c<plaintext>d") == "ac"


def test_the_first_line_stands_for_a_title() -> None:
    mention = '<span class="h-card"><a href="https://x.example">@<span>group</span></a></span>'
    assert first_line(f"<p>{mention} Hello there</p><p>More</p>") == "Hello there"
    assert first_line("@group@peer.example @you: Hello") == "Hello"
    assert first_line(f"<p>{mention}</p><p>Next</p>") == "Next"
    assert first_line("<p>Mail me@peer.example @noon</p>") == "Mail me@peer.example @noon"
    assert first_line("Hello @group@peer.example") == "Hello @group@peer.example"
    assert first_line("<p> </p>") == first_line("") == first_line(mention) == ""


def test_the_first_line_is_cut_between_words() -> None:
    assert first_line("word " * 40, 20) == "word word word word…"
    assert first_line("word word, more", 11) == "word word…"
    assert first_line("x" * 300, 20) == "x" * 19 + "…"
    assert first_line("just fits!", 10) == "just fits!"
    assert all(len(first_line("ab cde fghij " * 9, limit)) <= limit for limit in range(2, 50))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  a\tb\r\n\n c ", "a b c"),
        ("a\u2028b\u00a0c", "a b c"),
        ("a\u0000\u0007\u007f\u0085b", "a b"),
        ("a\u202eb\u2066c\u200fd", "abcd"),
        ("a\u200bb\ufeffc\u00add\u3164e", "abcde"),
        ("adm\u200din", "admin"),
        ("e\u0301", "\u00e9"),
        ("a\ud800\ue000b", "ab"),
        ("👨\u200d👩\u200d👧", "👨\u200d👩\u200d👧"),
        ("❤\ufe0f\u200d🔥", "❤\ufe0f\u200d🔥"),
        ("نامه\u200cای", "نامه\u200cای"),
        ("\u200dx\u200d", "x"),
    ],
)
def test_a_line_holds_what_can_be_seen(text: str, line: str) -> None:
    assert clean_line(text, 100) == line


def test_a_line_is_cut() -> None:
    assert clean_line("ab cd", 3) == "ab"
    assert clean_line("ab cd", 5) == "ab cd"
    assert clean_line("\u202e" * 2_000_000 + "x", 5) == ""
