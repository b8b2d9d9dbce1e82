"""A server that sends mail, and what lies in its outbox; codes of an authenticator."""

import re

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, deliveries, settings
from forum.base.channels import Message
from forum.base.db import Db, reading
from forum.base.deliveries import Delivery
from forum.members import contacts, totp
from forum.members.identities import ContactKind

BASE = "http://testserver"


def with_mail() -> None:
    """From now on this server has a mail server and knows its own address."""
    settings.configure(
        data=settings.settings().data,
        base_url=BASE,
        mail_url="smtp://localhost:1?tls=no",
        mail_from="moot@example.org",
    )


def sent() -> list[tuple[str, Message]]:
    """The letters that wait, with their recipients."""
    with reading() as db:
        found = db.execute(select(col(Delivery.letter)).order_by(col(Delivery.id))).scalars()
        return [letter for text in found if text and (letter := deliveries.opened(text))]


def link() -> str:
    """The path of the link in the last letter."""
    found = re.search(rf"{BASE}(/\S+)", sent()[-1][1].text)
    assert found
    return found[1]


def give_mail(tx: Db, member: int, address: str) -> None:
    """A confirmed address."""
    contacts.confirm(tx, None, contacts.add(tx, None, member, ContactKind.MAIL, address))


def code_now(secret: str) -> str:
    """What the authenticator shows at this moment."""
    return totp.code(secret, totp.step_at(clock.now()))
