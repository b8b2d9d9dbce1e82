"""A notice for many people (ten thousand in a full run); the machine dies twice on the way."""

import os
import signal
import subprocess
import sys
from pathlib import Path

from cast import Cast
from mailing import MailServer
from sqlalchemy import func, insert, select
from sqlmodel import col

from forum.base import clock, sealing
from forum.base.db import reading, transaction
from forum.base.deliveries import Delivery, State
from forum.base.tables import metadata
from forum.consultations import service as consultations
from forum.consultations.models import Stage
from forum.members import reach
from forum.members.identities import ContactKind
from forum.members.models import Member

PEOPLE = 10_000 if os.environ.get("FOLKMOOT_TEST_FULL") else 600
SENDER = """
from forum.base import clock, registry, sender
from forum.outbox import sorting
registry.load()
with clock.travel(hours={hours}):
    sorting.carry_out()
    sender.send_due()
"""


def gather(cast: Cast) -> list[str]:
    """Put all these people with confirmed addresses on the consultation's list."""
    now = clock.now()
    tables = metadata.tables
    people = [
        {"login": f"p{n}", "name": f"Person {n}", "lang": "en", "joined_at": now}
        | {"verified": "none", "theme": "auto", "mode": "standard"}
        for n in range(PEOPLE)
    ]
    addresses = [f"p{n}@example.org" for n in range(PEOPLE)]
    with transaction() as tx:
        tx.execute(insert(tables["member"]), people)
        query = select(col(Member.id)).where(col(Member.login).in_(["p0", f"p{PEOPLE - 1}"]))
        first, last = sorted(tx.execute(query).scalars())
        ids = range(first, last + 1)
        assert len(ids) == PEOPLE
        tx.execute(
            insert(tables["member_contact"]),
            [
                {
                    "member_id": ident,
                    "kind": ContactKind.MAIL,
                    "sealed": sealing.sealed(address),
                    "digest": reach.digest(ContactKind.MAIL, address),
                    "added_at": now,
                    "confirmed_at": now,
                }
                for ident, address in zip(ids, addresses, strict=True)
            ],
        )
        agreed = {"purpose": "mail", "version": 1, "way": "self", "given_at": now}
        tx.execute(
            insert(tables["consent"]),
            [agreed | {"member_id": ident, "by_id": ident} for ident in ids],
        )
        listed = {"consultation_id": cast.consultation, "added_at": now}
        tx.execute(
            insert(tables["consultation_participant"]),
            [listed | {"member_id": ident} for ident in ids],
        )
    return addresses


def run(mail: MailServer, data: Path, hours: int) -> int:
    """A sender of its own process; returns how it ended."""
    environment = os.environ | {
        "FOLKMOOT_DATA": str(data),
        "FOLKMOOT_MAIL_URL": mail.url,
        "FOLKMOOT_MAIL_FROM": "moot@example.org",
        "FOLKMOOT_BASE_URL": "https://moot.example.org",
    }
    command = [sys.executable, "-c", SENDER.format(hours=hours)]
    child = subprocess.Popen(command, env=environment)
    mail.child = child.pid  # type: ignore[attr-defined]
    return child.wait()


def test_nobody_gets_it_twice_and_all_get_it(mail: MailServer, cast: Cast, data: Path) -> None:
    """Killed after a letter was taken but before we heard so; killed before one was taken."""
    addresses = gather(cast)
    with transaction() as tx:
        consultations.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
    killed: list[str] = []

    def watch(command: str, to: str) -> None:
        moments = {"TAKEN": PEOPLE // 3, "RCPT": 2 * PEOPLE // 3}
        if len(mail.taken) >= moments.get(command, 10**9) and command not in killed:
            killed.append(command)
            os.kill(mail.child, signal.SIGKILL)  # type: ignore[attr-defined]

    mail.watch = watch
    assert run(mail, data, 36) == -signal.SIGKILL
    assert run(mail, data, 37) == -signal.SIGKILL
    assert killed == ["TAKEN", "RCPT"]
    assert run(mail, data, 38) == 0
    got = [to for to in mail.to if to.startswith("p")]
    assert len(got) == len(set(got))
    assert set(got) == set(addresses)
    with reading() as db:
        states = dict(
            db.execute(
                select(col(Delivery.state), func.count()).group_by(col(Delivery.state))
            ).all()
        )
    assert 1 <= states[State.UNSURE] <= 2  # taken, but we died before we noted so
    assert State.WAITING not in states
