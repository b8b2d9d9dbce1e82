"""What a procedure does by itself: it follows its votes, and a notice comes down in time."""

from forum.agenda import service as agenda
from forum.agenda.events import ItemStateChanged
from forum.agenda.models import Item, ItemState
from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import Stored
from forum.base.i18n import _
from forum.base.refs import parse
from forum.base.registry import react
from forum.members import queries as members
from voting.polls.events import PollCreated, PollOpened, PollPublished
from voting.polls.models import Poll
from voting.polls.service.common import advance_item
from voting.procedures import queries, rules
from voting.procedures.models import Course, Stage, StageState, State
from voting.procedures.rules import Act
from voting.procedures.service.common import (
    NOTICE,
    asked,
    kinds,
    locked,
    out_of_turn,
    states,
    step,
    take_down,
    ways,
)
from voting.procedures.service.doing import live, tie


def _who(tx: Db, stored: Stored) -> Actor | None:
    return members.actor_of(tx, stored.actor_id) if stored.actor_id else None


@react(PollCreated)
def tie_to_stage(tx: Db, stored: Stored, event: PollCreated) -> None:
    """A vote by a majority of law that a stage asks for is that stage's vote."""
    running = queries.running(tx, event.item)
    poll = tx.get_one(Poll, event.poll)
    law = poll.rule.get("profile", "")
    if running is None or not law:
        return
    row, stages = locked(tx, running)
    one = _fitting(row, stages, law)
    if one is not None and not live(tx, one):
        tie(tx, _who(tx, stored), row, one, poll)


def _fitting(row: Course, stages: list[Stage], law: str) -> Stage | None:
    """The first stage to come that this majority of law decides."""
    return next(
        (
            one
            for one, kind in zip(stages, kinds(row), strict=True)
            if one.state == StageState.AHEAD and law in kind.profiles
        ),
        None,
    )


@react(PollOpened)
def wait_for_turn(tx: Db, _stored: Stored, event: PollOpened) -> None:
    """The vote of a stage opens in its turn, and as the stage needs it; else not at all."""
    stage = queries.stage_of(tx, event.poll)
    if stage is None:
        return
    row, stages = locked(tx, queries.procedure_of(tx, stage))
    one = next(each for each in stages if each.id == stage)
    if row.state != State.RUNNING:
        raise Conflict(_("The procedure that this vote belongs to does not go on any more."))
    if rules.here(states(stages)) != one.position:
        raise Conflict(out_of_turn(row, stages))
    if not rules.enough(kinds(row)[one.position], asked(tx.get_one(Poll, event.poll))):
        raise Conflict(_("This vote asks for less than its stage needs. Change it first."))


@react(PollPublished)
def move_on(tx: Db, stored: Stored, event: PollPublished) -> None:
    """Carried, the stage has passed; lost, the procedure ends; undecided, the stage stays open."""
    stage, act = queries.stage_of(tx, event.poll), rules.BY_VOTE.get(event.outcome)
    if stage is None or act is None:
        return
    row, stages = locked(tx, queries.procedure_of(tx, stage))
    one = next(each for each in stages if each.id == stage)
    in_turn = rules.here(states(stages)) == one.position
    if row.state != State.RUNNING or not in_turn:
        return
    actor = _who(tx, stored)
    step(tx, actor, row, stages, one, act, poll=event.poll)
    if act is Act.REJECT or one.position == rules.last_vote(ways(row)):
        advance_item(tx, actor, row.item_id, ItemState.DECIDED)
    elif tx.get_one(Item, row.item_id, populate_existing=True).state == ItemState.VOTING:
        said = _("A stage has passed, and the next one is to come.")
        agenda.advance(tx, actor, row.item_id, ItemState.DEBATE, said)


@react(ItemStateChanged)
def stay_in_hand(tx: Db, stored: Stored, event: ItemStateChanged) -> None:
    """A meeting closes its items: one whose last vote is to come is in hand all the same."""
    running = queries.running(tx, event.item) if event.state is ItemState.CLOSED else None
    if running is None:
        return
    row, stages = locked(tx, running)
    at, last = rules.here(states(stages)), rules.last_vote(ways(row))
    if at is not None and last is not None and at <= last:
        goes_on = _("The procedure goes on.")
        agenda.advance(tx, _who(tx, stored), row.item_id, ItemState.OPEN, goes_on)


@ticker.due(NOTICE)
def come_down(tx: Db, subject: str) -> None:
    """A notice was up as long as it was to be: its stage has passed."""
    stage = parse(subject)[1]
    row, stages = locked(tx, queries.procedure_of(tx, stage))
    one = next(each for each in stages if each.id == stage)
    if row.state != State.RUNNING or one.state != StageState.UP:
        return
    if one.until is not None and one.until <= clock.now():
        take_down(tx, row, one)
        step(tx, None, row, stages, one, Act.EXPIRE)
