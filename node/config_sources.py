"""Where the values of settings come from, and the one line that is said of a wrong one.

A value comes from the first of these that names it: the command line (`--origin`), the environment
(`KITH_ORIGIN`), the TOML file (`origin = ...`), the default in `config.py`. Names are the same
everywhere. A wrong value, or a name that we do not know, stops the start.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import Field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from node.config import Config, ConfigError
from node.config_federation import OPEN_SENTENCE
from node.config_values import is_loopback

PREFIX = "KITH_"
TEST_PREFIX = "KITH_TEST_"
FILE_VARIABLE = "KITH_CONFIG"


class Given(NamedTuple):
    """One value as somebody wrote it: the field, the name in that place, and the raw value."""

    field: str
    name: str
    raw: object


def load_config(
    path: Path | None, environ: Mapping[str, str], overrides: Mapping[str, object]
) -> Config:
    """The configuration from a TOML file, KITH_* variables and command line options.

    `overrides` is keyed by field; None means that the option was not given. Without `path`, the
    variable KITH_CONFIG may name the file. Raises `ConfigError` with one line to show.
    """
    if path is None and environ.get(FILE_VARIABLE):
        path = Path(environ[FILE_VARIABLE])
    values: dict[str, object] = {}
    names: dict[str, str] = {}
    for given in (*_from_file(path), *_from_environ(environ), *_from_options(overrides)):
        values[given.field] = _read(given)
        names[given.field] = given.name
    config = Config(**values)  # type: ignore[arg-type]  # the readers return what the fields hold
    _check_origin(config, names.get("origin", "`origin`"))
    _check_open(config, names.get("federation", "`federation`"))
    return config


def settings() -> list[Field[Any]]:
    """What can be set in a file, in the environment and, some of it, on the command line."""
    return [spec for spec in fields(Config) if "read" in spec.metadata]


def variable(name: str) -> str:
    """The environment variable of a setting."""
    return PREFIX + name.upper()


def option(name: str) -> str:
    """The command line option of a setting."""
    return "--" + name.replace("_", "-")


def _from_file(path: Path | None) -> Iterator[Given]:
    if path is None:
        return
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigError(
            f"cannot read the configuration file {path}: {error.strerror}; check the path that "
            f"--config or {FILE_VARIABLE} names"
        ) from error
    except ValueError as error:
        reason = " ".join(str(error).split())
        raise ConfigError(f"{path} is not valid TOML: {reason}; see docs/settings.md") from error
    known = {spec.name: spec.name for spec in settings()}
    for key, raw in table.items():
        yield Given(_known(key, known, f" in {path}"), f"`{key}` in {path}", raw)


def _from_environ(environ: Mapping[str, str]) -> Iterator[Given]:
    known = {variable(spec.name): spec.name for spec in settings()}
    for key in sorted(environ):
        if not key.startswith(PREFIX) or key.startswith(TEST_PREFIX) or key == FILE_VARIABLE:
            continue
        name = _known(key, known, " in the environment")
        if environ[key]:
            yield Given(name, key, environ[key])


def _from_options(overrides: Mapping[str, object]) -> Iterator[Given]:
    known = {spec.name: spec.name for spec in settings()}
    for key, raw in overrides.items():
        if raw is not None:
            yield Given(_known(key, known, " on the command line"), option(key), raw)


def _known(key: str, known: Mapping[str, str], place: str) -> str:
    if key in known:
        return known[key]
    near = get_close_matches(key, known, n=1, cutoff=0.5)
    advice = f"did you mean `{near[0]}`?" if near else f"known are {', '.join(sorted(known))}"
    raise ConfigError(f"unknown setting `{key}`{place}; {advice}")


def _read(given: Given) -> object:
    [spec] = [spec for spec in settings() if spec.name == given.field]
    try:
        return spec.metadata["read"](given.raw)
    except ValueError as error:
        raise ConfigError(f"{given.name} {error}") from error


def _check_origin(config: Config, name: str) -> None:
    """Plain http is for this machine, or for tests that say so."""
    host = urlsplit(config.origin).hostname or ""
    if config.is_https or is_loopback(host) or config.allowed_test_networks:
        return
    raise ConfigError(
        f"{name} is {config.origin}, which is not encrypted; write https://{config.authority}, or "
        "use http://localhost:8420 for a trial on this machine"
    )


def _check_open(config: Config, name: str) -> None:
    """Nobody is open to the whole world by a word alone."""
    if config.federation != "open" or config.means_open:
        return
    raise ConfigError(
        f"{name} is open: then every server that is not blocked gets what is written in your "
        "public groups, and its people can follow them; if you want that, set `open_federation` to "
        f'this sentence, typed out: "{OPEN_SENTENCE}" Otherwise write allow-list and name the '
        "nodes that you trust, with `kith peer allow`"
    )
