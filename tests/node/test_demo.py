"""`kith demo` as people run it: real nodes in processes of their own, on both databases."""

import asyncio
import re
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import aiohttp
import psycopg
import pytest

from node.demo import run, story
from node.demo.acts import nothing
from node.demo.communities import PASSWORD
from node.demo.processes import clean_environment
from node.demo.stage import Stage
from node.demo.story import STORY, Step
from storage.errors import StorageError
from storage.provision import drop_database, make_database
from tests.postgres import PostgresServer

pytestmark = pytest.mark.xdist_group("demo")

COMMAND = (sys.executable, "-c", "from node.cli.main import main; main()", "demo")
ORIGIN = re.compile(r"(?:Harbour|Meadow) listens on (http://127\.0\.0\.1:(\d+))")
ROW = re.compile(r"│\s*(\d+) │ (.+?)\s*│ (Harbour|Meadow)\s*│\s*(\d+) ms │ (agree|differ)\s*│")


@asynccontextmanager
async def started(*options: str) -> AsyncIterator[Process]:
    """`kith demo`, killed with its test if it should still be there."""
    process = await asyncio.create_subprocess_exec(
        *COMMAND, *options, stdout=PIPE, stderr=PIPE, env=clean_environment()
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
        await process.communicate()


async def told(*options: str) -> tuple[int | None, str, str]:
    """Exit status and output of a demo that ends by itself."""
    async with started(*options) as process:
        output, errors = await process.communicate()
        return process.returncode, output.decode(), errors.decode()


def nobody_listens(output: str) -> bool:
    """Whether the ports that a demo named are closed."""
    ports = [int(port) for _, port in ORIGIN.findall(output)]
    assert len(ports) == 2
    for port in ports:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return False
    return True


async def sign_in(origin: str, output: str) -> None:
    """Sign in on the page of a node with the first name and password that were printed for it."""
    printed = output.split(f": {origin}", 1)[1]
    found = re.search(r"│ (\w+)\s*│ ([\w ]+?)\s*│ @", printed)
    assert found is not None
    name, password = found.groups()
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        async with session.get(f"{origin}/sign-in", headers={"Accept": "text/html"}) as page:
            csrf = re.search(r'name="csrf" value="([^"]+)"', await page.text())
        assert csrf is not None
        fields = {"csrf": csrf[1], "name": name, "password": password, "next": "/groups"}
        headers = {"Accept": "text/html", "Origin": origin}
        async with session.post(f"{origin}/sign-in", data=fields, headers=headers) as page:
            assert page.status == 200
            assert "/sign-out" in await page.text()


async def test_the_story_agrees_on_sqlite(tmp_path: Path) -> None:
    status, output, errors = await told("--once", "--keep", str(tmp_path / "kept"))
    assert (status, errors) == (0, "")
    rows = ROW.findall(output)
    assert [title for _, title, *_ in rows] == [step.title for step in STORY]
    assert {verdict for *_, verdict in rows} == {"agree"}
    assert f"All {len(STORY)} steps agree." in output
    assert nobody_listens(output)
    for key in ("harbour", "meadow"):
        assert (tmp_path / "kept" / key / "kith.sqlite3").exists()
        log = (tmp_path / "kept" / key / "node.log").read_text()
        assert "ERROR" not in log
        assert "Traceback" not in log


async def test_the_story_agrees_on_postgresql(postgres_server: PostgresServer) -> None:
    server = postgres_server.url("postgres").replace("+psycopg", "")
    status, output, errors = await told("--once", "--database", server)
    assert (status, errors) == (0, "")
    assert f"All {len(STORY)} steps agree." in output
    assert nobody_listens(output)
    with psycopg.connect(server) as connection:
        names = connection.execute("SELECT datname FROM pg_database").fetchall()
    assert not [name for (name,) in names if name.startswith("kith_demo_")]


async def test_it_stays_until_ctrl_c_and_says_how_to_sign_in() -> None:
    async with started() as process:
        assert process.stdout is not None
        output = ""
        while "Both nodes are running" not in output:
            line = await process.stdout.readline()
            assert line, (output, await process.communicate())
            output += line.decode()
        assert "rowan" in output
        assert PASSWORD in output
        async with aiohttp.ClientSession() as session:
            for origin, _ in ORIGIN.findall(output):
                async with session.get(f"{origin}/health") as answer:
                    assert answer.status == 200
                async with session.get(f"{origin}/api/kith/v1/groups") as answer:
                    groups = (await answer.json())["groups"]
                    assert {group["is_local"] for group in groups} == {True, False}
        for origin, _ in ORIGIN.findall(output):
            await sign_in(origin, output)
        process.send_signal(signal.SIGINT)
        await process.communicate()
        assert process.returncode == 0
    assert nobody_listens(output)


async def test_being_ended_early_it_ends_its_nodes() -> None:
    async with started() as process:
        assert process.stdout is not None
        output = ""
        while len(ORIGIN.findall(output)) < 2:
            output += (await process.stdout.readline()).decode()
        process.send_signal(signal.SIGTERM)
        await process.communicate()
        assert process.returncode == run.INTERRUPTED
    assert nobody_listens(output)


async def test_killed_it_takes_its_nodes_along() -> None:
    async with started() as process:
        assert process.stdout is not None
        output = ""
        while len(ORIGIN.findall(output)) < 2:
            output += (await process.stdout.readline()).decode()
        ports = [int(port) for _, port in ORIGIN.findall(output)]
        open_to_nodes = [await asyncio.open_connection("127.0.0.1", port) for port in ports]
        process.kill()
        await process.wait()
    async with asyncio.timeout(30):
        for reader, writer in open_to_nodes:
            assert await reader.read() == b""
            writer.close()
            await writer.wait_closed()
    assert nobody_listens(output)


def test_a_step_that_differs_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    async def never(_stage: Stage) -> str:
        return "the sides are worlds apart"

    plot = (STORY[0], Step("a step too far", "Meadow", nothing, never), STORY[1])
    quiet = tuple(replace(one, threads=(), visits=()) for one in run.COMMUNITIES)
    monkeypatch.setattr(run, "COMMUNITIES", quiet)
    monkeypatch.setattr(run, "STORY", plot)
    monkeypatch.setattr(story, "STORY", plot)
    monkeypatch.setattr(story, "DEADLINE_SECONDS", 0.1)
    assert run.run_demo(once=True) == 1
    output = capsys.readouterr().out
    assert [verdict for *_, verdict in ROW.findall(output)] == ["agree", "differ"]
    assert "Step 2 of 3, “a step too far”: the sides are worlds apart" in output
    assert nobody_listens(output)


async def test_what_cannot_be_used_is_said_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "something").touch()
    status, output, errors = await told("--once", "--keep", str(tmp_path))
    assert (status, output) == (1, "")
    assert errors.startswith("kith demo: --keep")
    assert "name a new directory" in errors
    url = "postgresql://nobody@127.0.0.1:1/nothing"
    status, _, errors = await told("--once", "--database", url)
    assert status == 1
    assert errors.startswith("kith demo: --database cannot be used")
    status, _, errors = await told("--once", "--database", url, "--database", url)
    assert status == 1
    assert "two different databases" in errors


def test_databases_are_made_and_dropped(postgres_server: PostgresServer) -> None:
    server = postgres_server.url("postgres")
    made = make_database(server, "kith_demo_test")
    assert make_database(made, "kith_demo_other").startswith("postgresql://")
    with pytest.raises(StorageError):
        make_database(server, "kith_demo_test")
    drop_database(server, "kith_demo_other")
    drop_database(server, "kith_demo_test")
    with pytest.raises(StorageError):
        make_database(made, "kith_demo_other")
