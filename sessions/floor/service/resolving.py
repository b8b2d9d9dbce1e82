"""The chair does what the meeting decided about itself: a break, the close, or another day."""

from datetime import datetime

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.i18n import _
from sessions.floor.service.common import chaired
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from sessions.motions import queries as motions


def carry_out(
    tx: Db,
    actor: Actor,
    motion: int,
    *,
    until: datetime | None = None,
    ends: datetime | None = None,
) -> None:
    """Break as was carried, `until` then; or close, or with `until` adjourn to another day.

    Closing leaves the item that is open for another time: the motion went before it.
    """
    row = motions.motion_access(tx, actor, motion)[1]
    access, _row = chaired(tx, actor, row.meeting_id)
    found = motions.resolved(tx, access.meeting)
    if found is None or found.id != motion:
        raise Conflict(_("The meeting has not decided this, or it has been done already."))
    meeting = row.meeting_id
    if not found.closes:
        meetings.step(tx, actor, meeting, Act.BREAK, until=until)
    elif until is not None:
        meetings.step(tx, actor, meeting, Act.SUSPEND, until=until, ends=ends)
    else:
        if access.meeting.current_item_id is not None:
            why = _("The meeting decided to close.")
            meetings.close_item(tx, actor, meeting, postponed=why)
        meetings.step(tx, actor, meeting, Act.ADJOURN)
