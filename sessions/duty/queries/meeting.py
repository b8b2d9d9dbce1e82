"""What a meeting's pages show of its duty reports, and where else it can be followed."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import kinds, links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.links import Link, Relation
from forum.base.refs import parse, ref
from sessions.captions.models import CaptionSegment
from sessions.duty.models import ReportState
from sessions.duty.queries.access import leads, report_access
from sessions.duty.queries.questions import being_answered
from sessions.duty.queries.reports import figures, of_meeting
from sessions.floor.screen_models import Broadcast
from sessions.meetings.queries import MeetingAccess


class Way(NamedTuple):
    """Where a meeting is watched, or what was said in it is read."""

    url: str
    text: str
    glyph: str


def ways(db: Db, actor: Actor | None, meetings: Collection[int]) -> dict[int, list[Way]]:
    """Livestream or replay, transcript and minutes of meetings that the reader sees."""
    found: dict[int, list[Way]] = defaultdict(list)
    streamed = select(col(Broadcast.meeting_id)).where(
        col(Broadcast.meeting_id).in_(meetings), col(Broadcast.url) != ""
    )
    for meeting in db.execute(streamed).scalars():
        found[meeting].append(Way(f"/meetings/{meeting}/watch", _("Watch"), "screen"))
    written = select(col(CaptionSegment.meeting_id)).where(
        col(CaptionSegment.meeting_id).in_(meetings)
    )
    for meeting in db.execute(written.distinct()).scalars():
        found[meeting].append(Way(f"/meetings/{meeting}/captions", _("Transcript"), "voice"))
    targets = [ref("meeting", meeting) for meeting in meetings]
    records = select(col(Link.source), col(Link.target)).where(
        col(Link.relation) == Relation.RECORDS.value, col(Link.target).in_(targets)
    )
    of = {row.source: parse(row.target)[1] for row in db.execute(records)}
    for step in links.steps(db, actor, list(of)):
        found[of[step.ref]].append(Way(step.url, kinds.name(step.kind), "minutes"))
    return found


def at_meeting(db: Db, access: MeetingAccess) -> dict[str, Any]:
    """Its reports, the one that goes on with the question before it, and what waits by report."""
    found = of_meeting(db, access.actor, access.meeting.id)
    going = (one.report for one in found if one.report.state is ReportState.RUNNING)
    running = next(going, None)
    led = [one.report.id for one in found if leads(access, one.report.reporter_id)]
    return {
        "reports": found,
        "running": running,
        "answering": being_answered(db, report_access(db, access.actor, running.id))
        if running
        else None,
        "waiting": {report: one.waiting for report, one in figures(db, led).items()},
    }
