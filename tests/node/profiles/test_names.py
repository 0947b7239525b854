"""Whom a text names, and how that shows."""

import pytest

from node.profiles.names import names_in, with_links
from tests.node.profiles.test_rules import actor

HERE = "kith.example"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hello @Ann!", [("ann", HERE)]),
        ("@ann, @ben and @ann", [("ann", HERE), ("ben", HERE)]),
        ("(@ben@meadow.example)", [("ben", "meadow.example")]),
        ("@ben@127.0.0.1:8420.", [("ben", "127.0.0.1:8420")]),
        ("ann@kith.example", []),
        ("https://meadow.example/@ben", []),
        ("@", []),
        ("@@ann", []),
    ],
)
def test_names_stand_apart_from_addresses(text: str, found: list[tuple[str, str]]) -> None:
    assert names_in(text, HERE) == found


def test_a_post_names_a_bounded_number_of_people() -> None:
    assert len(names_in(" ".join(f"@one{number}" for number in range(500)), HERE)) == 50


def test_names_become_links_but_not_in_code_or_in_links() -> None:
    one = actor(3, is_local=True)
    link = f'<a href="{one.uri}" class="u-url mention">@<span>3</span></a>'
    html = '<p>@3 and @4, <code>@3</code> <a href="https://x.example/">@3</a></p>'
    shown = with_links(html, [one], HERE)
    assert shown == html.replace("<p>@3", f"<p>{link}")
