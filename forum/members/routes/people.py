"""People: the administrators' list, a representative's public page, roles given and taken."""

from collections import defaultdict

from forum.base.db import reading, transaction
from forum.base.errors import Forbidden, NotFound
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import people as reads
from forum.members import queries, service
from forum.members.models import PLATFORM, Role
from forum.members.paging import page
from forum.members.words import role_words, verified_words

routes = Routes("forum.members.routes")
SIZE = 50


@routes.get("/people")
def people(request: Request) -> Response:
    """Everybody who has an account, for administrators."""
    text = request.query.text("q", max=80, optional=True)
    number = request.query.integer("page", optional=True, min=1) or 1
    with reading() as db:
        found, total = reads.people(
            db, request.actor, text=text, offset=(number - 1) * SIZE, limit=SIZE
        )
        grants = queries.grants(db, [person.id for person in found])
        places = queries.place_names(db, request.actor, {grant.place for grant in grants})
        roles: dict[int, list[str]] = defaultdict(list)
        for grant in grants:
            if grant.place in places:
                where = places[grant.place].title
                roles[grant.member_id].append(f"{role_words(grant.role)} · {where}")
        return request.page(
            db,
            people=found,
            roles=roles,
            q=text,
            pager=page("/people", number=number, total=total, size=SIZE, q=text),
        )


@routes.get("/mine")
def mine(request: Request) -> Response:
    """One's own page."""
    return request.done(f"/people/{request.member.id}")


@routes.get("/people/{member:int}")
def person(request: Request, member: int) -> Response:
    """Who somebody is and what they have taken on; for a representative everybody may see it."""
    with reading() as db:
        found = reads.person(db, request.actor, member)
        grants = queries.grants(db, [member])
        places = queries.place_names(db, request.actor, {grant.place for grant in grants})
        administrates = queries.administrates(db, request.actor)
        own = request.actor is not None and request.actor.id == member
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
                (grant.role, role_words(grant.role), places[grant.place], grant.place)
                for grant in grants
                if grant.place in places and (own or administrates or grant.role != Role.RESIDENT)
            ],
            all_roles=[(role.value, role_words(role)) for role in Role],
        )


def _place(request: Request, text: str) -> str:
    """The place that was named, if the reader may see it at all."""
    with reading() as db:
        found = queries.place_names(db, request.actor, [text]) if queries.is_place(text) else {}
    if text not in found:
        raise NotFound(_("There is no such place."))
    return text


@routes.post("/people/{member:int}/roles", page="person")
def grant_role(request: Request, member: int) -> Response:
    """Give somebody a role in a place."""
    actor = request.member
    role = request.form.choice("role", Role)
    place = request.form.text("place", max=64, default=PLATFORM)
    request.form.check()
    _visible(request, member)
    place = _place(request, place)
    with transaction() as tx:
        service.grant(tx, actor, member, role, place)
    return request.done(f"/people/{member}", note=_("The role is given."))


@routes.post("/people/{member:int}/roles/revoke", page="person")
def revoke_role(request: Request, member: int) -> Response:
    """Take somebody's role in a place away."""
    actor = request.member
    role = request.form.choice("role", Role)
    place = request.form.text("place", max=64, default=PLATFORM)
    request.form.check()
    _visible(request, member)
    place = _place(request, place)
    with transaction() as tx:
        service.revoke(tx, actor, member, role, place)
    return request.done(f"/people/{member}", note=_("The role is taken away."))


def _visible(request: Request, member: int) -> None:
    """Roles are handled on the person's page: who does not see it learns nothing."""
    with reading() as db:
        reads.person(db, request.actor, member)
        if not queries.administrates(db, request.actor):
            raise Forbidden(_("Only administrators give and take roles here."))
