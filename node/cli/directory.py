"""`kith directory`: services from data sets of others, taxonomies, directories of other nodes."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import click
from rich.progress import Progress

from node.cli.opened import carry_out, rooms_of
from node.cli.options import with_config
from node.config import Config
from node.directory.hsds.report import Report
from node.directory.import_run import ImportRun, drive_now
from node.directory.importing import About, Prepared, prepare
from node.directory.packages import read_package
from node.errors import Invalid, KithError
from node.rooms import Rooms
from storage.directory_records import SetKind
from storage.errors import StorageError

_NODE = ("data", "database")
_SHOWN = 40
_LINE_EACH = 1000
_WEIGHTS = {
    "broken": "Broken: nothing is imported while this is so",
    "cleaned": "Put right",
    "unknown": "Fields that HSDS does not have; they are kept",
    "note": "Worth knowing",
}


@click.group()
def directory() -> None:
    """The directory of services."""


@directory.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", required=True, help="Who published it; readers are shown this.")
@click.option("--licence", required=True, help='On what terms, such as "CC BY-SA 4.0".')
@click.option("--attribution", default="", help="What the licence wants to be said.")
@click.option("--timezone", default=None, help="The zone of its opening times.")
@click.option("--dry-run", is_flag=True, help="Only read and report; change nothing.")
@click.option("--all", "everything", is_flag=True, help="Show every finding, not the first ones.")
@with_config(*_NODE)
def import_(
    config: Config,
    path: Path,
    source: str,
    licence: str,
    attribution: str,
    timezone: str | None,
    dry_run: bool,
    everything: bool,
) -> None:
    """Read services in from PATH: JSON of HSDS 3.x, or tables (CSV) of HSDS 3.x, 1.x or Ohana, in a
    folder or a ZIP.

    The same source again takes the place of what it said before; what it has no more is de-listed.
    An import that was broken off goes on where it stopped.
    """
    about = About(
        source=source,
        licence=licence,
        attribution=attribution,
        timezone=_zone(timezone or config.time_zone),
    )
    _import(config, path, about, dry_run=dry_run, everything=everything)


@directory.group()
def taxonomy() -> None:
    """Taxonomies: lists of terms by which services are found."""


@taxonomy.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--source", default="Open Eligibility", help="Who published it.")
@click.option("--licence", default="CC BY-SA 3.0", help="On what terms.")
@click.option(
    "--attribution",
    default="Open Eligibility by Aunt Bertha and Codify, under CC BY-SA 3.0",
    help="What the licence wants to be said; readers are shown it.",
)
@with_config(*_NODE)
def import_taxonomy(
    config: Config, path: Path, source: str, licence: str, attribution: str
) -> None:
    """Read a taxonomy in from PATH: HSDS, or Open Eligibility as CSV, JSON, YAML or XML."""
    about = About(source=source, licence=licence, attribution=attribution, kind="terms")
    _import(config, path, about, dry_run=False, everything=False)


@directory.command("subscribe")
@click.argument("url")
@click.option("--licence", required=True, help="On what terms that node shares its directory.")
@with_config(*_NODE)
def subscribe(config: Config, url: str, licence: str) -> None:
    """Follow the directory of another node, such as https://node.example/hsds.

    The running node fetches it, now and every `directory_refresh_hours`. `kith directory remove`
    ends it.
    """
    with rooms_of(config) as rooms:
        subscribing = rooms.directory.subscribing
        made = carry_out(rooms, lambda uow: subscribing.subscribe(uow, url, licence))
    click.echo(f"{made.id}  {made.source}: the node fetches it when it runs.")


@directory.command("list")
@with_config(*_NODE)
def list_sets(config: Config) -> None:
    """Show where services come from: id, kind, services, last import, source, licence."""
    with rooms_of(config) as rooms:
        found = rooms.db.read_now(rooms.directory.keeping.sets)
    if not found:
        click.echo("No data set yet. Read one in with `kith directory import`.")
    for one in found:
        at = one.data_set.refreshed_at
        day = at.date().isoformat() if at else "never whole"
        about = f"{one.data_set.source} ({one.data_set.licence})"
        click.echo(f"{one.data_set.id}  {one.data_set.kind}  {one.services}  {day}  {about}")


@directory.command("undo")
@click.argument("set_id", type=int)
@with_config(*_NODE)
def undo(config: Config, set_id: int) -> None:
    """Let go of an import that did not come to its end. What showed before still shows."""
    with rooms_of(config) as rooms:
        keeping = rooms.directory.keeping
        carry_out(rooms, lambda uow: keeping.undo(uow, set_id))
        _clear(rooms)
    click.echo("What was being read in is let go of.")


@directory.command("remove")
@click.argument("set_id", type=int)
@with_config(*_NODE)
def remove(config: Config, set_id: int) -> None:
    """Take a data set out of the directory, with all its services."""
    with rooms_of(config) as rooms:
        keeping = rooms.directory.keeping
        carry_out(rooms, lambda uow: keeping.end_set(uow, set_id))
        _clear(rooms)
    click.echo("It is taken out.")


def _clear(rooms: Rooms) -> None:
    """Take out, batch by batch, what shows no more."""
    importing, keeping = rooms.directory.importing, rooms.directory.keeping
    while carry_out(rooms, importing.clear) or carry_out(rooms, keeping.clear_sets):
        pass


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise click.ClickException(f"--timezone {name}: write one such as Europe/London") from error
    return name


def _import(config: Config, path: Path, about: About, *, dry_run: bool, everything: bool) -> None:
    try:
        prepared = prepare(read_package(path))
    except Invalid as error:
        raise click.ClickException(str(error)) from error
    _tell(prepared, everything=everything)
    if prepared.report.is_broken:
        raise click.ClickException("The package is broken; nothing was changed.")
    kind: SetKind = about.kind
    if kind == "terms" and prepared.package.services:
        raise click.ClickException("This holds services: use `kith directory import`.")
    if dry_run:
        click.echo("A dry run: nothing was changed.")
        return
    with rooms_of(config) as rooms, _telling_how_far(len(prepared.package.services)) as progress:
        importing = rooms.directory.importing
        try:
            run = ImportRun(importing, about, prepared)
            outcome = drive_now(rooms.db, importing, run, progress)
        except (KithError, StorageError) as error:
            raise click.ClickException(str(error)) from error
    if run.resumed:
        click.echo(f"Went on after {run.resumed} services that lay ready.")
    click.echo(
        f"{outcome.services} services, {outcome.listed} of them new; "
        f"{outcome.delisted} are not in it any more and are de-listed."
    )


@contextmanager
def _telling_how_far(total: int) -> Iterator[Callable[[int, int], None]]:
    """A bar in a terminal; in a log or a pipe a line for each thousand services."""
    with Progress(transient=True) as bar:
        task = bar.add_task("Reading in", total=max(total, 1))
        told = 0

        def progress(done: int, _total: int) -> None:
            nonlocal told
            bar.update(task, completed=done)
            if not bar.console.is_terminal and done >= told + _LINE_EACH:
                told = done
                click.echo(f"{done} of {total} services lie ready.")

        yield progress


def _tell(prepared: Prepared, *, everything: bool) -> None:
    report: Report = prepared.report
    package = prepared.package
    for weight, title in _WEIGHTS.items():
        found = [one for one in report.findings if one.weight == weight]
        if not found:
            continue
        click.echo(f"{title} ({report.counts[weight]}):")
        for one in found if everything or weight == "broken" else found[:_SHOWN]:
            click.echo(f"  {one.line()}")
        if not everything and len(found) > _SHOWN:
            click.echo("  … and more; --all shows them")
    click.echo(
        f"Read: {len(package.services)} services, {len(package.organizations)} organizations, "
        f"{len(package.locations)} locations, {len(package.terms)} terms."
    )
