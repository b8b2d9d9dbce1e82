"""Running a place of the tree: its archive, its words, and papers for people who are new."""

from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request, Response
from forum.members import lists, options
from forum.members import queries as members
from forum.members.models import Role
from forum.members.rules import may_grant
from forum.stations import codes, queries, rules, service
from forum.stations.routes.tree import routes


@panel("members:admin")
def station_of_admin(db: Db, request: Request, subject: str) -> str | None:
    """What is said of a place, and the way into the archive, among its settings."""
    kind, ident = parse(subject)
    if kind != "station":
        return None
    return request.fragment(db, "stations/keeping.html", station=queries.station(db, ident))


@panel("stations:station", order=5)
def words_of_station(db: Db, request: Request, subject: str) -> str | None:
    """How to reach the place, whether it is open, and for who runs it the way to that."""
    ident = parse(subject)[1]
    held = members.roles(db, request.actor, queries.places(db, ident))
    return request.fragment(
        db,
        "stations/words.html",
        station=queries.station(db, ident),
        contact=options.value(db, options.CONTACT, subject),
        runs=rules.may_build(held),
        leads=may_grant(held, Role.RESIDENT, subject),
    )


@panel("members:people_list")
def papers_of_list(db: Db, request: Request, subject: str) -> str | None:
    """The button that prints the papers of those who are new."""
    sheet = parse(subject)[1]
    _place, new = lists.newcomers(db, request.actor, sheet)
    return (
        request.fragment(db, "stations/papers.html", sheet=sheet, count=len(new)) if new else None
    )


@routes.post("/stations/{station:int}/archive")
def archive(request: Request, station: int) -> Response:
    """Close a place."""
    with transaction() as tx:
        service.archive(tx, request.member, station)
    return request.done(f"/stations/{station}", note=_("The place is in the archive."))


@routes.post("/stations/{station:int}/restore")
def restore(request: Request, station: int) -> Response:
    """Open a place again."""
    with transaction() as tx:
        service.restore(tx, request.member, station)
    return request.done(f"/stations/{station}", note=_("The place is open again."))


@routes.post("/people/lists/{sheet:int}/papers", unlogged=True)
def print_papers(request: Request, sheet: int) -> Response:
    """Make the papers of those who are new and show them for printing; codes are kept nowhere."""
    with transaction() as tx:
        place, new = lists.newcomers(tx, request.member, sheet)
        papers = service.welcome(tx, request.member, place, new)
    with reading() as db:
        named = members.place_names(db, request.actor, [place])
        return request.page(
            db,
            sheet=sheet,
            place_name=named[place].title if place in named else "",
            papers=[
                (paper, codes.grouped(paper.code) if paper.card else paper.code) for paper in papers
            ],
            left=len(new) - len(papers),
            template="stations/papers_sheet.html",
        )
