"""Giving one's vote to somebody: choose whom, see what one gave and holds, take back, decline."""

from forum.base import limits
from forum.base.db import reading, transaction
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from voting.delegations import places, queries, service

routes = Routes("voting.delegations.routes")

LEAST = 2  # letters of a name, so that nobody leafs through everybody


@routes.get("/delegations")
def delegations(request: Request) -> Response:
    """What I gave and what I hold."""
    with reading() as db:
        given, held = queries.mine(db, request.member)
        return request.page(db, given=given, held=held)


@routes.get("/delegations/new")
def new_delegation(request: Request) -> Response:
    """Whom shall my vote go to: look for them by name, then choose."""
    ref = request.query.value("place") or request.form.value("place") or ""
    text = (request.query.value("q") or request.form.value("q") or "")[:80].strip()
    with reading() as db:
        found = places.find(db, request.member, ref)
        if request.member.id not in found.people:
            raise Forbidden(_("You cannot vote here, so you cannot give your vote away."))
        mine = queries.given(db, request.member.id, [ref])
        people = []
        if len(text) >= LEAST:
            limits.check(f"find a delegate:{request.member.id}", per_minute=20, burst=40)
            people = queries.found(db, found, request.member, text)
        return request.page(
            db,
            place=found.ref,
            scope=found.scope.value,
            title=found.title,
            url=found.url,
            looked_for=text,
            short=0 < len(text) < LEAST,
            people=[(str(ident), name) for ident, name in people],
            given=next(iter(mine), None),
        )


@routes.post("/delegations", page="new_delegation")
def give(request: Request) -> Response:
    """Give my vote to somebody."""
    form = request.form
    ref, delegate = form.text("place", max=64), form.integer("delegate", min=1)
    form.check()
    with transaction() as tx:
        made = service.give(tx, request.member, ref, delegate)
        url = places.find(tx, request.member, ref).url
    note = _("Your vote is given. You can take it back, or vote yourself, until the closing.")
    return request.done(url, note=note, id=made)


@routes.post("/delegations/{delegation:int}/withdraw")
def withdraw(request: Request, delegation: int) -> Response:
    """Take it back."""
    with transaction() as tx:
        service.withdraw(tx, request.member, delegation)
    return request.done("/delegations", note=_("You have your vote back."))


@routes.post("/delegations/{delegation:int}/decline")
def decline(request: Request, delegation: int) -> Response:
    """Not to vote for somebody."""
    with transaction() as tx:
        service.decline(tx, request.member, delegation)
    return request.done("/delegations", note=_("Declined. They are told."))
