"""The transcript as it is read: page by page, the newest lines, one line with its history."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, or_, select
from sqlmodel import col

from forum.base import events, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.markup import excerpt
from forum.base.refs import ref
from forum.base.registry import Step
from forum.base.tables import metadata
from forum.members import queries as members
from sessions.captions import tracks, verify
from sessions.captions.models import CaptionRevision, CaptionSegment, CaptionStrike, Source
from sessions.floor.events import SpeechRecognised
from sessions.meetings import queries as meetings
from sessions.meetings.queries import MeetingAccess

__all__ = ["tracks", "verify"]  # importing them registers what they say
SIZE = 100
NEWEST = 40


class Line(NamedTuple):
    """A line as everybody reads it; a struck one has no words, but a reason."""

    id: int
    at: datetime
    until: datetime | None
    speaker: str
    member_id: int | None
    speech_id: int | None
    item_id: int | None
    words: str
    source: Source
    ai_generated: bool
    confirmed: bool
    corrections: int
    struck: bool
    reason: str


class Sought(NamedTuple):
    """What of a transcript is asked for."""

    text: str = ""
    speech: int | None = None
    item: int | None = None


_S, _R = CaptionSegment, CaptionRevision
_COLUMNS = (
    col(_S.id),
    col(_S.at),
    col(_S.until),
    col(_S.member_id),
    col(_S.label),
    col(_S.speech_id),
    col(_S.item_id),
    col(_R.body),
    col(_S.source),
    col(_S.confirmed_by),
    col(_S.corrections),
    col(_S.struck),
)
_FROM = select(*_COLUMNS).join(_R, col(_R.id) == col(_S.revision_id))


def _lines(db: Db, found: Sequence[Any], *, whole: bool = False) -> list[Line]:
    names = members.names(db, {row.member_id for row in found if row.member_id is not None})
    struck = [row.id for row in found if row.struck]
    reasons = _reasons(db, struck) if struck else {}
    return [
        Line(
            row.id,
            row.at,
            row.until,
            names.get(row.member_id, "") if row.member_id else row.label,
            row.member_id,
            row.speech_id,
            row.item_id,
            "" if row.struck and not whole else row.body,
            Source(row.source),
            row.source == Source.MACHINE,
            row.confirmed_by is not None,
            row.corrections,
            row.struck,
            reasons.get(row.id, ""),
        )
        for row in found
    ]


def _reasons(db: Db, segments: Sequence[int]) -> dict[int, str]:
    found = db.execute(
        select(col(CaptionStrike.segment_id), col(CaptionStrike.body)).where(
            col(CaptionStrike.segment_id).in_(segments), col(CaptionStrike.lifted_at).is_(None)
        )
    )
    return {row.segment_id: row.body for row in found}


def _match(meeting: int, sought: Sought) -> ColumnElement[bool]:
    match = [col(_S.meeting_id) == meeting]
    if sought.speech is not None:
        match.append(col(_S.speech_id) == sought.speech)
    if sought.item is not None:
        match.append(col(_S.item_id) == sought.item)
    if sought.text:
        inside = col(_R.body).icontains(sought.text, autoescape=True)
        match.append(and_(inside, col(_S.struck).is_(False)))
    return and_(*match)


ALL = Sought()


def count(db: Db, meeting: int, sought: Sought = ALL) -> int:
    """How many lines there are."""
    query = select(func.count()).select_from(_S).join(_R, col(_R.id) == col(_S.revision_id))
    return int(db.execute(query.where(_match(meeting, sought))).scalar_one())


def lines(
    db: Db, meeting: int, sought: Sought = ALL, *, offset: int = 0, limit: int = SIZE
) -> list[Line]:
    """Lines in the order in which they were said."""
    order = (col(_S.at), col(_S.id))
    query = _FROM.where(_match(meeting, sought)).order_by(*order).offset(offset).limit(limit)
    return _lines(db, db.execute(query).all())


def newest(db: Db, meeting: int, limit: int = NEWEST) -> list[Line]:
    """The last lines, the latest at the end."""
    query = _FROM.where(col(_S.meeting_id) == meeting)
    found = db.execute(query.order_by(col(_S.at).desc(), col(_S.id).desc()).limit(limit)).all()
    return _lines(db, found[::-1])


def number_of_page(db: Db, meeting: int, segment: int, at: datetime) -> int:
    """The page of the whole transcript on which a line stands."""
    before = or_(col(_S.at) < at, and_(col(_S.at) == at, col(_S.id) < segment))
    query = select(func.count()).where(col(_S.meeting_id) == meeting, before)
    return int(db.execute(query).scalar_one()) // SIZE + 1


class Former(NamedTuple):
    """What a line said from a moment on."""

    at: datetime
    author: str
    words: str


class SegmentAccess(NamedTuple):
    """A line, the meeting it was said in, and what of it this reader sees."""

    access: MeetingAccess
    line: Line
    track_id: int | None


def segment_access(db: Db, actor: Actor | None, segment: int) -> SegmentAccess:
    """A line; NotFound where its meeting is invisible. Who moderates reads a struck one whole."""
    where = select(col(_S.meeting_id), col(_S.track_id)).where(col(_S.id) == segment)
    found = db.execute(where).one_or_none()
    if found is None:
        raise NotFound(_("There is no such line."))
    try:
        access = meetings.meeting_access(db, actor, found.meeting_id)
    except NotFound:
        raise NotFound(_("There is no such line.")) from None
    whole = access.audience >= Audience.MODERATOR
    (line,) = _lines(db, db.execute(_FROM.where(col(_S.id) == segment)).all(), whole=whole)
    return SegmentAccess(access, line, found.track_id)


def history(db: Db, segment: int) -> list[Former]:
    """All that a line ever said, the first words first."""
    found = db.execute(
        select(col(_R.at), col(_R.author_id), col(_R.body))
        .where(col(_R.segment_id) == segment)
        .order_by(col(_R.id))
        .limit(200)
    ).all()
    names = members.names(db, {row.author_id for row in found})
    return [Former(row.at, names.get(row.author_id, ""), row.body) for row in found]


# What minutes and other pages rest on: a machine's lines only once somebody has looked at them.
_USABLE = and_(
    col(_S.struck).is_(False),
    or_(col(_S.source) != Source.MACHINE, col(_S.confirmed_by).is_not(None)),
)


def anchors(db: Db, meeting: int) -> dict[int, str]:
    """For each speech the entry of the minutes that tells of it, as their page names it."""
    told = events.history(
        db,
        ref("meeting", meeting),
        audience=Audience.MODERATOR,
        kinds=(SpeechRecognised.kind,),
        limit=5_000,
    )
    return {event.payload["speech"]: f"e{event.seq}" for event in told}


def spoken(db: Db, meeting: int) -> dict[str, str]:
    """For each entry of the minutes that tells of a speech: where one reads what was said."""
    query = select(col(_S.speech_id)).where(
        col(_S.meeting_id) == meeting, col(_S.speech_id).is_not(None), _USABLE
    )
    there = set(db.execute(query.distinct().limit(5_000)).scalars())
    if not there:
        return {}
    return {
        entry: f"/meetings/{meeting}/captions?speech={speech}"
        for speech, entry in anchors(db, meeting).items()
        if speech in there
    }


class OfItem(NamedTuple):
    """A meeting in which something was said on an item, and how many lines that is."""

    meeting: int
    title: str
    lines: int


# Made once: every page of an item asks.
_T = metadata.tables["caption_segment"].c
ON_ITEM = exists().where(_T.item_id == bindparam("ident"))
_OF_ITEM = (
    select(_T.meeting_id, func.count())
    .where(_T.item_id == bindparam("item"))
    .group_by(_T.meeting_id)
    .order_by(_T.meeting_id)
    .limit(20)
)


def of_item(db: Db, actor: Actor | None, item: int) -> list[OfItem]:
    """The transcripts in which an item comes up, of meetings that the reader sees."""
    found = db.execute(_OF_ITEM, {"item": item}).all()
    seen = meetings.resolve(db, actor, [meeting for meeting, _lines in found]) if found else {}
    return [
        OfItem(meeting, seen[meeting].title, number) for meeting, number in found if meeting in seen
    ]


@registry.resolver("caption")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What lines are called: who spoke, and the first words."""
    where = select(col(_S.id), col(_S.meeting_id)).where(col(_S.id).in_(ids))
    of = {row.id: row.meeting_id for row in db.execute(where)}
    seen = meetings.resolve(db, actor, sorted(set(of.values())))
    mine = [ident for ident, meeting in of.items() if meeting in seen]
    found = _lines(db, db.execute(_FROM.where(col(_S.id).in_(mine))).all())
    return {
        line.id: Step(
            ref("caption", line.id),
            "caption",
            f"{line.speaker}: {excerpt(line.words, 60)}" if line.words else _("Line"),
            f"/captions/{line.id}",
        )
        for line in found
    }
