"""What papers add to pages of others: the vote's own, and the desk of a meeting."""

from forum.base.db import Db
from forum.base.refs import parse
from forum.base.registry import panel
from forum.base.web import Request
from voting.papers import access, page, queries
from voting.polls import queries as polls
from voting.polls.models import PollState


@panel("polls:poll", order=15)
def of_poll(db: Db, request: Request, subject: str) -> str | None:
    """How many papers are out; for those who handle them the way there; later what they were."""
    found = polls.poll_access(db, request.actor, parse(subject)[1])
    row = found.poll
    if row.state is PollState.CREATED:
        return None
    may = access.may(db, request.actor, found)
    boxes = queries.batches(db, row.id)
    if not boxes and not (may and row.state is PollState.STARTED):
        return None
    heads, lines = page.channels(db, row)
    return request.fragment(
        db,
        "papers/of_poll.html",
        poll=row,
        issued=sum(box.issued for box in boxes),
        may=may,
        heads=heads,
        lines=lines,
        stated=page.stated(db, row, boxes) if row.state is PollState.PUBLISHED else [],
    )


@panel("floor:desk", order=10)
def of_desk(db: Db, request: Request, subject: str) -> str | None:
    """The way from a meeting's desk to the papers of its open votes."""
    held = polls.of_meeting(db, subject)
    running = [row for row in held if row.state in (PollState.STARTED, PollState.COUNTING)]
    return request.fragment(db, "papers/of_desk.html", polls=running) if running else None
