"""WebFinger: the server's cases of RFC 7033 (WF-01), and answers of other hosts."""

import json
from typing import Any

import pytest

from activitypub import webfinger
from activitypub.errors import WireError
from activitypub.webfinger import Handle, SubjectElsewhere, WebFingerQuery, WebFingerRefusal
from tests.activitypub.documents import document
from tests.shared import require_shared

NODE = "kith.example:8420"
KNOWN = {"alice": f"https://{NODE}/users/alice", "bob": f"https://{NODE}/users/bob"}
ACTIVITY = "application/activity+json"
PROFILED = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
HANDLE = Handle("calm", "lemmy.example")


def answer(path: str) -> tuple[int, dict[str, Any] | None]:
    """What a node with alice and bob, and hidden others, answers: as its HTTP handler will."""
    query = path.partition("?")[2].replace("NODE", NODE)
    try:
        asked = webfinger.parse_query(query, NODE)
    except WebFingerRefusal as refusal:
        return refusal.status, None
    for name, url in KNOWN.items():
        resource = asked.resource
        if (resource.name.lower() if isinstance(resource, Handle) else resource) in (name, url):
            page = f"https://{NODE}/@{name}"
            return 200, webfinger.render_jrd(Handle(name, NODE), url, page, rels=asked.rels)
    return 404, None


def test_wf_01_every_server_case() -> None:
    cases = json.loads(require_shared("vectors", "webfinger.json").read_text())["server"]
    assert len(cases) == 18
    got = [(case["path"][:90], answer(case["path"])[0]) for case in cases]
    assert got == [(case["path"][:90], case["status"]) for case in cases]


def test_the_answer_names_the_actor() -> None:
    status, found = answer("/.well-known/webfinger?resource=acct:ALICE@NODE")
    assert (status, found is not None) == (200, True)
    assert found
    assert found["subject"] == f"acct:alice@{NODE}"
    assert found["links"][0] == {
        "rel": "self",
        "type": ACTIVITY,
        "href": KNOWN["alice"],
        "properties": {"https://www.w3.org/ns/activitystreams#type": "Person"},
    }


def test_rel_keeps_some_links_and_everything_else() -> None:
    path = "/.well-known/webfinger?resource=acct:alice@NODE"
    whole, only, none = answer(path)[1], answer(path + "&rel=self")[1], answer(path + "&rel=x")[1]
    assert whole
    assert only
    assert none
    assert len(whole["links"]) == 2
    assert [link["rel"] for link in only["links"]] == ["self"]
    assert none["links"] == []
    for part in (only, none):
        assert (part["subject"], part["aliases"]) == (whole["subject"], whole["aliases"])


def test_a_subscribe_template_is_offered_when_there_is_one() -> None:
    template = "https://kith.example/follow?uri={uri}"
    jrd = webfinger.render_jrd(
        HANDLE, KNOWN["bob"], KNOWN["bob"], actor_type="Group", subscribe_template=template
    )
    assert jrd["aliases"] == [KNOWN["bob"]]
    assert jrd["links"][-1] == {"rel": webfinger.SUBSCRIBE, "template": template}  # type: ignore[index]


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("resource=alice%40NODE", 200),
        ("resource=acct%3aalice%40NODE&x=1", 200),
        ("resource=ACCT:alice@NODE", 200),
        ("resource=!alice@NODE", 400),
        ("resource=acct:!alice@NODE", 400),
        ("resource=acct:al ice@NODE", 400),
        ("resource=acct:al%E2%80%AEice@NODE", 400),
        ("resource=acct:alice%FF@NODE", 400),
        ("resource=acct:alice@bob@NODE", 400),
        ("resource=acct:@NODE", 400),
        ("resource=acct:alice@", 400),
        ("resource=acct:alice@NODE/x", 400),
        ("resource=acct:", 400),
        ("resource=https://", 400),
        ("resource=https://other.example/users/alice", 404),
        ("resource=https://NODE/users/nobody", 404),
        ("resource=mailto:alice@NODE", 400),
        ("resource=urn:uuid:1", 404),
        ("Resource=acct:alice@NODE", 400),
    ],
)
def test_the_neighbours_of_the_server_cases(query: str, status: int) -> None:
    assert answer(f"/.well-known/webfinger?{query}")[0] == status


def test_a_query_is_read() -> None:
    read = webfinger.parse_query("rel=a&resource=acct:Ann@Kith.Example&rel=b", "kith.example")
    assert read == WebFingerQuery(Handle("Ann", "kith.example"), ("a", "b"))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("!calm@lemmy.example", Handle("calm", "lemmy.example", wants_group=True)),
        ("@calm@lemmy.example", HANDLE),
        ("calm@lemmy.example", HANDLE),
        ("acct:calm@LEMMY.example:443", HANDLE),
        ("@calm@127.0.0.1:8420", Handle("calm", "127.0.0.1:8420")),
        ("@a.b-c_d@bücher.example", Handle("a.b-c_d", "xn--bcher-kva.example")),
    ],
)
def test_handles(text: str, expected: Handle) -> None:
    handle = Handle.parse(text)
    assert handle == expected
    assert Handle.parse(str(handle)) == handle
    assert Handle.parse(handle.acct) == Handle(handle.name, handle.authority)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "@",
        "@@",
        "@a@",
        "calm",
        "@calm",
        "@@calm@lemmy.example",
        "!@calm@lemmy.example",
        "a@b@lemmy.example",
        "@calm@lemmy.example/x",
        "@calm@lemmy.example?x",
        "@calm@user:pw@lemmy.example",
        "@ca lm@lemmy.example",
        "@ca\u202elm@lemmy.example",
        "@calm@lem my.example",
        "@calm@lemmy.example\n",
        "@" * 100_000,
        "@" + "a" * 5000 + "@lemmy.example",
    ],
)
def test_org_28_dos_09_what_is_no_handle_is_refused(text: str) -> None:
    with pytest.raises(WireError) as caught:
        Handle.parse(text)
    assert caught.value.reason == "bad-handle"


def jrd(*links: dict[str, Any], subject: object = HANDLE.acct) -> dict[str, Any]:
    return {"subject": subject, "links": list(links)}


def self_link(href: str, media_type: str = ACTIVITY, kind: str | None = None) -> dict[str, Any]:
    properties = {} if kind is None else {"properties": {webfinger.TYPE_PROPERTY: kind}}
    return {"rel": "self", "type": media_type, "href": href, **properties}


PERSON, GROUP = "https://lemmy.example/u/calm", "https://lemmy.example/c/calm"


def test_the_actor_of_an_answer() -> None:
    for media_type in (
        ACTIVITY,
        PROFILED,
        PROFILED.replace("; ", ";"),
        ACTIVITY + "; charset=utf-8",
    ):
        assert webfinger.parse_jrd(jrd(self_link(PERSON, media_type)), HANDLE) == PERSON
    assert webfinger.parse_jrd(jrd(self_link(PERSON), subject=None), HANDLE) == PERSON
    site = jrd(self_link(PERSON), subject="https://lemmy.example/")
    assert webfinger.parse_jrd(site, HANDLE) == PERSON


def test_rule_8_a_name_of_a_person_and_a_group() -> None:
    both = document("lemmy/webfinger_two_actors")
    wanted = Handle.parse("!calm@lemmy.example")
    assert webfinger.parse_jrd(both, HANDLE) == PERSON
    assert webfinger.parse_jrd(both, wanted) == GROUP
    turned = jrd(self_link(GROUP, kind="Group"), self_link(PERSON, kind="Person"))
    assert webfinger.parse_jrd(turned, HANDLE) == PERSON
    assert webfinger.parse_jrd(turned, wanted) == GROUP
    untold = jrd(self_link(PERSON), self_link(GROUP))
    assert webfinger.parse_jrd(untold, HANDLE) == PERSON
    assert webfinger.parse_jrd(untold, wanted) == GROUP
    only_group = jrd(self_link(GROUP, kind="Group"))
    assert webfinger.parse_jrd(only_group, HANDLE) == GROUP


@pytest.mark.parametrize(
    "link",
    [
        {"rel": "self", "type": "text/html", "href": PERSON},
        {"rel": "self", "type": "application/ld+json", "href": PERSON},
        {"rel": "self", "href": PERSON},
        {"rel": "me", "type": ACTIVITY, "href": PERSON},
        {"rel": "self", "type": ACTIVITY, "href": "javascript:alert(1)"},
        {"rel": "self", "type": ACTIVITY},
        "self",
        None,
    ],
)
def test_an_answer_without_an_actor_is_refused(link: Any) -> None:
    with pytest.raises(WireError) as caught:
        webfinger.parse_jrd(jrd(link), HANDLE)
    assert caught.value.reason == "no-actor-link"
    assert webfinger.parse_jrd(jrd(link, self_link(PERSON)), HANDLE) == PERSON


def test_a_subject_at_another_host_needs_a_second_look_up() -> None:
    wanted = Handle.parse("!calm@lemmy.example")
    moved = jrd(self_link(PERSON), subject="acct:calm@example.org")
    with pytest.raises(SubjectElsewhere) as caught:
        webfinger.parse_jrd(moved, wanted)
    assert caught.value.subject == Handle("calm", "example.org", wants_group=True)
    assert caught.value.actor_id == PERSON
    assert webfinger.parse_jrd(moved, caught.value.subject) == PERSON


@pytest.mark.parametrize(
    "subject", ["", "calm", "acct:calm", 7, [], "urn:x", "https://other.example/"]
)
def test_a_subject_that_is_not_of_the_host_is_refused(subject: object) -> None:
    with pytest.raises(WireError) as caught:
        webfinger.parse_jrd(jrd(self_link(PERSON), subject=subject), HANDLE)
    assert caught.value.reason == "bad-subject"
