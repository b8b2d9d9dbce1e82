"""Points of order as they are read: what was said, what the chair ruled, what the meeting said."""

from collections.abc import Collection, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, select
from sqlmodel import col

from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members import queries as members
from sessions.floor import words
from sessions.floor.models import Appeal, AppealState, OrderRuling, PointOfOrder, Ruling, Speech
from sessions.floor.rows import AppealRow, Point, SpeechRow


class Appealed(NamedTuple):
    """An appeal and what it belongs to."""

    id: int
    meeting_id: int
    item_id: int
    speech_id: int
    point_id: int
    state: AppealState


def points_of(db: Db, by_id: Mapping[int, SpeechRow], names: Mapping[int, str]) -> list[Point]:
    """The points of order among these requests, in the order in which they were raised."""
    found = db.execute(
        select(
            col(PointOfOrder.id),
            col(PointOfOrder.speech_id),
            col(PointOfOrder.body),
            col(OrderRuling.ruling),
            col(OrderRuling.body),
            col(Appeal.id),
            col(Appeal.member_id),
            col(Appeal.state),
            col(Appeal.seconded_by),
            col(Appeal.poll_id),
        )
        .join(OrderRuling, col(OrderRuling.point_id) == col(PointOfOrder.id), isouter=True)
        .join(Appeal, col(Appeal.ruling_id) == col(OrderRuling.id), isouter=True)
        .where(col(PointOfOrder.speech_id).in_(by_id))
        .order_by(col(PointOfOrder.id))
    ).all()
    who = members.names(db, {row[6] for row in found if row[6] is not None} - names.keys())
    who |= names
    return [
        Point(
            point,
            speech,
            by_id[speech].member_id,
            who[by_id[speech].member_id],
            body,
            Ruling(ruling) if ruling else None,
            words.ruling(Ruling(ruling)) if ruling else "",
            said or "",
            AppealRow(
                appeal[0],
                appeal[1],
                who[appeal[1]],
                AppealState(appeal[2]),
                words.appeal(AppealState(appeal[2])),
                appeal[3],
                appeal[4],
            )
            if appeal[0] is not None
            else None,
        )
        for point, speech, body, ruling, said, *appeal in found
    ]


def appealed(db: Db, appeal: int) -> Appealed:
    """An appeal, for whoever has been let into its meeting; NotFound where there is none."""
    found = _appeals(db, col(Appeal.id) == appeal)
    if not found:
        raise NotFound(_("There is no such appeal."))
    return found[0]


def appeals_on(db: Db, meeting: int, item: int, states: Collection[AppealState]) -> list[Appealed]:
    """The appeals on an item of a meeting that stand like this."""
    here = (col(Speech.meeting_id) == meeting, col(Speech.item_id) == item)
    return _appeals(db, *here, col(Appeal.state).in_(states))


def _appeals(db: Db, *which: ColumnElement[bool]) -> list[Appealed]:
    query = (
        select(
            col(Appeal.id),
            col(Speech.meeting_id),
            col(Speech.item_id),
            col(Speech.id),
            col(PointOfOrder.id),
            col(Appeal.state),
        )
        .join(OrderRuling, col(OrderRuling.id) == col(Appeal.ruling_id))
        .join(PointOfOrder, col(PointOfOrder.id) == col(OrderRuling.point_id))
        .join(Speech, col(Speech.id) == col(PointOfOrder.speech_id))
        .where(*which)
        .order_by(col(Appeal.id))
    )
    made = (Appealed._make(row) for row in db.execute(query))
    return [one._replace(state=AppealState(one.state)) for one in made]
