"""A letter as it came, read: who wrote it, to which address, in which words; pure.

Anybody can send anything: what cannot be read is left out, never a fault.
"""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.message import Message
from email.policy import compat32, default
from email.utils import getaddresses
from enum import StrEnum
from hashlib import sha256
from typing import NamedTuple

from forum.replies import quoting

MOST_PARTS = 200
MOST_TEXT = 200_000  # characters that are looked at
TO = ("to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to")
BULK = ("bulk", "list", "junk", "auto_reply", "auto-reply")
MACHINES = (
    "x-auto-response-suppress", "x-autoreply", "x-autorespond", "x-autoresponder",
    "list-id", "list-post", "x-loop", "feedback-id",
)  # fmt: skip
NOBODY = re.compile(r"^(?:mailer-daemon|postmaster|no-?reply|do-?not-?reply)@", re.IGNORECASE)
AWAY = re.compile(
    r"^\s*(?:自动回复|自動回覆|自动答复|Auto(?:matic)?[- ]?reply|Out of office)", re.IGNORECASE
)
# Mail programs of old say one and mean the other, which holds it.
CHARSETS = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "big5": "big5hkscs"}
OWN_ID = re.compile(r"<([0-9a-f]{40})@")
FAILED = re.compile(r"5\.\d{1,3}\.\d{1,3}")


class Kind(StrEnum):
    """What a letter is."""

    ANSWER = "answer"
    MACHINE = "machine"  # of an answering machine, a list: nobody's words
    BOUNCE = "bounce"


class Bounce(NamedTuple):
    """The letter of ours that came back for good, and the code that says why."""

    mark: str
    status: str


class Letter(NamedTuple):
    """A letter, read. `sender` is empty where it is not exactly one."""

    kind: Kind
    ident: str
    sender: str
    to: tuple[str, ...]
    words: str
    attachments: int
    bounce: Bounce | None = None


def read(raw: bytes, *, envelope_sender: str | None = None) -> Letter:
    """Read a letter; `envelope_sender` is what came before its text, "" for none at all."""
    for policy in (default, compat32):  # the newer one knows more and fails at more
        try:
            return _read(message_from_bytes(raw, policy=policy), raw, envelope_sender)
        except Exception:  # noqa: BLE001, S112 - the library fails in many ways
            continue
    return Letter(Kind.MACHINE, sha256(raw).hexdigest(), "", (), "", 0)


def _read(letter: Message, raw: bytes, envelope_sender: str | None) -> Letter:
    found = bounce(letter)
    kind = Kind.ANSWER
    if found or letter.get_content_type() == "multipart/report":
        kind = Kind.BOUNCE
    elif envelope_sender == "" or _by_machine(letter):
        kind = Kind.MACHINE
    parts = list(_parts(letter))
    senders = _addresses(letter, ("from",))
    # Without a name of its own it is known by what it says.
    ident = _header(letter, "message-id").strip() or sha256(raw).hexdigest()
    return Letter(
        kind,
        ident[:1000],
        senders[0] if len(senders) == 1 else "",
        tuple(_addresses(letter, TO)),
        _words(parts) if kind is Kind.ANSWER else "",
        sum(_attached(part) for part in parts),
        found,
    )


def _header(letter: Message, name: str) -> str:
    """A header's text; empty where it is not there or cannot be read."""
    try:
        return str(letter.get(name, ""))
    except Exception:  # noqa: BLE001 - the library's parsers of headers fail in many ways
        return ""


def _addresses(letter: Message, names: tuple[str, ...]) -> list[str]:
    found: list[str] = []
    for name in names:
        # As they came: nothing that a header says in another alphabet makes an address.
        texts = [str(value) for key, value in letter.raw_items() if key.lower() == name]
        plain = [" ".join(text[:10_000].split()) for text in texts[:20]]
        found += [address for _name, address in getaddresses(plain) if "@" in address]
    return found[:50]


def _by_machine(letter: Message) -> bool:
    if _header(letter, "auto-submitted").strip().lower() not in ("", "no"):
        return True
    if _header(letter, "precedence").strip().lower() in BULK:
        return True
    if any(_header(letter, name) for name in MACHINES):
        return True
    if AWAY.match(_header(letter, "subject")):
        return True
    return any(NOBODY.match(sender) for sender in _addresses(letter, ("from",)))


def _parts(letter: Message) -> Iterator[Message]:
    """The parts that are not made of parts, as many as anybody sends."""
    waiting: list[Message] = [letter]
    seen = 0
    while waiting and seen < MOST_PARTS:
        part = waiting.pop(0)
        seen += 1
        inner = part.get_payload() if part.is_multipart() else None
        if isinstance(inner, list) and part.get_content_maintype() == "multipart":
            waiting[:0] = [child for child in inner if isinstance(child, Message)]
        else:
            yield part


def _attached(part: Message) -> bool:
    kind = part.get_content_type()
    shown = kind in ("text/plain", "text/html") and part.get_content_disposition() != "attachment"
    return not shown and not kind.startswith(("application/pgp-sign", "application/pkcs7-sign"))


def _words(parts: list[Message]) -> str:
    shown = [part for part in parts if not _attached(part)]
    for kind, reader in (("text/plain", str), ("text/html", quoting.plain)):
        texts = [_text(part) for part in shown if part.get_content_type() == kind]
        if whole := "\n".join(text for text in texts if text.strip()):
            return quoting.written(reader(whole[:MOST_TEXT]))
    return ""


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return ""
    named = (part.get_content_charset() or "utf-8").lower()
    try:
        return data.decode(CHARSETS.get(named, named), "replace").replace("\0", "")
    except (LookupError, UnicodeError):
        return data.decode("utf-8", "replace").replace("\0", "")


def bounce(letter: Message) -> Bounce | None:
    """What a report of a mail server (RFC 3464) says of a letter of ours, if it failed for good."""
    if letter.get_content_type() != "multipart/report":
        return None
    mark, status = "", ""
    for part in list(letter.walk())[:MOST_PARTS]:
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            blocks = part.get_payload()
            for block in blocks if isinstance(blocks, list) else []:
                if not isinstance(block, Message):
                    continue
                failed = FAILED.search(_header(block, "status"))
                if failed and _header(block, "action").strip().lower() == "failed":
                    status = failed[0]
        elif own := OWN_ID.search(_header(part, "message-id") or _headers_in(part, kind)):
            mark = own[1] if part is not letter else mark
    return Bounce(mark, status) if mark and status else None


def _headers_in(part: Message, kind: str) -> str:
    """The headers of our letter where a report gives them as text."""
    return _text(part)[:20_000] if kind == "text/rfc822-headers" else ""
