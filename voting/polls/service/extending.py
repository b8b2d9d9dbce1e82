"""More time for a vote that is open, for a reason that stands in the record. Never less."""

from datetime import datetime

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from voting.polls import events, lasting, queries
from voting.polls.models import NoteKind
from voting.polls.rules import Verb
from voting.polls.service.common import CLOSE, REMIND, locked, note_on, tell


def extend(tx: Db, actor: Actor, poll: int, closes_at: datetime, reason: str) -> None:
    """Close it later; one without a closing time gets its first."""
    queries.poll_access(tx, actor, poll)
    # In the order in which the ticker takes them: of the closing and this, one waits for the other.
    ticker.hold(tx, (CLOSE, REMIND), f"poll:{poll}")
    row = locked(tx, actor, poll, Verb.EXTEND)
    now, before = clock.now(), row.closes_at
    if before is not None and before <= now:
        raise Conflict(_("Its closing time has passed."))
    if closes_at <= (before or now):
        words = _("Only a later moment can be taken: a vote is never shortened.")
        raise Invalid(words, fields={"until": words})
    note, digest = note_on(tx, actor, row, NoteKind.EXTENDED, reason)
    row.closes_at = closes_at
    ticker.schedule(tx, CLOSE, closes_at, row.ref)
    remind = lasting.reminded_at(row.opened_at, closes_at)
    if remind is not None and remind > now:
        ticker.schedule(tx, REMIND, remind, row.ref)
    extended = events.PollExtended(
        poll=poll,
        item=row.item_id,
        before=clock.iso(before) if before else "",
        after=clock.iso(closes_at),
        note=note,
        text=digest,
    )
    tell(tx, actor, row, extended)
