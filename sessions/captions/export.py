"""The transcript as a WebVTT file, with the marks that machine-made text must bear."""

import json
from datetime import datetime, timedelta

from forum.base import i18n
from forum.base.db import Db
from forum.base.i18n import _
from sessions.captions import queries, webvtt, words
from sessions.captions.queries import Line
from sessions.captions.rules import MOST_LINES
from sessions.captions.webvtt import Written
from sessions.meetings import sittings
from sessions.meetings.queries import MeetingRow

MOST = 5 * MOST_LINES
# How long a line is shown of which nobody noted the end.
LONGEST, SHORTEST = timedelta(seconds=7), timedelta(seconds=1)
CHUNK = 5_000


def written(db: Db, meeting: MeetingRow) -> str:
    """The file; 00:00 is the opening of the meeting, or the first line if that was earlier."""
    lines: list[Line] = []
    for offset in range(0, MOST, CHUNK):
        found = queries.lines(db, meeting.id, offset=offset, limit=CHUNK)
        lines += found
        if len(found) < CHUNK:
            break
    start = sittings.first_opened(db, meeting)
    if lines:
        start = min(start, lines[0].at)
    notes = [f"{meeting.title} · {i18n.datetime_(start, meeting.zone)}"]
    if any(line.ai_generated for line in lines):
        notes += [_notice(), _metadata()]
    followers = [*(line.at for line in lines[1:]), None][: len(lines)]
    cues = [_cue(line, start, follower) for line, follower in zip(lines, followers, strict=True)]
    return webvtt.write(notes, cues)


def _notice() -> str:
    return f"{words.MACHINE}: " + _("Some of these lines were written by a machine.")


def _metadata() -> str:
    """What GB 45438 wants to find in the file's metadata; this format has none but notes."""
    label = {"Label": "1", "ContentProducer": "speech-to-text", "ContentPropagator": "Folkmoot"}
    return f"AIGC {json.dumps(label)}"


def _cue(line: Line, start: datetime, follower: datetime | None) -> Written:
    end = line.until or line.at + LONGEST
    if line.until is None and follower is not None:
        end = max(line.at + SHORTEST, min(end, follower))
    if line.struck:
        said = _("[Struck by the chair: %(reason)s]") % {"reason": line.reason}
    else:
        said = line.words or _("[No longer kept]")
    return Written(
        _ms(line.at - start),
        max(_ms(end - start), _ms(line.at - start) + 1),
        "" if line.struck else line.speaker,
        f"[{words.MACHINE}] {said}" if line.ai_generated and not line.struck else said,
    )


def _ms(span: timedelta) -> int:
    return round(span / timedelta(milliseconds=1))
