"""What every format of the minutes is written from: the record, its words, its proof."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import keys
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from sessions.minutes import queries
from sessions.minutes.models import Minutes
from sessions.minutes.queries import MinutesRow
from sessions.minutes.record import Record
from sessions.minutes.sheet import Sheet, sheet


class Source(NamedTuple):
    """One version of minutes, ready to be written; unapproved ones have no proof."""

    row: MinutesRow
    record: Record
    sheet: Sheet
    names: dict[int, str]
    sealed: dict[str, dict[str, str | None]]
    public_key: str


def source(db: Db, minutes: int, audience: Audience) -> Source:
    """Read a version for a class of readers: drafts are for members."""
    meeting = db.execute(
        select(col(Minutes.meeting_id)).where(col(Minutes.id) == minutes)
    ).scalar_one_or_none()
    rows = queries.versions(db, meeting) if meeting is not None else []
    found = [row for row in rows if row.id == minutes]
    if not found or not (found[0].locked or audience >= Audience.MEMBER):
        raise NotFound(_("There are no such minutes."))
    row = found[0]
    record = queries.record(db, row)
    names = queries.names(db, row, record)
    sealed = {
        str(member): {"name": name, "salt": salt}
        for member, (name, salt) in sorted(queries.sealed_names(db, minutes).items())
    }
    return Source(row, record, sheet(record, names), names, sealed, keys.public_key())
