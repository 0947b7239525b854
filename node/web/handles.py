"""Handles and ids in addresses, read so that nothing odd reaches the database."""

import re

from node.errors import NotFound

_HANDLE = re.compile(r"([\w.\-]{1,100})(?:@([A-Za-z0-9.\-\[\]:]{1,255}))?")
_ID = re.compile(r"[0-9]{1,19}")
_LARGEST = 2**63 - 1


def split_handle(text: str, here: str) -> tuple[str, str]:
    """`name` or `name@host[:port]` to (name, authority). Raises NotFound for anything else."""
    match = _HANDLE.fullmatch(text)
    if match is None:
        raise NotFound
    return match[1], (match[2] or here).lower()


def parse_id(text: str) -> int:
    """A record's id. Raises NotFound for what cannot be one."""
    if not _ID.fullmatch(text) or int(text) > _LARGEST:
        raise NotFound
    return int(text)
