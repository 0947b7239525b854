"""The `kith` command. Each subcommand loads its own code when called, so `--help` is quick."""

import importlib
from typing import Any

import click

_COMMANDS = {
    "serve": ("node.cli.serve", "serve", "Run the node: pages, federation and workers."),
    "work": ("node.cli.serve", "work", "Run background work alone, beside `serve`."),
    "migrate": ("node.cli.upkeep", "migrate", "Bring the database to the newest schema."),
    "check-config": ("node.cli.upkeep", "check_config", "Say whether the settings would do."),
    "demo": ("node.cli.demo", "demo", "Start two small communities that talk to each other."),
    "directory": ("node.cli.directory", "directory", "The directory of services."),
    "account": ("node.cli.people", "account", "Accounts of people."),
    "audit": ("node.cli.audit", "audit", "The log of what staff did."),
    "coping": ("node.cli.coping", "coping", "Cards of what helps."),
    "group": ("node.cli.people", "group", "Groups of this node."),
    "token": ("node.cli.people", "token", "Bearer tokens for programs."),
    "app": ("node.cli.apps", "app", "Programs of others, for suites on this machine."),
    "key": ("node.cli.keys", "key", "The node's own keys, which private text is sealed with."),
    "peer": ("node.cli.peers", "peer", "Other nodes: what we know of them, whom we allow."),
}


class _Lazy(click.Group):
    """A group that knows its commands by name and imports one when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module, name, _ = _COMMANDS[cmd_name]
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry[2]) for name, entry in _COMMANDS.items()])


@click.group(cls=_Lazy, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="kith", prog_name="kith")
def main() -> None:
    """Kith: a peer-support community of your own, joined with others into one network."""


def run(*arguments: str) -> Any:
    """Run the command with these arguments, as a program would; raises SystemExit."""
    return main(args=list(arguments), prog_name="kith")
