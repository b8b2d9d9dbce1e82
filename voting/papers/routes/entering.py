"""Entering papers: one at a time, then what two have read differently."""

from collections.abc import Callable
from typing import Any

from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, Invalid
from forum.base.forms import Form
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from voting.papers import page, queries, service
from voting.papers.models import Kind
from voting.papers.rules import next_place
from voting.polls import marking
from voting.polls import page as polls
from voting.polls.queries import PollRow

routes = Routes("voting.papers.routes")


def _sheet(row: PollRow) -> dict[str, Any]:
    return {"choices": polls.choices(row), "sheet": marking.sheet(row.way, row.rule)}


@routes.get("/papers/{box:int}/entry")
def entry(request: Request, box: int) -> Response:
    """One paper: the next of the pile, or that of somebody by name. Nobody sees the other's."""
    wanted = request.query.integer("place", optional=True) or _posted(request.form)
    text = request.query.text("q", max=60, optional=True)
    with reading() as db:
        found, row = queries.batch_access(db, request.member, box)
        poll = found.poll
        turn = page.turn_of(row, request.member)
        pile = queries.pile_of(db, box)
        place = wanted
        if place is None and poll.secret and turn:
            place = next_place(pile, turn, row.found or 0)
        read = pile.get(place or 0)
        mine = read[turn - 1] if read and turn else None
        takers = [] if poll.secret else queries.takers(db, poll.id, batch=box)
        done = {p for p, one in pile.items() if turn and one[turn - 1]}
        return request.page(
            db,
            poll=poll,
            box=row,
            turn=turn,
            place=place,
            name=members.names(db, {place}).get(place, "") if place and not poll.secret else "",
            done=len(done),
            last=row.found or 0,
            said=page.reading(poll, mine),
            takers=[
                (one.id, one.name, one.id in done)
                for one in takers
                if text.casefold() in one.name.casefold()
            ],
            text=text,
            entering=page.enters(poll),
            **_sheet(poll),
            _given=page.given(poll, mine),
        )


def _posted(form: Form) -> int | None:
    """Where a refused paper is shown again: the same one."""
    text = str(form.value("place"))
    return int(text) if text.isascii() and text.isdigit() and len(text) < 18 else None


def _paper(form: Form) -> tuple[int, Kind, str, str]:
    """A form as a reading: the place, what the paper is, and what it says."""
    place = form.integer("place", min=1, max=2**62)
    kind = form.choice("as", Kind, default=Kind.VALID)
    if kind is not Kind.VALID:
        return place, kind, "", ""
    try:
        return place, kind, marking.said(form), form.text("reason", max=2000, optional=True)
    except Invalid as refusal:
        words = _("Nothing is marked. If the paper is empty, press Blank.")
        raise Invalid(words, fields={"": words}) from refusal


@routes.post("/papers/{box:int}/entry", page="entry", unlogged=True)
def read(request: Request, box: int) -> Response:
    """One clerk's reading; on to the next paper."""
    form = request.form
    place, kind, mark, reason = _paper(form)
    form.check()
    with transaction() as tx, marking.told(form):
        service.read(tx, request.member, box, place, kind, mark=mark, reason=reason)
    return request.done(f"/papers/{box}/entry")


@routes.get("/papers/{box:int}/differences")
def differences(request: Request, box: int) -> Response:
    """What two have read differently, by place; both look at the paper and settle it."""
    wanted = request.query.integer("place", optional=True) or _posted(request.form)
    with reading() as db:
        found, row = queries.batch_access(db, request.member, box)
        if request.member.id not in (row.first_id, row.second_id):
            raise Forbidden(_("The two who entered this box settle it."))
        pile = queries.pile_of(db, box)
        listed = page.differences(db, found.poll, pile)
        return request.page(
            db,
            poll=found.poll,
            box=row,
            differences=listed,
            chosen=next((one for one in listed if one.place == wanted), None),
            clerks=members.names(db, {c for c in (row.first_id, row.second_id) if c}),
            me=request.member.id,
            **_sheet(found.poll),
        )


def _settling(request: Request, box: int, verb: Callable[[Db], None], note: str) -> Response:
    with transaction() as tx, marking.told(request.form):
        verb(tx)
    return request.done(f"/papers/{box}/differences", note=note)


@routes.post("/papers/{box:int}/settle", page="differences", unlogged=True)
def settle(request: Request, box: int) -> Response:
    """A third reading, with both at the paper."""
    place, kind, mark, reason = _paper(request.form)
    request.form.check()

    def act(tx: Db) -> None:
        service.settle(tx, request.member, box, place, kind, mark=mark, reason=reason)

    return _settling(request, box, act, _("Now the other clerk confirms it."))


@routes.post("/papers/{box:int}/agree", page="differences", unlogged=True)
def agree(request: Request, box: int) -> Response:
    """The other clerk confirms it."""
    place = request.form.integer("place", min=1, max=2**62)
    request.form.check()

    def act(tx: Db) -> None:
        service.agree(tx, request.member, box, place)

    return _settling(request, box, act, _("Settled."))
