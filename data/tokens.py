"""Tokens and cookies: 256 bits of chance that are given away once, and what the store keeps in their place."""

import secrets
from hashlib import sha256

_BYTES = 32


def new_token() -> str:
    """A secret of 256 bits, 43 characters that may stand in an address or a cookie."""
    return secrets.token_urlsafe(_BYTES)


def print_of(secret: str) -> str:
    """What is kept of a secret, its sha256 in hexadecimal; whatever a browser sends has one."""
    return sha256(secret.encode("utf-8", "backslashreplace")).hexdigest()
