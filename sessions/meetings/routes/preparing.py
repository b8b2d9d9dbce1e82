"""Meetings before they begin: the list, the forms, venues, order of the day and roll."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from forum.agenda import queries as agenda
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Form, Request, Response, Routes
from forum.consultations import pages
from forum.consultations import queries as consultations
from forum.consultations.rules import Deed
from forum.members.paging import page
from sessions.meetings import presence, program, queries, service, words
from sessions.meetings.models import VenueKind
from sessions.meetings.queries import MeetingAccess, MeetingRow
from voting.polls import queries as polls

routes = Routes("sessions.meetings.routes")
SIZE = 20
SHOWN_AT_STATION = 5


@routes.get("/meetings")
def meetings(request: Request) -> Response:
    """The meetings to come, or with `past` those that were."""
    past = request.query.flag("past")
    station = request.query.integer("station", optional=True)
    number = request.query.integer("page", optional=True, min=1) or 1
    request.query.check()
    with reading() as db:
        rows, total = queries.meetings(
            db,
            request.actor,
            past=past,
            station=station,
            offset=(number - 1) * SIZE,
            limit=SIZE,
        )
        of = consultations.resolve(db, request.actor, [row.consultation_id for row in rows])
        return request.page(
            db,
            meetings=rows,
            consultations={ident: step.title for ident, step in of.items()},
            past=past,
            station=station,
            pager=page(
                "/meetings",
                number=number,
                total=total,
                size=SIZE,
                past="1" if past else "",
                station=str(station or ""),
            ),
            _words=words,
        )


def _draft(form: Form, zone: str) -> service.Draft:
    draft = service.Draft(
        title=form.text("title", max=120),
        starts_at=form.moment("starts_at", zone=zone),
        ends_at=form.moment("ends_at", optional=True, zone=zone),
        quorum=form.choice("quorum", list(words.QUORA), default=">1/2"),
    )
    form.check()
    return draft


@routes.get("/meetings/{meeting:int}/edit")
def edit_meeting(request: Request, meeting: int) -> Response:
    """Everything that is said of a meeting beforehand."""
    text = request.query.text("q", max=60, optional=True)
    with reading() as db:
        access = _chaired(db, request, meeting)
        slots = program.slots(db, meeting)
        on = {slot.item_id for slot in slots}
        items = agenda.items(db, access.meeting.consultation_id)
        operators = {v.operator_id for v in access.venues if v.operator_id is not None}
        return request.page(
            db,
            subject=access.stream,
            meeting=access.meeting,
            venues=access.venues,
            operators=presence.keepers(db, operators),
            slots=slots,
            others=[
                (item.id, f"{item.number} {item.title}") for item in items if item.id not in on
            ],
            quora=[(share, _(name)) for share, name in words.QUORA.items()],
            kinds=[(kind.value, words.venue(kind)) for kind in VenueKind],
            starts=_wall(access.meeting, "starts_at"),
            ends=_wall(access.meeting, "ends_at"),
            entitled=presence.counts(db, meeting).entitled,
            roll=presence.desk(db, meeting, text=text, limit=100),
            text=text,
            _words=words,
        )


def _chaired(db: Db, request: Request, meeting: int) -> MeetingAccess:
    access = queries.meeting_access(db, request.member, meeting)
    if not access.chairs:
        raise Forbidden(_("Only the chair of this meeting may do this."))
    return access


def _wall(row: MeetingRow, name: str) -> str:
    moment = getattr(row, name)
    return moment.astimezone(ZoneInfo(row.zone)).strftime("%Y-%m-%dT%H:%M") if moment else ""


@routes.post("/meetings/{meeting:int}", page="edit_meeting")
def save(request: Request, meeting: int) -> Response:
    """Change title, times or quorum."""
    with reading() as db:
        zone = _chaired(db, request, meeting).meeting.zone
    draft = _draft(request.form, zone)
    with transaction() as tx:
        service.edit_meeting(tx, request.member, meeting, draft)
    return request.done(f"/meetings/{meeting}/edit", note=_("Saved."))


@routes.post("/meetings/{meeting:int}/venues", page="edit_meeting")
def set_venue(request: Request, meeting: int) -> Response:
    """Add a venue, or with `venue` describe one anew; `operator` is a login name."""
    form = request.form
    venue = form.integer("venue", optional=True, min=1)
    kind = form.choice("kind", VenueKind)
    name = form.text("name", max=80)
    address = form.text("address", max=200, optional=True)
    more: dict[str, Any] = {
        "seats": form.integer("seats", optional=True, min=1, max=100_000),
        "directions": form.text("directions", max=500, optional=True),
        "accessibility": form.text("accessibility", max=500, optional=True),
        "url": form.text("url", max=300, optional=True),
    }
    if not re.match(r"https://[^\s/]+", more["url"] or "https://x"):
        form.wrong("url", _("This must be an address that begins with https://."))
    login = form.text("operator", max=80, optional=True)
    operator = None
    if login:
        with reading() as db:
            operator = next(iter(pages.by_logins(db, [login]).values()), None)
        if operator is None:
            form.wrong("operator", _("Nobody has this login name."))
    form.check()
    with transaction() as tx:
        place = service.Place(kind, name, address, operator, **more)
        made = service.set_venue(tx, request.member, meeting, place, venue=venue)
    return request.done(f"/meetings/{meeting}/edit#venues", note=_("Saved."), id=made)


@routes.post("/meetings/{meeting:int}/venues/{venue:int}/drop")
def drop_venue(request: Request, meeting: int, venue: int) -> Response:
    """Take a venue away."""
    with transaction() as tx:
        service.drop_venue(tx, request.member, meeting, venue)
    return request.done(f"/meetings/{meeting}/edit#venues", note=_("The venue is taken away."))


@routes.post("/meetings/{meeting:int}/items", page="edit_meeting")
def add_item(request: Request, meeting: int) -> Response:
    """Put an item on the order of the day."""
    item = request.form.integer("item", min=1)
    minutes = request.form.integer("minutes", optional=True, min=1, max=1440)
    request.form.check()
    with transaction() as tx:
        service.add_item(tx, request.member, meeting, item, minutes=minutes)
    return request.done(f"/meetings/{meeting}/edit#program")


@routes.post("/meetings/{meeting:int}/items/{item:int}/drop")
def drop_item(request: Request, meeting: int, item: int) -> Response:
    """Take an item off the order of the day."""
    with transaction() as tx:
        service.drop_item(tx, request.member, meeting, item)
    return request.done(f"/meetings/{meeting}/edit#program")


@routes.post("/meetings/{meeting:int}/items/{item:int}/move")
def shift_item(request: Request, meeting: int, item: int) -> Response:
    """Move an item up (negative) or down."""
    by = request.form.integer("by", min=-100, max=100)
    request.form.check()
    with transaction() as tx:
        service.shift_item(tx, request.member, meeting, item, by)
    return request.done(f"/meetings/{meeting}/edit#program")


@panel("consultations:consultation", order=15)
def of_consultation(db: Db, request: Request, subject: str) -> str | None:
    """The meetings of a consultation, and for those who lead it a way to another one."""
    access = consultations.access(db, request.actor, parse(subject)[1])
    found = queries.of_consultation(db, access)
    prepares = access.moderates and access.may(Deed.MEET)
    if not (found or prepares):
        return None
    return request.fragment(
        db,
        "meetings/of_consultation.html",
        meetings=found,
        consultation=access.consultation.id,
        prepares=prepares,
        _words=words,
    )


@panel("stations:station", order=30)
def at_station(db: Db, request: Request, subject: str) -> str | None:
    """On a place's page: the meetings to come of the consultations that it runs."""
    station = parse(subject)[1]
    found, total = queries.meetings(db, request.actor, station=station, limit=SHOWN_AT_STATION)
    if not found:
        return None
    return request.fragment(
        db,
        "meetings/at_station.html",
        meetings=found,
        total=total,
        station_id=station,
        _words=words,
    )


@panel("agenda:item", order=10, given=queries.ON_ITEM)
def of_item(db: Db, request: Request, subject: str) -> str | None:
    """When an item is discussed, or was."""
    found = queries.of_item(db, parse(subject)[1])
    if not found:
        return None
    return request.fragment(db, "meetings/of_item.html", meetings=found, _words=words)


@panel("polls:poll", order=10)
def of_poll(db: Db, request: Request, subject: str) -> str | None:
    """The way back from a vote to the meeting in which it is held."""
    poll = polls.poll_access(db, request.actor, parse(subject)[1]).poll
    if poll.meeting is None:
        return None
    seen = queries.resolve(db, request.actor, [parse(poll.meeting)[1]])
    if not seen:
        return None
    return request.fragment(db, "meetings/of_poll.html", meeting=next(iter(seen.values())))
