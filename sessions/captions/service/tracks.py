"""Files for the transcript: handed in, looked at, taken in or discarded."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import update
from sqlmodel import col

from forum.base import clock, files, scanner, ticker
from forum.base.auth import Actor
from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound, TooLarge
from forum.base.events import Audience, record
from forum.base.filetypes import Content
from forum.base.i18n import _
from forum.base.refs import ref
from sessions.captions import rules, speech_to_text, webvtt
from sessions.captions.events import (
    SegmentsAdded,
    TrackBrought,
    TrackConfirmed,
    TrackDiscarded,
)
from sessions.captions.matching import Matching
from sessions.captions.models import (
    CaptionRevision,
    CaptionSegment,
    CaptionTrack,
    Source,
    TrackState,
)
from sessions.captions.service.common import Said, kept, tell, write
from sessions.captions.tracks import read_captions
from sessions.meetings.queries import MeetingAccess

TRANSCRIBE = "captions:transcribe"


def checked_captions(data: bytes, name: str) -> Content:
    """A caption file that can be read, free of known viruses; for a route, before it writes."""
    if len(data) > rules.MOST_BYTES:
        bound = rules.MOST_BYTES // 1_000_000
        raise TooLarge(_("This is too large: at most %(n)s MB.") % {"n": bound})
    scanner.require_clean(data, name)
    try:
        webvtt.parse(data.decode())
    except (UnicodeDecodeError, webvtt.NoCaptionsError):
        sentence = _("This is no WebVTT file: it begins with the word WEBVTT, in UTF-8.")
        raise Invalid(sentence, fields={"file": sentence}) from None
    return Content(data, "text/vtt; charset=utf-8")


def checked_recording(data: bytes, name: str) -> Content:
    """A recording that a service can be asked about, free of known viruses."""
    if not speech_to_text.offered():
        raise Conflict(_("No speech-to-text service is set."))
    scanner.require_clean(data, name)
    kind = speech_to_text.kind_of(data)
    if kind is None:
        sentence = _("This is no recording: MP3, M4A, Ogg, WebM, FLAC or WAV.")
        raise Invalid(sentence, fields={"recording": sentence})
    return Content(data, kind[1])


def bring_captions(
    tx: Db, actor: Actor, meeting: int, content: Content, name: str, *, begins_at: datetime
) -> int:
    """Hand in a caption file: it is looked at, and taken in when the clerk says so."""
    access = kept(tx, actor, meeting)
    made = _bring(tx, actor, access, content, name, begins_at, Source.IMPORTED, TrackState.CHECKED)
    return made.id


def bring_recording(
    tx: Db, actor: Actor, meeting: int, content: Content, name: str, *, begins_at: datetime
) -> int:
    """Hand in a recording: after the commit the service is asked to write it down."""
    access = kept(tx, actor, meeting)
    made = _bring(tx, actor, access, content, name, begins_at, Source.MACHINE, TrackState.WAITING)
    ticker.schedule(tx, TRANSCRIBE, clock.now(), str(made.id))
    return made.id


def _bring(
    tx: Db,
    actor: Actor,
    access: MeetingAccess,
    content: Content,
    name: str,
    begins_at: datetime,
    source: Source,
    state: TrackState,
) -> CaptionTrack:
    row = CaptionTrack(
        meeting_id=access.meeting.id,
        source=source,
        state=state,
        name=name[:120],
        begins_at=begins_at,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    place = ref("caption_track", row.id)
    row.file_id = files.keep(tx, actor, content, name, place=place, audience=Audience.DESK)
    tx.flush()
    tell(tx, actor, access, TrackBrought(row.id, source), subject=place)
    return row


def _of_track(tx: Db, actor: Actor, track: int) -> tuple[MeetingAccess, CaptionTrack]:
    row = tx.get(CaptionTrack, track)
    if row is None:
        raise NotFound(_("There is no such file."))
    access = kept(tx, actor, row.meeting_id)
    return access, tx.get_one(CaptionTrack, track, populate_existing=True)


def take_in(tx: Db, actor: Actor, track: int) -> int:
    """Make the cues of a file that was looked at lines of the transcript; returns how many."""
    _access, row = _of_track(tx, actor, track)
    if row.state != TrackState.CHECKED:
        raise Conflict(_("This file has been dealt with already."))
    matching = Matching.of(tx, row.meeting_id)
    lines = []
    for cue in read_captions(tx, row.file_id).cues:
        member = matching.member(cue.voice)
        begin = row.begins_at + timedelta(milliseconds=cue.start)
        end = row.begins_at + timedelta(milliseconds=cue.end)
        lines.append(Said(begin, cue.words, end, member, "" if member else cue.voice))
    if not lines:
        raise Conflict(_("There is nothing in this file that can be taken in."))
    finish(tx, row, lines, by=actor)
    return len(lines)


def finish(tx: Db, row: CaptionTrack, lines: Sequence[Said], *, by: Actor | None) -> None:
    """Write the lines of a file, let the file go, and tell; `by` nobody: the machine did it."""
    made = write(tx, row.author_id, row.meeting_id, lines, source=row.source, track=row)
    row.state, row.done_at, row.lines = TrackState.DONE, clock.now(), len(lines)
    let_go(tx, row)
    tx.flush()
    told = SegmentsAdded(
        row.id,
        row.source,
        made[0][0].id,
        made[-1][0].id,
        len(made),
        root([revision for _row, revision in made]),
    )
    stream = ref("meeting", row.meeting_id)
    record(tx, by, told, stream=stream, subject=ref("caption_track", row.id))


def root(revisions: Sequence[CaptionRevision]) -> str:
    """One digest over those of many texts."""
    return sha256hex(canonical([revision.digest for revision in revisions]))


def let_go(tx: Db, row: CaptionTrack) -> None:
    """The file is needed no longer."""
    if row.file_id is not None:
        files.remove(tx, row.file_id)
        row.file_id = None


def discard(tx: Db, actor: Actor, track: int) -> None:
    """Do not take a file in; nothing of it is kept."""
    access, row = _of_track(tx, actor, track)
    if row.state not in (TrackState.CHECKED, TrackState.WAITING):
        raise Conflict(_("This file has been dealt with already."))
    ticker.cancel(tx, TRANSCRIBE, str(track))
    row.state, row.done_at = TrackState.DISCARDED, clock.now()
    let_go(tx, row)
    tx.flush()
    tell(tx, actor, access, TrackDiscarded(track), subject=ref("caption_track", track))


def confirm_track(tx: Db, actor: Actor, track: int) -> int:
    """Say that all that a machine wrote here was looked at; returns how many lines that was."""
    access, row = _of_track(tx, actor, track)
    if row.source != Source.MACHINE or row.state != TrackState.DONE or row.confirmed_at:
        raise Conflict(_("These lines need no confirmation."))
    now = clock.now()
    row.confirmed_by, row.confirmed_at = actor.id, now
    tx.flush()
    done = tx.execute(
        update(CaptionSegment)
        .where(col(CaptionSegment.track_id) == track, col(CaptionSegment.confirmed_by).is_(None))
        .values(confirmed_by=actor.id, confirmed_at=now)
        .returning(col(CaptionSegment.id))
    )
    confirmed = len(done.all())
    told = TrackConfirmed(track, confirmed)
    tell(tx, actor, access, told, subject=ref("caption_track", track))
    return confirmed
