"""The paper ballot of a vote: all of them alike, for those who lead it."""

from forum.base.db import reading
from forum.base.errors import Conflict
from forum.base.geometry import tenths
from forum.base.i18n import _
from forum.base.web import Request, Response, Routes
from voting.boxes.models import Channel
from voting.polls import page, queries
from voting.polls.models import PollState
from voting.polls.service.common import refused

routes = Routes("voting.polls.routes")
LONG = 900  # tenths of an em: a longer question leaves no room for four on a sheet
BEFORE_THE_END = (PollState.CREATED, PollState.STARTED)


@routes.get("/polls/{poll:int}/ballot/print")
def ballot_sheet(request: Request, poll: int) -> Response:
    """One sheet of ballots to be cut apart and copied; nothing on them tells one from another."""
    with reading() as db:
        found = queries.poll_access(db, request.member, poll)
        row = found.poll
        if not found.manages:
            raise refused(request.actor)
        if not row.way.aggregates:
            raise Conflict(_("This vote cannot be taken by show of hands or on paper."))
        if row.state not in BEFORE_THE_END:
            raise Conflict(_("This vote is over: nobody needs a ballot any more."))
        long = tenths(row.question) > LONG
        sizes = ("1", "2") if long else ("1", "2", "4")
        per_page = int(request.query.choice("n", sizes, default="2"))
        request.query.check()
        papers = [t.issued for t in queries.tallies(db, poll) if t.channel is Channel.PAPER]
        return request.page(
            db,
            poll=row,
            consultation=found.access.consultation.title,
            choices=page.choices(row),
            per_page=per_page,
            sizes=[int(size) for size in sizes],
            long=long,
            papers=sum(papers),
            sheets=-(-sum(papers) // per_page),
        )
