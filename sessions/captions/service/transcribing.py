"""Having recordings written down: after the commit, in a thread of its own, tried a few times."""

from datetime import timedelta

from forum.base import clock, ticker
from forum.base.db import Db, reading, transaction
from forum.base.events import record
from forum.base.refs import ref
from sessions.captions import rules, speech_to_text
from sessions.captions.events import TrackFailed
from sessions.captions.models import CaptionTrack, TrackState
from sessions.captions.service.common import Said
from sessions.captions.service.tracks import TRANSCRIBE, finish, let_go
from sessions.captions.speech_to_text import Heard, ServiceError
from sessions.captions.tracks import content_of

MOST_TRIES = 6


class TryAgainError(Exception):
    """The service may answer later: the ticker comes back."""


@ticker.long(TRANSCRIBE)
def transcribe(subject: str) -> None:
    """Ask the service about one recording and write down what it heard."""
    track = int(subject)
    with reading() as db:
        row = db.get(CaptionTrack, track)
        if row is None or row.state != TrackState.WAITING:
            return
        data = content_of(db, row.file_id)
    try:
        if not speech_to_text.offered():
            raise ServiceError("off")
        if data is None:
            raise ServiceError("gone")
        heard = speech_to_text.ask(data)
    except ServiceError as error:
        if _failed(track, error):
            raise TryAgainError from None
        return
    with transaction() as tx:
        _written(tx, track, heard)


def _failed(track: int, error: ServiceError) -> bool:
    """Note a failure; whether it is tried again."""
    with transaction() as tx:
        row = tx.get_one(CaptionTrack, track, with_for_update=True)
        row.tries += 1
        if row.state != TrackState.WAITING:
            return False
        if error.later and row.tries < MOST_TRIES:
            return True
        _give_up(tx, row, error.problem)
    return False


def _give_up(tx: Db, row: CaptionTrack, problem: str) -> None:
    row.state, row.problem, row.done_at = TrackState.FAILED, problem, clock.now()
    let_go(tx, row)
    tx.flush()
    stream, subject = ref("meeting", row.meeting_id), ref("caption_track", row.id)
    record(tx, None, TrackFailed(row.id, problem), stream=stream, subject=subject)


def _written(tx: Db, track: int, heard: list[Heard]) -> None:
    """The lines, unless the recording was discarded meanwhile."""
    row = tx.get_one(CaptionTrack, track, with_for_update=True)
    if row.state != TrackState.WAITING:
        return
    lines = [
        Said(
            row.begins_at + timedelta(milliseconds=one.start),
            one.words[: rules.MOST_OF_A_LINE],
            row.begins_at + timedelta(milliseconds=one.end) if one.end is not None else None,
        )
        for one in heard[: rules.MOST_LINES]
    ]
    if not lines:
        _give_up(tx, row, "unreadable")
        return
    finish(tx, row, lines, by=None)
