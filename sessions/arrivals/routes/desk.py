"""What a desk's page asks and sends by itself: its deeds, the roll it keeps, that it is there."""

import json
from datetime import UTC, datetime

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.i18n import _, ngettext
from forum.base.refs import ref
from forum.base.web import Request, Response
from sessions.arrivals import codes, queries, rules, service
from sessions.arrivals.routes.common import desk_page, routes
from sessions.arrivals.rules import Deed, DeedKind, Outcome
from sessions.meetings import rules as meeting_rules

LATEST = 253_402_300_799_000  # the last millisecond that a calendar knows

DONE = {
    DeedKind.IN: lambda: _("Checked in."),
    DeedKind.OUT: lambda: _("They have left."),
    DeedKind.MOVE: lambda: _("They have gone on."),
}


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/deeds")
def enter_deed(request: Request, meeting: int, venue: int) -> Response:
    """Enter one deed of the desk; `done_at` (milliseconds) where it was done without a line."""
    form = request.form
    kind = form.choice("deed", DeedKind)
    member = form.integer("member", min=1)
    done = form.integer("done_at", min=0, max=LATEST, optional=True)
    believed = form.integer("believed", min=0, optional=True) or 0
    to = form.integer("to", min=1) if kind is DeedKind.MOVE else 0
    form.check()
    done_at = clock.now() if done is None else datetime.fromtimestamp(done / 1000, UTC)
    deed = Deed(kind, member, done_at, believed, to, form.flag("anyway"))
    with transaction() as tx:
        found = service.enter(tx, request.member, meeting, venue, deed)
    same = found.outcome is Outcome.SAME
    note = _("That is so already.") if same else DONE[kind]()
    return request.done(
        desk_page(meeting, venue),
        note=note,
        outcome=found.outcome.value,
        since=clock.iso(found.since) if found.since else "",
    )


@routes.get("/meetings/{meeting:int}/desk/{venue:int}/roll")
def roll(request: Request, meeting: int, venue: int) -> Response:
    """The roll as the desk's device keeps it while the line may break."""
    with reading() as db:
        access, _place = queries.desk(db, request.member, meeting, venue)
        kept = access.meeting.state in meeting_rules.ATTENDED
        people = queries.roll(db, meeting) if kept else []
        told = {
            "meeting": meeting,
            "open": kept,
            "venues": {str(place.id): place.name for place in access.venues},
            "people": [
                {
                    "id": each.id,
                    "name": each.name,
                    "roll": {None: "guest", True: "on", False: "struck"}[each.entitled],
                    "venue": each.venue_id or 0,
                    "code": ""
                    if each.entitled is None
                    else codes.device_digest(meeting, codes.ticket(meeting, each.id)),
                }
                for each in people
            ],
        }
    return request.send(json.dumps(told, ensure_ascii=False).encode(), "application/json")


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/here", unlogged=True)
def say_here(request: Request, meeting: int, venue: int) -> Response:
    """The desk's page is there, or is being left; written down now and then only."""
    away = request.form.flag("away")
    with reading() as db:
        queries.desk(db, request.member, meeting, venue)
        heard = queries.heard_at(db, venue)
    if away or heard is None or clock.now() - heard >= rules.HEARD_EVERY:
        with transaction() as tx:
            service.hear(tx, request.member, meeting, venue, away=away)
    return request.done(desk_page(meeting, venue), subject=ref("venue", venue))


@routes.post("/meetings/{meeting:int}/desk/{venue:int}/all-out")
def all_out(request: Request, meeting: int, venue: int) -> Response:
    """Let everybody go who is at this venue."""
    with transaction() as tx:
        gone = service.all_out(tx, request.member, meeting, venue)
    note = ngettext("%(num)s person has left.", "%(num)s people have left.", gone)
    return request.done(desk_page(meeting, venue), note=note % {"num": gone}, gone=gone)
