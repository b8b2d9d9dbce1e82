"""What is done at a stage: written down, put up, added to; and a vote that becomes its vote."""

from datetime import date, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from forum.base.i18n import date as day_words
from forum.base.links import Relation, link
from forum.base.refs import ref
from voting.polls.models import Poll, PollState
from voting.polls.service.common import owned
from voting.procedures import events, queries, rules
from voting.procedures.models import Course, Stage, StageState, WordKind
from voting.procedures.rules import Act
from voting.procedures.service.common import (
    NOTICE,
    asked,
    at_stage,
    kinds,
    require,
    step,
    tell,
    write,
)


class Said(NamedTuple):
    """What a body said: who took part, on which day, in which words, and whether it agreed."""

    who: str
    day: date
    words: str
    agreed: bool = True


class Notice(NamedTuple):
    """What is disclosed: where it is put up, from which day on and for how many."""

    words: str
    place: str
    first: date
    days: int


def record_stage(tx: Db, actor: Actor, stage: int, said: Said) -> None:
    """Write down what came of a stage; where its body did not agree, the procedure ends."""
    row, stages, one = at_stage(tx, actor, stage)
    act = Act.AGREE if said.agreed else Act.REFUSE
    require(row, stages, one, act)
    _check_day(tx, actor, row, stages, one, said.day, "day", last=0)
    word, sealed = write(tx, actor, one, WordKind.RECORD, said.words, about=said.who, day=said.day)
    one.first = said.day
    told = events.StageRecorded(
        row.id, one.name, said.day.isoformat(), said.agreed, word, sealed.digest
    )
    tell(tx, actor, row, told, subject=one.ref)
    step(tx, actor, row, stages, one, act)


def _check_day(
    tx: Db,
    actor: Actor,
    row: Course,
    stages: list[Stage],
    one: Stage,
    day: date,
    field: str,
    *,
    last: int,
) -> None:
    """No day before the stage before had passed, and none too far ahead."""
    zone = ZoneInfo(queries.procedure_access(tx, actor, row.id).access.consultation.zone)
    today = clock.now().astimezone(zone).date()
    before = _earliest(row, stages, one, zone)
    wrong = ""
    if before is not None and day < before:
        wrong = _("The stage before passed on %(day)s.") % {"day": day_words(before)}
    elif day > today + timedelta(days=last):
        wrong = _("This day is too far ahead.") if last else _("This day has not come yet.")
    if wrong:
        raise Invalid(wrong, fields={field: wrong})


def _earliest(row: Course, stages: list[Stage], one: Stage, zone: ZoneInfo) -> date | None:
    """When the stage before passed: of what was written down later, the day that it says."""
    if one.position == 0:
        return None
    former = stages[one.position - 1]
    if former.until is not None:
        return former.until.astimezone(zone).date()
    if former.first is not None:
        return former.first
    return former.passed_at.astimezone(zone).date() if former.passed_at else None


def post(tx: Db, actor: Actor, stage: int, notice: Notice) -> None:
    """Put up what a stage discloses; it passes by itself when the time is over."""
    row, stages, one = at_stage(tx, actor, stage)
    require(row, stages, one, Act.POST)
    kind = kinds(row)[one.position]
    if rules.days_fault(kind, notice.days):
        wrong = _("It stays up for at least %(n)s days.") % {"n": max(kind.days, 1)}
        raise Invalid(wrong, fields={"days": wrong})
    _check_day(tx, actor, row, stages, one, notice.first, "first_day", last=rules.AHEAD_MOST)
    zone = queries.procedure_access(tx, actor, row.id).access.consultation.zone
    until = rules.over(notice.first, notice.days, zone)
    one.first, one.days, one.until = notice.first, notice.days, until
    step(tx, actor, row, stages, one, Act.POST)
    word, sealed = write(
        tx, actor, one, WordKind.NOTICE, notice.words, about=notice.place, day=notice.first
    )
    link(tx, one.ref, Relation.OPENS, ref("item", row.item_id))
    if one.position == len(stages) - 1:
        votes = queries.polls(tx, [each.id for each in stages])
        told = queries.tasks(tx, row.item_id, [poll for each in votes.values() for poll in each])
        for task in told:
            link(tx, task, Relation.TOLD_IN, one.ref)
    ticker.schedule(tx, NOTICE, until, one.ref)
    posted = events.NoticePosted(
        procedure=row.id,
        item=row.item_id,
        stage=one.name,
        first=notice.first.isoformat(),
        days=notice.days,
        until=until,
        word=word,
        text=sealed.digest,
    )
    tell(tx, actor, row, posted, subject=one.ref)


def add(tx: Db, actor: Actor, stage: int, words: str) -> None:
    """Add to what was written down; nothing of it is ever replaced."""
    row, _stages, one = at_stage(tx, actor, stage)
    if one.state in (StageState.AHEAD, StageState.KEPT):
        raise Conflict(_("Nothing has been written down at this stage yet."))
    word, sealed = write(tx, actor, one, WordKind.ADDITION, words)
    tell(tx, actor, row, events.WordAdded(row.id, one.name, word, sealed.digest), subject=one.ref)


def take(tx: Db, actor: Actor, stage: int, poll: int) -> None:
    """Let a vote in preparation on the item be the vote of the stage in hand."""
    gone = _("There is no such vote in preparation on this item.")
    vote = tx.get(Poll, poll, with_for_update=True, populate_existing=True)
    row, stages, one = at_stage(tx, actor, stage)
    if vote is None or vote.item_id != row.item_id or vote.state != PollState.CREATED:
        raise NotFound(gone)
    if owned(tx, vote) or queries.stage_of(tx, poll) is not None:
        raise Conflict(gone)
    require(row, stages, one, Act.CARRY)
    if not rules.enough(kinds(row)[one.position], asked(vote)):
        raise Conflict(_("This vote asks for less than the stage needs."))
    tie(tx, actor, row, one, vote)


def tie(tx: Db, actor: Actor | None, row: Course, one: Stage, vote: Poll) -> None:
    """Make a vote the stage's own; Conflict where it has another that is not over."""
    if live(tx, one):
        raise Conflict(_("This stage has a vote already. Void it first."))
    link(tx, vote.ref, Relation.PART_OF, one.ref)
    tell(tx, actor, row, events.VoteTied(row.id, one.name, vote.id), subject=one.ref)


def live(tx: Db, one: Stage) -> bool:
    """Whether a vote of the stage is prepared or under way."""
    votes = queries.polls(tx, [one.id])[one.id]
    return queries.unfinished(tx, votes)
