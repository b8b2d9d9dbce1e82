"""Who took part: argued, reacted, voted, spoke or was there; who keeps the minutes. Ids only."""

from sqlalchemy import Select, select, union
from sqlmodel import col

from forum.agenda.models import Item
from forum.arguments.models import Argument, Reaction
from forum.base.db import Db
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.consultations.models import Consultation
from forum.members import queries as members
from forum.members.models import Role
from sessions.floor.models import Speech
from sessions.meetings.models import Attendance, Meeting
from voting.boxes.models import Participation, SealedParticipation
from voting.polls.models import Poll


def of_consultation(db: Db, consultation: int) -> set[int]:
    """Everybody who took part in a consultation, in whatever way."""
    items = select(col(Item.id)).where(col(Item.consultation_id) == consultation)
    polls = select(col(Poll.id)).where(col(Poll.consultation_id) == consultation)
    meetings = select(col(Meeting.id)).where(col(Meeting.consultation_id) == consultation)
    return _all(
        db,
        *_argued(items),
        *_voted(polls),
        select(col(Attendance.member_id)).where(col(Attendance.meeting_id).in_(meetings)),
        select(col(Speech.member_id)).where(col(Speech.meeting_id).in_(meetings)),
        select(col(Item.proposed_by)).where(
            col(Item.consultation_id) == consultation, col(Item.proposed_by).is_not(None)
        ),
    )


def of_item(db: Db, item: int) -> set[int]:
    """Everybody who argued on an item, voted or spoke on it."""
    items = select(col(Item.id)).where(col(Item.id) == item)
    polls = select(col(Poll.id)).where(col(Poll.item_id) == item)
    return _all(
        db,
        *_argued(items),
        *_voted(polls),
        select(col(Speech.member_id)).where(col(Speech.item_id) == item),
        select(col(Item.proposed_by)).where(
            col(Item.id) == item, col(Item.proposed_by).is_not(None)
        ),
    )


def of_meeting(db: Db, meeting: int) -> set[int]:
    """Everybody who was there."""
    return _all(db, select(col(Attendance.member_id)).where(col(Attendance.meeting_id) == meeting))


def keepers(db: Db, meeting: int) -> list[int]:
    """The secretaries of a meeting: those of the meeting, its consultation or its station."""
    query = (
        select(col(Consultation.id), col(Consultation.station_id))
        .join(Meeting, col(Meeting.consultation_id) == col(Consultation.id))
        .where(col(Meeting.id) == meeting)
    )
    consultation, station = db.execute(query).one()
    here = [ref("meeting", meeting), *consultations.places(db, consultation, station)]
    return [who.id for who in members.holders(db, Role.SECRETARY, here)]


def _argued(items: Select[int]) -> list[Select[int]]:
    arguments = select(col(Argument.id)).where(col(Argument.item_id).in_(items))
    return [
        select(col(Argument.author_id)).where(col(Argument.item_id).in_(items)),
        select(col(Reaction.member_id)).where(col(Reaction.argument_id).in_(arguments)),
    ]


def _voted(polls: Select[int]) -> list[Select[int]]:
    return [
        select(col(model.voter_id)).where(col(model.poll_id).in_(polls))
        for model in (Participation, SealedParticipation)
    ]


def _all(db: Db, *queries: Select[int] | Select[int | None]) -> set[int]:
    found = db.execute(union(*queries)).scalars()
    return {member for member in found if member is not None}
