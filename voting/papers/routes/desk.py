"""The desk: boxes, papers given out and taken back, boxes counted and closed."""

from collections.abc import Callable

from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from forum.members import queries as members
from voting.papers import access, page, queries, rules, service, words
from voting.papers.models import BatchState
from voting.polls import queries as polls
from voting.polls import words as poll_words
from voting.polls.models import PollState
from voting.polls.rules import SMALL

routes = Routes("voting.papers.routes")


@routes.get("/polls/{poll:int}/papers")
def papers(request: Request, poll: int) -> Response:
    """Everything about the papers of a vote: who takes one, and how far each box is."""
    text = request.query.text("q", max=60, optional=True)
    chosen = request.query.integer("box", optional=True)
    with reading() as db:
        found = access.poll_access(db, request.actor, poll)
        row = found.poll
        boxes = page.boxes(db, row)
        open_boxes = [one.row for one in boxes if one.row.state is BatchState.ISSUING]
        named = {one.row.id: one.row.name for one in boxes}
        return request.page(
            db,
            poll=row,
            state=poll_words.standing(row),
            tone=poll_words.tone(row),
            boxes=boxes,
            open_boxes=open_boxes,
            chosen=_among(chosen, [one.id for one in open_boxes]),
            issued=sum(one.row.issued for one in boxes),
            issuing=page.issues(row),
            late=row.state in rules.LATE,
            text=text,
            found=page.people(db, row, text, named),
            takers=queries.takers(db, poll),
            named=named,
            stated=page.stated(db, row, [one.row for one in boxes]),
            manages=found.manages,
        )


def _among(chosen: int | None, boxes: list[int]) -> int | None:
    """The box that was asked for, if it takes papers of this vote; else the first that does."""
    return chosen if chosen in boxes else next(iter(boxes), None)


@routes.get("/papers/{box:int}")
def box(request: Request, box: int) -> Response:
    """One box: how far it is, and what is to be done next."""
    with reading() as db:
        found, row = queries.batch_access(db, request.member, box)
        poll = found.poll
        clerks = {clerk for clerk in (row.first_id, row.second_id) if clerk}
        others = [
            one
            for one in queries.batches(db, poll.id)
            if one.id != box and one.state is BatchState.ISSUING and one.issued
        ]
        entering = page.enters(poll) and row.state in rules.WAITING and row.issued > 0
        return request.page(
            db,
            subject=ref("papers", box),
            poll=poll,
            box=row,
            state=words.state(row.state),
            tone=words.TONES.get(row.state, "neutral"),
            entering=entering,
            progress=page.progress(poll, row, queries.pile_of(db, box)),
            clerks=members.names(db, clerks),
            turn=page.turn_of(row, request.member),
            others=others,
            small=poll.secret and row.issued < SMALL,
            sums=poll.secret and poll.way.aggregates and row.issued >= SMALL,
            counting=poll.state is PollState.COUNTING,
            takers=queries.takers(db, poll.id, batch=box),
            tallies=[t for t in polls.tallies(db, poll.id) if t.venue == row.ref],
            manages=found.manages,
            zone=found.access.consultation.zone,
        )


def _act(request: Request, url: str, verb: Callable[[Db], object], note: str) -> Response:
    request.form.check()
    with transaction() as tx:
        verb(tx)
    return request.done(url, note=note)


@routes.post("/polls/{poll:int}/papers", page="papers")
def open_box(request: Request, poll: int) -> Response:
    """Set up a box."""
    name = request.form.text("name", max=60)
    request.form.check()
    with transaction() as tx:
        made = service.open_box(tx, request.member, poll, name)
    return request.done(f"/polls/{poll}/papers?box={made}", note=_("The box is set up."), id=made)


@routes.post("/polls/{poll:int}/papers/issue", page="papers")
def issue(request: Request, poll: int) -> Response:
    """Give somebody a paper."""
    form = request.form
    member, batch = form.integer("member", min=1), form.integer("box", min=1)
    url = f"/polls/{poll}/papers?box={batch}"
    note = _("The paper is given out. From now on this person cannot vote online.")

    def act(tx: Db) -> None:
        service.issue(tx, request.member, batch, member, poll=poll)

    return _act(request, url, act, note)


@routes.post("/polls/{poll:int}/papers/return", page="papers")
def hand_back(request: Request, poll: int) -> Response:
    """An unused paper comes back."""
    member = request.form.integer("member", min=1)
    note = _("The paper is back. This person may vote online again.")
    url = f"/polls/{poll}/papers"
    return _act(request, url, lambda tx: service.hand_back(tx, request.member, poll, member), note)


@routes.post("/polls/{poll:int}/papers/late", page="papers")
def reject(request: Request, poll: int) -> Response:
    """Papers that came too late."""
    form = request.form
    name = form.text("name", max=60)
    number = form.integer("papers", min=1, max=1_000_000)
    reason = form.text("reason", max=2000)
    note = _("Entered in the record. These papers do not count.")

    def act(tx: Db) -> None:
        service.reject(tx, request.member, poll, name, number, reason)

    return _act(request, f"/polls/{poll}/papers", act, note)


@routes.post("/papers/{box:int}/begin", page="box")
def begin(request: Request, box: int) -> Response:
    """The box is emptied and its papers counted."""
    found = request.form.integer("found", max=rules.FOUND_MOST)
    note = _("Number the papers from 1 with a pencil, or keep them in this order.")
    url = f"/papers/{box}"
    return _act(request, url, lambda tx: service.begin(tx, request.member, box, found), note)


@routes.post("/papers/{box:int}/restart", page="box")
def restart(request: Request, box: int) -> Response:
    """Forget what was entered."""
    note = _("What was entered is forgotten.")
    act = service.restart
    return _act(request, f"/papers/{box}", lambda tx: act(tx, request.member, box), note)


@routes.post("/papers/{box:int}/sums", page="box")
def only_sums(request: Request, box: int) -> Response:
    """Count by sums."""
    note = _("Two tellers enter the sums on the vote's page.")
    act = service.only_sums
    return _act(request, f"/papers/{box}", lambda tx: act(tx, request.member, box), note)


@routes.post("/papers/{box:int}/merge", page="box")
def merge(request: Request, box: int) -> Response:
    """Mix its papers into another box."""
    into = request.form.integer("into", min=1)
    note = _("The papers are in one box now.")
    url = f"/papers/{into}"
    return _act(request, url, lambda tx: service.merge(tx, request.member, box, into), note)


@routes.post("/papers/{box:int}/confirm", page="box")
def confirm(request: Request, box: int) -> Response:
    """Reconcile and close the box."""
    form = request.form
    unreturned = form.integer("unreturned", max=rules.FOUND_MOST)
    reason = form.text("reason", max=2000, optional=True)

    def act(tx: Db) -> None:
        service.confirm(tx, request.member, box, unreturned, reason)

    return _act(request, f"/papers/{box}", act, _("The box is counted and closed."))


@routes.post("/papers/{box:int}/except", page="box")
def leave_out(request: Request, box: int) -> Response:
    """Finish without this box."""
    reason = request.form.text("reason", max=2000)
    note = _("The box is left out.")
    act = service.leave_out
    return _act(request, f"/papers/{box}", lambda tx: act(tx, request.member, box, reason), note)
