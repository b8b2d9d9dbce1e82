"""The list of stations, a station's page, its staff and its residents."""

from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.web import Form, Request, Response, Routes
from forum.members import queries as members
from forum.members.models import Role
from forum.members.rules import keeps_counter
from forum.members.words import role_words
from forum.stations import queries, rules, service
from forum.stations.models import Tier
from forum.stations.words import tier_words

routes = Routes("forum.stations.routes")

STAFF = tuple(role for role in Role if role != Role.RESIDENT)


@routes.get("/stations")
def stations(request: Request) -> Response:
    """The whole tree."""
    with reading() as db:
        return request.page(
            db,
            branches=queries.tree(queries.open_stations(db)),
            tiers={tier: tier_words(tier) for tier in Tier},
            may_build=rules.may_build(members.roles(db, request.actor, ())),
        )


@routes.get("/stations/{station:int}")
def station(request: Request, station: int) -> Response:
    """A place: where it is, when it is open, who serves there, what goes on (by panels)."""
    with reading() as db:
        found = queries.station(db, station)
        place = f"station:{station}"
        held = members.roles(db, request.actor, queries.places(db, station))
        return request.page(
            db,
            subject=place,
            station=found,
            tier=tier_words(found.tier),
            line=queries.ancestors(db, station)[:-1],
            below=[(row, tier_words(row.tier)) for row in queries.children(db, station)],
            staff=[
                (role, role_words(role), person)
                for role, person in members.staff(db, [place])
                if rules.by_hand(found.tier, role)
            ],
            my_roles=[role_words(role) for role in sorted(held)],
            may_build=rules.may_build(held),
            keeps_counter=keeps_counter(held),
            roles=[(r.value, role_words(r)) for r in Role if rules.by_hand(found.tier, r)],
        )


def _form_page(db: Db, request: Request, found: queries.StationRow | None) -> Response:
    return request.page(
        db,
        station=found,
        parents=[
            (branch.station.id, "· " * branch.depth + branch.station.name)
            for branch in queries.tree(queries.open_stations(db))
            if found is None or branch.station.id != found.id
        ],
        tiers=[(tier.value, tier_words(tier)) for tier in Tier],
        parent=request.query.value("parent"),
    )


def _gate(db: Db, request: Request, station: int | None) -> None:
    held = members.roles(db, request.member, queries.places(db, station))
    if not rules.may_build(held):
        raise Forbidden(_("Only an administrator of the place above may do this."))


def _details(form: Form) -> service.Details:
    details = service.Details(
        tier=form.choice("tier", Tier),
        name=form.text("name", max=80),
        code=form.text("code", max=20).upper(),
        parent_id=form.integer("parent_id", optional=True),
        address=form.text("address", max=200, optional=True),
        hours=form.text("hours", max=200, optional=True),
        phone=form.text("phone", max=40, optional=True),
    )
    form.check()
    return details


@routes.get("/stations/new")
def new_station(request: Request) -> Response:
    """The form for a new place."""
    with reading() as db:
        parent = request.query.integer("parent", optional=True)
        _gate(db, request, parent)
        return _form_page(db, request, None)


@routes.post("/stations", page="new_station")
def create(request: Request) -> Response:
    """Add a place to the tree."""
    details = _details(request.form)
    with transaction() as tx:
        new = service.create(tx, request.member, details)
    return request.done(f"/stations/{new}", note=_("The place stands in the tree."), id=new)


@routes.get("/stations/{station:int}/edit")
def edit_station(request: Request, station: int) -> Response:
    """The form with what is said of a place now."""
    with reading() as db:
        found = queries.station(db, station)
        _gate(db, request, station)
        return _form_page(db, request, found)


@routes.post("/stations/{station:int}", page="edit_station")
def change(request: Request, station: int) -> Response:
    """Change what is said of a place."""
    details = _details(request.form)
    with transaction() as tx:
        service.change(tx, request.member, station, details)
    return request.done(f"/stations/{station}", note=_("Saved."))


@routes.post("/stations/{station:int}/residents", page="station")
def admit(request: Request, station: int) -> Response:
    """Take somebody in as a resident whom staff have just seen."""
    login = request.form.text("login", max=200)
    request.form.check()
    with transaction() as tx:
        service.admit(tx, request.member, station, login)
    return request.done(f"/stations/{station}", note=_("A resident of this place from now on."))


@routes.post("/stations/{station:int}/staff", page="station")
def appoint(request: Request, station: int) -> Response:
    """Give somebody a role at this place."""
    login = request.form.text("staff_login", max=200)
    role = request.form.choice("role", STAFF)
    request.form.check()
    with transaction() as tx:
        service.appoint(tx, request.member, station, login, Role(role))
    return request.done(f"/stations/{station}", note=_("The role is given."))


@routes.post("/stations/{station:int}/staff/end")
def dismiss(request: Request, station: int) -> Response:
    """End somebody's role at this place."""
    member = request.form.integer("member")
    role = request.form.choice("role", STAFF)
    request.form.check()
    with transaction() as tx:
        service.dismiss(tx, request.member, station, member, Role(role))
    return request.done(f"/stations/{station}", note=_("The role is taken away."))
