"""Numbers are dialled as they were published, and never made international."""

import pytest

from node.help.dialling import call_link, text_link
from node.help.shipped import SHIPPED


@pytest.mark.parametrize(
    ("published", "dialled"),
    [
        ("116 123", "tel:116123"),
        ("988", "tel:988"),
        ("3114", "tel:3114"),
        ("13 11 14", "tel:131114"),
        ("0800 111 0 111", "tel:08001110111"),
        ("1-866-488-7386", "tel:18664887386"),
        ("0800-0113", "tel:08000113"),
        ("024", "tel:024"),
        ("+44 20 7946 0000", "tel:+442079460000"),
        ("", None),
        ("988, then press 1", None),
        ("text SHOUT to 85258", None),
        ("116 123\nX-Header: 1", None),
        ("javascript:alert(1)", None),
        ("9" * 40, None),
    ],
)
def test_invariant_06_what_a_telephone_dials(published: str, dialled: str | None) -> None:
    assert call_link(published) == dialled


@pytest.mark.parametrize(
    ("published", "link"),
    [
        ("text SHOUT to 85258", "sms:85258?body=SHOUT"),
        ("Text HELLO to 50808", "sms:50808?body=HELLO"),
        ("text 988", "sms:988"),
        ("write to us", None),
        ("text A&body=x to 85258", None),
        ("", None),
    ],
)
def test_invariant_06_what_a_text_goes_to(published: str, link: str | None) -> None:
    assert text_link(published) == link


def test_invariant_06_no_shipped_number_is_made_international() -> None:
    assert len({line.country for line in SHIPPED.values()}) >= 10
    for line in SHIPPED.values():
        assert line.call_as or line.write_as
        assert line.verified_at is None, "nobody has checked it for a community"
        assert line.source.startswith("https://")
        assert line.hours
        assert line.cost
        assert line.languages
        if line.call_as:
            link = call_link(line.call_as)
            assert link is not None, line.name
            assert not link.startswith("tel:+")
            assert link.removeprefix("tel:") == "".join(c for c in line.call_as if c.isdigit())
        if line.write_as:
            assert text_link(line.write_as) is not None, line.name
