"""Archives: asked for, written by the ticker while their page tells how far, gone after a week.

And the word that a meeting came from elsewhere.
"""

import os
import time
from datetime import timedelta
from hashlib import sha256
from pathlib import Path

from sqlmodel import col, select

from forum.base import clock, i18n, limits, ticker, transfer
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, Invalid, Refusal, TooMany
from forum.base.events import Audience, record
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.transfer import Period
from forum.members import queries as members
from forum.stations import committees
from sessions.exchange import committee_plan, events, queries
from sessions.exchange.committee_plan import Reader
from sessions.exchange.committee_zip import write
from sessions.exchange.models import Archive, ArchiveState

WRITE, EXPIRE = "exchange:archive:write", "exchange:archive:expire"
KEPT = timedelta(days=7)
EVERY = 0.5  # seconds between two words about how far it is


def ask(tx: Db, actor: Actor, station: int, period: Period) -> int:
    """Have a committee's minutes packed for oneself; the same while it is under way is one."""
    committees.committee(tx, station)
    if not queries.may_ask(tx, actor, station):
        raise Forbidden(_("Only those with a role in this committee may have its minutes packed."))
    committee_plan.check(period)
    kept = queries.mine(tx, actor)
    for row in kept:
        same = (row.station_id, row.first, row.last) == (station, *period)
        if same and row.under_way and row.lang == i18n.current():
            return row.id
    if len(kept) >= queries.MOST_KEPT:
        raise TooMany(_("You have as many archives as are kept. They go after a week."))
    limits.check(f"archive:{actor.id}", per_minute=2, burst=6)
    total = committee_plan.count(tx, station, period, Reader(actor, Audience.PUBLIC))
    if not total:
        words = _("There are no approved minutes in this period.")
        raise Invalid(words, fields={"first": words})
    made = Archive(
        station_id=station,
        member_id=actor.id,
        first=period.first,
        last=period.last,
        lang=i18n.current(),
        total=total,
        asked_at=clock.now(),
    )
    tx.add(made)
    tx.flush()
    here = ref("archive", made.id)
    asked = events.ArchiveAsked(made.id, station, period.first.isoformat(), period.last.isoformat())
    record(tx, actor, asked, stream=ref("member", actor.id), subject=here)
    ticker.schedule(tx, WRITE, clock.now(), here)
    ticker.schedule(tx, EXPIRE, clock.now() + KEPT, here)
    return made.id


@ticker.long(WRITE)
def write_archive(subject: str) -> None:
    """Write the file beside its place and put it there whole."""
    ident = parse(subject)[1]
    with transaction() as tx:
        row = tx.get(Archive, ident)
        if row is None or row.state is ArchiveState.READY:
            return
        row.state = ArchiveState.WORKING
    path = queries.path_of(ident)
    path.parent.mkdir(exist_ok=True, mode=0o700)
    unfinished = path.with_suffix(f".{os.getpid()}.new")
    try:
        held, classes = _pack(row, unfinished)
        digest, size = _digest(unfinished), unfinished.stat().st_size
        unfinished.replace(path)
    except Refusal:
        # What they may not read any more, or what is too much, will not be otherwise later.
        with transaction() as tx:
            _end(tx, ident, ArchiveState.FAILED)
        return
    finally:
        unfinished.unlink(missing_ok=True)
    with transaction() as tx:
        ready = _end(tx, ident, ArchiveState.READY)
        if ready is None:
            path.unlink(missing_ok=True)
            return
        ready.digest, ready.size = digest, size
        ready.consultations, ready.classes = held, classes
        tx.flush()
        made = events.ArchiveFinished(ident, ready.station_id, digest, size)
        record(tx, None, made, stream=ref("member", ready.member_id), subject=subject)


def _pack(row: Archive, path: Path) -> tuple[list[int], dict[str, int]]:
    """Write it in the asker's language, from one snapshot.

    Returns whose minutes it holds, and of which meetings what only staff of a class may see.
    """
    transfer.discover()
    lang = i18n.using(row.lang)
    with reading() as db, lang, os.fdopen(os.open(path, _NEW, 0o600), "w+b") as stream:
        reader = Reader(members.actor_of(db, row.member_id), Audience.PUBLIC)
        made = committee_plan.plan(db, row.station_id, Period(row.first, row.last), reader)
        write(db, made, reader, stream, _Telling(row.id))
        stream.flush()
        os.fsync(stream.fileno())
        seen = {held.meeting: reader.class_in(db, held.meeting) for held in made.held}
        staff = {str(ident): int(own) for ident, own in seen.items() if own >= Audience.DESK}
        return sorted({held.consultation for held in made.held}), staff


_NEW = os.O_RDWR | os.O_CREAT | os.O_TRUNC


class _Telling:
    """Says how far an archive is, now and then, and keeps others from beginning it."""

    def __init__(self, archive: int) -> None:
        self.archive = archive
        self.last = 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.last < EVERY:
            return
        self.last = time.monotonic()
        with transaction() as tx:
            row = tx.get(Archive, self.archive)
            if row is not None:
                row.done, row.total = done, total
            ticker.schedule(tx, WRITE, clock.now() + ticker.LEASE, ref("archive", self.archive))


def _digest(path: Path) -> str:
    total = sha256()
    with path.open("rb") as stream:
        while part := stream.read(1 << 20):
            total.update(part)
    return total.hexdigest()


def _end(tx: Db, ident: int, state: ArchiveState) -> Archive | None:
    """Its last state, which is kept for a week."""
    row = tx.get(Archive, ident)
    if row is not None:
        row.state, row.done, row.until = state, row.total, clock.now() + KEPT
        ticker.schedule(tx, EXPIRE, row.until, ref("archive", ident))
    return row


@ticker.due(EXPIRE)
def expire(tx: Db, subject: str) -> None:
    """Forget an archive and its file."""
    ident = parse(subject)[1]
    row = tx.exec(select(Archive).where(col(Archive.id) == ident)).one_or_none()
    if row is not None:
        tx.delete(row)
        tx.flush()
    queries.path_of(ident).unlink(missing_ok=True)


def taken_over(tx: Db, told: events.MeetingImported) -> None:
    """A record of a meeting held elsewhere was played, by whoever keeps the installation."""
    stream = ref("meeting", told.meeting)
    record(tx, None, told, stream=stream, subject=stream)
