"""What the verbs of this room share."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import Event, Stored, record
from forum.base.i18n import _
from forum.base.refs import ref
from sessions.meetings.models import Meeting
from sessions.minutes import rules
from sessions.minutes.models import Minutes
from sessions.minutes.queries.minutes import MinutesAccess, minutes_access


def open_minutes(tx: Db, actor: Actor, minutes: int) -> tuple[MinutesAccess, Minutes]:
    """A version to write in: invisible 404, not the keeper's 403, locked 409."""
    access = minutes_access(tx, actor, minutes)
    # The meeting's row is the lock: one verb on its minutes comes after the other.
    tx.get(Meeting, access.minutes.meeting_id, with_for_update=True, populate_existing=True)
    access = minutes_access(tx, actor, minutes)
    if not access.keeps:
        raise Forbidden(_("Only the secretary or the chair writes the minutes."))
    require_open(access)
    return access, tx.get_one(Minutes, minutes, populate_existing=True)


def require_open(access: MinutesAccess) -> None:
    """A Conflict once the version is approved."""
    if access.minutes.state not in rules.EDITABLE:
        raise Conflict(_("These minutes are approved: begin a new version to change them."))


def tell(tx: Db, actor: Actor | None, meeting: int, event: Event, *, subject: str) -> Stored:
    """Record on the meeting's stream."""
    return record(tx, actor, event, stream=ref("meeting", meeting), subject=subject)


def begin(tx: Db, meeting: int, *, version: int = 1) -> Minutes:
    """A row for a version."""
    row = Minutes(meeting_id=meeting, version=version, created_at=clock.now())
    tx.add(row)
    tx.flush()
    return row
