"""Downloads: the minutes in each format that stands in this room."""

from forum.base import transfer
from forum.base.db import Db, reading
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from sessions.minutes import queries

routes = Routes(__name__)

LABELS = {"html": "HTML", "md": "Markdown", "json": "JSON"}


@routes.get("/minutes/{minutes:int}/export/{format}")
def export_minutes(request: Request, minutes: int, format: str) -> Response:
    """One file of the minutes, in the reader's language."""
    transfer.discover()
    known = transfer.exporters.get(("minutes", format))
    if known is None:
        raise NotFound(_("There is no such format."))
    with reading() as db:
        access = queries.minutes_access(db, request.actor, minutes)
        written = known.write(db, minutes, access.meeting.audience)
    name = f"minutes-{access.minutes.meeting_id}-v{access.minutes.version}.{format}"
    return request.send(written, known.media_type, filename=name)


@panel("minutes:minutes", order=20)
def downloads(db: Db, request: Request, subject: str) -> str | None:
    """On the minutes' page: a link for each format."""
    transfer.discover()
    names = sorted(name for kind, name in transfer.exporters if kind == "minutes")
    here = f"/minutes/{parse(subject)[1]}/export"
    links = [(f"{here}/{name}", LABELS.get(name, name.upper())) for name in names]
    return request.fragment(db, "exchange/downloads.html", links=links)
