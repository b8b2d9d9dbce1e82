"""SMTP: one connection for many letters; a demo folder keeps them for its mailbox page."""

import re
import smtplib
import ssl
import threading
from contextlib import suppress
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

from forum.base import clock
from forum.base.channels import (
    Message,
    Postponed,
    Refused,
    Unreachable,
    handing_over,
)
from forum.base.settings import settings

TIMEOUT = 60  # seconds for any answer; well within the sender's lease
LETTERS = 100  # over one connection
DEMO_SENDER = "moot@localhost"
_held = threading.local()


def offered() -> bool:
    """Whether there is a mail server, or the mailbox page of a demo."""
    return bool(settings().mail_url or settings().demo)


def composed(to: str, message: Message) -> EmailMessage:
    """The letter: plain text first, the same as HTML after it."""
    letter = EmailMessage(policy=SMTP)
    name, sender = parseaddr(settings().mail_from or DEMO_SENDER)
    headers = dict(message.headers)
    letter["From"] = formataddr((name or settings().name, sender))
    letter["To"] = to
    letter["Subject"] = " ".join(message.subject.split())
    letter["Date"] = format_datetime(clock.now())
    letter["Message-ID"] = f"<{headers.pop('Message-ID', '')}@{_domain(sender)}>"
    letter["Auto-Submitted"] = "auto-generated"
    for header, value in headers.items():
        letter[header] = value
    letter.set_content(message.text)
    if message.html:
        letter.add_alternative(message.html, subtype="html")
    return letter


def _domain(address: str) -> str:
    return address.rpartition("@")[2]


def hang_up() -> None:
    """Say goodbye: there is nothing more to send for now."""
    line: smtplib.SMTP | None = getattr(_held, "line", None)
    if line is not None:
        with suppress(OSError):
            line.quit()
    _drop()


def _drop() -> None:
    line: smtplib.SMTP | None = getattr(_held, "line", None)
    if line is not None:
        line.close()
    _held.line = None


def send(to: str, message: Message) -> None:
    """Send one letter to one address."""
    letter = composed(to, message)
    if not settings().mail_url:
        _keep(letter)
        return
    sender = parseaddr(settings().mail_from)[1]
    try:
        line = _line(sender)
        _hand(line, to, letter)
    except Refused:
        raise
    except BaseException:
        _drop()  # the dialogue stands wherever it stood
        raise


def _hand(line: smtplib.SMTP, to: str, letter: EmailMessage) -> None:
    """The dialogue about one letter; MAIL FROM is said."""
    code, reply = line.rcpt(_ascii(to))
    if code not in (250, 251, 252):
        raise _no(line, code, reply, about_address=True)
    code, reply = line.docmd("DATA")
    if code != 354:
        raise _no(line, code, reply)
    handing_over()
    line.send(re.sub(rb"(?m)^\.", b"..", letter.as_bytes()) + b".\r\n")
    code, reply = line.getreply()
    if code != 250:
        raise _no(line, code, reply)


def _ascii(address: str) -> str:
    """The address as the oldest server can read it."""
    local, _, domain = address.rpartition("@")
    try:
        return f"{local.encode('ascii').decode()}@{domain.encode('idna').decode()}"
    except UnicodeError:
        raise Refused("553 5.6.7") from None


def _no(line: smtplib.SMTP, code: int, reply: bytes, *, about_address: bool = False) -> Exception:
    """What a server's no means: try later, or never; its words are dropped, they name people."""
    if code == 421:
        return Unreachable("421")
    if code < 500:
        return Postponed(str(code))
    line.rset()
    status = re.match(rb"5\.(\d{1,3})\.\d{1,3}", reply)
    about_us = status is not None and status[1] == b"7"  # policy, authentication
    answer = f"{code} {status[0].decode() if status else ''}".strip()
    return Refused(answer, dead=about_address and not about_us)


def _line(sender: str) -> smtplib.SMTP:
    """An open connection that has taken our MAIL FROM; a stale one is replaced once."""
    place = settings().mail_url
    open_line: smtplib.SMTP | None = getattr(_held, "line", None)
    if open_line is not None and _held.place == place and _held.letters < LETTERS:
        with suppress(OSError):
            if open_line.mail(sender)[0] == 250:
                _held.letters += 1
                return open_line
    _drop()
    try:
        fresh = _connect(urlsplit(place), _domain(sender))
        _held.line, _held.place, _held.letters = fresh, place, 1
        code, _reply = fresh.mail(sender)
    except OSError as error:  # smtplib's own errors among them
        raise Unreachable(type(error).__name__) from error
    if code != 250:
        raise Unreachable(str(code))
    return fresh


def _connect(url: SplitResult, name: str) -> smtplib.SMTP:
    host = url.hostname or ""
    context = ssl.create_default_context()
    if url.scheme == "smtps":
        line: smtplib.SMTP = smtplib.SMTP_SSL(
            host, url.port or 465, local_hostname=name, timeout=TIMEOUT, context=context
        )
    else:
        line = smtplib.SMTP(host, url.port or 587, local_hostname=name, timeout=TIMEOUT)
    try:
        line.ehlo()
        if url.scheme != "smtps" and parse_qs(url.query).get("tls") != ["no"]:
            # A server that offers no TLS, or whose certificate nobody vouches for, gets no letter.
            line.starttls(context=context)
            line.ehlo()
        if url.username:
            line.login(unquote(url.username), unquote(url.password or ""))
    except BaseException:
        line.close()
        raise
    return line


def _keep(letter: EmailMessage) -> None:
    """A demo's letter, for its mailbox page."""
    folder = settings().data / "mailbox"
    folder.mkdir(exist_ok=True)
    mark = str(letter["Message-ID"]).strip("<>").partition("@")[0]
    handing_over()
    (folder / f"{clock.now():%Y%m%d-%H%M%S}-{mark}.eml").write_bytes(letter.as_bytes())
