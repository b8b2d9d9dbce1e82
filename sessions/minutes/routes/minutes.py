"""The minutes as a document: the reading view, live while the meeting runs, and its versions."""

from collections.abc import Mapping
from typing import Any

from forum.base import clock
from forum.base.db import Db, reading
from forum.base.errors import NotFound
from forum.base.events import Audience, head
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import view
from forum.base.web import Request, Response, Routes
from forum.consultations.guests import keepable
from forum.members import queries as members
from sessions.captions import queries as captions
from sessions.meetings import queries as meetings
from sessions.minutes import queries, rules, words
from sessions.minutes.models import State
from sessions.minutes.queries import MinutesAccess, MinutesRow
from sessions.minutes.sheet import Sheet, differences, sheet

routes = Routes("sessions.minutes.routes")


def sheet_of(db: Db, row: MinutesRow) -> Sheet:
    """A version in words."""
    record = queries.record(db, row)
    return sheet(record, queries.names(db, row, record))


@routes.get("/meetings/{meeting:int}/minutes")
def of_meeting(request: Request, meeting: int) -> Response:
    """The latest minutes of a meeting; while it runs, the live draft."""
    with reading() as db:
        found = queries.latest(db, meetings.meeting_access(db, request.actor, meeting))
        if found is None:
            raise NotFound(_("There are no minutes yet."))
        return request.done(f"/minutes/{found.id}")


@routes.get("/minutes/{minutes:int}")
def minutes(request: Request, minutes: int) -> Response:
    """One version: the document, what it waits for, who asked for what."""
    with reading() as db:
        access = queries.minutes_access(db, request.actor, minutes)
        row, meeting = access.minutes, access.meeting
        live = None
        if not row.locked:
            after = head(db, meeting.stream)
            live = {"stream": meeting.stream, "view": "minutes", "after": after}
        asked = queries.requests(db, minutes) if meeting.audience >= Audience.MEMBER else []
        return request.page(
            db,
            subject=ref("minutes", minutes),
            keep=row.locked and keepable(meeting.access),
            live=live,
            minutes=row,
            sheet=sheet_of(db, row),
            requests=asked,
            versions=[
                v
                for v in queries.versions(db, row.meeting_id)
                if v.locked or meeting.audience >= Audience.MEMBER
            ],
            names=members.names(db, {asked.author_id for asked in asked}),
            may=_may(db, access),
            zone=meeting.meeting.zone,
            spoken=captions.spoken(db, row.meeting_id),
            _words=words,
        )


def _may(db: Db, access: MinutesAccess) -> dict[str, bool]:
    """What the reader can do now; the buttons of it are shown."""
    row, state = access.minutes, access.minutes.state
    editable = access.keeps and state in rules.EDITABLE
    over = access.meeting.meeting.state in rules.OVER
    office = access.signs
    signed = {signature.role for signature in queries.signatures(db, row.id)}
    return {
        "edit": editable,
        "circulate": editable and over,
        "sign": bool(office and row.until and editable and office.value not in signed),
        "ask": rules.may_ask(state, row.until, clock.now())
        and queries.took_part(db, access.meeting),
        "amend": access.keeps and state is State.APPROVED,
    }


@view(
    "minutes",
    stream="meeting",
    audience=Audience.MEMBER,
    template="minutes/minutes.html",
    blocks=("document",),
)
def live_document(db: Db, meeting: int) -> Mapping[str, Any]:
    """The draft as everybody who may read it sees it."""
    rows = queries.versions(db, meeting)
    row = rows[-1]
    return {
        "minutes": row,
        "sheet": sheet_of(db, row),
        "zone": meetings.meeting_row(db, meeting).zone,
        "spoken": captions.spoken(db, meeting),
        "_words": words,
    }


@routes.get("/minutes/{minutes:int}/changes")
def changes(request: Request, minutes: int) -> Response:
    """What was corrected and by whom, and what this version says otherwise than the former one."""
    with reading() as db:
        access = queries.minutes_access(db, request.actor, minutes)
        row = access.minutes
        record = queries.record(db, row)
        names = queries.names(db, row, record)
        machine = queries.projected(db, row)
        now, log = sheet(record, names), sheet(machine, names)
        earlier = [
            v for v in queries.versions(db, row.meeting_id) if v.version < row.version and v.locked
        ]
        former = earlier[-1] if earlier else None
        fixes = queries.corrections(db, row.meeting_id, row.version)
        return request.page(
            db,
            subject=ref("minutes", minutes),
            minutes=row,
            title=now.meeting,
            corrections=fixes,
            authors=members.names(db, {f.author_id for f in fixes if f.author_id}),
            against_log=differences(log, now),
            former=former,
            against_former=differences(sheet_of(db, former), now) if former else [],
            zone=access.meeting.meeting.zone,
            _words=words,
        )
