"""A mail server, confirmed addresses for the cast, and the sender's round by hand."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from cast import Cast
from mailing import MailServer, mail_server
from sqlalchemy import delete

from forum.base import clock, log, sender, settings
from forum.base.db import transaction
from forum.members import contacts
from forum.members.identities import ContactKind
from forum.outbox import sorting
from forum.outbox.models import Waiting

Carry = Callable[..., list[str]]


@pytest.fixture
def mail(data: Path, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Iterator[MailServer]:
    """A mail server that the settings name; everybody has a confirmed address of their name."""
    monkeypatch.setattr(sender, "_resting", {})
    monkeypatch.setattr(log, "quiet", True)
    with mail_server() as server:
        settings.configure(
            data=data,
            mail_url=server.url,
            mail_from="moot@example.org",
            base_url="https://moot.example.org",
            zone="Asia/Shanghai",
        )
        with transaction() as tx:
            for name, member in cast.people.items():
                contact = contacts.add(
                    tx, cast[name], member, ContactKind.MAIL, f"{name}@example.org"
                )
                contacts.confirm(tx, cast[name], contact)
            tx.execute(delete(Waiting))  # what was told of that
        yield server


def carry_out(**delta: float) -> None:
    """What the sender's thread does, some time later."""
    sorting.carry_out()
    with clock.travel(**delta):
        sorting.carry_out()
        sender.send_due()


@pytest.fixture
def carry(mail: MailServer) -> Iterator[Carry]:
    """Let some time pass, and give the first names of those who got a letter.

    It begins at ten on the next morning: no daily letter falls due while a test runs.
    """

    def go(**delta: float) -> list[str]:
        before = len(mail.taken)
        carry_out(**delta)
        return sorted(to.partition("@")[0] for to in mail.to[before:])

    now = clock.now()
    day = now.astimezone(ZoneInfo(settings.settings().zone)) + timedelta(days=1)
    ten = day.replace(hour=10, minute=0)
    with clock.travel(seconds=(ten - now).total_seconds()):
        yield go
