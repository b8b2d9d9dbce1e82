"""People: who is who in a place, somebody's page, roles given and taken."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from forum.base import clock
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, Invalid, NotFound
from forum.base.i18n import _
from forum.base.registry import Step
from forum.base.settings import settings
from forum.base.web import Form, Request, Response, Routes
from forum.members import grounds, queries, rights, roster, service
from forum.members import people as reads
from forum.members.grounds import Ground
from forum.members.models import PLATFORM, Role
from forum.members.paging import page
from forum.members.words import role_words, verified_words

routes = Routes("forum.members.routes")
SIZE = 50


def place_asked(request: Request) -> str:
    """The place that the address or the form names; the platform where none is."""
    return str(request.form.value("place") or request.query.value("place") or PLATFORM)


@routes.get("/people")
def people(request: Request) -> Response:
    """The people of a place, for those who give roles there; for administrators, of all places."""
    text = request.query.text("q", max=80, optional=True)
    number = request.query.integer("page", optional=True, min=1) or 1
    wanted = request.query.text("role", max=20, optional=True)
    role = Role(wanted) if wanted in list(Role) else None
    with reading() as db:
        ground = grounds.led(db, request.actor, place_asked(request))
        found, total = roster.people(
            db, ground.place, text=text, role=role, offset=(number - 1) * SIZE, limit=SIZE
        )
        held = roster.shown_roles(db, ground, [person.id for person in found])
        places = {grant.place for grants in held.values() for grant in grants}
        named = queries.place_names(db, request.actor, places)
        return request.page(
            db,
            people=found,
            roles={
                member: [_role_line(grant.role, grant.place, ground, named) for grant in grants]
                for member, grants in held.items()
            },
            ground=ground,
            q=text,
            role=wanted,
            all_roles=[(role.value, role_words(role)) for role in Role],
            grantable=[(role.value, role_words(role)) for role in ground.namable],
            pager=page(
                "/people", number=number, total=total, size=SIZE,
                q=text, role=wanted, place=ground.place if ground.place != PLATFORM else "",
            ),
            _rights=rights_shown(ground.kind, ground.grantable),
        )  # fmt: skip


def _role_line(role: Role, place: str, ground: Ground, named: Mapping[str, Step]) -> str:
    if ground.place != PLATFORM or place not in named:
        return role_words(role)
    return f"{role_words(role)} · {named[place].title}"


def rights_shown(kind: str, roles: list[Role]) -> list[tuple[str, list[str]]]:
    """What each of these roles may do in a place of this kind, in words."""
    return [(role_words(role), rights.of(role, kind)) for role in roles]


@routes.get("/mine")
def mine(request: Request) -> Response:
    """One's own page."""
    return request.done(f"/people/{request.member.id}")


@routes.get("/people/{member:int}")
def person(request: Request, member: int) -> Response:
    """Who somebody is and what they have taken on; for a representative everybody may see it."""
    find = request.query.text("find", max=80, optional=True)
    with reading() as db:
        own = request.actor is not None and request.actor.id == member
        administrates = queries.administrates(db, request.actor)
        ground = _led_with(db, request, member)
        found = reads.person(db, request.actor, member, known=ground is not None)
        held = roster.held(db, member)
        places = queries.place_names(db, request.actor, {each.place for each in held})
        places_offered = grounds.offered(db, request.actor, find) if ground else []
        category, note = roster.card(db, ground.place, member) if ground else ("", "")
        return request.page(
            db,
            subject=f"member:{member}",
            name=found.name,
            member_id=member,
            login=found.login if own or administrates else None,
            verified=verified_words(found.verified) if own or administrates else None,
            own=own,
            administrates=administrates,
            roles=[
                {
                    "role": each.role,
                    "words": role_words(each.role),
                    "place": places[each.place],
                    "since": each.since,
                    "until": each.until,
                    "by": each.by if own or ground else None,
                    "rights": rights.of(each.role, each.place.partition(":")[0]),
                    "mine": ground is not None
                    and (administrates or each.place == ground.place)
                    and each.role in ground.grantable,
                }
                for each in held
                if each.place in places and (own or ground or each.role != Role.RESIDENT)
            ],
            ground=ground,
            find=find,
            category=category,
            remark=note,
            places=[(step.ref, step.title) for step in places_offered],
            many_places=len(places_offered) >= grounds.OFFERED or bool(find),
            all_roles=[
                (role.value, role_words(role)) for role in (ground.namable if ground else ())
            ],
        )


def _led_with(db: Db, request: Request, member: int) -> Ground | None:
    """The place in whose name the reader looks at somebody: one that they lead; None: as a guest.

    Who leads a smaller place sees the people of that place, and finds nobody else by their number.
    """
    try:
        ground = grounds.led(db, request.actor, place_asked(request))
    except (NotFound, Forbidden):
        return None
    theirs = ground.place == PLATFORM or queries.administrates(db, request.actor)
    return ground if theirs or roster.belongs(db, ground.place, member) else None


def _back(member: int, place: str) -> str:
    return f"/people/{member}" + (f"?place={place}" if place != PLATFORM else "")


def until(form: Form) -> datetime | None:
    """The end of the last day of a role, as typed; None: it has no end."""
    typed = form.text("until", max=10, optional=True)
    if not typed:
        return None
    try:
        day = datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=ZoneInfo(settings().zone))
    except ValueError:
        form.wrong("until", _("Please enter a day, like 2026-03-05."))
        return None
    if day + timedelta(days=1) <= clock.now():
        form.wrong("until", _("This day is over."))
    return day + timedelta(days=1)


@routes.post("/people", page="people")
def add_person(request: Request) -> Response:
    """Give somebody whose login name is known a role in this place."""
    actor, place = request.member, place_asked(request)
    role = request.form.choice("role", Role)
    login = request.form.text("login", max=200)
    ends = until(request.form)
    with reading() as db:
        grounds.led(db, actor, place)
    request.form.check()
    with transaction() as tx:
        ground = grounds.led(tx, actor, place)
        found = queries.credential(tx, login)
        if found is None:
            words = _("Nobody has this login name.")
            raise Invalid(words, fields={"login": words})
        service.grant(tx, actor, found[0], role, ground.place, until=ends, within=ground.around)
    return request.done(f"/people?place={place}", note=_("The role is given."), id=found[0])


@routes.post("/people/{member:int}/roles", page="person")
def grant_role(request: Request, member: int) -> Response:
    """Give somebody a role in a place."""
    actor = request.member
    role = request.form.choice("role", Role)
    place = request.form.text("in_place", max=64, default=place_asked(request))
    ends = until(request.form)
    seen_from = _seen_from(request, member)
    request.form.check()
    with transaction() as tx:
        ground = grounds.ground(tx, actor, place)
        service.grant(tx, actor, member, role, place, until=ends, within=ground.around)
    return request.done(_back(member, seen_from), note=_("The role is given."))


@routes.post("/people/{member:int}/roles/revoke", page="person")
def revoke_role(request: Request, member: int) -> Response:
    """Take somebody's role in a place away."""
    actor = request.member
    role = request.form.choice("role", Role)
    place = request.form.text("in_place", max=64, default=place_asked(request))
    seen_from = _seen_from(request, member)
    request.form.check()
    with transaction() as tx:
        ground = grounds.ground(tx, actor, place)
        service.revoke(tx, actor, member, role, place, within=ground.around)
    return request.done(_back(member, seen_from), note=_("The role is taken away."))


@routes.post("/people/{member:int}/card", page="person")
def note_person(request: Request, member: int) -> Response:
    """Note to whom somebody counts in this place, and a remark."""
    actor, place = request.member, place_asked(request)
    category = request.form.text("category", max=40, optional=True)
    note = request.form.text("remark", max=200, optional=True)
    _seen_from(request, member)
    request.form.check()
    with transaction() as tx:
        service.note_person(tx, actor, member, place, category, note)
    return request.done(_back(member, place), note=_("Saved."))


def _seen_from(request: Request, member: int) -> str:
    """The place on whose page of this person the form stood; who does not see it learns nothing."""
    with reading() as db:
        ground = _led_with(db, request, member)
        if ground is not None:
            return ground.place
        grounds.ground(db, request.actor, place_asked(request))
        reads.person(db, request.actor, member)
        raise Forbidden(_("Only those who lead the place give and take roles here."))
