"""Writing lines: one that a clerk types, or one that comes with a record from elsewhere."""

from collections.abc import Sequence

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.refs import ref
from sessions.captions.events import SegmentAdded
from sessions.captions.models import CaptionRevision, CaptionSegment, Source
from sessions.captions.service.common import Said, kept, require_people, tell, write
from sessions.meetings.queries import MeetingAccess


def type_line(
    tx: Db, actor: Actor, meeting: int, words: str, *, member: int | None = None, label: str = ""
) -> int:
    """Write down what was just said; returns the line's id."""
    said = Said(clock.now(), words, None, member, label)
    (made,) = _add(tx, actor, kept(tx, actor, meeting), [said], Source.TYPED)
    return made


def add(tx: Db, actor: Actor, meeting: int, segment: Said) -> int:
    """Add a line of a record made elsewhere, at its own time; returns its id."""
    (made,) = add_all(tx, actor, meeting, [segment])
    return made


def add_all(tx: Db, actor: Actor, meeting: int, lines: Sequence[Said]) -> list[int]:
    """Add lines of a record made elsewhere, each at its own time; returns their ids."""
    return _add(tx, actor, kept(tx, actor, meeting), lines, Source.IMPORTED)


def _add(
    tx: Db, actor: Actor, access: MeetingAccess, lines: Sequence[Said], source: Source
) -> list[int]:
    require_people(tx, {said.member for said in lines if said.member is not None})
    made = write(tx, actor.id, access.meeting.id, lines, source=source)
    for row, text in made:
        tell(tx, actor, access, added(row, text), subject=ref("caption", row.id))
    return [row.id for row, _text in made]


def added(row: CaptionSegment, made: CaptionRevision) -> SegmentAdded:
    """What the log says of a line: everything but its words."""
    return SegmentAdded(
        row.id,
        made.id,
        row.at,
        row.member_id,
        row.speech_id,
        row.item_id,
        row.source,
        made.digest,
    )
