"""What was said in motions and on them: wordings, seconders, the chair's words."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from sessions.meetings.models import Method
from sessions.motions.models import (
    Motion,
    MotionNote,
    MotionSecond,
    MotionVersion,
    NoteKind,
)


class VersionRow(NamedTuple):
    """A wording: whose it is, and the amendment that it comes from."""

    id: int
    number: int
    body: str
    author_id: int
    amendment_id: int | None
    at: datetime


class SecondRow(NamedTuple):
    """Somebody who seconded a motion."""

    motion_id: int
    member_id: int
    method: Method
    at: datetime


class NoteRow(NamedTuple):
    """What the chair said."""

    id: int
    kind: NoteKind
    body: str
    at: datetime


def versions(db: Db, motion: int) -> list[VersionRow]:
    """Every wording of a motion, in order."""
    found = db.execute(
        select(
            col(MotionVersion.id),
            col(MotionVersion.number),
            col(MotionVersion.body),
            col(MotionVersion.author_id),
            col(MotionVersion.amendment_id),
            col(MotionVersion.at),
        )
        .where(col(MotionVersion.motion_id) == motion)
        .order_by(col(MotionVersion.number))
        .limit(200)
    )
    return [VersionRow(*row) for row in found]


def first_texts(db: Db, ids: Collection[int]) -> dict[int, str]:
    """How these motions were worded when they were moved."""
    found = db.execute(
        select(col(MotionVersion.motion_id), col(MotionVersion.body)).where(
            col(MotionVersion.motion_id).in_(ids), col(MotionVersion.number) == 1
        )
    )
    return {row.motion_id: row.body for row in found}


def seconds(db: Db, ids: Collection[int]) -> dict[int, list[SecondRow]]:
    """Who seconded these motions, in the order of seconding."""
    rows = db.execute(
        select(
            col(MotionSecond.motion_id),
            col(MotionSecond.member_id),
            col(MotionSecond.method),
            col(MotionSecond.at),
        )
        .where(col(MotionSecond.motion_id).in_(ids))
        .order_by(col(MotionSecond.at), col(MotionSecond.member_id))
    )
    found: dict[int, list[SecondRow]] = {ident: [] for ident in ids}
    for motion, member, method, at in rows:
        found[motion].append(SecondRow(motion, member, Method(method), at))
    return found


def notes(db: Db, ids: Collection[int]) -> dict[int, list[NoteRow]]:
    """What the chair said on these motions, in order."""
    rows = db.execute(
        select(
            col(MotionNote.motion_id),
            col(MotionNote.id),
            col(MotionNote.kind),
            col(MotionNote.body),
            col(MotionNote.at),
        )
        .where(col(MotionNote.motion_id).in_(ids))
        .order_by(col(MotionNote.id))
    )
    found: dict[int, list[NoteRow]] = {ident: [] for ident in ids}
    for motion, ident, kind, body, at in rows:
        found[motion].append(NoteRow(ident, NoteKind(kind), body, at))
    return found


def quoted(db: Db, meeting: int) -> dict[tuple[str, int], str]:
    """The words of a meeting's motions and what the chair said on them, for its minutes."""
    here = col(Motion.meeting_id) == meeting
    texts = select(col(MotionVersion.id), col(MotionVersion.body)).join(
        Motion, col(Motion.id) == col(MotionVersion.motion_id)
    )
    said = select(col(MotionNote.id), col(MotionNote.body)).join(
        Motion, col(Motion.id) == col(MotionNote.motion_id)
    )
    return {
        (kind, ident): body
        for kind, query in (("motion", texts.where(here)), ("motion_note", said.where(here)))
        for ident, body in db.execute(query)
    }
