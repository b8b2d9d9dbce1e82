"""Doors at which one can fail: how often, and how long one then waits.

A door that does not exist counts like one that does: nobody learns from it who has an account.
"""

from sqlalchemy import delete
from sqlmodel import col

from forum.base import clock, sealing, ticker
from forum.base.db import Db
from forum.base.errors import TooMany
from forum.base.i18n import _
from forum.members import contacts, events, letters, rules
from forum.members.identities import Failures
from forum.members.service.common import tell


def door(kind: str, name: str) -> str:
    """What a door is called in the table: a keyed digest, so the table names nobody."""
    return sealing.keyed(f"door:{kind}:{name}")


def require_open(db: Db, shut: str) -> None:
    """Refuse while the door pauses after too many failures."""
    found = db.get(Failures, shut)
    wait = rules.pause(found.count) if found else None
    if found and wait and clock.now() < found.last_at + wait:
        raise TooMany(
            _("There were too many wrong tries. Please wait a while, or come in by mail.")
            if letters.offered()
            else _("There were too many wrong tries. Please wait a while, or ask at your station.")
        )


def failed(tx: Db, shut: str, member_id: int | None) -> None:
    """Count one more failure; its owner, if there is one, is told when the pauses begin."""
    moment = clock.now()
    found = tx.get(Failures, shut)
    if found is None:
        found = Failures(door=shut, count=0, last_at=moment)
        tx.add(found)
    if found.last_at < moment - rules.FORGOTTEN:
        found.count = 0
    found.count, found.last_at = found.count + 1, moment
    tx.flush()
    if member_id is not None and found.count == rules.FREE_FAILURES:
        tell(tx, None, events.SignInTried(member_id), member_id)
        letters.tried(tx, member_id, contacts.mail_of(tx, [member_id]).get(member_id))


def opened(tx: Db, shut: str) -> None:
    """Whoever came in has forgotten nothing: start counting anew."""
    tx.execute(delete(Failures).where(col(Failures.door) == shut))


@ticker.every("members:failures", rules.FORGOTTEN)
def sweep(tx: Db, _subject: str) -> None:
    """Forget the failures of yesterday."""
    tx.execute(delete(Failures).where(col(Failures.last_at) < clock.now() - rules.FORGOTTEN))
