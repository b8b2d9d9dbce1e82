"""`run.py verify`: lines that came many at once, against the digest that the log has over them."""

import json

from sqlalchemy import func, select
from sqlmodel import col

from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db
from forum.base.events import EventRow, sealed_digest
from forum.base.registry import verifier
from forum.base.verify import Report
from sessions.captions.events import SegmentsAdded
from sessions.captions.models import CaptionRevision, CaptionSegment

FAULT = "text_changed"


@verifier("captions")
def check(db: Db, report: Report) -> None:
    """What was taken in is what stands there, but for what was corrected visibly or erased."""
    query = select(col(EventRow.payload)).where(col(EventRow.kind) == SegmentsAdded.kind)
    for payload in db.execute(query).scalars().all():
        told = json.loads(payload)
        report.count("captions")
        _track(db, told["track"], told["root"], report)


def _track(db: Db, track: int, root: str, report: Report) -> None:
    first = (
        select(func.min(col(CaptionRevision.id)))
        .join(CaptionSegment, col(CaptionSegment.id) == col(CaptionRevision.segment_id))
        .where(col(CaptionSegment.track_id) == track)
        .group_by(col(CaptionSegment.id))
    )
    rows = db.execute(
        select(
            col(CaptionRevision.segment_id),
            col(CaptionRevision.body),
            col(CaptionRevision.salt),
            col(CaptionRevision.digest),
        )
        .where(col(CaptionRevision.id).in_(first))
        .order_by(col(CaptionRevision.segment_id))
    ).all()
    subject = f"caption_track:{track}"
    if sha256hex(canonical([row.digest for row in rows])) != root:
        report.fault(FAULT, subject, f"the lines of caption file {track} are not those taken in")
    for row in rows:
        erased = row.salt is None and not row.body
        if not erased and sealed_digest(row.salt or "", row.body) != row.digest:
            words = f"line {row.segment_id} of caption file {track} was changed"
            report.fault(FAULT, f"caption:{row.segment_id}", words)
