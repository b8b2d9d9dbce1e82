"""Setting a consultation up in five short steps; each is kept, and going back loses nothing."""

from typing import Any
from zoneinfo import ZoneInfo

from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.web import Request, Response
from forum.consultations import patterns, queries, service, setups, words
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.consultations.routes.process import routes
from forum.consultations.setups import NAMED, Plan
from forum.members import queries as members
from forum.members.models import Role
from forum.members.words import role_words
from forum.stations import queries as stations

STEPS = ("words", "dates", "people", "ready")


@routes.get("/consultations/setup")
def setup(request: Request) -> Response:
    """The first step: the patterns to choose from, and what was begun before."""
    station = request.query.integer("station", optional=True)
    with reading() as db:
        actor = request.member
        places = setups.begins_in(db, actor)
        choosing = station is None and not queries.may_create(db, actor, None)
        if choosing and len(places) == 1:
            station, choosing = parse(places[0].ref)[1], False
        if not ((choosing and places) or queries.may_create(db, actor, station)):
            raise Forbidden(_("Only moderators and representatives of the place may do this."))
        own = patterns.saved(db, stations.places(db, station))
        return request.page(
            db,
            station=stations.station(db, station) if station else None,
            places=[(step.title, parse(step.ref)[1]) for step in places] if choosing else [],
            templates=[] if choosing else [_shown(each) for each in patterns.built_in()],
            saved=[] if choosing else [{**_shown(each), "id": ident} for ident, each in own],
            begun=setups.mine(db, actor),
        )


def _shown(template: patterns.Template) -> dict[str, object]:
    return {
        "key": template.key,
        "name": _(template.name),
        "about": _(template.about),
        "days": template.length,
        "items": len(template.agenda),
    }


@routes.post("/consultations/setup", page="setup")
def begin_setup(request: Request) -> Response:
    """Choose a pattern."""
    template = request.form.text("template", max=40)
    station = request.form.integer("station", optional=True)
    with reading() as db:
        if not queries.may_create(db, request.member, station):
            raise Forbidden(_("Only moderators and representatives of the place may do this."))
    request.form.check()
    with transaction() as tx:
        made = service.begin_setup(tx, request.member, template, station)
    return request.done(f"/consultations/setups/{made}/words", id=made)


@routes.get("/consultations/setups/{setup:int}")
def setup_again(request: Request, setup: int) -> Response:
    """Go on where one was."""
    with reading() as db:
        plan = setups.plan(db, request.member, setup)
    step = "ready" if plan.title else "words"
    return request.done(f"/consultations/setups/{setup}/{step}")


def _page(db: Db, request: Request, plan: Plan, **more: Any) -> Response:
    step = request.path.split("/")[4]
    return request.page(
        db,
        plan=plan,
        template_name=_(plan.template.name),
        station=stations.station(db, plan.station_id) if plan.station_id else None,
        step=STEPS.index(step) + 1 if step in STEPS else 1,
        _words=words,
        **more,
    )


@routes.get("/consultations/setups/{setup:int}/words")
def setup_words(request: Request, setup: int) -> Response:
    """The second step: what it is called and what it is for."""
    with reading() as db:
        plan = setups.plan(db, request.member, setup)
        return _page(
            db,
            request,
            plan,
            example=_(plan.template.title),
            visibilities=[(v.value, words.visibility(v)) for v in Visibility],
            eligibilities=[(e.value, words.eligibility(e)) for e in Eligibility],
        )


@routes.post("/consultations/setups/{setup:int}/words", page="setup_words")
def answer_words(request: Request, setup: int) -> Response:
    """Keep the words and terms."""
    form = request.form
    with reading() as db:
        setups.plan(db, request.member, setup)
    answers = {
        "title": form.text("title", max=120),
        "summary": form.text("summary", max=300),
        "purpose": form.text("purpose", max=20_000),
        "visibility": form.choice("visibility", Visibility).value,
        "eligibility": form.choice("eligibility", Eligibility).value,
    }
    form.check()
    with transaction() as tx:
        service.answer(tx, request.member, setup, answers)
    return request.done(f"/consultations/setups/{setup}/dates")


@routes.get("/consultations/setups/{setup:int}/dates")
def setup_dates(request: Request, setup: int) -> Response:
    """The third step: when the stages begin, proposed from the pattern."""
    with reading() as db:
        plan = setups.plan(db, request.member, setup)
        zone = ZoneInfo(plan.zone)
        return _page(
            db,
            request,
            plan,
            days=plan.template.days,
            planned={
                stage.value: moment.astimezone(zone).strftime("%Y-%m-%dT%H:%M")
                for stage, moment in plan.dates.items()
            },
        )


@routes.post("/consultations/setups/{setup:int}/dates", page="setup_dates")
def answer_dates(request: Request, setup: int) -> Response:
    """Keep the dates; an empty one is decided later."""
    form = request.form
    with reading() as db:
        zone = setups.plan(db, request.member, setup).zone
    typed = {
        stage: form.moment(stage.value, optional=True, zone=zone)
        for stage in Stage
        if stage.value in form.values
    }
    form.check()
    with transaction() as tx:
        dates = {stage: moment for stage, moment in typed.items() if moment is not None}
        service.answer_dates(tx, request.member, setup, dates)
    return request.done(f"/consultations/setups/{setup}/people")


@routes.get("/consultations/setups/{setup:int}/people")
def setup_people(request: Request, setup: int) -> Response:
    """The fourth step: who helps, found by name."""
    text = request.query.text("q", max=80, optional=True)
    with reading() as db:
        plan = setups.plan(db, request.member, setup)
        places = stations.places(db, plan.station_id)
        held = members.roles(db, request.actor, places)
        found = setups.candidates(db, places, text, held) if text else []
        return _page(
            db,
            request,
            plan,
            q=text,
            wanted=[role_words(role) for role in plan.template.roles],
            found=[
                (each, [(role.value, role_words(role)) for role in each.roles]) for each in found
            ],
            named=[(each, role_words(each.role)) for each in plan.people],
        )


@routes.post("/consultations/setups/{setup:int}/people", page="setup_people")
def name_person(request: Request, setup: int) -> Response:
    """Ask somebody to take a role, or do not ask them after all."""
    with reading() as db:
        setups.plan(db, request.member, setup)
    member = request.form.integer("member")
    role = request.form.choice("role", list(map(str, NAMED)))
    leave_out = request.form.flag("leave_out")
    request.form.check()
    with transaction() as tx:
        verb = service.unname_person if leave_out else service.name_person
        verb(tx, request.member, setup, member, Role(role))
    return request.done(f"/consultations/setups/{setup}/people")


@routes.get("/consultations/setups/{setup:int}/ready")
def setup_ready(request: Request, setup: int) -> Response:
    """The last step: all of it once more, and the button."""
    with reading() as db:
        plan = setups.plan(db, request.member, setup)
        return _page(
            db,
            request,
            plan,
            agenda=[(_(point.title), point.minutes) for point in plan.template.agenda],
            named=[(each, role_words(each.role)) for each in plan.people],
            terms=(words.visibility(plan.visibility), words.eligibility(plan.eligibility)),
        )


@routes.post("/consultations/setups/{setup:int}/ready", page="setup_ready")
def finish_setup(request: Request, setup: int) -> Response:
    """Begin it as planned."""
    with transaction() as tx:
        made = service.finish_setup(tx, request.member, setup)
    note = _("The consultation has begun, with its agenda and its dates.")
    return request.done(f"/consultations/{made}", note=note, id=made)


@routes.post("/consultations/setups/{setup:int}/drop")
def drop_setup(request: Request, setup: int) -> Response:
    """Throw away what was planned."""
    with transaction() as tx:
        service.drop_setup(tx, request.member, setup)
    return request.done("/consultations", note=_("The draft is thrown away."))
