"""Passwords: how they are kept, and whether one is right. Nothing here is stored, logged or told.

Kept is argon2id with the second choice of RFC 9106 (64 MiB, three passes, four lanes), encoded with its parameters,
so that a hash made with other ones is known and made anew at the next login.
"""

import unicodedata
from base64 import b64encode
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from argon2.profiles import RFC_9106_LOW_MEMORY

from data.store import StoreError

#: Characters of a password, counted after NFC.
SHORTEST, LONGEST = 12, 1_000
#: Each takes 64 MiB while it is counted out: so many at once in one process, others wait.
_AT_ONCE = BoundedSemaphore(2)
_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)


def hashed(password: str) -> str:
    """The password as it is kept. StoreError where it has fewer than 12 characters or more than 1,000."""
    normal = unicodedata.normalize("NFC", password)
    if not SHORTEST <= len(normal) <= LONGEST:
        raise StoreError("password_length", least=str(SHORTEST), most=str(LONGEST))
    with _AT_ONCE:
        return _HASHER.hash(_bytes(normal))


def is_right(kept: str | None, password: str) -> bool:
    """Whether this is the password that is kept; False where none is, or what is kept is no hash.

    Takes one verification of the same parameters in every case, so that no answer is quicker than another.
    """
    normal = unicodedata.normalize("NFC", password)
    # What nobody can have been given is not counted out at length.
    given = _bytes(normal if len(normal) <= LONGEST else "")
    with _AT_ONCE:
        try:
            return _HASHER.verify(kept or _nobodys(), given)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(kept: str) -> bool:
    """Whether a hash was made with other parameters than are used now."""
    return _HASHER.check_needs_rehash(kept)


def _nobodys() -> str:
    """A hash of these parameters that is the one of no password that anybody could find."""
    salt, digest = (b64encode(bytes(length)).decode().rstrip("=") for length in (_HASHER.salt_len, _HASHER.hash_len))
    costs = f"m={_HASHER.memory_cost},t={_HASHER.time_cost},p={_HASHER.parallelism}"
    return f"$argon2id$v=19${costs}${salt}${digest}"


def _bytes(normal: str) -> bytes:
    """Half of a pair of UTF-16 is no letter, but what somebody typed has to be compared all the same."""
    return normal.encode("utf-8", "surrogatepass")
