"""What an operator can set, in one place: names, defaults and meanings.

`config_sources.py` finds the values, `config_values.py` reads each. docs/settings.md says the same
to people, and a test compares the two.
"""

# ruff: noqa: RUF009  (`_setting` makes a dataclass field, as `field` does)

from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from node.config_calm import CalmSettings
from node.config_circles import CircleSettings
from node.config_clients import ClientSettings
from node.config_directory import DirectorySettings
from node.config_federation import FederationSettings
from node.config_help import HelpSettings
from node.config_listening import ListeningSettings
from node.config_media import MediaSettings
from node.config_messages import MessageSettings
from node.config_moderation import ModerationSettings
from node.config_newcomers import NewcomerSettings
from node.config_replying import ReplySettings
from node.config_values import (
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
from node.config_values import setting as _setting

FederationMode = Literal["open", "allow-list", "off"]
LogLevel = Literal["debug", "info", "warning", "error"]


class ConfigError(Exception):
    """A setting that cannot be used. The message is one line, fit to be shown as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Config(
    CalmSettings,
    CircleSettings,
    ClientSettings,
    ListeningSettings,
    DirectorySettings,
    FederationSettings,
    MediaSettings,
    MessageSettings,
    ModerationSettings,
    NewcomerSettings,
    HelpSettings,
    ReplySettings,
):
    """All that can be set about a node. `config_sources.load_config` builds and checks it."""

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
        "allow-list",
        one_of("open", "allow-list", "off"),
        "With whom this node exchanges public posts: every node that is not blocked, "
        "only nodes of its trusted circle, or none.",
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
    invitation_days: int = _setting(
        30,
        read_count(1, 365),
        "For how many days at most a link may let people into a group.",
    )
    invitation_uses: int = _setting(
        100,
        read_count(1, 10_000),
        "How many people at most one link may let into a group.",
    )
    application_days: int = _setting(
        30,
        read_count(1, 365),
        "For how many days after the decision it is kept what somebody answered who asked to join "
        "a group.",
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

    test_mode: bool = False
    """For suites of clients, on this machine alone: `kith serve --test-mode`. No setting."""

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
