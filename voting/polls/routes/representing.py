"""On the page of an item and of a consultation: give one's vote for all the votes there."""

from sqlalchemy import bindparam, exists, or_, select

from forum.agenda import queries as agenda
from forum.base.db import Db
from forum.base.refs import parse, ref
from forum.base.registry import panel
from forum.base.tables import metadata
from forum.base.web import Request
from forum.consultations import queries as consultations
from forum.consultations.queries import Access
from voting.delegations import queries as delegations
from voting.polls import passed, passing
from voting.polls.service.representing import NOT_OVER

MOST = 100
# Made once: every page of an item asks.
_T = metadata.tables["poll"].c
_NOT_OVER = _T.state.in_([state.value for state in NOT_OVER])
_AHEAD = exists().where(_T.item_id == bindparam("ident"), _NOT_OVER)
_RULES = {
    kind: select(_T.rule).where(column == bindparam("of"), _NOT_OVER).limit(MOST)
    for kind, column in (("item", _T.item_id), ("consultation", _T.consultation_id))
}


@panel("agenda:item", order=21, given=or_(_AHEAD, delegations.HELD))
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
    rules = db.execute(_RULES[kind], {"of": ident}).scalars()
    follows = any(passing.followed(rule) for rule in rules)
    mine = passed.panel(db, access.actor, [subject, *above])
    if not follows and not any(mine.values()):
        return None
    return request.fragment(db, "polls/passing_panel.html", place=subject, open=follows, **mine)
