"""`kith serve` and `kith work`: the running node."""

import asyncio
import contextlib
import logging
import signal
import sys
from collections.abc import AsyncIterator, Coroutine
from pathlib import Path
from typing import Any, Final

import click

from node.cli.belongs import keep_origin
from node.cli.opened import opened
from node.cli.options import SettingError, with_config
from node.cli.test_mode import Certificate, certificate, for_suites
from node.cli.upkeep import upgrade_database
from node.config import Config

SHUTDOWN_SECONDS: Final = 25.0
KEEPALIVE_SECONDS: Final = 30.0
OPEN_FILES: Final = 65_536
_FILE: Final = click.Path(path_type=Path, dir_okay=False)


@click.command()
@click.option("--test-mode", is_flag=True, help="For suites of client programs, on loopback only.")
@click.option("--tls-cert", type=_FILE, help="PEM chain, in test mode, for an https origin.")
@click.option("--tls-key", type=_FILE, help="PEM key that goes with it.")
@with_config("origin", "listen", "data", "database")
def serve(config: Config, test_mode: bool, tls_cert: Path | None, tls_key: Path | None) -> None:
    """Run the node: pages, federation, and background work in the same process."""
    config = for_suites(config) if test_mode else config
    proof = certificate(config, tls_cert, tls_key)
    _prepare(config)
    _run(_serve(config, proof))


@click.command()
@with_config("origin", "data", "database")
def work(config: Config) -> None:
    """Run background work alone, beside `kith serve` processes. Needs PostgreSQL."""
    if not config.database:
        raise SettingError(
            "--database is empty: with SQLite, `kith serve` does the background work itself; name "
            "a postgresql:// database to run workers beside it"
        )
    _prepare(config)
    _run(_work(config))


def _prepare(config: Config) -> None:
    logging.basicConfig(
        level=config.log_level.upper(),
        stream=sys.stderr,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)
    upgrade_database(config)
    _keep_origin(config)
    _allow_many_connections()


def _keep_origin(config: Config) -> None:
    db = opened(config)
    try:
        keep_origin(config, db)
    finally:
        asyncio.run(db.close())


def _allow_many_connections() -> None:
    """A thousand peers with warm connections need more files than most systems grant at first."""
    try:
        import resource
    except ImportError:  # not every system has it
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, OPEN_FILES), most))


def _run(main: Coroutine[Any, Any, None]) -> None:
    try:
        import uvloop
    except ImportError:
        asyncio.run(main)
        return
    uvloop.run(main)


async def _serve(config: Config, proof: Certificate | None) -> None:
    from aiohttp import web

    from node.app import open_node
    from node.site import make_site
    from node.sources import real_sources
    from node.wire.connections import connection_options

    node = await open_node(config, real_sources())
    runner = web.AppRunner(
        make_site(node),
        access_log=None,
        **connection_options(),
        keepalive_timeout=KEEPALIVE_SECONDS,
        shutdown_timeout=SHUTDOWN_SECONDS,
    )
    try:
        await runner.setup()
        await _listen(config, runner, proof)
        if config.run_workers:
            node.worker.start()
        link = await node.rooms.db.write(node.rooms.accounts.first_administrator_link)
        if link is not None:
            click.echo(f"Create the first administrator (works once): {link}")
        async with _until_told_to_stop():
            click.echo(f"Listening on {_shown(config)}")
    finally:
        await runner.cleanup()
        await node.close()


async def _work(config: Config) -> None:
    from node.app import open_node
    from node.sources import real_sources

    node = await open_node(config, real_sources())
    try:
        node.worker.start()
        async with _until_told_to_stop():
            click.echo("Working.")
    finally:
        await node.close()


async def _listen(config: Config, runner: Any, proof: Certificate | None) -> None:
    from aiohttp import web

    address, path = config.listen_address, config.listen_socket
    try:
        if path is not None:
            path.unlink(missing_ok=True)
            await web.UnixSite(runner, str(path)).start()
        elif address is not None:
            tls = proof.context() if proof is not None else None
            await web.TCPSite(runner, *address, ssl_context=tls).start()
    except OSError as error:
        raise SettingError(
            f"--listen {config.listen} cannot be used: {error.strerror or error}; name another "
            "address or port"
        ) from error


def _shown(config: Config) -> str:
    """Where to point a browser: the origin, and the socket when it is another place."""
    if config.listen_socket is not None:
        return f"{config.listen} for {config.origin}"
    if config.origin.endswith(config.listen.rpartition(":")[2]):
        return config.origin
    return f"http://{config.listen} for {config.origin}"


@contextlib.asynccontextmanager
async def _until_told_to_stop() -> AsyncIterator[None]:
    """Runs the body, then waits for SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    yield
    sys.stdout.flush()
    await stop.wait()
