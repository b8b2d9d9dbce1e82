"""At the counter: a clerk sees to the accounts of residents, and finds nobody else."""

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, Invalid, NotFound
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.web import Request, Response, Routes
from forum.members import contacts, counter, queries, second, verifications
from forum.members.identities import ContactKind
from forum.members.models import Verification
from forum.members.service import links
from forum.members.service import second as steps
from forum.members.service.verification import verify
from forum.members.words import METHODS_AT_COUNTER, level_words, method_words

routes = Routes("forum.members.routes")


def _looked_after(db: Db, actor: Actor | None, member: int) -> str:
    place = counter.place_for(db, actor, member)
    if place is None:
        raise NotFound(_("There is no such person."))
    return place


def _clerk(request: Request, member: int) -> Actor:
    """The reader, who looks after this person; to others they are not there, whatever is typed."""
    actor = request.member
    with reading() as db:
        _looked_after(db, actor, member)
    return actor


@routes.get("/counter")
def at_counter(request: Request) -> Response:
    """Find somebody who stands at the counter by their login name."""
    actor = request.member
    with reading() as db:
        if not counter.serves(db, actor):
            raise Forbidden(_("This page is for the staff of stations."))
        return request.page(db)


@routes.post("/counter", page="at_counter")
def find_person(request: Request) -> Response:
    """Go on to the person's page, if they are one of those whom one looks after."""
    actor, login = request.member, request.form.text("login", max=200)
    request.form.check()
    with reading() as db:
        if not counter.serves(db, actor):
            raise Forbidden(_("This page is for the staff of stations."))
        found = queries.credential(db, login)
        if found is None or counter.place_for(db, actor, found[0]) is None:
            words = _("Nobody among your residents has this login name.")
            raise Invalid(words, fields={"login": words})
    return request.done(f"/counter/{found[0]}")


@routes.get("/counter/{member:int}")
def identity(request: Request, member: int) -> Response:
    """What is known of somebody's identity, and what a clerk may do about it."""
    actor = request.member
    with reading() as db:
        _looked_after(db, actor, member)
        known = contacts.kinds(db, member)
        administrates = queries.administrates(db, actor)
        return request.page(
            db,
            subject=ref("member", member),
            member_id=member,
            name=queries.names(db, [member])[member],
            contacts=known,
            marks=verifications.of(db, actor, member),
            methods=[(method.value, method_words(method)) for method in METHODS_AT_COUNTER],
            may_hand_out=links.may_let_in(db, actor, member),
            has_second=second.has(db, member),
            administrates=administrates,
            accesses=contacts.accesses(db, member),
            level=level_words(verifications.best(db, member)),
        )


@registry.panel("members:person", order=20)
def way_to_counter(db: Db, request: Request, subject: str) -> str | None:
    """On the person's page: the way to this one, for those who look after them."""
    _kind, member = parse(subject)
    if counter.place_for(db, request.actor, member) is None:
        return None
    return request.fragment(db, "members/way_to_counter.html", member_id=member)


@routes.post("/counter/{member:int}/verify", page="identity")
def verify_person(request: Request, member: int) -> Response:
    """A document was seen, or the name found in the register."""
    actor = _clerk(request, member)
    method = request.form.choice("method", [m.value for m in METHODS_AT_COUNTER])
    request.form.check()
    with transaction() as tx:
        place = _looked_after(tx, actor, member)
        verify(tx, actor, member, Verification(method), place=place)
    return request.done(f"/counter/{member}", note=_("It is noted, with your name and the day."))


@routes.post("/counter/{member:int}/phone", page="identity")
def phone(request: Request, member: int) -> Response:
    """Keep a telephone number that the person gave at the counter, confirmed."""
    actor, number = _clerk(request, member), request.form.text("phone", max=40)
    request.form.check()
    with transaction() as tx:
        place = _looked_after(tx, actor, member)
        new = contacts.add(tx, actor, member, ContactKind.PHONE, number)
        contacts.confirm(tx, actor, new, place=place)
    return request.done(f"/counter/{member}", note=_("The number is kept and confirmed."))


@routes.post("/counter/{member:int}/code", unlogged=True)
def hand_out_code(request: Request, member: int) -> Response:
    """A one-use code for a new password, shown this once, to print or write down."""
    with transaction() as tx:
        login, code = links.hand_out_code(tx, request.member, member)
        name = queries.names(tx, [member])[member]
    with reading() as db:
        return request.page(
            db, template="members/handed_code.html", code=code, name=name, login=login
        )


@routes.post("/counter/{member:int}/contacts", page="identity", unlogged=True)
def unseal(request: Request, member: int) -> Response:
    """Show how to reach somebody, for a reason that the person can read."""
    actor, reason = _clerk(request, member), request.form.text("reason", max=200)
    request.form.check()
    with transaction() as tx:
        found = contacts.unseal(tx, actor, member, reason)
        name = queries.names(tx, [member])[member]
    with reading() as db:
        return request.page(
            db, template="members/unsealed.html", found=found, name=name, member_id=member
        )


@routes.post("/counter/{member:int}/second-step")
def reset_second(request: Request, member: int) -> Response:
    """Take somebody's second step off, who lost telephone and codes."""
    with transaction() as tx:
        if counter.place_for(tx, request.member, member) is None:
            raise NotFound(_("There is no such person."))
        steps.reset(tx, request.member, member)
    return request.done(f"/counter/{member}", note=_("The second step is off; they are told."))
