"""What of a person lies in duty reports: voters' words go with them, what was said in office stays.

Ratings and supports count on; whose they were is forgotten with the account's name.
"""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import col

from forum.base import i18n
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.registry import Fate, carried, personal
from sessions.duty.models import (
    DutyAnswer,
    DutyDecline,
    DutyQuestion,
    DutyRating,
    DutyReport,
    DutyRevision,
    DutySupport,
)
from sessions.meetings.models import Meeting

OFFICE = {"body": Fate.KEEP, "salt": Fate.NOBODY}

personal(DutyReport, owner="reporter_id", columns={"state": Fate.KEEP})
personal(DutyRevision, owner="author_id", columns={**OFFICE, "html": Fate.KEEP})
personal(
    DutyQuestion,
    owner="member_id",
    columns={
        "method": Fate.KEEP,
        "body": Fate.ERASE,
        "salt": Fate.ERASE,
        "state": Fate.NOBODY,
    },
)
personal(DutyDecline, owner="author_id", columns=OFFICE)
personal(DutyAnswer, owner="author_id", columns={**OFFICE, "html": Fate.KEEP})
personal(DutySupport, owner="member_id", columns={})
personal(DutyRating, owner="member_id", columns={"rating": Fate.KEEP, "body": Fate.ERASE})


@carried("duty")
def _asked(db: Db, member: int) -> Mapping[str, list[str]]:
    """What somebody asked representatives, with the day and the meeting."""
    found = db.execute(
        select(col(DutyQuestion.asked_at), col(Meeting.title), col(DutyQuestion.body))
        .join(DutyReport, col(DutyReport.id) == col(DutyQuestion.report_id))
        .join(Meeting, col(Meeting.id) == col(DutyReport.meeting_id))
        .where(col(DutyQuestion.member_id) == member)
        .order_by(col(DutyQuestion.id))
    )
    lines = [f"{i18n.date(at)} · {title} · {body}" for at, title, body in found]
    return {_("What you asked representatives"): lines}
