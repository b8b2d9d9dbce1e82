"""Sealed at rest: what only the machine needs lies in the database as ciphertext.

The key lies outside the database (`keys/sealing.key`), so that a copy of the database alone gives
no address away. A keyed digest finds a sealed value again without unsealing any.
"""

import hmac
from base64 import urlsafe_b64encode
from functools import lru_cache
from hashlib import sha256

from cryptography.fernet import Fernet, InvalidToken

from forum.base import keys


@lru_cache(maxsize=8)
def _cipher(secret: bytes) -> Fernet:
    return Fernet(urlsafe_b64encode(secret))


def sealed(text: str) -> str:
    """The text as only this server can read it; twice the same text gives two different seals."""
    return _cipher(keys.sealing_secret()).encrypt(text.encode()).decode()


def unsealed(token: str) -> str | None:
    """The text again; None where the key is another one (a copy without its keys)."""
    try:
        return _cipher(keys.sealing_secret()).decrypt(token.encode()).decode()
    except InvalidToken:
        return None


def keyed(text: str) -> str:
    """A digest that only this server can make: the same text gives the same one."""
    secret = hmac.digest(keys.sealing_secret(), b"keyed", sha256)
    return hmac.digest(secret, text.encode(), sha256).hex()
