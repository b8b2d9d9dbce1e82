"""Downloads: minutes in each format, and a committee's minutes of a period as one archive."""

from datetime import date

from starlette.responses import FileResponse

from forum.base import keys, transfer
from forum.base.db import Db, reading, transaction
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.registry import panel
from forum.base.transfer import Period
from forum.base.web import Request, Response, Routes
from forum.stations import committees
from forum.stations import queries as stations
from forum.stations.models import Tier
from sessions.exchange import queries as archived
from sessions.exchange import service
from sessions.exchange.models import ArchiveState
from sessions.exchange.words import state_words
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


@panel("stations:station", order=70)
def archives_of_committee(db: Db, request: Request, subject: str) -> str | None:
    """On a committee's page: where its minutes are packed, for those who may."""
    station = parse(subject)[1]
    if stations.station(db, station).tier is not Tier.COMMITTEE:
        return None
    if not archived.may_ask(db, request.actor, station):
        return None
    return request.fragment(db, "exchange/of_committee.html", station_id=station)


@routes.get("/stations/{station:int}/archives")
def archives(request: Request, station: int) -> Response:
    """Ask for a period's minutes as one file; one's own archives that are still kept."""
    today = committees.today()
    with reading() as db:
        committee = committees.committee(db, station)
        if not archived.may_ask(db, request.member, station):
            raise NotFound(_("There is no such committee."))
        return request.page(
            db,
            committee=committee,
            archives=archived.mine(db, request.member, station),
            first=date(today.year, 1, 1),
            last=today,
            _state=state_words,
        )


@routes.post("/stations/{station:int}/archives", page="archives")
def ask_archive(request: Request, station: int) -> Response:
    """Have it packed."""
    period = Period(request.form.day("first"), request.form.day("last"))
    request.form.check()
    with transaction() as tx:
        made = service.ask(tx, request.member, station, period)
    return request.done(f"/archives/{made}", id=made)


@routes.get("/archives/{archive:int}")
def archive(request: Request, archive: int) -> Response:
    """How far it is; then the file."""
    with reading() as db:
        row = archived.archive(db, request.member, archive)
        return request.page(
            db,
            subject=ref("archive", archive),
            archive=row,
            fingerprint=keys.fingerprint(keys.public_key()),
            _state=state_words,
        )


@routes.get("/archives/{archive:int}/file")
def archive_file(request: Request, archive: int) -> Response:
    """The file, for the one who asked for it."""
    with reading() as db:
        row = archived.archive(db, request.member, archive)
        code = stations.station(db, row.station_id).code
    path = archived.path_of(archive)
    if row.state is not ArchiveState.READY or not path.is_file():
        raise NotFound(_("There is no such archive, or it is no longer kept."))
    headers = {
        "cache-control": "private, no-store",
        "content-disposition": f'attachment; filename="{code}-{row.first}-{row.last}.zip"',
    }
    return FileResponse(path, headers=headers, media_type="application/zip")
