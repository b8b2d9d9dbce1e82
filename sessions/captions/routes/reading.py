"""Reading: the captions as they come, the transcript page by page, one line, and a file of all."""

from typing import Any
from urllib.parse import urlencode

from forum.base.db import Db, reading
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import view
from forum.base.web import Request, Response, Routes
from forum.members.paging import page
from sessions.captions import export, queries, rules, speaking, words
from sessions.captions.queries import SIZE, Line, Sought
from sessions.floor.routes.pages import live
from sessions.floor.situation import version
from sessions.meetings import queries as meetings
from sessions.meetings.queries import MeetingRow

routes = Routes("sessions.captions.routes")

SIZES = 4  # from the page's own size upwards


def shared(meeting: MeetingRow, lines: list[Line]) -> dict[str, Any]:
    """What every reader of these lines sees alike."""
    return {"meeting": meeting, "lines": lines, "zone": meeting.zone, "_words": words}


@view(
    "captions",
    stream="meeting",
    audience=Audience.PUBLIC,
    template="captions/captions.html",
    blocks=("lines",),
)
def as_they_come(db: Db, meeting: int) -> dict[str, Any]:
    """The newest lines."""
    return {
        **shared(meetings.meeting_row(db, meeting), queries.newest(db, meeting)),
        "following": True,
    }


@routes.get("/meetings/{meeting:int}/captions")
def captions(request: Request, meeting: int) -> Response:
    """The newest lines while the meeting runs; else, or with a page or a question, all of them."""
    query = request.query
    sought = Sought(
        query.text("q", max=80, optional=True),
        query.integer("speech", optional=True),
        query.integer("item", optional=True),
    )
    number = query.integer("page", optional=True, min=1)
    size = query.integer("big", optional=True, max=SIZES - 1) or 0
    query.check()
    with reading() as db:
        kept = version(db, meeting)
        if hit := request.fresh(kept):
            return hit
        access = meetings.meeting_access(db, request.actor, meeting)
        growing = access.meeting.attended
        following = growing and number is None and sought == queries.ALL
        total = queries.count(db, meeting, sought)
        if following:
            found = queries.newest(db, meeting)
        else:
            found = queries.lines(db, meeting, sought, offset=SIZE * ((number or 1) - 1))
        here = f"/meetings/{meeting}/captions"
        asked = {
            "q": sought.text,
            "speech": str(sought.speech or ""),
            "item": str(sought.item or ""),
            "big": str(size or ""),
        }
        return request.page(
            db,
            subject=access.stream,
            version=kept,
            live=live(db, request, meeting, "captions") if following else None,
            **shared(access.meeting, found),
            following=following,
            growing=growing,
            total=total,
            sought=sought,
            size=size,
            sizes=[_sized(here, asked, number, step) for step in (size - 1, size + 1)],
            earlier=_address(here, asked, -(-total // SIZE)) if total > len(found) else "",
            pager=page(here, number=number or 1, total=total, size=SIZE, **asked),
            types=rules.types(access.audience),
        )


def _address(here: str, asked: dict[str, str], number: int | None) -> str:
    kept = {name: value for name, value in asked.items() if value}
    if number is not None:
        kept["page"] = str(number)
    return f"{here}?{urlencode(kept)}" if kept else here


def _sized(here: str, asked: dict[str, str], number: int | None, size: int) -> str:
    """The same in another size of type; empty past the smallest and the largest."""
    if not 0 <= size < SIZES:
        return ""
    return _address(here, {**asked, "big": str(size or "")}, number)


@routes.get("/captions/{segment:int}")
def caption(request: Request, segment: int) -> Response:
    """One line: who, when, in which speech and item; what it said before; what can be done."""
    with reading() as db:
        found = queries.segment_access(db, request.actor, segment)
        access, line = found.access, found.line
        row = access.meeting
        clerk = rules.types(access.audience)
        mends = clerk and row.state in rules.OPEN and not line.struck
        number = queries.number_of_page(db, row.id, segment, line.at)
        return request.page(
            db,
            subject=ref("caption", segment),
            meeting=row,
            line=line,
            place=f"/meetings/{row.id}/captions?page={number}#line-{segment}",
            history=queries.history(db, segment) if clerk and not line.struck else [],
            people=speaking.people(db, row.id) if mends else [],
            chosen=speaking.speaker_of(line),
            may={
                "mend": mends,
                "confirm": mends and line.ai_generated and not line.confirmed,
                "strike": access.chairs and not line.struck,
                "restore": access.chairs and line.struck,
            },
            zone=row.zone,
            _words=words,
        )


@routes.get("/meetings/{meeting:int}/captions/export/vtt")
def export_captions(request: Request, meeting: int) -> Response:
    """The whole transcript as WebVTT; what a machine wrote says so in the file."""
    with reading() as db:
        access = meetings.meeting_access(db, request.actor, meeting)
        text = export.written(db, access.meeting)
    name = _("captions") + f"-{meeting}.vtt"
    return request.send(text.encode(), "text/vtt; charset=utf-8", filename=name)
