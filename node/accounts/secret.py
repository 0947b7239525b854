"""Secrets that a person or a program holds, and the digest that we keep of them."""

import hashlib
import secrets


def new_secret() -> str:
    """256 random bits, fit for a cookie, a header or an address."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> bytes:
    """SHA-256. A secret of 256 random bits needs no salt and no slow hash."""
    return hashlib.sha256(secret.encode()).digest()
