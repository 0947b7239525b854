"""Pure decisions about letters."""

import pytest

from node.errors import Invalid
from node.safety.risk_rules import reply_of

TEMPLATE = "Hello, I read what you wrote, and I am glad that you did."


@pytest.mark.parametrize(
    "text",
    [TEMPLATE, f"  {TEMPLATE.upper()}\r\n", TEMPLATE.replace(" ", "\n"), "Hello [your name]"],
)
def test_invariant_08_a_letter_is_more_than_its_beginning(text: str) -> None:
    with pytest.raises(Invalid):
        reply_of(text, (TEMPLATE,))


def test_own_words_are_sent_and_none_are_none() -> None:
    assert reply_of(f"{TEMPLATE} Rowan", (TEMPLATE,)) == f"{TEMPLATE} Rowan"
    assert reply_of("  ", (TEMPLATE,)) == ""
