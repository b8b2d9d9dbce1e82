"""Mending lines: other words, another speaker, struck, brought back, looked at."""

from sqlalchemy import select, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import seal
from forum.base.i18n import _
from forum.base.refs import ref
from sessions.captions.events import (
    SegmentAttributed,
    SegmentConfirmed,
    SegmentCorrected,
    SegmentRestored,
    SegmentStruck,
)
from sessions.captions.models import CaptionRevision, CaptionSegment, CaptionStrike, Source
from sessions.captions.service.common import (
    hold,
    of_segment,
    require_people,
    require_standing,
    revision,
    tell,
)
from sessions.captions.timeline import Timeline
from sessions.meetings.queries import MeetingAccess


def correct(tx: Db, actor: Actor, segment: int, words: str) -> bool:
    """Let a line say something else; False where it says that already."""
    access, row = of_segment(tx, actor, segment)
    require_standing(row)
    before = tx.get_one(CaptionRevision, row.revision_id)
    if before.body == words:
        return False
    made = revision(row, words, actor.id)
    tx.add(made)
    tx.flush()
    row.revision_id = made.id
    row.corrections += 1
    _looked_at(row, actor)
    tx.flush()
    corrected = SegmentCorrected(row.id, made.id, made.digest)
    tell(tx, actor, access, corrected, subject=ref("caption", row.id))
    return True


def attribute(
    tx: Db, actor: Actor, segment: int, *, member: int | None = None, label: str = ""
) -> bool:
    """Say who spoke; False where that is known already."""
    access, row = of_segment(tx, actor, segment)
    require_standing(row)
    label = "" if member else label[:80]
    if (row.member_id, row.label) == (member, label):
        return False
    if member is not None:
        require_people(tx, {member})
    row.member_id, row.label = member, label
    place = Timeline.of(tx, row.meeting_id).place(row.at, member, named=bool(member or label))
    row.speech_id = place.speech
    # The words are another one's now: they go with that person, should they go.
    mine = update(CaptionRevision).where(col(CaptionRevision.segment_id) == segment)
    tx.execute(mine.values(member_id=member))
    _looked_at(row, actor)
    tx.flush()
    told = SegmentAttributed(segment, member, row.speech_id)
    tell(tx, actor, access, told, subject=ref("caption", segment))
    return True


def _looked_at(row: CaptionSegment, actor: Actor) -> None:
    """Who mends what a machine wrote has looked at it."""
    if row.source == Source.MACHINE and row.confirmed_by is None:
        row.confirmed_by, row.confirmed_at = actor.id, clock.now()


def confirm(tx: Db, actor: Actor, segment: int) -> None:
    """Say that a line which a machine wrote is right; from then on the minutes lead to it."""
    access, row = of_segment(tx, actor, segment)
    require_standing(row)
    if row.source != Source.MACHINE or row.confirmed_by is not None:
        raise Conflict(_("This line needs no confirmation."))
    _looked_at(row, actor)
    tx.flush()
    tell(tx, actor, access, SegmentConfirmed(segment), subject=ref("caption", segment))


def _led(tx: Db, actor: Actor, segment: int) -> tuple[MeetingAccess, CaptionSegment]:
    """A line of a meeting that the actor chairs; also once the record is closed."""
    row = tx.get(CaptionSegment, segment)
    if row is None:
        raise NotFound(_("There is no such line."))
    access, _meeting = hold(tx, actor, row.meeting_id)
    if not access.chairs:
        raise Forbidden(_("Only the chair of this meeting may do this."))
    return access, tx.get_one(CaptionSegment, segment, populate_existing=True)


def strike(tx: Db, actor: Actor, segment: int, reason: str) -> None:
    """Take a line out of sight; its place and the reason stay, and the chair can still read it."""
    access, row = _led(tx, actor, segment)
    require_standing(row)
    sealed = seal(reason)
    made = CaptionStrike(
        segment_id=segment, body=reason, salt=sealed.salt, chair_id=actor.id, at=clock.now()
    )
    tx.add(made)
    row.struck = True
    tx.flush()
    struck = SegmentStruck(segment, made.id, sealed.digest)
    tell(tx, actor, access, struck, subject=ref("caption", segment))


def restore(tx: Db, actor: Actor, segment: int) -> None:
    """Bring back a line that was struck."""
    access, row = _led(tx, actor, segment)
    standing = select(CaptionStrike).where(
        col(CaptionStrike.segment_id) == segment, col(CaptionStrike.lifted_at).is_(None)
    )
    made = tx.execute(standing).scalar_one_or_none()
    if made is None:
        raise Conflict(_("This line was not struck."))
    made.lifted_at = clock.now()
    row.struck = False
    tx.flush()
    tell(tx, actor, access, SegmentRestored(segment, made.id), subject=ref("caption", segment))
