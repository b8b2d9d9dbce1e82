"""What of a person lies in a transcript: their words go with them, that somebody spoke stays."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlmodel import col

from forum.base import i18n
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.registry import Fate, carried, personal
from sessions.captions.models import (
    CaptionRevision,
    CaptionSegment,
    CaptionStrike,
    CaptionTrack,
)
from sessions.meetings.models import Meeting

personal(
    CaptionTrack,
    owner="author_id",
    columns={
        "source": Fate.NOBODY,
        "state": Fate.NOBODY,
        "name": Fate.ERASE,
        "model": Fate.NOBODY,
        "problem": Fate.NOBODY,
    },
)
personal(CaptionSegment, owner="member_id", columns={"label": Fate.ERASE, "source": Fate.NOBODY})
personal(
    CaptionRevision,
    owner="member_id",
    columns={"body": Fate.ERASE, "salt": Fate.ERASE, "digest": Fate.KEEP},
)
# What a chair gives as a reason is said in office and part of the record.
personal(CaptionStrike, owner="chair_id", columns={"body": Fate.KEEP, "salt": Fate.NOBODY})


@carried("captions")
def _said(db: Db, member: int) -> Mapping[str, list[str]]:
    """What somebody said in meetings, as the transcripts have it."""
    found = db.execute(
        select(col(CaptionSegment.at), col(Meeting.title), col(CaptionRevision.body))
        .join(CaptionRevision, col(CaptionRevision.id) == col(CaptionSegment.revision_id))
        .join(Meeting, col(Meeting.id) == col(CaptionSegment.meeting_id))
        .where(col(CaptionSegment.member_id) == member)
        .order_by(col(CaptionSegment.at), col(CaptionSegment.id))
    )
    lines = [f"{i18n.date(at)} · {title} · {body}" for at, title, body in found]
    return {_("What you said in meetings"): lines}
