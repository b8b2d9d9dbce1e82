"""Fetching letters from a mailbox over IMAP, once a minute, where the settings name one.

What has been dealt with is marked as read there; it is known by its Message-ID besides, so that a
line that breaks in between makes nothing of it twice.
"""

import imaplib
import logging
import re
import ssl
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import timedelta
from urllib.parse import parse_qs, unquote, urlsplit

from forum.base import clock, ticker
from forum.base.db import Db
from forum.base.settings import settings
from forum.replies.receiving import receive

log = logging.getLogger("folkmoot.replies")
TIMEOUT = 30  # seconds for any answer
MOST = 100  # letters at a time
SIZE = re.compile(rb"RFC822\.SIZE (\d+)")


@ticker.every("replies:look", timedelta(minutes=1))
def look(tx: Db, _subject: str) -> None:
    """Let the mailbox be looked at, outside of this transaction."""
    if settings().mail_imap:
        ticker.soon(tx, "replies:fetch", clock.now(), "")


@ticker.long("replies:fetch")
def fetch(_subject: str) -> None:
    """Deal with what has not been read in the mailbox."""
    with _mailbox() as box:
        _kind, found = box.uid("SEARCH", "UNSEEN")
        for uid in (found[0] or b"").split()[:MOST]:
            _deal(box, uid.decode())


def _deal(box: imaplib.IMAP4, uid: str) -> None:
    _kind, facts = box.uid("FETCH", uid, "(RFC822.SIZE)")
    size = SIZE.search(facts[0] if facts and isinstance(facts[0], bytes) else b"")
    if size is not None and int(size[1]) <= settings().max_upload:
        _kind, parts = box.uid("FETCH", uid, "(BODY.PEEK[])")
        raw = next((part[1] for part in parts if isinstance(part, tuple)), b"")
        try:
            receive(raw)
        except Exception:
            # Left unread it would be in the way for good; a person finds it by its flag.
            log.exception("a letter could not be dealt with", extra={"facts": {"uid": uid}})
            box.uid("STORE", uid, "+FLAGS", r"(\Flagged)")
    else:
        log.warning("a letter is too large", extra={"facts": {"uid": uid}})
        box.uid("STORE", uid, "+FLAGS", r"(\Flagged)")
    box.uid("STORE", uid, "+FLAGS", r"(\Seen)")


@contextmanager
def _mailbox() -> Iterator[imaplib.IMAP4]:
    """The mailbox that the settings name, open for reading and marking."""
    url = urlsplit(settings().mail_imap)
    host, context = url.hostname or "", ssl.create_default_context()
    box: imaplib.IMAP4
    if url.scheme == "imaps":
        box = imaplib.IMAP4_SSL(host, url.port or 993, ssl_context=context, timeout=TIMEOUT)
    else:
        box = imaplib.IMAP4(host, url.port or 143, timeout=TIMEOUT)
    with closing(_Closing(box)):
        if url.scheme == "imap" and parse_qs(url.query).get("tls") != ["no"]:
            box.starttls(context)
        box.login(unquote(url.username or ""), unquote(url.password or ""))
        folder = unquote(url.path.strip("/")) or "INBOX"
        kind, _facts = box.select('"' + folder.replace('"', "") + '"')
        if kind != "OK":
            raise OSError("there is no such folder in the mailbox")
        yield box


class _Closing:
    """Says goodbye to a mailbox, whatever state it is in."""

    def __init__(self, box: imaplib.IMAP4) -> None:
        self.box = box

    def close(self) -> None:
        """Log out."""
        with suppress(OSError, imaplib.IMAP4.error):
            self.box.logout()
