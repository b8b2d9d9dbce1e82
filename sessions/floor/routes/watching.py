"""Watching and joining from afar: nothing is loaded from elsewhere before somebody asks for it."""

from forum.base.db import Db, reading
from forum.base.guard import POLICY
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from sessions.floor import broadcasts
from sessions.floor.broadcasts import Shown, Way
from sessions.meetings import queries

routes = Routes("sessions.floor.routes")


@routes.get("/meetings/{meeting:int}/watch")
def watch(request: Request, meeting: int) -> Response:
    """The livestream and the video room: links, or with `load` one of them within the page."""
    wanted = request.query.text("load", max=20, optional=True)
    with reading() as db:
        access = queries.meeting_access(db, request.actor, meeting)
        found = broadcasts.of_reader(db, access)
        loaded = found.get(wanted)
        if loaded is not None and loaded.way is Way.LINK:
            loaded = None
        names = {"stream": _("Livestream"), "room": _("Video room")}
        answer = request.page(
            db,
            meeting=access.meeting,
            ways=[(names[one.key], one) for one in found.values()],
            loaded=loaded,
        )
    if loaded is not None:
        answer.headers.update(allowing(loaded))
    return answer


def allowing(one: Shown) -> dict[str, str]:
    """The headers of a page in which this one thing from elsewhere may stand."""
    origin = one.origin
    kind = "media-src" if one.way is Way.VIDEO else "frame-src"
    connect = f"connect-src 'self' {origin}" if one.way is Way.VIDEO else "connect-src 'self'"
    found = {"content-security-policy": f"{POLICY}; {connect}; {kind} {origin}"}
    if one.key == "room":
        both = f'(self "{origin}")'
        found["permissions-policy"] = (
            f"camera={both}, microphone={both}, display-capture={both}, geolocation=()"
        )
    return found


@panel("floor:meeting", order=20)
def ways_to_watch(db: Db, request: Request, subject: str) -> str | None:
    """On the meeting's page: that it can be watched, or joined, from afar."""
    access = queries.meeting_access(db, request.actor, parse(subject)[1])
    found = broadcasts.of_reader(db, access)
    if not found:
        return None
    return request.fragment(db, "floor/watched.html", meeting=access.meeting, ways=found)
