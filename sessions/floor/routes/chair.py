"""What the chair does: steps of the meeting, items, the quorum, a sentence for all, the list."""

from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.notes import Undo
from forum.base.web import Request, Response, Routes
from sessions.floor import book, service
from sessions.floor.routes.common import back
from sessions.meetings import queries
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from sessions.motions import queries as motions

routes = Routes("sessions.floor.routes")

STEP_NOTES = {
    Act.CONVENE: lambda: _("The meeting is convened; everybody on the roll is told."),
    Act.CALL_OFF: lambda: _("The meeting is called off; everybody on the roll is told."),
    Act.START: lambda: _("The meeting is open."),
    Act.UNDO_START: lambda: _("The opening is taken back."),
    Act.BREAK: lambda: _("The break has begun."),
    Act.RESUME: lambda: _("The meeting goes on."),
    Act.SUSPEND: lambda: _("The sitting is over; everybody on the roll is told when it goes on."),
    Act.ADJOURN: lambda: _("The meeting is closed."),
    Act.DROP: lambda: _("The meeting is closed."),
    Act.REOPEN: lambda: _("The meeting is open again."),
    Act.ARCHIVE: lambda: _("The meeting is archived."),
}


@routes.post("/meetings/{meeting:int}/step", page="console")
def step(request: Request, meeting: int) -> Response:
    """Take the meeting a step on; `until` says when it goes on after a break or on another day."""
    form = request.form
    with reading() as db:
        zone = queries.meeting_access(db, request.member, meeting).meeting.zone
    act = form.choice("act", Act)
    until = form.moment("until", optional=True, zone=zone)
    ends = form.moment("ends", optional=True, zone=zone)
    form.check()
    with transaction() as tx:
        meetings.step(tx, request.member, meeting, act, until=until, ends=ends)
    return request.done(back(form, meeting), note=STEP_NOTES[act]())


@routes.post("/motions/{motion:int}/carry-out")
def carry_out(request: Request, motion: int) -> Response:
    """Do what was carried: the break, or the close; `until` says when it goes on."""
    form = request.form
    with reading() as db:
        row = motions.motion_access(db, request.member, motion)[0].meeting
    until = form.moment("until", optional=True, zone=row.zone)
    ends = form.moment("ends", optional=True, zone=row.zone)
    form.check()
    with transaction() as tx:
        service.carry_out(tx, request.member, motion, until=until, ends=ends)
    return request.done(back(form, row.id), note=_("What was decided is done."))


@routes.post("/meetings/{meeting:int}/items/open", page="console")
def open_item(request: Request, meeting: int) -> Response:
    """Call an item up."""
    item = request.form.integer("item", min=1)
    request.form.check()
    with transaction() as tx:
        meetings.open_item(tx, request.member, meeting, item)
    return request.done(back(request.form, meeting))


@routes.post("/meetings/{meeting:int}/items/close", page="console")
def close_item(request: Request, meeting: int) -> Response:
    """Close the current item; with a reason it is postponed."""
    postponed = request.form.text("postponed", max=500, optional=True)
    request.form.check()
    with transaction() as tx:
        meetings.close_item(tx, request.member, meeting, postponed=postponed)
    note = _("The item is postponed.") if postponed else _("The item is closed.")
    return request.done(back(request.form, meeting), note=note)


@routes.post("/meetings/{meeting:int}/quorum", page="console")
def declare_quorum(request: Request, meeting: int) -> Response:
    """Declare whether there is a quorum, as it is now."""
    with transaction() as tx:
        reached = meetings.declare_quorum(tx, request.member, meeting)
    note = (
        _("Declared: the quorum is reached.")
        if reached
        else _("Declared: the quorum is not reached.")
    )
    return request.done(back(request.form, meeting), note=note, reached=reached)


@routes.post("/meetings/{meeting:int}/notice", page="console")
def show(request: Request, meeting: int) -> Response:
    """Show everybody a sentence; an empty one takes the last away."""
    sentence = request.form.text("sentence", max=300, optional=True)
    request.form.check()
    with transaction() as tx:
        meetings.show(tx, request.member, meeting, sentence)
    note = _("Everybody sees it now.") if sentence else _("It is taken away.")
    return request.done(back(request.form, meeting), note=note)


@routes.post("/meetings/{meeting:int}/roll", page="console")
def entitle(request: Request, meeting: int) -> Response:
    """Put somebody on the roll of the meeting, or strike them off it."""
    form = request.form
    member = form.integer("member", min=1)
    entitled = form.flag("entitled")
    form.check()
    with transaction() as tx:
        meetings.entitle(tx, request.member, meeting, member, entitled=entitled)
    note = _("They are on the roll.") if entitled else _("They are off the roll.")
    return request.done(back(form, meeting), note=note)


@routes.post("/meetings/{meeting:int}/list", page="console")
def set_limits(request: Request, meeting: int) -> Response:
    """Rule and limits of the list of speakers, from now on."""
    form = request.form
    rule = form.choice("rule", sorted(book.rules()))
    seconds = form.integer("seconds", min=15, max=3600)
    times = form.integer("times", optional=True, min=1, max=100)
    short = form.integer("short", optional=True, min=15, max=3600)
    more = {
        name: form.integer(name, optional=True, min=1, max=most)
        for name, most in (("motion_times", 100), ("meeting_times", 100))
    }
    minutes = {
        name: form.integer(name, optional=True, min=1, max=600)
        for name in ("item_minutes", "meeting_minutes")
    }
    form.check()
    with transaction() as tx:
        service.set_limits(
            tx,
            request.member,
            meeting,
            rule=rule,
            seconds=seconds,
            times=times,
            short=short,
            **more,
            item_seconds=_seconds(minutes["item_minutes"]),
            meeting_seconds=_seconds(minutes["meeting_minutes"]),
        )
    return request.done(back(form, meeting), note=_("The list is kept like this from now on."))


def _seconds(minutes: int | None) -> int | None:
    return None if minutes is None else minutes * 60


@routes.post("/meetings/{meeting:int}/groups", page="console")
def set_groups(request: Request, meeting: int) -> Response:
    """Name the groups that take turns, and the quota of the first of them."""
    form = request.form
    names = form.text("groups", max=600, optional=True)
    every = form.integer("every", optional=True, min=2, max=20)
    form.check()
    with transaction() as tx:
        service.set_groups(tx, request.member, meeting, names.splitlines(), every)
    return request.done(back(form, meeting), note=_("The groups are set."))


@routes.post("/meetings/{meeting:int}/cards/clear", page="console")
def clear_cards(request: Request, meeting: int) -> Response:
    """Have all cards taken down."""
    with transaction() as tx:
        service.clear_cards(tx, request.member, meeting)
    return request.done(back(request.form, meeting), note=_("All cards are down."))


@routes.post("/meetings/{meeting:int}/list/close", page="console")
def close_list(request: Request, meeting: int) -> Response:
    """Take no more names."""
    with transaction() as tx:
        service.close_list(tx, request.member, meeting)
    note = _("The list of speakers is closed.")
    undo = Undo(f"/meetings/{meeting}/list/reopen", {"back": str(request.form.value("back"))})
    return request.done(back(request.form, meeting), note=note, undo=undo)


@routes.post("/meetings/{meeting:int}/list/reopen", page="console")
def reopen_list(request: Request, meeting: int) -> Response:
    """Take names again."""
    with transaction() as tx:
        service.reopen_list(tx, request.member, meeting)
    return request.done(back(request.form, meeting), note=_("The list of speakers is open."))
