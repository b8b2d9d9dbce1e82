"""A vote as its voters see it: the question, the ballot, the receipt, the result."""

from typing import Any

import anyio.to_thread
from markupsafe import Markup
from pydantic_core import to_json

from forum.base import clock, events, i18n
from forum.base.auth import actor_for
from forum.base.db import Db, reading
from forum.base.errors import NotFound
from forum.base.fragments import cached
from forum.base.i18n import _
from forum.base.live.snapshots import audience_of
from forum.base.refs import parse, ref
from forum.base.registry import panel
from forum.base.web import Request, Response, Routes
from forum.base.writer import submit
from voting.boxes import ballots
from voting.boxes.ballots import Receipt
from voting.polls import (
    living,
    marking,
    page,
    passed,
    pictures,
    progress,
    publication,
    queries,
    rules,
    service,
    standing,
    words,
)
from voting.polls.models import PollState
from voting.polls.publishing import finding
from voting.polls.queries import PollRow
from voting.polls.routes.checking import read_out

routes = Routes("voting.polls.routes")
SHOWN = 200  # ballots on the page of all ballots


@routes.get("/polls/{poll:int}")
def poll(request: Request, poll: int) -> Response:
    """What is asked, how it is decided, how secret it is; the ballot; and later the result."""
    with reading() as db:
        found = queries.poll_access(db, request.actor, poll)
        row = found.poll
        venues = page.venues(db, found)
        mine = page.mine(db, request.actor, row)
        life = living.shown(db, found)
        return request.page(
            db,
            subject=ref("poll", poll),
            poll=row,
            item=found.item,
            zone=found.access.consultation.zone,
            state=words.standing(row),
            tone=words.tone(row),
            choices=page.choices(row),
            sheet=marking.sheet(row.way, row.rule),
            decided_by=page.decided_by(row),
            open_now=page.open_now(row, clock.now()),
            turnout=queries.turnout(db, poll),
            **mine,
            **standing.part(db, request.actor, row, mine["mine"], mine["right"]),
            passed=passed.part(
                db, request.actor, row, mine["right"], eligible=found.access.eligible
            ),
            result=page.outline(row),
            reasons=page.reasons(db, row),
            votes=page.votes(db, row),
            venues=venues,
            notes=queries.notes(db, poll),
            closing=page.closing(db, row),
            progress=progress.progress(db, poll, row.state),
            live=_live(db, request, row),
            _part=request.wants == "block",
            may={
                "manage": found.manages,
                "count": found.counts and rules.may(rules.Verb.COUNT, row.state) and bool(venues),
                **life.pop("deeds"),
            },
            **life,
            _nonce=ballots.fresh_nonce(),
            _picture=pictures.result(row),
            _turnout=_turnout(request, db, row),
            _words=words,
        )


def _live(db: Db, request: Request, row: PollRow) -> dict[str, Any] | None:
    """Whoever waits for a result follows what happens; None where that is not theirs to follow."""
    waiting = row.state in (PollState.COUNTING, PollState.FINISHED)
    if not waiting or audience_of(db, request.actor, row.stream) is None:
        return None
    return {"stream": row.stream, "view": "", "after": events.head(db, row.stream)}


def _turnout(request: Request, db: Db, row: PollRow) -> Markup:
    """Who voted where: of a published poll, whose roll and count stay as they are."""
    if row.state is not PollState.PUBLISHED:
        return Markup()

    def make() -> str:
        picture = pictures.turnout(db, request.actor, row)
        return request.fragment(db, "polls/turnout.html", picture=picture)

    return cached(("turnout", row.id, i18n.current()), make)


@routes.get("/polls/{poll:int}/ballot")
def ballot(request: Request, poll: int) -> Response:
    """The address of the receipt, loaded again: back to the vote."""
    return request.done(f"/polls/{poll}")


@routes.post("/polls/{poll:int}/ballot", page="poll", unlogged=True)
async def cast(request: Request, poll: int) -> Response:
    """Cast a vote; the answer leaves after the commit. The receipt stands in the answer alone."""
    form = request.form
    vote = service.Cast(
        request.credential,
        poll,
        marking.said(form),
        form.text("reason", max=2000, optional=True),
        form.text("nonce", max=32, optional=True),
        form.integer("principal", optional=True, min=1),
    )
    form.check()
    try:
        with marking.told(form):
            receipt = await submit(service.cast_batch, vote)
    except service.NotOnRoll:
        await anyio.to_thread.run_sync(_visible, request, poll)
        raise
    if request.wants == "json":
        shown = {"url": f"/polls/{poll}", **receipt._asdict()}
        return Response(to_json(shown), media_type="application/json")
    if not receipt.commit:
        note = _("Your vote was changed.") if receipt.again else _("Your vote is counted.")
        return request.done(f"/polls/{poll}", note=note)
    return await anyio.to_thread.run_sync(_receipt, request, receipt, vote)


def _visible(request: Request, poll: int) -> None:
    """Whoever may not know of the poll is told that there is none."""
    with reading() as db:
        queries.poll_access(db, actor_for(db, request.credential), poll)


def _receipt(request: Request, receipt: Receipt, vote: service.Cast) -> Response:
    with reading() as db:
        request.actor = actor_for(db, request.credential)
        with i18n.using(request.lang):
            row = queries.poll_access(db, request.actor, receipt.poll).poll
            said = row.way.ballot(row.rule, vote.value, vote.reason)
            method = f"{row.method}/{row.version}"
            text = ballots.secret_ballot(row.id, method, said, vote.nonce).decode()
            return request.page(
                db,
                poll=row,
                receipt=receipt,
                nonce=vote.nonce,
                text=text,
                said=read_out(row, text),
                short=receipt.commit[: finding.SHORT],
            )


@routes.get("/polls/{poll:int}/ballots")
def published(request: Request, poll: int) -> Response:
    """All ballots of a published poll with their commitments: what anyone needs to count anew."""
    with reading() as db:
        row = queries.poll_access(db, request.actor, poll).poll
        if row.state is not PollState.PUBLISHED:
            raise NotFound(_("The ballots are published together with the result."))
        if request.wants == "json":
            return request.page(db, **publication.document(db, row))
        return request.page(db, **publication.first(db, row, SHOWN))


def _may_make(db: Db, request: Request, subject: str) -> bool:
    return queries.may_make(db, request.actor, parse(subject)[1])


@panel("agenda:item", order=20, given=queries.ON_ITEM, offered=_may_make)
def of_item(db: Db, request: Request, subject: str) -> str | None:
    """The votes on an item, and for those who lead them a way to another one."""
    found = queries.of_item(db, parse(subject)[1])
    manages = _may_make(db, request, subject)
    if not found and not manages:
        return None
    return request.fragment(
        db,
        "polls/of_item.html",
        polls=[(row, words.standing(row), words.tone(row)) for row in found],
        item=parse(subject)[1],
        manages=manages,
    )
