"""`kith demo`: two real nodes on this machine, in conversation."""

from pathlib import Path

import click


@click.command()
@click.option("--once", is_flag=True, help="Run the whole story, check both sides, and end.")
@click.option(
    "--database",
    multiple=True,
    metavar="URL",
    help="postgresql:// URL of a server on which the demo may make two databases.",
)
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the nodes' data here.")
@click.pass_context
def demo(ctx: click.Context, once: bool, database: tuple[str, ...], keep: Path | None) -> None:
    """Start two small communities that talk to each other, and leave them running until Ctrl-C."""
    from node.demo.run import run_demo

    ctx.exit(run_demo(once=once, database=database, keep=keep))
