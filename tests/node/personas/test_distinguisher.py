"""Unlinkability, tried on everything at once: nothing that others see tells two personas of one
account from two personas of two accounts.

Every address of the site is asked, as a visitor, a member, and the administrator who moderates; and
the API with tokens of a member and of each of the pair. A new address is asked without a line here.
"""

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import node.profiles.pages.person
from node.profiles.reading import PersonPage, person_page
from storage.unit_of_work import UnitOfWork
from tests.node.personas.town import Seen, Town, look_round, open_town

TOO_MANY = 60
"""Characters on either side of a difference that a failure shows."""


async def trouble(town: Town) -> Seen:
    """Eve blocks Wren, and Wren may not come back to a group: what she and the others then see."""
    await town.do("eve", "/personas/wren/block")
    groups, night = town.house.node.rooms.groups, town.groups["night"].actor.id
    ada, wren = await town.actor("ada"), await town.actor("wren")
    await town.house.node.rooms.db.write(
        lambda uow: groups.dismiss(uow, night, ada, wren.id, "Unkind.", for_good=True)
    )
    await town.do("finch", f"/posts/{town.posts['finch in sleep']}/reply", text="I go on.")
    return await look_round(town, programs=("eve",))


async def seen_in(
    folder: Path, template: Path, *, together: bool, in_peace_alone: bool = False
) -> list[Seen]:
    """What others see of the pair, first in peace, then in trouble."""
    data = folder / ("one" if together else "two")
    data.mkdir()
    shutil.copyfile(template, data / "kith.sqlite3")
    url = f"sqlite:///{data / 'kith.sqlite3'}"
    async with open_town(data, url, together=together) as town:
        peace = await look_round(town)
        return [peace] if in_peace_alone else [peace, await trouble(town)]


def differences(one: Seen, two: Seen) -> list[str]:
    """What an observer can tell, in words."""
    found = [f"only in one town: {where}" for where in one.keys() ^ two.keys()]
    for where in one.keys() & two.keys():
        mine, other = one[where], two[where]
        if mine != other:
            at = next(
                (n for n, pair in enumerate(zip(mine, other, strict=False)) if pair[0] != pair[1]),
                min(len(mine), len(other)),
            )
            start = max(0, at - TOO_MANY)
            end = at + TOO_MANY
            found.append(f"{where}: …{mine[start:end]!r} and …{other[start:end]!r}")
    return sorted(found)


async def test_two_personas_of_one_account_look_like_two_people(
    tmp_path: Path, sqlite_template: Path
) -> None:
    one = await seen_in(tmp_path, sqlite_template, together=True)
    two = await seen_in(tmp_path, sqlite_template, together=False)
    for mine, other in zip(one, two, strict=True):
        told = differences(mine, other)
        assert not told, f"{len(told)} differences\n" + "\n".join(told[:20])
        assert len(mine) > 500
        for words in ("Finch of the reeds", "Wren of the reeds", "nobody in night", "One-off"):
            assert any(words in text for text in mine.values()), words


async def test_the_observer_sees_a_link_where_there_is_one(
    tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The proof of the proof: a profile that tells how many personas stand behind it."""

    def telling(uow: UnitOfWork, *arguments: Any) -> PersonPage:
        found = person_page(uow, *arguments)
        account = uow.accounts.account_of(found.persona.id)
        count = len(uow.accounts.personas_of(account)) if account else 0
        return replace(found, threads=found.threads if count < 3 else [])

    monkeypatch.setattr(node.profiles.pages.person, "read_person_page", telling)
    one = await seen_in(tmp_path, sqlite_template, together=True, in_peace_alone=True)
    two = await seen_in(tmp_path, sqlite_template, together=False, in_peace_alone=True)
    told = differences(one[0], two[0])
    assert told
    # The page has two addresses.
    assert all("/personas/" in line or "/@" in line for line in told)
