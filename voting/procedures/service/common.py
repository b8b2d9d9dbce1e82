"""What the verbs of procedures share: loading under the lock, who may, steps, words, telling."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound, SignInNeeded
from forum.base.events import Event, Seal, record, seal
from forum.base.i18n import _
from forum.base.links import Relation, unlink
from forum.base.markup import render
from forum.base.refs import ref
from forum.consultations.access import Access, require_unarchived
from forum.consultations.models import Stage as Phase
from voting.methods.common.profiles import PROCEDURES
from voting.methods.common.profiles import Stage as Kind
from voting.methods.method import methods
from voting.polls.models import Poll
from voting.procedures import events, queries, rules
from voting.procedures.models import Course, Stage, StageState, State, Word, WordKind
from voting.procedures.rules import Act, Asked, Way

NOTICE = "procedures:notice"  # the kind of due work by which a notice's time ends


def gate(access: Access, *, recording: bool = False) -> None:
    """Raise unless the reader leads procedures here, or (`recording`) writes down their stages."""
    if access.actor is None:
        raise SignInNeeded(_("Please sign in first."))
    if (rules.RECORDERS if recording else rules.MANAGERS).isdisjoint(access.roles):
        raise Forbidden(_("Only those who lead the procedure may do this."))
    require_unarchived(access)
    if access.consultation.stage is Phase.CLOSED:
        raise Conflict(_("The consultation is closed."))


def locked(tx: Db, procedure: int) -> tuple[Course, list[Stage]]:
    """A procedure under its lock, with its stages in order."""
    row = tx.get(Course, procedure, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_("There is no such page."))
    found = select(Stage).where(col(Stage.procedure_id) == procedure).order_by(col(Stage.position))
    stages = tx.execute(found.execution_options(populate_existing=True)).scalars()
    return row, list(stages)


def mine(
    tx: Db, actor: Actor, procedure: int, *, recording: bool = False
) -> tuple[Course, list[Stage]]:
    """The same, for whoever may do something to it."""
    gate(queries.procedure_access(tx, actor, procedure).access, recording=recording)
    return locked(tx, procedure)


def at_stage(tx: Db, actor: Actor, stage: int) -> tuple[Course, list[Stage], Stage]:
    """A stage under its procedure's lock, for whoever writes down what came of it."""
    procedure = queries.stage_access(tx, actor, stage)[0].course.id
    row, stages = mine(tx, actor, procedure, recording=True)
    return row, stages, next(one for one in stages if one.id == stage)


def kinds(row: Course) -> tuple[Kind, ...]:
    """What its stages are, as the procedure's data say."""
    return PROCEDURES[row.name].stages


def ways(row: Course) -> list[Way]:
    """How each of its stages is done."""
    return [rules.way(one) for one in kinds(row)]


def states(stages: Sequence[Stage]) -> list[StageState]:
    """How they stand."""
    return [StageState(one.state) for one in stages]


def require(row: Course, stages: Sequence[Stage], one: Stage, act: Act) -> None:
    """Raise unless this may happen to this stage now."""
    if row.state != State.RUNNING:
        raise Conflict(_("This procedure does not go on any more."))
    if not rules.allowed(states(stages), ways(row), one.position, act):
        raise Conflict(out_of_turn(row, stages))


def out_of_turn(row: Course, stages: Sequence[Stage]) -> str:
    """Why something waits: the stages go in order."""
    at = rules.here(states(stages))
    called = _(kinds(row)[at].label) if at is not None else ""
    return _("The stages go in their order. The one in hand is: %(stage)s.") % {"stage": called}


def step(
    tx: Db,
    actor: Actor | None,
    row: Course,
    stages: Sequence[Stage],
    one: Stage,
    act: Act,
    *,
    poll: int = 0,
) -> None:
    """Let it happen, and tell what follows: passed, failed, all of it finished."""
    require(row, stages, one, act)
    moved = rules.after(states(stages), ways(row), one.position, act)
    one.state = moved[one.position]
    if one.state is StageState.UP:
        tx.flush()
        return
    now = clock.now()
    if one.state is StageState.FAILED:
        row.state, row.ended_at = State.FAILED, now
        tx.flush()
        tell(tx, actor, row, events.ProcedureFailed(row.id, row.item_id, one.name, poll))
        return
    one.passed_at = now
    tx.flush()
    passed = events.StagePassed(row.id, row.item_id, one.name, poll)
    tell(tx, actor, row, passed, subject=one.ref)
    if rules.here(moved) is None:
        row.state, row.ended_at = State.FINISHED, now
        tx.flush()
        tell(tx, actor, row, events.ProcedureFinished(row.id, row.item_id))


def write(
    tx: Db,
    actor: Actor,
    stage: Stage,
    kind: WordKind,
    said: str,
    *,
    about: str = "",
    day: date | None = None,
) -> tuple[int, Seal]:
    """Keep what was written down; returns its id and seal."""
    body = "\n\n".join(part for part in (about, said) if part)
    sealed = seal(body)
    word = Word(
        stage_id=stage.id,
        kind=kind,
        about=about,
        day=day,
        body=body,
        html=render(said),
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(word)
    tx.flush()
    return word.id, sealed


def tell(tx: Db, actor: Actor | None, row: Course, event: Event, *, subject: str = "") -> None:
    """Record what happened to the procedure, or to one of its stages."""
    record(tx, actor, event, stream=row.stream, subject=subject or row.ref)


def take_down(tx: Db, row: Course, one: Stage) -> None:
    """Questions and objections are taken no longer for this notice's sake."""
    unlink(tx, one.ref, Relation.OPENS, ref("item", row.item_id))


def asked(row: Poll) -> Asked:
    """By what a vote is decided."""
    settings = methods()[row.method].typed(row.rule)
    return Asked(row.method, settings, row.quorum, row.eligible)


def item_access(tx: Db, actor: Actor, item: int) -> agenda.ItemAccess:
    """The item, for whoever puts procedures to it."""
    found = agenda.item_access(tx, actor, item)
    gate(found.access)
    return found
