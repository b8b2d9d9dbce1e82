"""Files for the transcript: caption files with a look before they are taken in, recordings."""

from datetime import datetime
from zoneinfo import ZoneInfo

from forum.base import limits
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, Invalid
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from sessions.captions import rules, service, speech_to_text, tracks, words
from sessions.captions.models import TrackState
from sessions.captions.service.tracks import checked_captions, checked_recording
from sessions.floor.routes.pages import live
from sessions.meetings import queries as meetings
from sessions.meetings import sittings
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingAccess, MeetingRow

routes = Routes("sessions.captions.routes")


def _kept(request: Request, meeting: int) -> MeetingAccess:
    with reading() as db:
        access = meetings.meeting_access(db, request.member, meeting)
    if not rules.types(access.audience):
        raise Forbidden(_("Only those who keep this meeting's transcript may do this."))
    return access


def began(db: Db, row: MeetingRow) -> datetime:
    """The moment that is most likely 00:00 in a file: between sittings, the last one's opening.

    Nothing was said yet in the one to come, whose time the meeting bears by then.
    """
    if row.state is MeetingState.SUSPENDED and (over := sittings.held(db, row.id)):
        return over[-1].opened_at
    return row.opened_at or row.starts_at


@routes.get("/meetings/{meeting:int}/captions/files")
def caption_files(request: Request, meeting: int) -> Response:
    """Hand in a caption file or a recording; how the ones before stand."""
    access = _kept(request, meeting)
    with reading() as db:
        start = began(db, access.meeting).astimezone(ZoneInfo(access.meeting.zone))
        return request.page(
            db,
            live=live(db, request, meeting, ""),
            meeting=access.meeting,
            tracks=tracks.of_meeting(db, meeting),
            begins=start.strftime("%Y-%m-%dT%H:%M:%S"),
            open=access.meeting.state in rules.OPEN,
            hears=speech_to_text.offered(),
            zone=access.meeting.zone,
            most=rules.MOST_BYTES // 1_000_000,
            _words=words,
        )


def _limit(actor: Actor) -> None:
    limits.check(f"upload:{actor.id}", per_minute=20, burst=40)


@routes.post("/meetings/{meeting:int}/captions/files", page="caption_files")
def bring_captions(request: Request, meeting: int) -> Response:
    """Hand in a WebVTT file; the next page shows what would come of it."""
    form = request.form
    access = _kept(request, meeting)
    begins = form.moment("begins_at", optional=True, zone=access.meeting.zone)
    upload = form.file("file")
    if upload is None:
        form.wrong("file", _("Please choose a file."))
    form.check()
    _limit(request.member)
    name = str(upload.filename) if upload else ""
    data = upload.file.read(rules.MOST_BYTES + 1) if upload else b""
    content = checked_captions(data, name)
    with transaction() as tx:
        made = service.bring_captions(
            tx,
            request.member,
            meeting,
            content,
            name,
            begins_at=begins or began(tx, access.meeting),
        )
    return request.done(f"/caption-tracks/{made}", id=made)


@routes.post("/meetings/{meeting:int}/captions/recordings", page="caption_files")
def bring_recording(request: Request, meeting: int) -> Response:
    """Hand in a recording, for the service to write down."""
    form = request.form
    access = _kept(request, meeting)
    begins = form.moment("began_at", optional=True, zone=access.meeting.zone)
    upload = form.file("recording")
    if upload is None:
        form.wrong("recording", _("Please choose a file."))
    if not form.flag("agreed"):
        form.wrong("agreed", _("Please say that everybody who is heard knows of it."))
    form.check()
    _limit(request.member)
    if upload is None:
        raise Invalid(_("Please choose a file."))
    content = checked_recording(upload.file.read(), str(upload.filename))
    with transaction() as tx:
        made = service.bring_recording(
            tx,
            request.member,
            meeting,
            content,
            str(upload.filename),
            begins_at=begins or began(tx, access.meeting),
        )
    note = _("The recording is being written down. This page says when it is done.")
    return request.done(f"/caption-tracks/{made}", note=note, id=made)


@routes.get("/caption-tracks/{track:int}")
def caption_track(request: Request, track: int) -> Response:
    """A file: what would come of it, or what came of it."""
    with reading() as db:
        access, row = tracks.track_access(db, request.member, track)
        checked = row.state is TrackState.CHECKED
        unread = tracks.open_lines(db, track) if row.machine else 0
        return request.page(
            db,
            live=live(db, request, row.meeting_id, ""),
            meeting=access.meeting,
            track=row,
            preview=tracks.preview(db, row) if checked else None,
            unread=unread,
            open=access.meeting.state in rules.OPEN,
            zone=access.meeting.zone,
            _words=words,
        )


@routes.post("/caption-tracks/{track:int}/import")
def take_in(request: Request, track: int) -> Response:
    """Make its cues lines of the transcript."""
    with transaction() as tx:
        lines = service.take_in(tx, request.member, track)
    note = _("%(n)s lines were taken in.") % {"n": lines}
    return request.done(f"/caption-tracks/{track}", note=note)


@routes.post("/caption-tracks/{track:int}/discard")
def discard(request: Request, track: int) -> Response:
    """Do not take it in; nothing of it is kept."""
    with reading() as db:
        meeting = tracks.track_access(db, request.member, track)[1].meeting_id
    with transaction() as tx:
        service.discard(tx, request.member, track)
    return request.done(f"/meetings/{meeting}/captions/files", note=_("The file is discarded."))


@routes.post("/caption-tracks/{track:int}/confirm")
def confirm_track(request: Request, track: int) -> Response:
    """Say that everything a machine wrote here was looked at."""
    with transaction() as tx:
        lines = service.confirm_track(tx, request.member, track)
    note = _("%(n)s lines are confirmed.") % {"n": lines}
    return request.done(f"/caption-tracks/{track}", note=note)
