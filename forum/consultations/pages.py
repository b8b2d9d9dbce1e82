"""The reads of a consultation's own pages: timeline, briefing, list and people in charge."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.consultations import rules
from forum.consultations.models import (
    Briefing,
    Consultation,
    Participant,
    Stage,
    StageDate,
    StageMove,
    TextRevision,
)
from forum.consultations.queries import Access
from forum.members import queries as members
from forum.members.models import Member, Role
from forum.members.queries import MemberRow
from forum.members.rules import folded


class StageRow(NamedTuple):
    """A stage on the timeline."""

    stage: Stage
    planned_at: datetime | None
    began_at: datetime | None
    current: bool
    over: bool


class BriefingRow(NamedTuple):
    """A text of the briefing."""

    id: int
    title: str
    html: str


class MoveRow(NamedTuple):
    """A move of the stage; `reason` is empty where it went forward."""

    at: datetime
    before: Stage
    stage: Stage
    reason: str


class TextRow(NamedTuple):
    """A text of the purpose or the briefing, with the one that it took the place of."""

    subject: str
    at: datetime
    author_id: int | None
    body: str
    earlier: str | None


def texts(db: Db, consultation: str) -> list[TextRow]:
    """Every text that the purpose and the briefing had, the newest first."""
    _kind, ident = parse(consultation)
    written = select(col(Briefing.id)).where(col(Briefing.consultation_id) == ident)
    subjects = [ref("briefing", row) for row in db.execute(written).scalars()]
    found = db.execute(
        select(
            col(TextRevision.subject),
            col(TextRevision.at),
            col(TextRevision.author_id),
            col(TextRevision.body),
        )
        .where(col(TextRevision.subject).in_([consultation, *subjects]))
        .order_by(col(TextRevision.id))
        .limit(500)
    )
    last: dict[str, str] = {}
    rows: list[TextRow] = []
    for subject, at, author, body in found:
        rows.append(TextRow(subject, at, author, body, last.get(subject)))
        last[subject] = body
    return rows[::-1]


def plan(db: Db, consultation: int) -> dict[Stage, datetime | None]:
    """When each stage is planned to begin."""
    found = db.execute(
        select(col(StageDate.stage), col(StageDate.planned_at)).where(
            col(StageDate.consultation_id) == consultation
        )
    )
    return {Stage(stage): planned for stage, planned in found}


def timeline(db: Db, access: Access) -> list[StageRow]:
    """All stages in their order; one that was entered again after going back is not over."""
    found = db.execute(
        select(col(StageDate.stage), col(StageDate.planned_at), col(StageDate.began_at)).where(
            col(StageDate.consultation_id) == access.consultation.id
        )
    )
    dates = {Stage(stage): (planned, began) for stage, planned, began in found}
    now = access.consultation.stage
    return [
        StageRow(
            stage,
            *dates.get(stage, (None, None)),
            current=stage is now,
            over=rules.follows(stage, now),
        )
        for stage in rules.STAGES
    ]


def moves(db: Db, consultation: int) -> list[MoveRow]:
    """How the stage moved, the latest first."""
    found = db.execute(
        select(col(StageMove.at), col(StageMove.before), col(StageMove.stage), col(StageMove.body))
        .where(col(StageMove.consultation_id) == consultation)
        .order_by(col(StageMove.id).desc())
        .limit(50)
    )
    return [MoveRow(at, Stage(before), Stage(stage), body) for at, before, stage, body in found]


def briefing(db: Db, consultation: int) -> list[BriefingRow]:
    """The texts of the briefing, in order."""
    found = db.execute(
        select(col(Briefing.id), col(Briefing.title), col(Briefing.html))
        .where(col(Briefing.consultation_id) == consultation, col(Briefing.removed_at).is_(None))
        .order_by(col(Briefing.position), col(Briefing.id))
    )
    return [BriefingRow(*row) for row in found]


def briefing_source(db: Db, consultation: int, text: int) -> tuple[str, str]:
    """Title and Markdown of a text of the briefing, for the form that changes it."""
    found = db.execute(
        select(col(Briefing.title), col(Briefing.body)).where(
            col(Briefing.id) == text,
            col(Briefing.consultation_id) == consultation,
            col(Briefing.removed_at).is_(None),
        )
    ).one_or_none()
    if found is None:
        raise NotFound(_("There is no such text in the briefing."))
    return found[0], found[1]


def purpose_source(db: Db, consultation: int) -> str:
    """The Markdown of the purpose, for the form that changes it."""
    query = select(col(Consultation.purpose)).where(col(Consultation.id) == consultation)
    return str(db.execute(query).scalar_one())


def participants(
    db: Db, consultation: int, *, offset: int = 0, limit: int = 100
) -> tuple[list[MemberRow], int]:
    """A page of the list of participants, by name; and how long it is."""
    on_list = col(Participant.consultation_id) == consultation
    total = db.execute(select(func.count()).select_from(Participant).where(on_list)).scalar_one()
    found = db.execute(
        select(col(Member.id), col(Member.name))
        .join(Participant, col(Participant.member_id) == col(Member.id))
        .where(on_list)
        .order_by(col(Member.name), col(Member.id))
        .offset(offset)
        .limit(limit)
    )
    return [MemberRow(*row) for row in found], total


def is_listed(db: Db, consultation: int, member: int) -> bool:
    """Whether somebody is on the list of participants."""
    return db.get(Participant, (consultation, member)) is not None


def people(db: Db, access: Access) -> list[tuple[Role, list[MemberRow]]]:
    """Who works here, by role; those named for this consultation and for its station."""
    station = access.consultation.station_id
    here = [access.stream] if station is None else [access.stream, ref("station", station)]
    grouped: dict[Role, list[MemberRow]] = {}
    for role, person in members.staff(db, here):
        grouped.setdefault(role, []).append(person)
    return sorted(grouped.items(), key=lambda pair: tuple(Role).index(pair[0]))


def named_here(db: Db, consultation: str) -> list[tuple[Role, MemberRow]]:
    """Who holds a role in the consultation itself, and so can be dismissed from it."""
    return members.staff(db, (consultation,))


def by_logins(db: Db, logins: Iterable[str]) -> dict[str, int]:
    """The accounts behind login names, by the name as it is stored; unknown ones are left out."""
    found = db.execute(
        select(col(Member.login), col(Member.id)).where(
            col(Member.login).in_({folded(login) for login in logins}),
            col(Member.erased_at).is_(None),
        )
    )
    return {str(row[0]): int(row[1]) for row in found}
