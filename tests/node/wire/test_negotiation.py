"""Who asks for the document and who for the page."""

import time

import pytest

from node.wire.negotiation import read_accept, wants_activity

PROFILE = 'application/ld+json; profile="https://www.w3.org/ns/activitystreams"'
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    "accept",
    [
        "application/activity+json",
        "Application/Activity+JSON",
        PROFILE,
        PROFILE.replace('"', ""),
        "application/ld+json",
        f"{PROFILE}, application/activity+json;q=0.9",
        "application/activity+json, application/ld+json, text/html;q=0.1",
        "text/html;q=0.9, application/activity+json",
        "application/activity+json, text/html",
        "application/json",
        "application/json, text/plain, */*",
        "nonsense, application/activity+json",
        'application/ld+json; profile="https://www.w3.org/ns/activitystreams https://w3id.org/x"',
    ],
)
def test_whoever_names_the_type_gets_the_document(accept: str) -> None:
    assert wants_activity(accept)


@pytest.mark.parametrize(
    "accept",
    [
        None,
        "",
        "*/*",
        BROWSER,
        "text/html, application/activity+json;q=0.5",
        "application/activity+json;q=0",
        "application/activity+json;q=0.0, text/html",
        "application/activity+json;q=7",
        "application/json, text/html",
        "application/json;q=0.5, text/html",
        'application/ld+json; profile="https://w3.org/ns/other"',
        'application/ld+json; profile="https://www.w3.org/ns/activitystreams#no"',
        'text/plain; a="application/activity+json"',
        "nonsense",
    ],
)
def test_everyone_else_gets_the_page(accept: str | None) -> None:
    assert not wants_activity(accept)


def test_a_comma_in_quotes_does_not_end_an_entry() -> None:
    entries = list(read_accept('a/b;x="1,2;q=0";q=0.5, c/d'))
    assert [(entry.type, entry.quality) for entry in entries] == [("a/b", 0.5), ("c/d", 1.0)]
    assert entries[0].parameters == {"x": "1,2;q=0"}


@pytest.mark.parametrize(
    "accept",
    [
        "a/b" + "; " * 5_000,
        ";a" * 5_000,
        'a/b;a="' * 1_000,
        "a/b;a=b" * 1_000 + " ",
        "a/b" + " " * 9_000 + "!",
        "a/b" + ";a   " * 2_000 + "!",
        "a/b;a" + " " * 9_000 + "!",
        "," * 9_000,
    ],
)
def test_a_hostile_header_is_read_in_linear_time(accept: str) -> None:
    started = time.perf_counter()
    wants_activity(accept)
    assert time.perf_counter() - started < 0.1
