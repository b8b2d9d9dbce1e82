"""The log as its readers see it: what their class may see in full, the rest by its digest alone."""

import json
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlmodel import col

from forum.base import keys, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Invalid, NotFound
from forum.base.events import (
    Audience,
    EventRow,
    Stored,
    StreamHead,
    body_digest,
    head_statement,
)
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.settings import settings
from forum.members import queries as members

PAGE = 50


class Filter(NamedTuple):
    """What part of the log is wanted; empty fields want everything."""

    stream: str = ""
    kind: str = ""
    person: int | None = None
    day: str = ""


class Entry(NamedTuple):
    """One event; a hidden one shows its place and digests alone."""

    stream: str
    seq: int
    hidden: bool
    body: str
    digest: str
    id: str = ""
    at: datetime | None = None
    actor_id: int | None = None
    kind: str = ""
    subject: str = ""
    audience: int = 0
    payload: dict[str, Any] | None = None


class Chain(NamedTuple):
    """A stream's head: how long it is, its digest, and whether our key signed it."""

    seq: int
    digest: str
    signature: str
    signed: bool
    whole: bool


def reader(db: Db, actor: Actor | None, stream: str) -> Audience:
    """The class that somebody belongs to in a stream; NotFound where it is invisible."""
    try:
        kind, ident = parse(stream)
        found = registry.streams[kind](db, actor, ident)
    except (ValueError, KeyError):
        found = None
    if found is None:
        raise NotFound(_("There is no such log."))
    return found


def _stored(row: Row[Any]) -> Stored:
    facts = row._asdict()
    return Stored(
        **{**facts, "audience": Audience(row.audience), "payload": json.loads(row.payload)}
    )


_COLUMNS = tuple(col(getattr(EventRow, name)) for name in Stored._fields)


def _day(day: str) -> ColumnElement[bool]:
    try:
        wanted = date.fromisoformat(day)
        begin = datetime.combine(wanted, time(), ZoneInfo(settings().zone)).astimezone(UTC)
        end = begin + timedelta(days=1)
    except (ValueError, OverflowError) as error:
        words = _("Please enter a day, like 2026-03-05.")
        raise Invalid(words, fields={"day": words}) from error
    return and_(col(EventRow.at) >= begin, col(EventRow.at) < end)


def _match(wanted: Filter) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if wanted.stream:
        found.append(col(EventRow.stream) == wanted.stream)
    if wanted.kind:
        whole = wanted.kind.count(":") == 2
        kinds = [wanted.kind] if whole else _kinds_of(wanted.kind)
        found.append(col(EventRow.kind).in_(kinds))
    if wanted.person is not None:
        own = col(EventRow.stream) == f"member:{wanted.person}"
        found.append(or_(col(EventRow.actor_id) == wanted.person, own))
    if wanted.day:
        found.append(_day(wanted.day))
    return found


def _kinds_of(room: str) -> list[str]:
    return [kind for kind in registry.events if kind.partition(":")[0] == room]


def log(
    db: Db, actor: Actor | None, wanted: Filter, *, offset: int = 0
) -> tuple[list[Entry], Audience, bool]:
    """A page of the log, newest first; the reader's class; whether there is more.

    A filter other than the stream would tell what a hidden event is about, so those who see a
    part only get the hidden ones of an unfiltered stream.
    """
    if wanted.stream:
        audience = reader(db, actor, wanted.stream)
    elif members.administrates(db, actor):
        audience = Audience.MODERATOR
    else:
        raise NotFound(_("There is no such log."))
    query = select(*_COLUMNS).where(*_match(wanted))
    if wanted.kind or wanted.person is not None or wanted.day:
        query = query.where(col(EventRow.audience) <= int(audience))
    order = (
        (col(EventRow.seq).desc(),)
        if wanted.stream
        else (col(EventRow.at).desc(), col(EventRow.stream), col(EventRow.seq).desc())
    )
    rows = db.execute(query.order_by(*order).offset(offset).limit(PAGE + 1)).all()
    entries = [_entry(_stored(row), audience) for row in rows[:PAGE]]
    return entries, audience, len(rows) > PAGE


def _entry(stored: Stored, audience: Audience) -> Entry:
    body = body_digest(stored)
    if stored.audience > audience:
        return Entry(stored.stream, stored.seq, True, body, stored.digest)
    return Entry(
        stored.stream,
        stored.seq,
        False,
        body,
        stored.digest,
        stored.id,
        stored.at,
        stored.actor_id,
        stored.kind,
        stored.subject,
        int(stored.audience),
        stored.payload,
    )


def chain(db: Db, stream: str) -> Chain | None:
    """A stream's head: signed by this server's key, and the last event is the one it names."""
    query = select(col(StreamHead.seq), col(StreamHead.digest), col(StreamHead.signature)).where(
        col(StreamHead.name) == stream
    )
    head = db.execute(query).one_or_none()
    if head is None:
        return None
    signed = keys.verify(head_statement(stream, head.seq, head.digest), head.signature)
    last = select(col(EventRow.seq), col(EventRow.digest)).where(col(EventRow.stream) == stream)
    found = db.execute(last.order_by(col(EventRow.seq).desc()).limit(1)).one_or_none()
    count = db.execute(
        select(func.count()).select_from(EventRow).where(col(EventRow.stream) == stream)
    ).scalar_one()
    whole = found is not None and tuple(found) == (head.seq, head.digest) and count == head.seq
    return Chain(head.seq, head.digest, head.signature, signed, whole)
