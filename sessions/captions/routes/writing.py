"""Writing: the clerk's page with one line that Enter sends, and what mends lines."""

from forum.base.db import reading, transaction
from forum.base.errors import Forbidden
from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.notes import Undo
from forum.base.web import Request, Response, Routes
from sessions.captions import queries, rules, service, speaking, words
from sessions.captions.matching import Matching
from sessions.floor.routes.pages import live
from sessions.floor.situation import situation
from sessions.meetings import queries as meetings

routes = Routes("sessions.captions.routes")
RECENT = 8


@routes.get("/meetings/{meeting:int}/captions/typing")
def typing(request: Request, meeting: int) -> Response:
    """The clerk's page: what was just said, by whom, and the last lines to be mended in place."""
    with reading() as db:
        access = meetings.meeting_access(db, request.member, meeting)
        if not rules.types(access.audience):
            raise Forbidden(_("Only those who keep this meeting's transcript may do this."))
        now = situation(db, meeting)
        recent = queries.newest(db, meeting, RECENT)
        holder = now.speakers.speaking
        last = recent[-1] if recent else None
        usual = str(holder.member_id) if holder else speaking.speaker_of(last) if last else ""
        return request.page(
            db,
            live=live(db, request, meeting, ""),
            meeting=access.meeting,
            people=speaking.people(db, meeting, first=holder.member_id if holder else None),
            holder=holder,
            usual=usual,
            recent=recent[::-1],
            open=access.meeting.state in rules.OPEN,
            zone=access.meeting.zone,
            most=rules.MOST_WORDS,
            _words=words,
            _speaker_of=speaking.speaker_of,
        )


def _speaker(form: Form, meeting: int) -> tuple[int | None, str]:
    """Who spoke: the name that was typed, looked for on the roll, else the one that was chosen."""
    name = form.text("name", max=80, optional=True)
    chosen = form.text("speaker", max=90, optional=True)
    if name:
        with reading() as db:
            member = Matching.of(db, meeting).member(name)
        return member, "" if member else name
    if chosen.startswith(speaking.HEARD):
        return None, chosen.removeprefix(speaking.HEARD)
    if chosen.isdigit() and len(chosen) < 10:
        return int(chosen), ""
    return None, ""


@routes.post("/meetings/{meeting:int}/captions", page="typing")
def type_line(request: Request, meeting: int) -> Response:
    """Write down a line."""
    form = request.form
    said = form.text("words", max=rules.MOST_WORDS)
    member, label = _speaker(form, meeting)
    form.check()
    with transaction() as tx:
        made = service.type_line(tx, request.member, meeting, said, member=member, label=label)
    return request.done(f"/meetings/{meeting}/captions/typing", id=made)


def _back(request: Request, meeting: int, segment: int) -> str:
    typing = f"/meetings/{meeting}/captions/typing"
    return typing if request.form.value("back") == "typing" else f"/captions/{segment}"


@routes.post("/captions/{segment:int}/correct", page="caption")
def correct(request: Request, segment: int) -> Response:
    """Let a line say what was said, and who said it."""
    form = request.form
    with reading() as db:
        meeting = queries.segment_access(db, request.member, segment).access.meeting.id
    said = form.text("words", max=rules.MOST_OF_A_LINE)
    speaker = _speaker(form, meeting) if {"speaker", "name"} & set(form.values) else None
    form.check()
    with transaction() as tx:
        service.correct(tx, request.member, segment, said)
        if speaker is not None:
            service.attribute(tx, request.member, segment, member=speaker[0], label=speaker[1])
    return request.done(_back(request, meeting, segment), note=_("Saved."))


@routes.post("/captions/{segment:int}/confirm")
def confirm(request: Request, segment: int) -> Response:
    """Say that what a machine wrote is right."""
    with transaction() as tx:
        service.confirm(tx, request.member, segment)
    return request.done(f"/captions/{segment}", note=_("The line is confirmed."))


@routes.post("/captions/{segment:int}/strike", page="caption")
def strike(request: Request, segment: int) -> Response:
    """Take a line out of sight, and say why."""
    reason = request.form.text("reason", max=300)
    request.form.check()
    with transaction() as tx:
        service.strike(tx, request.member, segment, reason)
    undo = Undo(f"/captions/{segment}/restore", {})
    return request.done(f"/captions/{segment}", note=_("The line is struck."), undo=undo)


@routes.post("/captions/{segment:int}/restore")
def restore(request: Request, segment: int) -> Response:
    """Bring back a line that was struck."""
    with transaction() as tx:
        service.restore(tx, request.member, segment)
    return request.done(f"/captions/{segment}", note=_("The line stands again."))
