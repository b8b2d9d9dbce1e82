"""What the pages of meetings show of the preparation: one's answer, numbers, what is missing."""

from forum.base.db import Db
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request
from sessions.convening import rules
from sessions.convening.models import Answer
from sessions.convening.queries import preparing, replies, roll
from sessions.meetings import presence, queries
from sessions.meetings import words as meeting_words
from sessions.meetings.models import MeetingState


@panel("floor:meeting", order=5)
def invitation(db: Db, request: Request, subject: str) -> str | None:
    """On a meeting's page: whether one comes, how to get there, and the file for one's calendar."""
    access = queries.meeting_access(db, request.actor, parse(subject)[1])
    row, said = access.meeting, preparing.prepared(db, access.meeting.id)
    if row.state is MeetingState.DRAFT:
        return None
    actor = request.actor
    mine = replies.reply(db, row.id, actor.id) if actor else None
    waits = mine is not None and mine.answer is Answer.COMES and not mine.seated
    invited = actor is not None and presence.entitled(db, row.id, [actor.id]).get(actor.id, False)
    return request.fragment(
        db,
        "convening/invitation.html",
        meeting=row,
        prepared=said,
        venues=[(venue, meeting_words.venue(venue.kind)) for venue in access.venues],
        invited=invited,
        asked=invited and said.asks and row.state in rules.REPLYING,
        mine=mine,
        ahead=replies.ahead(db, row.id, actor.id) if actor and waits else 0,
        short=preparing.short_notice(db, row.id),
    )


@panel("floor:console", order=5)
@panel("meetings:edit_meeting", order=5)
def preparation(db: Db, request: Request, subject: str) -> str | None:
    """For those who prepare the meeting: what is missing, the answers, the roll."""
    access = queries.meeting_access(db, request.actor, parse(subject)[1])
    if not preparing.organises(access):
        return None
    draft = access.meeting.state is MeetingState.DRAFT
    steps = preparing.steps(db, access) if draft else []
    return request.fragment(
        db,
        "convening/preparation.html",
        meeting=access.meeting,
        venues=access.venues,
        lacking=[step for step in steps if step.needed and not step.done],
        draft=draft,
        counted=None if draft else replies.counted(db, access.meeting.id),
        figures=roll.figures(db, access.meeting.id),
    )


@panel("floor:desk", order=5)
def expected(db: Db, request: Request, subject: str) -> str | None:
    """At a desk: how many said that they come, venue by venue."""
    access = queries.meeting_access(db, request.actor, parse(subject)[1])
    if not access.desks:
        return None
    counted = replies.counted(db, access.meeting.id)
    return request.fragment(
        db,
        "convening/expected.html",
        meeting=access.meeting,
        venues=access.venues,
        counted=counted,
        figures=roll.figures(db, access.meeting.id),
        organises=preparing.organises(access),
    )


@panel("meetings:agenda_sheet", order=10)
def on_the_notice(db: Db, request: Request, subject: str) -> str | None:
    """On the printed notice: type, reply, how to get there, and why it comes late."""
    access = queries.meeting_access(db, request.actor, parse(subject)[1])
    said = preparing.prepared(db, access.meeting.id)
    return request.fragment(
        db,
        "convening/on_the_notice.html",
        meeting=access.meeting,
        prepared=said,
        kind=_(said.kind.name) if said.kind.key else "",
        venues=access.venues,
        short=preparing.short_notice(db, access.meeting.id),
    )
