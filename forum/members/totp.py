"""Codes of an authenticator (RFC 6238: HMAC-SHA-1, six digits, half a minute): pure."""

import hmac
import secrets
from base64 import b32decode, b32encode
from datetime import datetime
from urllib.parse import quote

PERIOD = 30
DIGITS = 6
DRIFT = 1  # steps by which a telephone's clock may be wrong, each way


def fresh() -> str:
    """A new secret of 160 bits, as an authenticator takes it."""
    return b32encode(secrets.token_bytes(20)).decode()


def step_at(moment: datetime) -> int:
    """Which half minute this is."""
    return int(moment.timestamp()) // PERIOD


def code(secret: str, step: int) -> str:
    """The code of a half minute."""
    mac = hmac.digest(b32decode(secret), step.to_bytes(8, "big"), "sha1")
    at = mac[-1] & 15
    number = int.from_bytes(mac[at : at + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matching(secret: str, typed: str, *, now: int, after: int) -> int | None:
    """The step whose code this is, about now and later than the last one used; else None."""
    digits = "".join(typed.split())
    for step in range(now - DRIFT, now + DRIFT + 1):
        if step > after and hmac.compare_digest(code(secret, step).encode(), digits.encode()):
            return step
    return None


def uri(secret: str, *, issuer: str, account: str) -> str:
    """What an authenticator reads from the picture."""
    label = f"{quote(issuer, safe='')}:{quote(account, safe='')}"
    return f"otpauth://totp/{label}?secret={secret}&issuer={quote(issuer, safe='')}"
