"""Where the chair can send a motion: meetings to come, the places around, committees."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.refs import ref
from forum.stations import queries as stations
from forum.stations.models import Tier
from sessions.meetings import rules
from sessions.meetings.models import Meeting
from sessions.meetings.queries import MeetingRow
from voting.methods.majority import THRESHOLD


class Sending(NamedTuple):
    """The options of the chair's dialogs."""

    meetings: list[tuple[int, str]]
    places: list[tuple[str, str]]
    shares: tuple[tuple[str, str], ...]


def sending(db: Db, meeting: MeetingRow) -> Sending:
    """For the dialogs in which the chair postpones, refers, and puts to the vote."""
    later = db.execute(
        select(col(Meeting.id), col(Meeting.title))
        .where(
            col(Meeting.consultation_id) == meeting.consultation_id,
            col(Meeting.id) != meeting.id,
            col(Meeting.state).in_(rules.PREPARING),
        )
        .order_by(col(Meeting.starts_at))
        .limit(20)
    )
    places = sorted(stations.open_stations(db), key=lambda one: one.tier is not Tier.COMMITTEE)
    return Sending(
        [(ident, title) for ident, title in later],
        [(ref("station", one.id), one.name) for one in places[:100]],
        THRESHOLD.options,
    )
