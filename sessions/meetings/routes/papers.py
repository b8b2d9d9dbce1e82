"""What is printed for a meeting: the convening notice, the briefing pack, the attendance sheets."""

from forum.agenda import words as items
from forum.base.db import Db, reading
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from forum.consultations import pages
from forum.consultations import queries as consultations
from forum.members.models import Role
from forum.members.words import role_words
from forum.stations import queries as stations
from sessions.meetings import program, queries, words
from sessions.meetings.models import MeetingState, VenueKind

routes = Routes("sessions.meetings.routes")


@routes.get("/meetings/{meeting:int}/agenda/print")
def agenda_sheet(request: Request, meeting: int) -> Response:
    """The convening notice: when, where, on what."""
    with reading() as db:
        access = queries.meeting_access(db, request.actor, meeting)
        slots = program.slots(db, meeting)
        led = dict(pages.people(db, access.access)).get(Role.MODERATOR, [])
        station = access.access.consultation.station_id
        return request.page(
            db,
            subject=access.stream,
            meeting=access.meeting,
            consultation=access.access.consultation,
            venues=[(venue, words.venue(venue.kind)) for venue in access.venues],
            slots=[(slot, items.kind(slot.kind)) for slot in slots],
            quorum=words.quorum(access.meeting.quorum),
            chair=(role_words(Role.MODERATOR), [person.name for person in led]),
            station=stations.station(db, station) if station else None,
            draft=access.meeting.state is MeetingState.DRAFT,
        )


@routes.get("/meetings/{meeting:int}/briefing/print")
def briefing_pack(request: Request, meeting: int) -> Response:
    """All that one should have read before the meeting, in one document."""
    with reading() as db:
        access = queries.meeting_access(db, request.actor, meeting)
        row = access.access.consultation
        slots = program.slots(db, meeting)
        return request.page(
            db,
            meeting=access.meeting,
            consultation=row,
            texts=pages.briefing(db, row.id),
            items=[
                (f"{slot.position}.", slot.title, items.kind(slot.kind), slot.html)
                for slot in slots
            ],
        )


@panel("floor:meeting", order=90)
@panel("floor:console", order=90)
@panel("floor:desk", order=90)
def papers_of_meeting(db: Db, request: Request, subject: str) -> str | None:
    """On a meeting's pages: what of it there is on paper."""
    access = queries.meeting_access(db, request.actor, parse(subject)[1])
    desks = any(venue.kind is not VenueKind.ONLINE for venue in access.desks)
    here = f"/meetings/{access.meeting.id}"
    return request.fragment(db, "meetings/papers.html", here=here, desks=desks)


@panel("agenda:agenda_sheet", order=10)
def of_agenda_sheet(db: Db, request: Request, subject: str) -> str | None:
    """On the printed agenda of a consultation: its meetings that are to come, with their venues."""
    access = consultations.access(db, request.actor, parse(subject)[1])
    found = [row for row in queries.of_consultation(db, access) if row.attended]
    if not found:
        return None
    return request.fragment(
        db,
        "meetings/of_agenda_sheet.html",
        meetings=[(row, queries.venues(db, row.id)) for row in reversed(found)],
    )
