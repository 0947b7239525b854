"""Options that commands share, and the settings they add up to."""

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from node.config import Config, ConfigError
from node.config_sources import load_config

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = {
    "origin": "Public address of the node, such as https://kith.example.",
    "listen": "Where to listen: host:port, [ipv6]:port or unix:/path.",
    "data": "Directory for what the node keeps: the SQLite database.",
    "database": "postgresql:// URL; without it, SQLite in the data directory.",
}


class SettingError(click.ClickException):
    """A setting that cannot be used: one line, exit status 2."""

    exit_code = 2


def with_config(*names: str) -> Callable[[F], F]:
    """Add options for these settings and `--config`; the command gets a checked `Config` first."""

    def decorate(command: F) -> F:
        @functools.wraps(command)
        def run(*args: Any, config: Path | None, **given: Any) -> Any:
            overrides = {name: given.pop(name) for name in names}
            try:
                settings = load_config(config, os.environ, overrides)
            except ConfigError as error:
                raise SettingError(str(error)) from error
            return command(settings, *args, **given)

        wrapped: Any = run
        wrapped = click.option(
            "--config", type=click.Path(path_type=Path), help="TOML file with settings."
        )(wrapped)
        for name in reversed(names):
            wrapped = click.option(f"--{name}", help=_OPTIONS[name])(wrapped)
        decorated: F = wrapped
        return decorated

    return decorate


def prepare_data(config: Config) -> None:
    """Make the data directory, readable by its owner alone. Raises SettingError."""
    try:
        config.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise SettingError(
            f"--data {config.data} cannot be made: {error.strerror}; name a directory that this "
            "user may write"
        ) from error
