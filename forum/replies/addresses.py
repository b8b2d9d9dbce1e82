"""The address in a letter that takes an answer: it binds one person to one thing for a while.

Its token is small letters and digits alone (mail programs change the case of addresses) and fits
into the 64 characters that the part before the @ may have.
"""

import hmac
import struct
from base64 import b32decode, b32encode
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import NamedTuple

from forum.base import clock, keys
from forum.base.refs import parse, ref
from forum.base.settings import settings

LASTS = timedelta(days=60)
KINDS = ("argument", "item", "task")  # by their place here they stand in the token
SHAPE = struct.Struct(">BQQH")  # kind, member, thing, day of expiry
SIGNED = 12  # bytes of the signature
DAY_ONE = datetime(2020, 1, 1, tzinfo=UTC)
MARK = "+"


class Ticket(NamedTuple):
    """Who may answer what by this address; `over` once its time has passed."""

    member: int
    about: str
    over: bool


def offered() -> bool:
    """Whether letters can be answered here."""
    config = settings()
    return bool(config.mail_reply and (config.mail_lmtp or config.mail_imap))


def address(member: int, about: str) -> str:
    """Where a member's answer about a thing goes; empty where there is none to be given."""
    kind, ident = parse(about) if ":" in about else ("", 0)
    if kind not in KINDS or not offered():
        return ""
    last = (clock.now() + LASTS - DAY_ONE).days
    plain = SHAPE.pack(KINDS.index(kind), member, ident, last)
    token = _spelled(plain + _signature(plain))
    local, _at, domain = settings().mail_reply.partition("@")
    return f"{local}{MARK}{token}@{domain}"


def read(text: str) -> Ticket | None:
    """What an address stands for; None when it is none of ours."""
    local, _at, domain = text.strip().lower().rpartition("@")
    own, _own_at, own_domain = settings().mail_reply.lower().partition("@")
    before, mark, token = local.rpartition(MARK)
    if not (own and mark) or (before, domain) != (own, own_domain):
        return None
    try:
        raw = b32decode(token.upper() + "=" * (-len(token) % 8))
    except ValueError:
        return None
    plain, signature = raw[: SHAPE.size], raw[SHAPE.size :]
    if len(plain) != SHAPE.size or _spelled(raw) != token:
        return None
    if not hmac.compare_digest(signature, _signature(plain)):
        return None
    kind, member, thing, last = SHAPE.unpack(plain)
    if kind >= len(KINDS):
        return None
    over = clock.now() >= DAY_ONE + timedelta(days=last + 1)
    return Ticket(member, ref(KINDS[kind], thing), over)


def _spelled(raw: bytes) -> str:
    return b32encode(raw).decode().rstrip("=").lower()


def _signature(plain: bytes) -> bytes:
    secret = hmac.digest(keys.cookie_secret(), b"answers by mail", sha256)
    return hmac.digest(secret, plain, sha256)[:SIGNED]
