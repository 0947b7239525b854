"""An import on its way: how far it is can be seen, it can be killed, gone on with and undone, and
two of them do not write into each other."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from node.directory.import_run import ImportRun
from node.directory.importing import prepare
from node.directory.keys import READING_IN
from node.errors import Refused
from tests.node.cli.terminal import ROOT, kith
from tests.node.directory.town import ABOUT, as_json, bring, service, uuid
from tests.node.web.house import WebHouse

MANY = 250
KILLED = 5_000


def many() -> dict[str, bytes]:
    return as_json(*(service(f"Group {number:03}") for number in range(MANY)))


async def half_way(house: WebHouse) -> tuple[ImportRun, str]:
    """An import that stopped after its first services, and the page of its data set."""
    run = ImportRun(house.rooms.directory.importing, ABOUT, prepare(many()))
    steps = iter(run)
    for _ in range(3):
        await house.db.write(next(steps))
    assert run.edition is not None
    return run, f"/moderation/directory/sets/{run.edition.set_id}"


async def test_a_page_says_how_far_an_import_is_and_looks_again_only_while_it_moves(
    house: WebHouse,
) -> None:
    bring(house, as_json(service("Old Group")))
    boss = await house.member("kim", role="administrator")
    run, path = await half_way(house)
    assert run.edition is not None
    done = (await house.db.read(lambda uow: uow.directory_sets.staged(run.edition.set_id))).done  # type: ignore[union-attr]
    first = await boss.get(f"{path}?begun=yes")
    assert f"{done} of {MANY} services lie ready" in first.text
    assert first.headers["Refresh"] == f"3; url={path}?begun=yes&seen={done}"
    assert "Refresh" not in (await boss.get(f"{path}?begun=yes&still=yes")).headers
    again = await boss.get(f"{path}?begun=yes&seen={done}")
    assert "Refresh" not in again.headers
    assert "It does not move" in again.text
    assert "Old Group" in (await boss.get("/directory")).text


async def test_an_import_that_stopped_is_undone_and_what_showed_still_shows(
    house: WebHouse,
) -> None:
    bring(house, as_json(service("Old Group")))
    boss = await house.member("kim", role="administrator")
    staff = await house.member("ash", role="moderator")
    run, path = await half_way(house)
    refused = await staff.post(path, {"csrf": await staff.token(), "act": "undo"})
    assert refused.status in (403, 404)
    await boss.submit(path, at=path, act="undo")
    assert "Old Group" in (await boss.get("/directory")).text
    assert list((await house.db.read(lambda uow: uow.directory_sets.counts())).values()) == [1]
    nothing = await boss.post(path, {"csrf": await boss.token(), "act": "undo"})
    assert nothing.status == 403
    assert "Old Group" in (await boss.get("/directory")).text
    assert run.edition is not None


async def test_the_first_import_of_a_set_that_is_undone_leaves_nothing(house: WebHouse) -> None:
    boss = await house.member("kim", role="administrator")
    _, path = await half_way(house)
    await boss.submit(path, at=path, act="undo")
    assert await house.db.read(lambda uow: uow.directory_sets.list()) == []


async def test_of_two_runs_of_the_same_files_one_goes_on(house: WebHouse) -> None:
    importing, db = house.rooms.directory.importing, house.rooms.db
    first, second = (iter(ImportRun(importing, ABOUT, prepare(many()))) for _ in range(2))
    for _ in range(2):
        await db.write(next(first))
        await db.write(next(second))
    await db.write(next(first))
    with pytest.raises(Refused, match="somewhere else"):
        await db.write(next(second))
    for step in first:
        await db.write(step)
    assert list((await db.read(lambda uow: uow.directory_sets.counts())).values()) == [MANY]


async def test_an_import_that_was_undone_meanwhile_writes_and_shows_nothing(
    house: WebHouse,
) -> None:
    importing, keeping = house.rooms.directory.importing, house.rooms.directory.keeping
    run = ImportRun(importing, ABOUT, prepare(as_json(service("Near Group"))))
    steps = iter(run)
    for _ in range(2):
        await house.db.write(next(steps))
    assert run.edition is not None
    set_id = run.edition.set_id
    await house.db.write(lambda uow: keeping.undo(uow, set_id))
    step = next(steps)
    with pytest.raises(Refused, match="undone"):
        await house.db.write(step)
    assert "Near Group" not in (await house.visitor().get("/directory?all=yes")).text


async def test_an_import_under_way_stops_with_its_process_and_goes_on_later(
    house: WebHouse,
) -> None:
    reading, importing = house.app[READING_IN], house.rooms.directory.importing
    await reading.begin(ImportRun(importing, ABOUT, prepare(many())))
    await reading.close()
    set_id = await reading.begin(ImportRun(importing, ABOUT, prepare(many())))
    await reading.wait()
    found = await house.db.read(lambda uow: uow.directory_sets.get(set_id))
    assert found is not None
    assert found.edition_id is not None
    assert "Group 249" in (await house.visitor().get("/hsds/services?search=249")).text


def test_a_process_that_is_killed_half_way_changes_nothing_and_is_gone_on_with(
    tmp_path: Path,
) -> None:
    about = ("--source", "Tidewater", "--licence", "CC0", "--data", str(tmp_path / "data"))
    old, new = tmp_path / "old.json", tmp_path / "services.json"
    old.write_text(json.dumps([service("Old Group")]))
    new.write_text(json.dumps([_small(number) for number in range(KILLED)]))
    assert kith("directory", "import", str(old), *about).code == 0
    command = [sys.executable, "-u", "-c", "from node.cli.main import main; main()"]
    with subprocess.Popen(
        [*command, "directory", "import", str(new), *about],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if "services lie ready" in line:
                process.kill()  # SIGKILL: nothing of it can tidy up
    assert process.returncode == -9
    listed = kith("directory", "list", "--data", str(tmp_path / "data")).out
    assert "  file  1  " in listed
    again = kith("directory", "import", str(new), *about)
    assert again.code == 0, again.err
    assert "Went on after" in again.out
    assert f"{KILLED} services, {KILLED} of them new; 1 are not" in again.out
    listed = kith("directory", "list", "--data", str(tmp_path / "data")).out
    number = listed.split()[0]
    assert (
        "Nothing is being read in"
        in kith("directory", "undo", number, "--data", str(tmp_path / "data")).err
    )


def _small(number: int) -> dict[str, str]:
    return {"id": uuid(f"group {number}"), "name": f"Group {number}", "status": "active"}
