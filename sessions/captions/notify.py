"""Who is told what about the transcript: nobody by message, it is read where it grows."""

from forum.base.registry import silent
from sessions.captions import events

THERE = "whoever reads along sees it at once"
CLERKS = "the page of the file says it to whoever handed it in"

silent(events.SegmentAdded, because=THERE)
silent(events.SegmentsAdded, because=THERE)
silent(events.SegmentCorrected, because=THERE)
silent(events.SegmentAttributed, because=THERE)
silent(events.SegmentStruck, because=THERE)
silent(events.SegmentRestored, because=THERE)
silent(events.SegmentConfirmed, because=THERE)
silent(events.TrackConfirmed, because=THERE)
silent(events.TrackBrought, because=CLERKS)
silent(events.TrackDiscarded, because=CLERKS)
silent(events.TrackFailed, because=CLERKS)
