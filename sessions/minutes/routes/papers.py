"""The minutes on paper: with signatures and the way to check them, or marked as a draft."""

from forum.base.db import reading
from forum.base.web import Request, Response, Routes
from sessions.minutes import queries, words
from sessions.minutes.routes.minutes import sheet_of

routes = Routes("sessions.minutes.routes")


@routes.get("/minutes/{minutes:int}/print")
def minutes_sheet(request: Request, minutes: int) -> Response:
    """One version for the file: whoever reads it on the screen may print it."""
    with reading() as db:
        access = queries.minutes_access(db, request.actor, minutes)
        found = sheet_of(db, access.minutes)
        signed = {office for office, _name, _at in found.signatures}
        return request.page(
            db,
            minutes=access.minutes,
            sheet=found,
            zone=access.meeting.meeting.zone,
            unsigned=[pair for pair in found.officers if pair[0] not in signed],
            _words=words,
        )
