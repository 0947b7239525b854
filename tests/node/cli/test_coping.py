"""An administrator fills an empty library from the terminal, once."""

from pathlib import Path

from tests.node.cli.terminal import kith


def test_the_starter_cards_are_published_once(tmp_path: Path) -> None:
    data = ("--data", str(tmp_path))
    person = ("anna.k", "--handle", "rowan", "--password-stdin")
    made = kith("account", "create", *person, *data, stdin="a quiet evening walk\n")
    assert made.code == 0, made.err
    assert kith("account", "role", "anna.k", "administrator", *data).code == 0
    group = kith("group", "create", "grief", "--name", "Grief", "--founder", "rowan", *data)
    assert group.code == 0, group.err
    first = kith("coping", "starters", "grief", "rowan", *data)
    assert first.out.startswith("15 cards"), first.err
    assert kith("coping", "starters", "grief", "rowan", *data).out.startswith("0 cards")
    missing = kith("coping", "starters", "nowhere", "rowan", *data)
    assert missing.code != 0
    assert "no group" in missing.err
