"""The page of a motion with its life and wordings, and the motions of a meeting."""

from forum.agenda import queries as agenda
from forum.base import links
from forum.base.db import reading
from forum.base.links import Relation
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from forum.consultations.changes import differences
from forum.members import queries as members
from sessions.meetings import presence, program
from sessions.meetings import queries as meetings
from sessions.motions import queries, words
from sessions.motions.life import life
from sessions.motions.models import Sort

routes = Routes("sessions.motions.routes")


@routes.get("/motions/{motion:int}")
def motion(request: Request, motion: int) -> Response:
    """Its wordings with what changed, who moved and seconded it, its votes, what belongs to it."""
    with reading() as db:
        access, row = queries.motion_access(db, request.actor, motion)
        near = queries.around(db, row)
        whole = queries.gathered(db, [row, *near])
        versions = queries.versions(db, motion)
        now = queries.board(db, access.meeting)
        votes = links.linked(db, ref("motion", motion), Relation.DECIDES, "in")
        authors = members.names(db, {version.author_id for version in versions})
        notes = queries.notes(db, [motion])[motion]
        return request.page(
            db,
            subject=ref("motion", motion),
            motion=next((one for one in now.opened if one.id == motion), whole.sight(row)),
            meeting=access.meeting,
            item=agenda.item_access(db, request.actor, row.item_id).item,
            versions=versions,
            authors=authors,
            _changes=_changes([version.body for version in versions]),
            _life=life(db, motion, access.audience, notes),
            near=[whole.sight(other) for other in near],
            votes=links.steps(db, request.actor, votes),
            mine=queries.own_part(db, access, now),
            chairs=access.chairs,
            board=now,
            _sending=queries.sending(db, access.meeting) if access.chairs else None,
        )


def _changes(bodies: list[str]) -> list[object]:
    before = ["", *bodies[:-1]]
    return [differences(old, new) for old, new in zip(before, bodies, strict=True)]


@routes.get("/meetings/{meeting:int}/motions")
def motions(request: Request, meeting: int) -> Response:
    """Everything moved in a meeting; desks and the chair move and second here for somebody."""
    text = request.query.text("q", max=60, optional=True)
    with reading() as db:
        access = meetings.meeting_access(db, request.actor, meeting)
        found = queries.of_meeting(db, meeting)
        whole = queries.gathered(db, found)
        now = queries.board(db, access.meeting)
        slots = program.slots(db, meeting)
        desks = {venue.id for venue in access.desks}
        people = [
            (person.member_id, person.name)
            for person in (presence.desk(db, meeting, text=text) if text and desks else [])
            if person.entitled and (access.chairs or person.venue_id in desks)
        ]
        return request.page(
            db,
            meeting=access.meeting,
            text=text,
            people=people,
            desks=bool(desks),
            chairs=access.chairs,
            items=[
                (slot, [whole.sight(row) for row in found if row.item_id == slot.item_id])
                for slot in slots
            ],
            board=now,
            mine=queries.own_part(db, access, now),
            sorts=[(s.value, words.sort(s)) for s in words.SORTS if s is not Sort.RECONSIDER],
            _sending=queries.sending(db, access.meeting) if access.chairs else None,
        )
