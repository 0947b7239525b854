"""Posts of every dialect to one shape (DOS-06, DOS-07, XSS-04)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from activitypub import parse
from activitypub.errors import WireError
from activitypub.parsing import fields
from activitypub.vocabulary import PUBLIC, Attachment, Create, Post, Source, Tag
from tests.activitypub.documents import document

NOTE: dict[str, Any] = {
    "type": "Note",
    "id": "https://a.example/1",
    "attributedTo": "https://a.example/u/ann",
    "content": "<p>hello</p>",
}
GROUP = {"type": "Group", "id": "https://a.example/g"}
PERSON = {"type": "Person", "id": "https://a.example/u/x"}


def created(name: str) -> Post:
    read = parse.parse_activity(document(name))
    assert isinstance(read, Create)
    assert isinstance(read.object, Post)
    return read.object


def note(**changes: object) -> Post:
    return parse.parse_post({**NOTE, **changes})


def page(**changes: object) -> Post:
    return note(type="Page", **changes)


def refused(**changes: object) -> str:
    with pytest.raises(WireError) as caught:
        note(**changes)
    return caught.value.reason


def test_a_lemmy_page() -> None:
    post = created("lemmy/create_page")
    assert (post.type, post.name) == ("Page", "First seedlings")
    assert post.attributed_to == "https://lemmy.example/u/rosa"
    assert post.to == ("https://lemmy.example/c/gardening", PUBLIC)
    assert post.audience == ("https://lemmy.example/c/gardening",)
    assert post.source == Source(content="They came up today.")
    assert post.attachments == (Attachment(type="Link", url="https://seeds.example/tomato"),)
    assert post.tags[0] == Tag(
        type="CommunityPostTag",
        href="https://lemmy.example/c/gardening/tag/spring",
        name="Spring",
    )
    assert (post.language, post.in_reply_to, post.content_warning) == ("de", None, None)
    assert post.published == datetime(2026, 4, 3, 8, 0, 0, 500_000, tzinfo=UTC)
    assert post.raw["image"]


def test_a_lemmy_comment_in_no_particular_language() -> None:
    post = created("lemmy/create_comment")
    assert (post.in_reply_to, post.language) == ("https://lemmy.example/post/81", None)
    assert post.tags == (
        Tag(type="Mention", href="https://other.example/u/tom", name="@tom@other.example"),
    )


def test_a_mastodon_note_with_a_content_warning() -> None:
    post = created("mastodon/create_note")
    assert (post.content_warning, post.sensitive) == ("food & fear", True)
    assert post.language == "es"
    assert post.attachments[0].name == "a bowl of soup"
    assert post.replies == "https://mastodon.example/users/ines/statuses/1/replies"
    assert (post.context, post.url) == (None, "https://mastodon.example/@ines/1")


def test_an_mbin_entry_without_text() -> None:
    post = created("mbin/create_entry")
    assert (post.name, post.content, post.source) == ("Cannot sleep", "", None)
    assert (post.content_warning, post.language, post.comments_enabled) == (None, "en", True)
    assert created("mbin/create_post").language == "nl"


def test_a_nodebb_article() -> None:
    post = created("nodebb/create_article")
    assert (post.type, post.content) == ("Article", "<p>A long look at rest</p>")
    assert post.context == "https://nodebb.example/topic/12"
    assert (post.updated, post.content_warning) == (None, None)


def test_pleroma_dialect() -> None:
    post = created("pleroma/create_note")
    assert post.to == (PUBLIC,)
    assert post.source == Source(content="hi\nthere")
    assert (post.content_warning, post.sensitive) == (None, False)
    assert post.attachments[0].url == "https://pleroma.example/media/x.png"
    assert post.published == datetime(2026, 4, 1, 12, 0, 0, 123_456, tzinfo=UTC)


def test_gotosocial_dialect() -> None:
    post = created("gotosocial/create_note")
    assert post.to == (PUBLIC,)
    assert post.tags[0].name == "@ines@mastodon.example"
    assert post.published == datetime(2026, 4, 4, 10, 0, tzinfo=UTC)


def test_other_types_are_posts_too() -> None:
    video = parse.parse_post(document("peertube/video"))
    assert video.attributed_to == "https://peertube.example/accounts/maya"
    assert video.audience == ("https://peertube.example/video-channels/slow",)
    assert (video.url, video.media_type) == ("https://peertube.example/w/1", "text/markdown")
    assert created("piefed/question").name == "Which next?"
    event = created("mobilizon/create_event")
    assert (event.type, event.attributed_to) == ("Event", "https://mobilizon.example/@walkers")


def test_the_warning_of_a_note_is_its_summary() -> None:
    assert note(summary="grief").content_warning == "grief"
    assert note(summary="grief").sensitive
    assert note(summary="a < b & c").content_warning == "a < b & c"
    assert note(summaryMap={"en": "grief"}).content_warning == "grief"
    empty: tuple[object, ...] = (None, "", "  ", 7, [])
    for nothing in empty:
        assert note(summary=nothing).content_warning is None
        assert not note(summary=nothing).sensitive


def test_the_summary_of_a_page_warns_only_when_it_is_sensitive() -> None:
    teaser = "<p>I tell what <b>Rosebud</b> was &amp; why.</p>"
    assert page(summary=teaser).content_warning is None
    assert page(summary=teaser, sensitive=True).content_warning == "I tell what Rosebud was & why."
    assert page(sensitive=True).content_warning is None
    assert page(sensitive=True).sensitive


@pytest.mark.parametrize(
    ("named", "author"),
    [
        ("https://a.example/u/x", "https://a.example/u/x"),
        (PERSON, "https://a.example/u/x"),
        (["https://a.example/u/x", "https://a.example/g"], "https://a.example/u/x"),
        ([GROUP, "https://a.example/u/x"], "https://a.example/u/x"),
        ([GROUP], "https://a.example/g"),
        ([{**PERSON, "title": "boss"}], "https://a.example/u/x"),
    ],
)
def test_authors_in_every_shape(named: object, author: str) -> None:
    assert note(attributedTo=named).attributed_to == author


def test_who_sends_a_post_that_names_no_author_wrote_it() -> None:
    create: dict[str, Any] = {
        "type": "Create",
        "id": "https://a.example/c",
        "actor": "https://a.example/u/bob",
        "object": {**NOTE, "attributedTo": None},
    }
    read = parse.parse_activity(create)
    assert isinstance(read, Create)
    assert isinstance(read.object, Post)
    assert read.object.attributed_to == "https://a.example/u/bob"
    assert refused(attributedTo=None) == "no-author"
    create["object"]["attributedTo"] = "urn:someone"
    with pytest.raises(WireError):
        parse.parse_activity(create)


@pytest.mark.parametrize("reply", ["urn:x", {"type": "Note"}, 7, True, ["mailto:a@b.example"]])
def test_a_reply_to_something_unreadable_is_no_thread(reply: object) -> None:
    assert refused(inReplyTo=reply) == "bad-reply"
    assert note(inReplyTo=[]).in_reply_to is None
    assert note(inReplyTo={"id": "https://b.example/1"}).in_reply_to == "https://b.example/1"


@pytest.mark.parametrize("form", [PUBLIC, "as:Public", "Public", [PUBLIC], {"id": PUBLIC}])
def test_the_public_address_in_every_form(form: object) -> None:
    assert note(to=form).to == (PUBLIC,)
    assert note(to="public").to == ()


def test_language_from_every_place() -> None:
    assert note(language="en").language == "en"
    assert note(language={"identifier": "pt-BR"}).language == "pt-BR"
    assert note(contentMap={"fr": "x", "de": NOTE["content"]}).language == "de"
    assert note(content=None, contentMap={"fr": "salut"}).content == "salut"
    assert note(nameMap={"it": "ciao"}).name == "ciao"
    unreadable: tuple[object, ...] = ("und", "<b>", {"identifier": 3}, [[]], "x" * 99)
    for nothing in unreadable:
        assert note(language=nothing).language is None


def test_our_own_term() -> None:
    assert note(replyWanted="just-listening").reply_wanted == "just-listening"
    assert note(**{"kith:replyWanted": "ideas"}).reply_wanted == "ideas"
    assert note(replyWanted="everything").reply_wanted is None


def test_dos_06_lists_are_capped() -> None:
    tag = {"type": "Hashtag", "name": "#x"}
    post = note(
        to=[f"https://a.example/u/{n}" for n in range(100_000)],
        tag=[tag] * 100_000,
        attachment=[{"type": "Image", "url": "https://a.example/i.png"}] * 100_000,
    )
    assert len(post.to) == len(post.tags) == len(post.attachments) == fields.MAX_LIST


def test_dos_07_texts_are_cut() -> None:
    huge = "x" * 10**6
    post = note(
        name=huge,
        content=huge,
        summary=huge,
        source=huge,
        tag={"type": "Mention", "name": huge},
        attachment={"type": "Image", "url": "https://a.example/i.png", "name": huge},
    )
    assert (len(post.name or ""), len(post.content)) == (fields.MAX_NAME, fields.MAX_CONTENT)
    assert len(post.content_warning or "") == fields.MAX_WARNING
    assert post.source
    assert len(post.source.content) == fields.MAX_CONTENT
    assert len(post.tags[0].name or "") == fields.MAX_TAG_NAME
    assert len(post.attachments[0].name or "") == fields.MAX_ALT_TEXT


def test_xss_04_addresses_that_are_not_of_the_web_are_dropped() -> None:
    bad = "javascript:alert(1)"
    post = note(
        url=[{"type": "Link", "href": bad}, "https://a.example/page"],
        attachment=[{"type": "Link", "href": bad}, {"type": "Image", "url": bad}],
        tag={"type": "Hashtag", "name": "#x", "href": bad},
    )
    assert post.url == "https://a.example/page"
    assert post.attachments == ()
    assert post.tags[0].href is None


def test_org_05_a_page_of_a_post_on_another_host_is_dropped() -> None:
    assert note(url="https://victim.example/1").url is None
    assert note(replies="https://victim.example/1").replies is None


def test_control_characters_are_taken_out() -> None:
    post = note(content="a\x00b\r\nc\td", name="e\x07f\u202eg", source="h\x00i")
    assert (post.content, post.name) == ("ab\nc\td", "efg")
    assert post.source == Source(content="hi")


@pytest.mark.parametrize(
    "time", ["", "yesterday", 1700000000, "2026-02-30T00:00:00Z", "٢٠٢٦-٠١-٠١", []]
)
def test_times_that_are_none_are_dropped(time: object) -> None:
    assert note(published=time, updated=time).published is None
    assert note(published="2026-01-01T00:00:00").published == datetime(2026, 1, 1, tzinfo=UTC)
    assert note(published="9999-12-31T23:59:59-10:00").published is None
