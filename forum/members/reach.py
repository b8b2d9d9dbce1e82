"""The one spelling of an address or number, under which it is sealed and found: pure."""

import re
import unicodedata

from forum.base import sealing
from forum.members.identities import ContactKind

MAIL = re.compile(r"[^\s@<>\"(),:;\\]{1,64}@(?:[^\W_](?:[\w-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}")
PHONE = re.compile(r"\+?[0-9]{5,15}")
MOBILE = re.compile(r"1[3-9][0-9]{9}")  # of the mainland, as people there write it


def normalised(kind: ContactKind, value: str) -> str | None:
    """The address or number as it is kept; None where it is none."""
    text = unicodedata.normalize("NFKC", value).strip()
    if kind is ContactKind.MAIL:
        return text if len(text) <= 254 and MAIL.fullmatch(text) else None
    digits = re.sub(r"[\s().-]", "", text)
    digits = f"+{digits[2:]}" if digits.startswith("00") else digits
    if MOBILE.fullmatch(digits):
        digits = f"+86{digits}"
    return digits if digits.isascii() and PHONE.fullmatch(digits) else None


def digest(kind: ContactKind, kept: str) -> str:
    """What an address is looked up by; capitals make no other mailbox."""
    return sealing.keyed(f"{kind}:{kept.casefold()}")
