"""A meeting on its way to being convened: its type, what is done and what is missing."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.db import Db
from forum.base.i18n import _, ngettext
from forum.base.i18n import date as day_words
from forum.base.workdays import Workdays
from forum.consultations import pages
from forum.members import options
from sessions.convening import kinds, rules
from sessions.convening.kinds import Kind, Part
from sessions.convening.models import Preparation, ShortNotice
from sessions.meetings import presence, program
from sessions.meetings import rules as meeting_rules
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingAccess, MeetingRow


class Prepared(NamedTuple):
    """What a meeting is and asks beforehand."""

    kind: Kind
    asks: bool
    reply_by: datetime | None
    announced_for: datetime | None


class Short(NamedTuple):
    """Why the notice is shorter than the type demands."""

    id: int
    body: str
    at: datetime


class Step(NamedTuple):
    """One thing to be done before convening: where, and whether it is."""

    key: str
    words: str
    done: bool
    needed: bool
    href: str
    detail: str = ""


def prepared(db: Db, meeting: int) -> Prepared:
    """The type of a meeting, and what it asks."""
    found = db.execute(
        select(
            col(Preparation.kind),
            col(Preparation.asks),
            col(Preparation.reply_by),
            col(Preparation.announced_for),
        ).where(col(Preparation.meeting_id) == meeting)
    ).one_or_none()
    if found is None:
        return Prepared(kinds.OTHER, asks=True, reply_by=None, announced_for=None)
    key, *rest = found
    return Prepared(kinds.known(key), *rest)


def short_notice(db: Db, meeting: int) -> Short | None:
    """The reason that the chair gave for a notice that is short, while it holds."""
    found = db.execute(
        select(col(ShortNotice.id), col(ShortNotice.body), col(ShortNotice.at))
        .where(col(ShortNotice.meeting_id) == meeting, col(ShortNotice.over_at).is_(None))
        .order_by(col(ShortNotice.id).desc())
        .limit(1)
    ).one_or_none()
    return Short(*found) if found else None


def organises(access: MeetingAccess) -> bool:
    """Whether the reader prepares the meeting: its chair, the secretary, the station's operator.

    Who keeps but the desk of one venue sees numbers, not what people answered.
    """
    return access.chairs or meeting_rules.assists(access.access.roles)


def counting(db: Db, kind: Kind) -> Workdays | None:
    """Which days count for the notice of a meeting of this type; None: all of them."""
    return options.working_days(db) if kind.working else None


def first_day(db: Db, row: MeetingRow, kind: Kind) -> date:
    """The first day for which the meeting can be called if the notice goes out now."""
    return rules.earliest(clock.now(), row.zone, kind.lead, working=counting(db, kind))


def in_time(db: Db, row: MeetingRow, kind: Kind, starts: datetime | None = None) -> bool:
    """Whether a notice that goes out now is early enough, for its time or for another one."""
    when = starts or row.starts_at
    return rules.in_time(clock.now(), when, row.zone, kind.lead, working=counting(db, kind))


def lacking(db: Db, access: MeetingAccess, kind: Kind) -> list[Part]:
    """What the type demands and is not there yet."""
    there = {
        Part.VENUE: bool(access.venues),
        Part.AGENDA: bool(program.slots(db, access.meeting.id)),
        Part.BRIEFING: bool(pages.briefing(db, access.meeting.consultation_id)),
    }
    return [part for part in Part if part in kind.required and not there[part]]


def steps(db: Db, access: MeetingAccess) -> list[Step]:
    """Everything that is to be done before the meeting is convened, in a good order."""
    row, said = access.meeting, prepared(db, access.meeting.id)
    kind = said.kind
    slots = program.slots(db, row.id)
    texts = pages.briefing(db, row.consultation_id)
    here, there = f"/meetings/{row.id}", f"/consultations/{row.consultation_id}"
    on_roll = presence.counts(db, row.id).entitled
    seen = [
        Step("type", _("Type of meeting"), bool(kind.key), False, "#type", _(kind.name)),
        Step(
            "agenda",
            _("Order of the day"),
            bool(slots),
            Part.AGENDA in kind.required,
            f"{here}/edit#program",
            ngettext("%(num)s item", "%(num)s items", len(slots)) % {"num": len(slots)},
        ),
        Step(
            "venue",
            _("Venues"),
            bool(access.venues),
            True,
            f"{here}/edit#venues",
            _(", ").join(venue.name for venue in access.venues),
        ),
        Step(
            "briefing",
            _("Briefing pack"),
            bool(texts),
            Part.BRIEFING in kind.required,
            f"{there}/briefing/new",
            ngettext("%(num)s text", "%(num)s texts", len(texts)) % {"num": len(texts)},
        ),
        _notice(db, row, kind),
    ]
    if said.asks:
        by = day_words(said.reply_by, row.zone) if said.reply_by else ""
        seen.append(Step("reply", _("Reply asked by"), bool(by), False, "#type", by))
    entitled = ngettext("%(num)s person is entitled.", "%(num)s people are entitled.", on_roll)
    drawn = _("It is drawn when the meeting is convened.")
    detail = entitled % {"num": on_roll} if on_roll else drawn
    seen.append(Step("roll", _("Roll"), bool(on_roll), False, f"{here}/roll", detail))
    return seen


def _notice(db: Db, row: MeetingRow, kind: Kind) -> Step:
    if row.state is not MeetingState.DRAFT:
        return Step("notice", _("Notice"), True, True, "#notice", _("It has gone out."))
    if in_time(db, row, kind):
        by = rules.latest(row.starts_at, row.zone, kind.lead, working=counting(db, kind))
        detail = _("In time until %(day)s.") % {"day": day_words(by)}
        return Step("notice", _("Notice"), True, True, "#notice", detail)
    stated = short_notice(db, row.id) is not None
    detail = _("Too late for this date: from %(day)s on it would do.") % {
        "day": day_words(first_day(db, row, kind))
    }
    return Step("notice", _("Notice"), stated, True, "#notice", detail)
