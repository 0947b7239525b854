"""Actors of every dialect to one shape, and what none may claim (ORG-05, ORG-28, ORG-30)."""

from datetime import UTC, datetime
from typing import Any

import pytest

from activitypub import parse
from activitypub.errors import WireError
from activitypub.vocabulary import Actor
from tests.activitypub.documents import document

LEMMY = "https://lemmy.example/c/gardening"


def actor(source: str, **changes: object) -> Actor:
    return parse.parse_actor({**document(source), **changes})


def refused(source: str, **changes: object) -> str:
    with pytest.raises(WireError) as caught:
        actor(source, **changes)
    return caught.value.reason


def test_a_lemmy_group() -> None:
    group = actor("lemmy/group")
    assert (group.id, group.type, group.preferred_username) == (LEMMY, "Group", "gardening")
    assert group.name == "Gardening for Calm"
    assert (group.inbox, group.shared_inbox) == (LEMMY + "/inbox", "https://lemmy.example/inbox")
    assert (group.followers, group.featured) == (LEMMY + "/followers", LEMMY + "/featured")
    assert group.moderators == LEMMY + "/moderators"
    assert (group.summary, group.summary_source) == (
        "<p>Grow <b>slowly</b>.</p>\n",
        "Grow **slowly**.",
    )
    assert group.icon == "https://lemmy.example/pictrs/image/leaf.webp"
    assert (group.language, group.discoverable, group.sensitive) == ("de", True, False)
    assert [key.id for key in group.public_keys] == [LEMMY + "#main-key"]
    assert group.updated == datetime(2026, 4, 2, 7, 31, tzinfo=UTC)


def test_groups_of_other_dialects() -> None:
    piefed = actor("piefed/group")
    assert piefed.moderators == "https://piefed.example/c/books/moderators"
    assert piefed.posting_restricted_to_mods
    assert actor("piefed/group", attributedTo=None).moderators == piefed.moderators
    nodebb = actor("nodebb/category")
    assert nodebb.public_keys[0].id == "https://nodebb.example/category/2#key"
    assert nodebb.moderators == "https://nodebb.example/category/2/moderators"
    assert nodebb.followers is None
    friendica = actor("friendica/forum")
    assert friendica.url == "https://friendica.example/profile/mo"
    assert friendica.implements == ()


def test_people_in_attributed_to_are_no_moderators_collection() -> None:
    assert actor("peertube/channel").moderators is None
    assert actor("smithereen/group").moderators is None
    assert actor("peertube/channel").icon == "https://peertube.example/48.jpg"
    assert actor("mastodon/person", attributedTo="https://mastodon.example/x").moderators is None


def test_a_mastodon_person() -> None:
    person = actor("mastodon/person")
    assert (person.type, person.preferred_username, person.name) == ("Person", "ines", "Ines 🌿")
    assert person.url == "https://mastodon.example/@ines"
    assert person.manually_approves_followers
    assert person.discoverable is False
    assert person.language is None


def test_keys_in_every_form() -> None:
    person = actor("hubzilla/person")
    assert [key.id for key in person.public_keys] == [person.id + "?operation=rsakey"]
    assert [key.multibase[:4] for key in person.assertion_methods] == ["z6Mk"]
    single = document("hubzilla/person")["assertionMethod"][0]
    assert actor("hubzilla/person", assertionMethod=single).assertion_methods == (
        person.assertion_methods
    )
    for useless in ("https://hub.example/key", [7], {"type": "Multikey"}, {**single, "type": "X"}):
        assert actor("hubzilla/person", assertionMethod=useless).assertion_methods == ()
    ecdsa = {**single, "publicKeyMultibase": "zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv"}
    assert actor("hubzilla/person", assertionMethod=ecdsa).assertion_methods == ()
    for useless in ("https://hub.example/key", [], {"id": person.id}, {"publicKeyPem": "x" * 9000}):
        assert actor("hubzilla/person", publicKey=useless).public_keys == ()


def test_an_instance_actor_needs_no_name() -> None:
    assert actor("lemmy/instance").preferred_username == "lemmy.example"
    assert actor("mastodon/person", preferredUsername=None).preferred_username == "ines"


def test_what_an_actor_says_it_implements() -> None:
    said = [{"href": "https://w3id.org/fep/1b12", "name": "FEP-1b12"}, "https://x.example/f", 3]
    expected = ("https://w3id.org/fep/1b12", "https://x.example/f")
    assert actor("lemmy/instance", implements=said).implements == expected
    assert actor("lemmy/group", generator={"implements": said}).implements == expected
    assert actor("lemmy/group", generator="https://x.example/").implements == ()


@pytest.mark.parametrize(
    "name",
    [
        "ann@evil.example",
        "an n",
        "ann\n",
        "ann\x00",
        "an\u202en",
        "an\u200bn",
        "an\u2066n",
        "\ufeffann",
        "ann/../root",
        "<b>",
        "",
        " ",
        "x" * 500,
        7,
        ["ann"],
        {"name": "ann"},
    ],
)
def test_org_28_names_that_could_pass_for_another_are_refused(name: object) -> None:
    assert actor("mastodon/person", preferredUsername="ann_b.c-d~é").preferred_username
    assert refused("mastodon/person", preferredUsername=name) == "bad-username"


@pytest.mark.parametrize(
    "inbox",
    [
        "https://victim.example/inbox",
        "https://mastodon.example:8443/inbox",
        "https://mastodon.example.evil.example/inbox",
    ],
)
def test_org_30_an_inbox_on_another_host_is_refused(inbox: str) -> None:
    assert actor("mastodon/person", inbox="https://mastodon.example:443/inbox").inbox
    assert refused("mastodon/person", inbox=inbox) == "foreign-inbox"


@pytest.mark.parametrize("inbox", [None, "", "/inbox", "javascript:alert(1)", 1, {}])
def test_an_actor_without_an_inbox_is_refused(inbox: object) -> None:
    assert refused("mastodon/person", inbox=inbox) == "no-inbox"


def test_org_30_org_05_other_addresses_on_another_host_are_dropped() -> None:
    elsewhere = "https://victim.example/x"
    read = actor(
        "lemmy/group",
        endpoints={"sharedInbox": elsewhere},
        outbox=elsewhere,
        followers=elsewhere,
        featured=elsewhere,
        attributedTo=elsewhere,
        url=elsewhere,
    )
    assert (read.shared_inbox, read.outbox, read.followers) == (None, None, None)
    assert (read.featured, read.moderators, read.url) == (None, None, None)
    assert actor("lemmy/group", icon=elsewhere).icon == elsewhere


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "vbscript:x", 'https://a.example/"onload=']
)
def test_xss_04_addresses_that_are_not_of_the_web_are_dropped(url: str) -> None:
    for shape in (url, {"href": url}, {"type": "Link", "href": url}, [url]):
        read = actor("lemmy/group", url=shape, icon={"type": "Image", "url": shape})
        assert (read.url, read.icon) == (None, None)


def test_dos_07_texts_are_cut() -> None:
    read = actor("lemmy/group", name="n" * 10**6, summary="s" * 10**6, webfinger="w" * 10**6)
    assert len(read.name or "") == 500
    assert len(read.summary or "") == 20_000
    assert len(read.webfinger or "") == 500


@pytest.mark.parametrize("absurd", [0, -1, 1e9, [], {}, [[]], True, "2026-13-45"])
def test_absurd_values_are_dropped(absurd: Any) -> None:
    read = actor(
        "lemmy/group",
        published=absurd,
        updated=absurd,
        name=absurd if not isinstance(absurd, str) else 1,
        language=absurd,
        summary=[absurd],
        endpoints=absurd,
        icon=absurd,
        publicKey=absurd,
    )
    assert (read.published, read.updated, read.name, read.language) == (None, None, None, None)
    assert (read.summary, read.shared_inbox, read.icon, read.public_keys) == (None, None, None, ())


def test_only_an_actor_is_an_actor() -> None:
    assert refused("lemmy/group", type="Note") == "unexpected-type"
    assert refused("lemmy/group", type=["Group"]) == "bad-type"
    assert refused("lemmy/group", id=None) == "no-id"
