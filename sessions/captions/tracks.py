"""Files for the transcript, read: how they stand, and what is in one before it is taken in."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import files, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.events import Audience
from forum.base.files import StoredFile
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import Step
from sessions.captions import rules, webvtt, words
from sessions.captions.matching import Matching
from sessions.captions.models import CaptionSegment, CaptionTrack, Source, TrackState
from sessions.captions.webvtt import Parsed
from sessions.meetings import queries as meetings
from sessions.meetings.queries import MeetingAccess

SHOWN = 30  # cues, and problems, of a file that is looked at


class TrackRow(NamedTuple):
    """A file as pages list it."""

    id: int
    meeting_id: int
    source: Source
    state: TrackState
    name: str
    begins_at: datetime
    file_id: int | None
    lines: int
    problem: str | None
    confirmed_at: datetime | None
    at: datetime

    @property
    def machine(self) -> bool:
        """Whether its lines are a machine's."""
        return self.source is Source.MACHINE


_COLUMNS = tuple(col(getattr(CaptionTrack, name)) for name in TrackRow._fields)


def _row(found: Sequence[object]) -> TrackRow:
    row = TrackRow._make(found)
    return row._replace(source=Source(row.source), state=TrackState(row.state))


def of_meeting(db: Db, meeting: int) -> list[TrackRow]:
    """The files of a meeting, the latest first."""
    found = db.execute(
        select(*_COLUMNS)
        .where(col(CaptionTrack.meeting_id) == meeting)
        .order_by(col(CaptionTrack.id).desc())
        .limit(100)
    )
    return [_row(row) for row in found]


def track_access(db: Db, actor: Actor | None, track: int) -> tuple[MeetingAccess, TrackRow]:
    """A file and the meeting it is for; NotFound for whoever does not keep the transcript."""
    found = db.execute(select(*_COLUMNS).where(col(CaptionTrack.id) == track)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such file."))
    row = _row(found)
    access = meetings.meeting_access(db, actor, row.meeting_id)
    if not rules.types(access.audience):
        raise NotFound(_("There is no such file."))
    return access, row


def content_of(db: Db, file: int | None) -> bytes | None:
    """The bytes of a file; None where it is gone."""
    query = select(col(StoredFile.digest)).where(col(StoredFile.id) == (file or 0))
    digest = db.execute(query).scalar_one_or_none()
    if digest is None:
        return None
    path = files.path_of(digest)
    return path.read_bytes() if path.is_file() else None


def read_captions(db: Db, file: int | None) -> Parsed:
    """What a caption file holds that was looked at when it came."""
    data = content_of(db, file)
    return webvtt.parse(data.decode()) if data is not None else Parsed([], [])


class Voice(NamedTuple):
    """A name in a file: how often it speaks, and who bears it."""

    name: str
    cues: int
    bearers: int


class Preview(NamedTuple):
    """What would come of a file: cues, voices, and what is wrong in which line."""

    cues: int
    first: list[tuple[str, str, str]]
    voices: list[Voice]
    problems: list[tuple[int, str]]
    left_out: int


def preview(db: Db, row: TrackRow) -> Preview:
    """A dry run: nothing is written."""
    parsed = read_captions(db, row.file_id)
    matching = Matching.of(db, row.meeting_id)
    counts: dict[str, int] = {}
    for cue in parsed.cues:
        if cue.voice:
            counts[cue.voice] = counts.get(cue.voice, 0) + 1
    voices = [Voice(name, n, len(matching.bearing(name))) for name, n in counts.items()]
    return Preview(
        len(parsed.cues),
        [(webvtt.clock(cue.start), cue.voice, cue.words) for cue in parsed.cues[:SHOWN]],
        sorted(voices, key=lambda voice: -voice.cues)[:SHOWN],
        [(problem.line, _(problem.words)) for problem in parsed.problems[:SHOWN]],
        max(0, len(parsed.problems) - SHOWN),
    )


def open_lines(db: Db, track: int) -> int:
    """How many lines of a machine nobody has looked at yet."""
    query = select(func.count()).where(
        col(CaptionSegment.track_id) == track, col(CaptionSegment.confirmed_by).is_(None)
    )
    return int(db.execute(query).scalar_one())


@files.reader("caption_track")
def reader(db: Db, actor: Actor | None, track: int) -> Audience | None:
    """Who may see a file that is looked at: whoever keeps the transcript."""
    try:
        access, _found = track_access(db, actor, track)
    except NotFound:
        return None
    return access.audience


@registry.resolver("caption_track")
def resolve(db: Db, actor: Actor | None, ids: Sequence[int]) -> dict[int, Step]:
    """What files are called, for those who keep the transcript."""
    found = {}
    for ident in ids[:50]:
        try:
            _access, row = track_access(db, actor, ident)
        except NotFound:
            continue
        title = row.name or _("Caption file")
        state = words.state(row.state)
        found[ident] = Step(
            ref("caption_track", ident), "caption_track", title, f"/caption-tracks/{ident}", state
        )
    return found
