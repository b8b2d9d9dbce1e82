"""On the page of an item and of a consultation: give one's vote for all the votes there."""

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.base.db import Db
from forum.base.refs import parse, ref
from forum.base.registry import panel
from forum.base.web import Request
from forum.consultations import queries as consultations
from forum.consultations.queries import Access
from voting.polls import passed, passing
from voting.polls.models import Poll
from voting.polls.service.representing import NOT_OVER

MOST = 100


@panel("agenda:item", order=21)
def of_item(db: Db, request: Request, subject: str) -> str | None:
    """For the votes on an item."""
    access = agenda.item_access(db, request.actor, parse(subject)[1]).access
    return _shown(db, request, access, subject, ref("consultation", access.consultation.id))


@panel("consultations:consultation", order=16)
def of_consultation(db: Db, request: Request, subject: str) -> str | None:
    """For the votes of a consultation."""
    access = consultations.access(db, request.actor, parse(subject)[1])
    return _shown(db, request, access, subject)


def _shown(db: Db, request: Request, access: Access, subject: str, *above: str) -> str | None:
    if access.actor is None or not access.eligible:
        return None
    kind, ident = parse(subject)
    where = col(Poll.item_id) if kind == "item" else col(Poll.consultation_id)
    rules = select(col(Poll.rule)).where(where == ident, col(Poll.state).in_(NOT_OVER))
    follows = any(passing.followed(rule) for rule in db.execute(rules.limit(MOST)).scalars())
    mine = passed.panel(db, access.actor, [subject, *above])
    if not follows and not any(mine.values()):
        return None
    return request.fragment(db, "polls/passing_panel.html", place=subject, open=follows, **mine)
