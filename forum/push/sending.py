"""The channel over which devices are told: the title of one thing, and where it stands."""

import json
from urllib.parse import urlsplit

from forum.base import fetch
from forum.base.channels import Message, Postponed, Refused, Unsure, channel
from forum.base.db import reading, transaction
from forum.base.i18n import _, using
from forum.base.settings import settings
from forum.outbox.models import Pace
from forum.outbox.outlets import Outlet, Parcel, outlet
from forum.push import encryption, queries, service

LIFE = 24 * 3600  # seconds for which a push service keeps it for a device that is off
TITLE = 200  # characters
TIMEOUT = 10


@channel("push")
def send(to: str, message: Message) -> None:
    """Send to one device; one that is gone is forgotten."""
    with reading() as db:
        browser = queries.browser(db, to)
    if browser is None:
        raise Refused("gone")
    try:
        answer = fetch.fetch(
            browser.endpoint,
            method="POST",
            body=encryption.encrypted(_said(message), browser=browser.key, secret=browser.secret),
            headers={
                "authorization": encryption.authorization(browser.endpoint, _contact()),
                "content-encoding": "aes128gcm",
                "content-type": "application/octet-stream",
                "ttl": str(LIFE),
                "urgency": "normal",
            },
            most=10_000,
            timeout=TIMEOUT,
        )
    except fetch.DeniedError:
        raise Refused("denied") from None
    except fetch.AnswerError as error:  # shown twice it would be worse than not at all
        raise Unsure(str(error)) from error
    if answer.status in (404, 410):
        with transaction() as tx:
            service.forget(tx, to)
        raise Refused(str(answer.status))
    if answer.status == 429 or answer.status >= 500:
        raise Postponed(str(answer.status))
    if answer.status >= 300:
        raise Refused(str(answer.status), dead=False)


def _said(message: Message) -> bytes:
    """What the device shows; the page behind it is read from the server, by whoever may."""
    said = {"title": message.subject[:TITLE], "url": message.url, "site": settings().name}
    return json.dumps(said, ensure_ascii=False).encode()


def _contact() -> str:
    """Whom a push service may write to."""
    sender = settings().mail_from
    return f"mailto:{sender}" if sender else settings().base_url or "https://localhost"


def compose(parcel: Parcel) -> Message:
    """One line; of several, how many there are."""
    lang, lines = next(iter(parcel.lines.items()))
    parts = urlsplit(lines[0].url)
    if len(lines) + parcel.left_out == 1:
        return Message(lines[0].words, "", url=f"{parts.path}#{parts.fragment}".rstrip("#"))
    with using(lang):
        words = _("%(first)s (and %(count)s more)")
    count = len(lines) - 1 + parcel.left_out
    return Message(words % {"first": lines[0].words, "count": count}, "", url="/inbox")


outlet(Outlet("push", queries.reached, compose, frozenset({Pace.NOW})))
