"""What happens to the transcript; all of it on the meeting's stream, "meeting:<id>".

Words stand in no event: a single line's digest does, and for many lines that came at once one
digest over theirs.
"""

from datetime import datetime
from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from sessions.captions.models import CaptionRevision, CaptionStrike, Source


class SegmentAdded(Event):
    """A line was written."""

    kind: ClassVar[str] = "captions:segment:added"
    segment: int
    revision: int
    at: datetime
    member: int | None
    speech: int | None
    item: int | None
    source: Source
    text: str


class SegmentsAdded(Event):
    """Lines came out of a file; `root` is the digest over those of their texts, in order."""

    kind: ClassVar[str] = "captions:segments:added"
    track: int
    source: Source
    first: int
    last: int
    count: int
    root: str


class SegmentCorrected(Event):
    """A line says something else than before; the former words are kept."""

    kind: ClassVar[str] = "captions:segment:corrected"
    segment: int
    revision: int
    text: str


class SegmentAttributed(Event):
    """A line is another person's; None where nobody of ours said it."""

    kind: ClassVar[str] = "captions:segment:attributed"
    segment: int
    member: int | None
    speech: int | None


class SegmentStruck(Event):
    """The chair took a line out of sight, for a reason that everybody reads."""

    kind: ClassVar[str] = "captions:segment:struck"
    segment: int
    strike: int
    text: str


class SegmentRestored(Event):
    """A line that was struck stands again."""

    kind: ClassVar[str] = "captions:segment:restored"
    segment: int
    strike: int


class SegmentConfirmed(Event):
    """A person looked at a line that a machine wrote, and it is right."""

    kind: ClassVar[str] = "captions:segment:confirmed"
    segment: int


class TrackConfirmed(Event):
    """A person looked at all the lines that a machine made of a recording."""

    kind: ClassVar[str] = "captions:track:confirmed"
    track: int
    count: int


class TrackBrought(Event):
    """A file for the transcript was handed in."""

    kind: ClassVar[str] = "captions:track:brought"
    audience: ClassVar[Audience] = Audience.DESK
    track: int
    source: Source


class TrackDiscarded(Event):
    """A file was not taken in after all; nothing of it is kept."""

    kind: ClassVar[str] = "captions:track:discarded"
    audience: ClassVar[Audience] = Audience.DESK
    track: int


class TrackFailed(Event):
    """The service did not turn a recording into lines; the recording is not kept."""

    kind: ClassVar[str] = "captions:track:failed"
    audience: ClassVar[Audience] = Audience.DESK
    track: int
    problem: str


sealed(SegmentAdded, CaptionRevision, id_field="revision")
sealed(SegmentCorrected, CaptionRevision, id_field="revision")
sealed(SegmentStruck, CaptionStrike, id_field="strike")
