"""What this room adds to the pages of the rooms below: meetings, items, consultations, tasks."""

from forum.agenda import queries as agenda
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.links import Relation, linked
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request
from forum.consultations import queries as consultations
from forum.members import queries as members
from sessions.captions import queries as captions
from sessions.meetings import queries as meetings
from sessions.minutes import queries, rules, words
from sessions.minutes.models import OutcomeState
from sessions.minutes.queries import decisions, leading, outcomes
from sessions.minutes.routes.decisions import outline_of


@panel("floor:console", order=80)
@panel("floor:meeting", order=60)
def minutes_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """On a meeting's pages: where its minutes are and how they stand."""
    access = meetings.meeting_access(db, request.actor, parse(subject)[1])
    row = queries.latest(db, access)
    if row is None:
        return None
    return request.fragment(
        db,
        "minutes/of_meeting.html",
        minutes=row,
        decisions=decisions.of_meeting(db, row.meeting_id),
        zone=access.meeting.zone,
        _words=words,
    )


@panel("captions:captions", order=60)
def minutes_of_transcript(db: Db, request: Request, subject: str) -> str | None:
    """On the transcript's page: the minutes, and where they tell of the speech that is read."""
    speech = request.query.integer("speech", optional=True)
    return _minutes_of_speech(db, request, parse(subject)[1], speech)


@panel("captions:caption", order=60)
def minutes_of_line(db: Db, request: Request, subject: str) -> str | None:
    """On the page of one line: where the minutes tell of the speech it belongs to."""
    found = captions.segment_access(db, request.actor, parse(subject)[1])
    return _minutes_of_speech(db, request, found.access.meeting.id, found.line.speech_id)


def _minutes_of_speech(db: Db, request: Request, meeting: int, speech: int | None) -> str | None:
    row = queries.latest(db, meetings.meeting_access(db, request.actor, meeting))
    if row is None:
        return None
    entry = captions.anchors(db, meeting).get(speech, "") if speech is not None else ""
    return request.fragment(db, "minutes/of_captions.html", minutes=row, entry=entry)


def _keeps(db: Db, request: Request, subject: str) -> bool:
    return rules.keeps(agenda.item_access(db, request.actor, parse(subject)[1]).access.roles)


@panel("agenda:item", order=70, given=decisions.ON_ITEM, offered=_keeps)
def decisions_on_item(db: Db, request: Request, subject: str) -> str | None:
    """On an item's page: what was decided on it."""
    item = parse(subject)[1]
    found = decisions.of_item(db, item)
    keeps = _keeps(db, request, subject)
    if not (found or keeps):
        return None
    return request.fragment(
        db, "minutes/on_item.html", item=item, decisions=found, keeps=keeps, _words=words
    )


@panel("consultations:consultation", order=30)
def outcome_of_consultation(db: Db, request: Request, subject: str) -> str | None:
    """On a consultation's page: what came of it, or the form that says so."""
    access = consultations.access(db, request.actor, parse(subject)[1])
    row = outcomes.of_consultation(db, access.consultation.id)
    writes = rules.publishes(access.roles) and not access.consultation.archived_at
    public = row is not None and row.state is OutcomeState.PUBLISHED
    if not (public or writes):
        return None
    texts = outcomes.revisions(db, row.id, published=True) if row and public else []
    return request.fragment(
        db,
        "minutes/of_consultation.html",
        consultation=access.consultation,
        outcome=row,
        latest=texts[-1] if texts else None,
        writes=writes,
    )


@panel("followups:task", order=20)
def origin_of_task(db: Db, request: Request, subject: str) -> str | None:
    """On a task's page: the decision behind it, the vote that it rests on, and the arguments."""
    found = [r for r in linked(db, subject, Relation.FULFILS) if parse(r)[0] == "decision"]
    if not found:
        return None
    try:
        access = queries.decision_access(db, request.actor, parse(found[0])[1])
    except NotFound:
        return None
    row = access.decision
    return request.fragment(
        db,
        "minutes/origin.html",
        decision=row,
        item=access.item.item,
        recorder=members.names(db, [row.author_id]).get(row.author_id, ""),
        vote=outline_of(db, row),
        arguments=leading.of_items(db, [row.item_id]),
        zone=access.item.access.consultation.zone,
        _words=words,
    )
