"""What an operator can set, in one place: names, defaults, meanings, and where values come from.

A value comes from the first of these that names it: the command line (`--origin`), the environment
(`KITH_ORIGIN`), the TOML file (`origin = ...`), the default below. Names are the same everywhere.
A wrong value, or a name that we do not know, stops the start with one line; docs/settings.md says
the same to people, and a test compares the two.
"""

# ruff: noqa: RUF009  (`_setting` makes a dataclass field, as `field` does)

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Literal, NamedTuple, TypeVar
from urllib.parse import urlsplit

from node.config_values import (
    is_loopback,
    one_of,
    read_count,
    read_database,
    read_directory,
    read_file,
    read_listen,
    read_networks,
    read_origin,
    read_switch,
    read_text,
)

PREFIX = "KITH_"
TEST_PREFIX = "KITH_TEST_"
FILE_VARIABLE = "KITH_CONFIG"

T = TypeVar("T")
FederationMode = Literal["open", "allow-list", "off"]
LogLevel = Literal["debug", "info", "warning", "error"]


class ConfigError(Exception):
    """A setting that cannot be used. The message is one line, fit to be shown as it is."""


def _setting(default: T, read: Callable[[object], object], doc: str, secret: bool = False) -> T:
    """A field with its reader and its meaning; a secret one stays out of `repr`."""
    value: T = field(default=default, repr=not secret, metadata={"read": read, "doc": doc})
    return value


@dataclass(frozen=True, slots=True, kw_only=True)
class Config:
    """Everything that can be set about a node. Build it with `load_config`, which checks it."""

    origin: str = _setting(
        "http://localhost:8420",
        read_origin,
        "Where people and other nodes reach this node: scheme, host and, if needed, port. "
        "All ids begin with it, so it must not change once the node has spoken to others.",
    )
    listen: str = _setting(
        "127.0.0.1:8420",
        read_listen,
        "Where the process accepts connections: host:port, [ipv6]:port or unix:/path/to/socket.",
    )
    data: Path = _setting(
        Path("data"),
        read_directory,
        "The directory for what the node keeps: the SQLite database, with its posts and its keys.",
    )
    database: str = _setting(
        "",
        read_database,
        "A postgresql:// URL. Empty means SQLite, in the file kith.sqlite3 of the data directory.",
        secret=True,
    )
    key_file: Path | None = _setting(
        None,
        read_file,
        "The file with the node's own keys, which private messages and private groups are sealed "
        "with. Empty means node.keys in the data directory. Keep a copy apart from the backups.",
    )
    node_name: str = _setting(
        "Kith",
        read_text,
        "The name of this community, shown on its pages and to other nodes.",
    )
    open_signup: bool = _setting(
        True,
        read_switch,
        "Whether people may make an account by themselves. Otherwise an administrator makes it.",
    )
    federation: FederationMode = _setting(
        "open",
        one_of("open", "allow-list", "off"),
        "With whom this node exchanges public posts: every node that is not blocked, "
        "only nodes that were allowed, or none.",
    )
    trusted_proxies: tuple[str, ...] = _setting(
        (),
        read_networks,
        "Networks of the reverse proxies whose X-Forwarded-* headers are believed.",
    )
    allowed_test_networks: tuple[str, ...] = _setting(
        (),
        read_networks,
        "Private networks that this node may call, for tests and trials. Leave it empty otherwise.",
    )
    most_personas: int = _setting(
        12,
        read_count(1, 100),
        "How many personas one account may have at a time.",
    )
    one_offs_a_day: int = _setting(
        3,
        read_count(0, 100),
        "How many posts under a one-off name one account may begin in 24 hours, "
        "in groups that allow it.",
    )
    grace_days: int = _setting(
        21,
        read_count(1, 90),
        "Days in which somebody who deletes their account can change their mind, unless they ask "
        "for it at once.",
    )
    receipt_days: int = _setting(
        90,
        read_count(31, 365),
        "Days for which somebody who left can read what other nodes answered.",
    )
    copy_days: int = _setting(
        7,
        read_count(1, 30),
        "Days for which somebody can fetch the copy of their data that they asked for.",
    )
    leave_spread_hours: int = _setting(
        24,
        read_count(0, 168),
        "Hours over which the personas of one account go when it is deleted, so that nobody sees "
        "them go together.",
    )
    run_workers: bool = _setting(
        True,
        read_switch,
        "Whether `kith serve` also does the background work. Otherwise `kith work` must run.",
    )
    log_level: LogLevel = _setting(
        "info",
        one_of("debug", "info", "warning", "error"),
        "How much is logged.",
    )

    @property
    def database_url(self) -> str:
        """The SQLAlchemy URL of the database."""
        if self.database:
            return "postgresql+psycopg" + self.database.removeprefix("postgresql")
        return f"sqlite:///{self.data / 'kith.sqlite3'}"

    @property
    def keys_path(self) -> Path:
        """Where the node's own keys are kept."""
        return self.key_file or self.data / "node.keys"

    @property
    def authority(self) -> str:
        """Host and port of the origin in lower case, as in `acct:name@authority`."""
        return urlsplit(self.origin).netloc.lower()

    @property
    def is_https(self) -> bool:
        """Whether people reach this node over TLS, which decides on `Secure` cookies."""
        return self.origin.startswith("https://")

    @property
    def listen_socket(self) -> Path | None:
        """The path of the unix socket to listen on, if it is one."""
        if not self.listen.startswith("unix:"):
            return None
        return Path(self.listen.removeprefix("unix:"))

    @property
    def listen_address(self) -> tuple[str, int] | None:
        """Host and port to listen on, unless it is a unix socket."""
        if self.listen_socket is not None:
            return None
        host, _, port = self.listen.rpartition(":")
        return host.strip("[]"), int(port)


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
    return config


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
    known = {spec.name: spec.name for spec in fields(Config)}
    for key, raw in table.items():
        yield Given(_known(key, known, f" in {path}"), f"`{key}` in {path}", raw)


def _from_environ(environ: Mapping[str, str]) -> Iterator[Given]:
    known = {variable(spec.name): spec.name for spec in fields(Config)}
    for key in sorted(environ):
        if not key.startswith(PREFIX) or key.startswith(TEST_PREFIX) or key == FILE_VARIABLE:
            continue
        name = _known(key, known, " in the environment")
        if environ[key]:
            yield Given(name, key, environ[key])


def _from_options(overrides: Mapping[str, object]) -> Iterator[Given]:
    known = {spec.name: spec.name for spec in fields(Config)}
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
    [spec] = [spec for spec in fields(Config) if spec.name == given.field]
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
