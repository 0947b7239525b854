"""How one configured value is read: text or TOML in, the value we keep out.

Every function takes what the person wrote (a string from the environment or the command line, any
TOML value from the file) and returns the normalised value. What does not fit raises `ValueError`
whose message completes the sentence "`setting` ..." and ends with what would do. No message repeats
a database URL, because it may hold a password.
"""

import re
from collections.abc import Callable
from dataclasses import field
from datetime import time
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import TypeVar
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

SHORT_MOST = 60
HOURS = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d-(?:[01]\d|2[0-3]):[0-5]\d")
HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)(\.(?!-)[a-z0-9-]{1,63}(?<!-))*\Z")
TRUE = frozenset({"true", "yes", "on", "1"})
FALSE = frozenset({"false", "no", "off", "0"})

T = TypeVar("T")


def setting(default: T, read: Callable[[object], object], doc: str, secret: bool = False) -> T:
    """A field with its reader and its meaning; a secret one stays out of `repr`."""
    value: T = field(default=default, repr=not secret, metadata={"read": read, "doc": doc})
    return value


def read_text(raw: object) -> str:
    """Any one line of text that is not empty."""
    text = _string(raw).strip()
    if not text or not text.isprintable():
        raise ValueError('must be one line of text, such as "Riverside Support"')
    return text


def read_switch(raw: object) -> bool:
    """A TOML boolean, or one of the words people use for it."""
    if isinstance(raw, bool):
        return raw
    word = raw.strip().lower() if isinstance(raw, str) else ""
    if word not in TRUE | FALSE:
        raise ValueError(f"is {raw!r}; write true or false")
    return word in TRUE


def read_count(least: int, most: int) -> Callable[[object], int]:
    """A reader of whole numbers from `least` to `most`."""

    def read(raw: object) -> int:
        text = str(raw).strip()
        if isinstance(raw, bool) or not re.fullmatch(r"[0-9]{1,9}", text):
            raise ValueError(f"is {raw!r}; write a whole number from {least} to {most}")
        if not least <= int(text) <= most:
            raise ValueError(f"is {text}; write a whole number from {least} to {most}")
        return int(text)

    return read


def one_of(*choices: str) -> Callable[[object], str]:
    """A reader that accepts exactly these words."""

    def read_choice(raw: object) -> str:
        if raw not in choices:
            raise ValueError(f"is {raw!r}; write one of {', '.join(choices)}")
        return str(raw)

    return read_choice


def read_countries(raw: object) -> str:
    """Codes of ISO 3166 with two letters, with spaces or commas between them; perhaps none."""
    codes = _string(raw).replace(",", " ").upper().split()
    if not all(re.fullmatch(r"[A-Z]{2}", code) for code in codes):
        raise ValueError('must be countries as two letters each, such as "GB IE"')
    return " ".join(codes)


def read_line(raw: object) -> str:
    """One line of text, perhaps empty."""
    text = _string(raw).strip()
    if not text.isprintable():
        raise ValueError("must be one line of text, or nothing")
    return text


def read_directory(raw: object) -> Path:
    """A path; whether it can be made and written is for `kith serve` to find out."""
    text = str(raw) if isinstance(raw, Path) else _string(raw)
    if not text or "?" in text or not text.isprintable():
        raise ValueError("must be a directory such as /var/lib/kith, without question marks")
    return Path(text).expanduser()


def read_file(raw: object) -> Path | None:
    """The path of a file, or nothing for its usual place."""
    text = str(raw) if isinstance(raw, Path) else _string(raw)
    if not text.isprintable() or text.endswith("/"):
        raise ValueError("must be the path of a file, such as /etc/kith/node.keys")
    return Path(text).expanduser() if text else None


def read_origin(raw: object) -> str:
    """`http(s)://host[:port]` in lower case; every id that this node hands out begins with it."""
    text = _string(raw).strip()
    parts = _split(text)
    host = (parts.hostname or "") if parts else ""
    if parts is None or parts.scheme not in ("http", "https") or not host:
        raise ValueError(f"is {text!r}; write a scheme and a host, such as https://kith.example")
    if not host.isascii():
        raise ValueError(f"has the host {host!r}; write its ASCII form, which begins with xn--")
    if not (HOST.match(host) or _is_address(host)):
        raise ValueError(
            f"has the host {host!r}, which is no host name; write https://kith.example"
        )
    port = None if parts.port == {"http": 80, "https": 443}[parts.scheme] else parts.port
    bare = f"{parts.scheme}://{f'[{host}]' if ':' in host else host}{f':{port}' if port else ''}"
    if text.lower() != bare:
        raise ValueError(f"holds more than scheme, host and port; write {bare}")
    return bare


def read_site(raw: object) -> str:
    """The https address of a page on another site."""
    text = _string(raw).strip()
    parts = _split(text)
    if parts is None or parts.scheme != "https" or not parts.hostname or not text.isprintable():
        raise ValueError(f"is {text!r}; write an address such as https://www.wikipedia.org/")
    if any(one in text for one in " \"'<>"):
        raise ValueError(f"is {text!r}; quotes, spaces and angle brackets do not belong in it")
    return text


def read_hours(raw: object) -> str:
    """`HH:MM-HH:MM`, or nothing."""
    text = _string(raw).strip()
    if text:
        hours_of(text)
    return text


def hours_of(text: str) -> tuple[time, time] | None:
    """The two times of `HH:MM-HH:MM`; None for nothing. Raises ValueError."""
    if not text:
        return None
    if not HOURS.fullmatch(text):
        raise ValueError(f"is {text!r}; write two times such as 08:00-22:00, or leave it empty")
    begins, ends = (time.fromisoformat(one) for one in text.split("-"))
    return begins, ends


def read_zone(raw: object) -> str:
    """A name of the IANA time zone database."""
    text = _string(raw).strip()
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"is {text!r}; write a name such as Europe/Berlin or UTC") from None
    return text


def read_short(raw: object) -> str:
    """Up to 60 characters on one line, or nothing."""
    text = _string(raw).strip()
    if len(text) > SHORT_MOST or (text and not text.isprintable()):
        raise ValueError(f"must fit into {SHORT_MOST} characters on one line")
    return text


def read_listen(raw: object) -> str:
    """`host:port`, `[ipv6]:port` or `unix:/absolute/path`. Port 0 takes any free port."""
    text = _string(raw).strip()
    advice = "write host:port (127.0.0.1:8420), [::1]:8420 or unix:/run/kith/kith.sock"
    if text.startswith("unix:"):
        if not text.startswith("unix:/") or text.endswith("/"):
            raise ValueError(
                f"is {text!r}; a socket needs its absolute path: unix:/run/kith/kith.sock"
            )
        return text
    parts = _split(f"//{text}")
    if parts is None or not parts.hostname or parts.port is None or parts.netloc != text:
        raise ValueError(f"is {text!r}; {advice}")
    if "@" in text or (":" in parts.hostname) != text.startswith("["):
        raise ValueError(f"is {text!r}; {advice}")
    return text


def read_database(raw: object) -> str:
    """Nothing (SQLite in the data directory) or a `postgresql://` URL."""
    text = _string(raw).strip()
    parts = _split(text)
    if text and (parts is None or parts.scheme != "postgresql"):
        raise ValueError(
            "is no database we can use; leave it empty for SQLite in the data directory, "
            "or write postgresql://user:password@host/name"
        )
    return text


def read_networks(raw: object) -> tuple[str, ...]:
    """Networks in CIDR form: a TOML list, or text with commas between them."""
    if isinstance(raw, str):
        raw = [part for part in re.split(r"[,\s]+", raw) if part]
    if not isinstance(raw, list | tuple) or not all(isinstance(item, str) for item in raw):
        raise ValueError('must be a list of networks, such as ["127.0.0.0/8", "::1/128"]')
    return tuple(_network(item) for item in raw)


def is_loopback(host: str) -> bool:
    """Whether this host can only mean the machine we run on (RFC 6761 section 6.3)."""
    if _is_address(host):
        return ip_address(host).is_loopback
    return host == "localhost" or host.endswith(".localhost")


def _network(text: str) -> str:
    try:
        network = ip_network(text, strict=False)
    except ValueError:
        advice = "write an address or a network, such as 10.0.0.0/8"
        raise ValueError(f"holds {text!r}, which is no network; {advice}") from None
    if "/" in text and ip_address(text.partition("/")[0]) != network.network_address:
        raise ValueError(f"holds {text!r}, an address inside {network}; write {network}")
    return str(network)


def _string(raw: object) -> str:
    if not isinstance(raw, str):
        raise ValueError(f"is {raw!r}; write it as text in quotation marks")
    return raw


def _split(text: str) -> SplitResult | None:
    """The parts of a URL, or None when they cannot be told apart (a bad port included)."""
    try:
        parts = urlsplit(text)
        _ = parts.port
    except ValueError:
        return None
    return parts


def _is_address(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True
