"""Who an activity is for, which group is meant, and whose house a URL belongs to."""

from typing import Any

import pytest

from activitypub import parse
from activitypub.addressing import (
    announced_posts,
    authority,
    groups_named,
    is_personal,
    is_public,
    recipients,
    same_origin,
)
from activitypub.errors import WireError
from activitypub.vocabulary import PUBLIC, Announce, Create, Like, Post, Tag
from tests.activitypub.documents import KITH, document

ANN = f"{KITH}/people/ann"
GROUP = f"{KITH}/groups/calm"
FOLLOWERS = "https://a.example/u/x/followers"


def post(**members: Any) -> Post:
    return Post(
        id="https://a.example/1", type="Note", attributed_to="https://a.example/u/x", **members
    )


def create(inner: Post | str, **members: Any) -> Create:
    return Create(
        id="https://a.example/c/1", actor="https://a.example/u/x", object=inner, **members
    )


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://Example.ORG/a", "example.org"),
        ("HTTPS://example.org:443", "example.org"),
        ("http://example.org:80/", "example.org"),
        ("http://example.org:443/", "example.org:443"),
        ("http://127.0.0.1:8420/x", "127.0.0.1:8420"),
        ("http://[::1]:8420/x", "[::1]:8420"),
        ("https://xn--nxasmq6b.example?q#f", "xn--nxasmq6b.example"),
        ("https://bücher.example/", "xn--bcher-kva.example"),
        ("https://host_name.example/é", "host_name.example"),
        ("https://example.org:0443/", "example.org"),
    ],
)
def test_authority(url: str, expected: str) -> None:
    assert authority(url) == expected


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.org",
        "//example.org/",
        "ftp://example.org/",
        "https:/example.org",
        "https://",
        "https:///x",
        "https://a@b.example/",
        "https://a:b@b.example/",
        "https://b.example:0/",
        "https://b.example:65536/",
        "https://b.example:x/",
        "https://b.example\\@c.example/",
        "https://b.example\t/",
        " https://b.example/",
        "https://b.example/\u2028",
        "https://.b.example/",
        "https://b.example./",
        "https://b..example/",
        "https://-/",
        "https://b.example/\ud800",
        "https://" + "ü" * 100 + ".example/",
        "https://a.example/" + "x" * 3000,
    ],
)
def test_what_is_no_web_address_has_no_authority(url: str) -> None:
    with pytest.raises(WireError):
        authority(url)
    assert not same_origin(url, url)


def test_same_origin_is_scheme_host_and_port() -> None:
    assert same_origin("https://a.example/1", "https://A.example:443/2#x")
    assert not same_origin("https://a.example/1", "http://a.example/1")
    assert not same_origin("https://a.example/1", "https://a.example:8443/1")
    assert not same_origin("https://a.example/1", "https://b.a.example/1")
    assert not same_origin("https://a.example/1", "https://a.example.evil.example/1")


def test_public_is_told_in_to_or_cc() -> None:
    assert is_public(post(to=(PUBLIC,)))
    assert is_public(post(cc=(PUBLIC,)))
    assert not is_public(post(to=(FOLLOWERS,)))
    assert not is_public(post())


def test_a_public_activity_does_not_make_a_private_post_public() -> None:
    private = post(to=(ANN,))
    assert is_public(create(post(to=(PUBLIC,)), to=(PUBLIC,)))
    assert is_public(create(post(to=(PUBLIC,))))
    assert is_public(create(post(), to=(PUBLIC,)))
    assert not is_public(create(private, to=(PUBLIC,)))
    assert not is_public(create(post(to=(PUBLIC,)), to=(ANN,)))
    assert is_personal(create(private, to=(PUBLIC,)))


def test_personal_is_for_named_people_only() -> None:
    assert is_personal(create(post(to=(ANN,)), to=(ANN,)))
    assert is_personal(create("https://a.example/1", to=(ANN,)))
    assert not is_personal(create(post(to=(PUBLIC,), cc=(ANN,)), to=(PUBLIC,)))
    followers_only = create(post(to=(FOLLOWERS,)), to=(FOLLOWERS,))
    assert not is_personal(followers_only, {FOLLOWERS})
    assert is_personal(followers_only)
    vote = Like(id="https://a.example/l", actor="https://a.example/u/x", object=ANN)
    assert not is_personal(vote)


@pytest.mark.parametrize(
    ("name", "personal"),
    [
        ("mastodon/direct_message", True),
        ("lemmy/private_message", True),
        ("mastodon/create_note", False),
        ("lemmy/create_page", False),
        ("lemmy/undo_like", False),
        ("gotosocial/create_note", False),
    ],
)
def test_private_messages_of_peers_are_recognised(name: str, personal: bool) -> None:
    activity = parse.parse_activity(document(name))
    assert is_personal(activity) is personal
    assert is_public(activity) is (not personal and name != "lemmy/undo_like")


def test_recipients_are_named_once_in_order_without_public() -> None:
    named = post(to=(PUBLIC, ANN), cc=(GROUP, ANN), audience=(GROUP,))
    assert recipients(named) == (ANN, GROUP)


def test_the_group_is_looked_for_in_audience_then_address_then_mentions() -> None:
    other, third = "https://b.example/c/one", "https://b.example/c/two"
    mention = Tag(type="Mention", href=third, name="@two@b.example")
    hashtag = Tag(type="Hashtag", href="https://b.example/tag", name="#x")
    written = post(to=(PUBLIC, other), cc=(ANN,), audience=(GROUP,), tags=(hashtag, mention))
    assert groups_named(written) == (GROUP, other, ANN, third)
    assert groups_named(post(to=(PUBLIC,), tags=(mention,))) == (third,)
    wrapped = create(post(to=(PUBLIC,), tags=(mention,)), cc=(other,), audience=(GROUP,))
    assert isinstance(wrapped.object, Post)
    assert groups_named(wrapped.object, wrapped) == (GROUP, other, third)
    assert groups_named(post(to=(PUBLIC,))) == ()


def test_b15_the_first_group_mentioned_comes_first() -> None:
    tags = tuple(Tag(type="Mention", href=f"https://b.example/c/{n}") for n in range(3))
    assert groups_named(post(to=(PUBLIC,), tags=tags))[0] == "https://b.example/c/0"
    mastodon = parse.parse_activity(document("mastodon/create_note"))
    assert isinstance(mastodon, Create)
    assert isinstance(mastodon.object, Post)
    assert GROUP in groups_named(mastodon.object, mastodon)


def test_the_twin_of_an_announce_is_found() -> None:
    twin = parse.parse_activity(document("lemmy/announce_page"))
    activity = parse.parse_activity(document("lemmy/announce_create_page"))
    assert isinstance(twin, Announce)
    assert isinstance(activity, Announce)
    assert [one.id for one in announced_posts(twin)] == ["https://lemmy.example/post/81"]
    assert announced_posts(activity) == ()
