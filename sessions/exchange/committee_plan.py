"""What an archive of a committee's minutes holds: read in one snapshot, for one reader."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Invalid
from forum.base.events import Audience, StreamHead
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.settings import settings
from forum.base.transfer import Period
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation, Visibility
from forum.stations import committees
from forum.stations.queries import StationRow
from sessions.meetings import queries as meetings
from sessions.meetings.models import Meeting, MeetingState
from sessions.minutes.models import Minutes, State
from sessions.minutes.rules import LOCKED

MOST = 5000  # versions of minutes, and meetings without any, in one archive
LONGEST = timedelta(days=3660)


class Reader(NamedTuple):
    """For whom an archive is written: a person, or whoever is of a class of readers."""

    actor: Actor | None
    audience: Audience

    def readable(self, db: Db) -> Select[int]:
        """The consultations whose minutes this reader may have."""
        if self.actor is not None:
            return consultations.readable(db, self.actor)
        seen = {
            Audience.PUBLIC: [Visibility.PUBLIC],
            Audience.MEMBER: [Visibility.PUBLIC, Visibility.MEMBERS],
        }.get(self.audience, list(Visibility))
        return select(col(Consultation.id)).where(col(Consultation.visibility).in_(seen))

    def class_in(self, db: Db, meeting: int) -> Audience:
        """Which of a meeting's files the reader may see."""
        if self.actor is None:
            return self.audience
        return meetings.reader(db, self.actor, meeting) or Audience.PUBLIC


class Held(NamedTuple):
    """One approved version of the minutes of a meeting."""

    minutes: int
    version: int
    state: State
    digest: str
    meeting: int
    title: str
    starts_at: datetime
    zone: str
    consultation: int
    about: str
    public: bool

    @property
    def folder(self) -> str:
        """Where its meeting's files lie in the archive."""
        day = self.starts_at.astimezone(ZoneInfo(self.zone)).date()
        return f"minutes/{day}-meeting-{self.meeting}"


class Waiting(NamedTuple):
    """A meeting that was held and has no approved minutes yet."""

    meeting: int
    title: str
    starts_at: datetime
    zone: str


class Head(NamedTuple):
    """How far a stream had come, signed."""

    stream: str
    seq: int
    digest: str
    signature: str


class Plan(NamedTuple):
    """All that the archive holds but the attachments, in its order."""

    committee: StationRow
    period: Period
    held: list[Held]
    waiting: list[Waiting]
    heads: list[Head]

    @property
    def public(self) -> bool:
        """Whether everybody may read all of it."""
        return all(row.public for row in self.held)


def plan(db: Db, station: int, period: Period, reader: Reader) -> Plan:
    """What this reader gets of the committee's minutes of a period."""
    committee = committees.committee(db, station)
    check(period)
    match = _within(db, station, period, reader)
    held = _held(db, match)
    waiting = _waiting(db, match)
    if len(held) > MOST or len(waiting) > MOST:
        raise Invalid(_("This is too much for one archive: choose a shorter period."))
    meetings_of = {row.meeting for row in held} | {row.meeting for row in waiting}
    streams = sorted(ref("meeting", meeting) for meeting in meetings_of)
    heads = _heads(db, [ref("station", station), *streams])
    return Plan(committee, period, held, waiting, heads)


def check(period: Period) -> None:
    """Raise Invalid for days that no archive has."""
    if period.last < period.first:
        words = _("The last day is before the first.")
        raise Invalid(words, fields={"last": words})
    if period.last - period.first > LONGEST:
        words = _("At most ten years in one archive.")
        raise Invalid(words, fields={"last": words})


def count(db: Db, station: int, period: Period, reader: Reader) -> int:
    """How many approved versions there are to be had."""
    query = select(func.count()).select_from(Minutes)
    query = query.join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
    match = and_(_within(db, station, period, reader), col(Minutes.state).in_(LOCKED))
    found: int = db.execute(query.where(match)).scalar_one()
    return found


def _within(db: Db, station: int, period: Period, reader: Reader) -> ColumnElement[bool]:
    """The committee's meetings of the period, counted by the days of the installation's zone."""
    zone = ZoneInfo(settings().zone)
    begin = datetime.combine(period.first, time(), zone).astimezone(UTC)
    end = datetime.combine(period.last + timedelta(days=1), time(), zone).astimezone(UTC)
    here = select(col(Consultation.id)).where(col(Consultation.station_id) == station)
    return and_(
        col(Meeting.consultation_id).in_(here),
        col(Meeting.consultation_id).in_(reader.readable(db)),
        col(Meeting.starts_at) >= begin,
        col(Meeting.starts_at) < end,
    )


def _held(db: Db, match: ColumnElement[bool]) -> list[Held]:
    query = (
        select(
            col(Minutes.id),
            col(Minutes.version),
            col(Minutes.state),
            col(Minutes.digest),
            col(Meeting.id),
            col(Meeting.title),
            col(Meeting.starts_at),
            col(Meeting.zone),
            col(Consultation.id),
            col(Consultation.title),
            col(Consultation.visibility) == Visibility.PUBLIC,
        )
        .join(Meeting, col(Meeting.id) == col(Minutes.meeting_id))
        .join(Consultation, col(Consultation.id) == col(Meeting.consultation_id))
        .where(match, col(Minutes.state).in_(LOCKED))
        .order_by(col(Meeting.starts_at), col(Meeting.id), col(Minutes.version))
    )
    rows = [Held(*row) for row in db.execute(query.limit(MOST + 1))]
    return [row._replace(state=State(row.state), public=bool(row.public)) for row in rows]


def _waiting(db: Db, match: ColumnElement[bool]) -> list[Waiting]:
    approved = select(col(Minutes.meeting_id)).where(col(Minutes.state).in_(LOCKED))
    query = select(col(Meeting.id), col(Meeting.title), col(Meeting.starts_at), col(Meeting.zone))
    found = db.execute(
        query.where(
            match,
            col(Meeting.state).not_in([MeetingState.DRAFT, MeetingState.CONVENED]),
            col(Meeting.id).not_in(approved),
        )
        .order_by(col(Meeting.starts_at), col(Meeting.id))
        .limit(MOST + 1)
    )
    return [Waiting(*row) for row in found]


def _heads(db: Db, streams: Sequence[str]) -> list[Head]:
    columns = [col(getattr(StreamHead, name)) for name in Head._fields if name != "stream"]
    found: list[Head] = []
    for start in range(0, len(streams), 500):
        some = streams[start : start + 500]
        query = select(col(StreamHead.name), *columns).where(col(StreamHead.name).in_(some))
        found += [Head(*row) for row in db.execute(query.order_by(col(StreamHead.name)))]
    return found
