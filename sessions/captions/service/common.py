"""What the verbs of the transcript share: who may, what a line is, and how lines are written."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.events import seal
from forum.base.i18n import _
from forum.members import queries as members
from sessions.captions import rules
from sessions.captions.models import CaptionRevision, CaptionSegment, CaptionTrack, Source
from sessions.captions.rules import Place
from sessions.captions.timeline import Timeline
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import hold, require_state, tell

__all__ = ["hold", "tell"]


class Said(NamedTuple):
    """One line as it comes in: who is a member, else a name as it was heard, else nobody named."""

    at: datetime
    words: str
    until: datetime | None = None
    member: int | None = None
    label: str = ""


def kept(tx: Db, actor: Actor, meeting: int) -> MeetingAccess:
    """The meeting, locked, for whoever keeps its transcript, while the record is open."""
    access, _row = hold(tx, actor, meeting)
    require_clerk(access)
    require_state(access, rules.OPEN, _("The transcript of this meeting is closed."))
    return access


def require_clerk(access: MeetingAccess) -> None:
    """Forbidden for whoever does not keep the transcript."""
    if not rules.types(access.audience):
        raise Forbidden(_("Only those who keep this meeting's transcript may do this."))


def of_segment(tx: Db, actor: Actor, segment: int) -> tuple[MeetingAccess, CaptionSegment]:
    """A line of a transcript that the actor keeps."""
    row = tx.get(CaptionSegment, segment)
    if row is None:
        raise NotFound(_("There is no such line."))
    access = kept(tx, actor, row.meeting_id)
    return access, tx.get_one(CaptionSegment, segment, populate_existing=True)


def require_standing(row: CaptionSegment) -> None:
    """A Conflict for a line that was struck."""
    if row.struck:
        raise Conflict(_("This line was struck."))


def require_people(tx: Db, people: set[int]) -> None:
    """NotFound where one of them is nobody here."""
    if len(members.names(tx, people)) != len(people):
        raise NotFound(_("There is no such person."))


def write(
    tx: Db,
    author: int,
    meeting: int,
    lines: Sequence[Said],
    *,
    source: Source,
    track: CaptionTrack | None = None,
) -> list[tuple[CaptionSegment, CaptionRevision]]:
    """Add the rows of lines, each where it belongs in the meeting."""
    timeline = Timeline.of(tx, meeting)
    now = clock.now()
    rows = []
    for said in lines:
        found = placed(timeline, said)
        rows.append(
            CaptionSegment(
                meeting_id=meeting,
                at=said.at,
                until=said.until,
                member_id=said.member,
                label="" if said.member else said.label[:80],
                speech_id=found.speech,
                item_id=found.item,
                source=source,
                track_id=track.id if track else None,
                author_id=author,
                written_at=now,
            )
        )
    tx.add_all(rows)
    tx.flush()
    revisions = [revision(row, said.words, author) for row, said in zip(rows, lines, strict=True)]
    tx.add_all(revisions)
    tx.flush()
    for row, made in zip(rows, revisions, strict=True):
        row.revision_id = made.id
    tx.flush()
    return list(zip(rows, revisions, strict=True))


def placed(timeline: Timeline, said: Said) -> Place:
    """The speech and item of a line."""
    return timeline.place(said.at, said.member, named=bool(said.member or said.label))


def revision(row: CaptionSegment, words: str, author: int) -> CaptionRevision:
    """What a line says from now on, sealed."""
    sealed = seal(words)
    return CaptionRevision(
        segment_id=row.id,
        member_id=row.member_id,
        body=words,
        salt=sealed.salt,
        digest=sealed.digest,
        author_id=author,
        at=clock.now(),
    )
