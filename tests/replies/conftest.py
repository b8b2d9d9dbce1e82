"""A server that takes answers by mail, confirmed addresses, and an argument to answer."""

from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path

import pytest
from cast import Cast
from sqlmodel import col, select

from forum.arguments import service as arguments
from forum.arguments.models import Stance
from forum.base import deliveries, settings
from forum.base.db import reading, transaction
from forum.base.deliveries import Delivery, Message
from forum.members import contacts
from forum.members.identities import ContactKind
from forum.replies import addresses

Write = Callable[..., bytes]


@pytest.fixture
def mail(data: Path, cast: Cast) -> None:
    """Settings that take answers; everybody has a confirmed address of their name."""
    settings.configure(
        data=data,
        mail_url="smtp://127.0.0.1:9?tls=no",
        mail_from="moot@example.org",
        mail_reply="reply@example.org",
        mail_lmtp="127.0.0.1:0",
        base_url="https://moot.example.org",
    )
    with transaction() as tx:
        for name, member in cast.people.items():
            mine = contacts.add(tx, cast[name], member, ContactKind.MAIL, f"{name}@example.org")
            contacts.confirm(tx, cast[name], mine)


@pytest.fixture
def said(mail: None, cast: Cast) -> int:
    """An argument of rong's."""
    with transaction() as tx:
        return arguments.post(tx, cast.rong, cast.item, body="It is dear.", stance=Stance.CON)


@pytest.fixture
def write(cast: Cast) -> Write:
    """A letter of somebody's about something, as their program sends it."""

    def made(
        who: str, about: str, body: str = "I agree with it.", *, ident: str = "<1@phone>",
        sender: str = "", to: str = "", **headers: str,
    ) -> bytes:  # fmt: skip
        letter = EmailMessage()
        letter["From"] = sender or f"{who.title()} <{who}@example.org>"
        letter["To"] = to or addresses.address(cast[who].id, about)
        letter["Subject"] = "Re: News"
        letter["Message-ID"] = ident
        for name, value in headers.items():
            letter[name.replace("_", "-")] = value
        letter.set_content(body)
        return letter.as_bytes()

    return made


def letters() -> list[tuple[str, Message]]:
    """What waits to be sent."""
    with reading() as db:
        rows = db.execute(select(Delivery.letter).order_by(col(Delivery.id))).scalars()
        opened = [deliveries.opened(row) for row in rows if row]
    return [found for found in opened if found]
