"""What roles may do in a meeting, in words; and what lies around one, where roles are held."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import N_
from forum.base.refs import ref
from forum.base.registry import Step
from forum.consultations import queries as consultations
from forum.members import grounds
from forum.members.rights import right
from sessions.meetings import rules
from sessions.meetings.models import Meeting

right(N_("call meetings and chair them"), rules.chairs)
right(N_("work at the desk of a venue: check people in, hand on wishes to speak"), rules.assists)


def around(db: Db, meeting: int) -> tuple[str, ...]:
    """The places whose roles count in a meeting: itself, its consultation and what is around it."""
    of = select(col(Meeting.consultation_id)).where(col(Meeting.id) == meeting)
    return (ref("meeting", meeting), *consultations.around(db, db.execute(of).scalar_one()))


def find(_db: Db, _actor: Actor | None, _text: str, _held: Sequence[str], _most: int) -> list[Step]:
    """None: roles in a meeting are given where it is prepared, not from a list of places."""
    return []


grounds.declare("meeting", around=around, find=find)
