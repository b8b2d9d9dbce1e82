"""Passwords: argon2id, hashed outside any transaction, checked in the same time for any answer."""

from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

# OWASP's lesser profile: many people sign in at once, on small machines.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    return _hasher.hash("nobody has this password")


class Hashed(str):
    """A password's hash, told apart from a password by its type."""

    __slots__ = ()


def hashed(password: str) -> Hashed:
    """The hash to store."""
    return Hashed(_hasher.hash(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether this is the password; where there is none to compare, it takes as long to say no."""
    try:
        _hasher.verify(stored or _nobody(), password)
    except (Argon2Error, InvalidHashError):
        return False
    return stored is not None
