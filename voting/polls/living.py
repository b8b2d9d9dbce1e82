"""What the page of a vote shows of its life: preview, who still waits, rounds, lots, old texts."""

from typing import Any, Literal

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.links import Relation
from forum.base.refs import parse, ref
from forum.base.registry import Step
from voting.polls import lasting, roll, rules, waiting
from voting.polls.models import Poll, PollRevision, PollState
from voting.polls.queries import PollAccess, PollRow
from voting.polls.rules import Outcome, Verb


def shown(db: Db, found: PollAccess) -> dict[str, Any]:
    """For everybody the rounds; the rest for those who lead, and for whoever confirms a lot."""
    row, actor = found.poll, found.access.actor
    leads = found.manages
    preview = leads and row.state is PollState.CREATED
    mends = preview and not about_another(db, row.id)
    later = _round(db, actor, row.id, "in")
    return {
        "round": row.round or 1,
        "former": _round(db, actor, row.id, "out"),
        "later": later,
        "preview": preview,
        "entitled": _entitled(db, row) if preview else None,
        "waits": waiting.number(db, row) if leads and row.state is PollState.STARTED else 0,
        "may_remind": leads and lasting.reminds(row.reminded_at, clock.now()),
        "lot": _lot(db, row.id, actor) if leads or found.counts else "",
        "earlier": texts(db, row.id)[:-1] if leads else [],
        "deeds": {
            "mend": mends,
            "again": leads and later is None and _again(row) and not about_another(db, row.id),
            "confirm_lot": _confirms(db, found),
        },
    }


def _again(row: PollRow) -> bool:
    outcome = Outcome(row.result["outcome"]) if row.result else None
    return rules.may(Verb.AGAIN, row.state) and lasting.again(row.state, outcome)


def about_another(db: Db, poll: int) -> bool:
    """Whether a vote is on a motion, say, and not on an item alone."""
    about = links.linked(db, ref("poll", poll), Relation.DECIDES)
    return any(parse(one)[0] != "item" for one in about)


def _entitled(db: Db, row: PollRow) -> int | None:
    """How many would stand on the roll now; of a meeting its roll is made at the opening."""
    return None if row.meeting else len(roll.eligible(db, row.consultation_id))


def _round(db: Db, actor: Actor | None, poll: int, direction: Literal["in", "out"]) -> Step | None:
    found = links.linked(db, ref("poll", poll), Relation.CONTINUES, direction)
    return next(iter(links.steps(db, actor, found)), None)


def _lot(db: Db, poll: int, actor: Actor | None) -> str:
    """Who wrote down what was drawn, before it is confirmed: "own", "other", or nobody."""
    query = select(col(Poll.lot_by)).where(
        col(Poll.id) == poll, col(Poll.lot_asked).is_not(None), col(Poll.lot).is_(None)
    )
    by = db.execute(query).scalar_one_or_none()
    return "" if by is None or actor is None else "own" if by == actor.id else "other"


def _confirms(db: Db, found: PollAccess) -> bool:
    """Whether a secretary, who does not lead the vote, is the second person of a lot."""
    here = found.counts and not found.manages and found.poll.state is PollState.FINISHED
    return here and _lot(db, found.poll.id, found.access.actor) == "other"


def texts(db: Db, poll: int) -> list[tuple[Any, str]]:
    """Every text that the draft had, and since when; the present one last."""
    first = select(col(Poll.created_at), col(Poll.body)).where(col(Poll.id) == poll)
    query = select(col(PollRevision.at), col(PollRevision.body))
    query = query.where(col(PollRevision.poll_id) == poll).order_by(col(PollRevision.id))
    found = [*db.execute(first), *db.execute(query.limit(100))]
    return [(at, body) for at, body in found]
