"""The pages of a session: for everybody, for whoever leads; and those of a meeting."""

from typing import Any

from forum.base.db import Db, reading
from forum.base.errors import Forbidden
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.markup import excerpt
from forum.base.refs import ref
from forum.base.registry import view
from forum.base.web import Request, Response, Routes
from sessions.floor.routes.pages import live
from sessions.meetings import program
from sessions.meetings import queries as meetings
from sessions.meetings.queries import MeetingAccess
from sessions.workshop import book, queries, rules, words
from sessions.workshop.models import Gives, WorkshopState
from sessions.workshop.queries import Board, WorkshopRow
from sessions.workshop.queries.rows import StepRow
from sessions.workshop.service.common import leading

routes = Routes("sessions.workshop.routes")


@view(
    "workshop",
    stream="meeting",
    audience=Audience.PUBLIC,
    template="workshop/workshop.html",
    blocks=("now", "table"),
)
def for_everybody(db: Db, meeting: int) -> dict[str, Any]:
    """What all who take part see alike, in the session that the meeting is at."""
    row = meetings.meeting_row(db, meeting)
    found = queries.current(db, meeting, row.current_item_id)
    return {"board": queries.board(db, found) if found else None, "zone": row.zone}


@routes.get("/workshops/{workshop:int}")
def workshop(request: Request, workshop: int) -> Response:
    """What is asked now, the time, one's own field; afterwards all that came of it."""
    with reading() as db:
        access, row = queries.workshop_access(db, request.actor, workshop)
        now = queries.board(db, row)
        at = queries.current(db, row.meeting_id, access.meeting.current_item_id)
        followed = at is not None and at.id == workshop
        alone = request.htmx and request.htmx.target == "personal"
        return request.page(
            db,
            subject=None if alone else ref("workshop", workshop),
            live=live(db, request, row.meeting_id, "workshop" if followed else ""),
            meeting=access.meeting,
            board=now,
            zone=access.meeting.zone,
            mine=queries.mine(db, access, now),
            elsewhere=at.id if at and at.running and not followed else None,
            kept=_kept(now) if row.state is WorkshopState.FINISHED else [],
            most=rules.NOTE_MOST,
            _stances=words.stances(),
        )


def _kept(now: Board) -> list[tuple[StepRow, list[queries.Note]]]:
    """The notes as they were written, step by step."""
    found = [
        (step, [note for note in now.notes if note.step_id == step.id])
        for step in now.steps
        if step.gives is Gives.NOTES
    ]
    return [(step, several) for step, several in found if several]


@routes.get("/workshops/{workshop:int}/lead")
def lead(request: Request, workshop: int) -> Response:
    """Now, next, the hint, who has given something; groups, themes and options."""
    with reading() as db:
        access, row = queries.workshop_access(db, request.member, workshop)
        if not leading(access, row.facilitator_id):
            raise Forbidden(_("Only the facilitator or the chair may do this."))
        now = queries.board(db, row, whole=True)
        return request.page(
            db,
            live=live(db, request, row.meeting_id, ""),
            meeting=access.meeting,
            board=now,
            zone=access.meeting.zone,
            lead=queries.lead(db, now),
            grouped=queries.grouped(now),
            chairs=access.chairs,
            people=_people(db, access),
            _groups=[(group.id, f"{group.name} · {group.venue}") for group in now.groups],
            _loose=[(str(n.id), n.words, n.group or n.author) for n in now.loose if n.words],
            _themes=[(theme.id, f"{theme.number}. {theme.title}") for theme in now.themes],
            _written=[(n.id, excerpt(n.words, 60)) for n in now.notes if n.words and not n.struck],
        )


def _people(db: Db, access: MeetingAccess) -> list[tuple[int, str]]:
    """Who can be named, for the chair, by name."""
    found = queries.candidates(db, access) if access.chairs else {}
    return sorted(found.items(), key=lambda one: one[1])


@routes.get("/meetings/{meeting:int}/workshops")
def workshops(request: Request, meeting: int) -> Response:
    """The sessions of a meeting, and where the chair attaches a script."""
    with reading() as db:
        access = meetings.meeting_access(db, request.actor, meeting)
        found = queries.of_meeting(db, meeting)
        begun = {row.item_id for row in found if row.state is not WorkshopState.PREPARED}
        slots = program.slots(db, meeting) if access.chairs else []
        return request.page(
            db,
            meeting=access.meeting,
            sessions=found,
            led=led(access, found),
            chairs=access.chairs,
            items=[
                (s.item_id, f"{s.position}. {s.title}") for s in slots if s.item_id not in begun
            ],
            scripts=[
                (name, f"{_(one.title)} · {_minutes(one.minutes)}", _(one.about))
                for name, one in sorted(book.scripts().items())
            ],
            people=_people(db, access),
        )


def _minutes(number: int) -> str:
    return _("%(n)s minutes") % {"n": number}


def led(access: MeetingAccess, found: list[WorkshopRow]) -> list[int]:
    """Those of the sessions that the reader leads."""
    return [row.id for row in found if leading(access, row.facilitator_id)]
