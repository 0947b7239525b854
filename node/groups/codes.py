"""Codes of invitations: 128 random bits in an address, of which only a digest is kept."""

import hashlib
import re
import secrets

_CODE = re.compile(r"[A-Za-z0-9_-]{22}")


def new_code() -> str:
    """22 letters, fit for an address."""
    return secrets.token_urlsafe(16)


def code_hash(code: str) -> bytes | None:
    """SHA-256 of a code, which 128 random bits need no salt for; None for what cannot be one."""
    return hashlib.sha256(code.encode()).digest() if _CODE.fullmatch(code) else None
