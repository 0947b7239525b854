"""`kith coping starters`: an empty library gets the cards that come with Kith."""

import click

from node.cli.opened import carry_out, rooms_of
from node.cli.options import with_config
from node.config import Config
from node.errors import NotFound
from storage.unit_of_work import UnitOfWork


@click.group()
def coping() -> None:
    """Cards of what helps."""


@coping.command("starters")
@click.argument("group")
@click.argument("persona")
@with_config("origin", "data", "database")
def starters(config: Config, group: str, persona: str) -> None:
    """Publish the starter cards into GROUP in the name of PERSONA, both by their handles. What the
    group has already is left out."""
    with rooms_of(config) as rooms:

        def act(uow: UnitOfWork) -> int:
            found = uow.groups.by_handle(group.removeprefix("!"), config.authority)
            author = uow.actors.local_by_handle(persona.removeprefix("@"))
            if found is None:
                raise NotFound("no group of this node has this handle")
            if author is None:
                raise NotFound("no persona of this node has this handle")
            return rooms.coping.publish_starters(uow, author, found.actor.id)

        count = carry_out(rooms, act)
    click.echo(f"{count} cards are published in !{group.removeprefix('!')}.")
