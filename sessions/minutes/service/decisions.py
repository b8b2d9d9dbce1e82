"""Decisions: recorded with what they rest on, withdrawn if wrong, and given out as tasks."""

from datetime import datetime
from typing import NamedTuple

from forum.agenda import queries as agenda
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Event, record, seal
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.markup import render
from forum.base.refs import parse, ref
from forum.consultations import queries as consultations
from forum.consultations.rules import Deed
from forum.followups import service as followups
from forum.members import queries as members
from forum.members.models import Role
from sessions.meetings import queries as meetings
from sessions.minutes import events, queries, rules
from sessions.minutes.models import Basis, Decision, DecisionState, DecisionWithdrawal
from sessions.minutes.queries import participants
from voting.polls import queries as polls
from voting.polls.models import PollState
from voting.polls.rules import DECIDED


class Draft(NamedTuple):
    """What was resolved, on what item, citing its poll or else a consensus of a meeting."""

    item: int
    title: str
    body: str
    poll: int | None = None
    meeting: int | None = None


def decide(tx: Db, actor: Actor, draft: Draft) -> int:
    """Record a decision. On a vote the secretary may; a consensus only the chair declares."""
    seen = agenda.item_access(tx, actor, draft.item)
    meeting = _meeting_of_poll(tx, actor, draft) if draft.poll is not None else draft.meeting
    roles = queries.roles_in(tx, actor, seen, meeting)
    if not rules.keeps(roles):
        raise Forbidden(_("Only the secretary or the chair records decisions."))
    if draft.poll is None and rules.signs_as(roles) is not Role.MODERATOR:
        raise Forbidden(_("A consensus is declared by the chair. You can record a vote."))
    consultations.require(seen.access, Deed.DECIDE)
    if meeting is not None:
        _require_open_minutes(tx, actor, meeting, seen.item.consultation_id)
    sealed = seal(draft.body)
    row = Decision(
        consultation_id=seen.item.consultation_id,
        item_id=draft.item,
        meeting_id=meeting,
        basis=Basis.CONSENSUS if draft.poll is None else Basis.POLL,
        poll_id=draft.poll,
        title=draft.title,
        body=draft.body,
        html=render(draft.body),
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    here = ref("decision", row.id)
    link(tx, here, Relation.ON, ref("item", draft.item))
    if draft.poll is not None:
        link(tx, here, Relation.RESTS_ON, ref("poll", draft.poll))
    if meeting is not None:
        link(tx, here, Relation.HELD_IN, ref("meeting", meeting))
    _tell(
        tx,
        actor,
        row,
        events.DecisionRecorded(row.id, draft.item, Basis(row.basis), draft.poll, sealed.digest),
    )
    return row.id


def _meeting_of_poll(tx: Db, actor: Actor, draft: Draft) -> int | None:
    """The poll's meeting, once the poll has been found to carry a decision on this item."""
    held = polls.poll_access(tx, actor, draft.poll or 0).poll
    if held.item_id != draft.item:
        words = _("This vote was on another item.")
        raise Invalid(words, fields={"poll": words})
    if held.state is not PollState.PUBLISHED or held.result is None:
        raise Conflict(_("The result of this vote is not published yet."))
    if held.result["outcome"] not in DECIDED:
        raise Conflict(_("This vote decided nothing."))
    if queries.of_poll(tx, held.id) is not None:
        raise Conflict(_("A decision rests on this vote already."))
    return parse(held.meeting)[1] if held.meeting else None


def _require_open_minutes(tx: Db, actor: Actor, meeting: int, consultation: int) -> None:
    seen = meetings.meeting_access(tx, actor, meeting)
    if seen.meeting.consultation_id != consultation:
        # Its minutes are kept by others.
        words = _("This item belongs to another consultation.")
        raise Invalid(words, fields={"meeting": words})
    versions = queries.versions(tx, seen.meeting.id)
    if not versions:
        raise Conflict(_("The meeting has not begun: nothing was decided in it yet."))
    if versions[-1].locked:
        raise Conflict(_("These minutes are approved: begin a new version to change them."))


def withdraw(tx: Db, actor: Actor, decision: int, *, reason: str) -> None:
    """A decision that was recorded wrongly does not stand; possible until it is approved."""
    access = queries.decision_access(tx, actor, decision)
    if not access.keeps:
        raise Forbidden(_("Only the secretary or the chair records decisions."))
    if access.decision.state is not DecisionState.RECORDED:
        raise Conflict(_("An approved decision is changed by another decision."))
    row = tx.get_one(Decision, decision)
    row.state = DecisionState.WITHDRAWN
    sealed = seal(reason)
    made = DecisionWithdrawal(
        decision_id=decision, body=reason, salt=sealed.salt, author_id=actor.id, at=clock.now()
    )
    tx.add(made)
    tx.flush()
    _tell(tx, actor, row, events.DecisionWithdrawn(decision, made.id, sealed.digest))


def confirm(tx: Db, actor: Actor, decision: int) -> None:
    """The chair confirms a decision that no meeting took, so that it can be carried out."""
    access = queries.decision_access(tx, actor, decision)
    if rules.signs_as(access.roles) is not Role.MODERATOR:
        raise Forbidden(_("Only the chair confirms a decision."))
    if access.decision.meeting_id is not None:
        raise Conflict(_("This decision is approved with the minutes of its meeting."))
    if access.decision.state is not DecisionState.RECORDED:
        raise Conflict(_("This decision is confirmed or withdrawn already."))
    row = tx.get_one(Decision, decision)
    row.state, row.approved_at = DecisionState.APPROVED, clock.now()
    tx.flush()
    _tell(tx, actor, row, events.DecisionApproved(decision, None))


class Work(NamedTuple):
    """A task as it is given: by whom it is done, under whose eye, by when."""

    title: str
    body: str
    handler_id: int | None
    unit: str
    supervisor_id: int
    due: datetime


def give_task(tx: Db, actor: Actor, decision: int, work: Work) -> int:
    """Have an approved decision carried out; those who took part in the item are asked later."""
    access = queries.decision_access(tx, actor, decision)
    if not access.may_give_task:
        raise Forbidden(_("Representatives, secretaries and moderators give tasks."))
    if access.decision.state is DecisionState.WITHDRAWN:
        raise Conflict(_("This decision was withdrawn."))
    if not rules.may_be_done(access.decision.state):
        raise Conflict(
            _("The minutes with this decision are not approved yet: approve them first.")
        )
    consultations.require(access.item.access, Deed.FOLLOW)
    places = access.item.access.places
    _require_holder(tx, Role.REPRESENTATIVE, work.supervisor_id, places, "supervisor")
    if work.handler_id is not None:
        _require_holder(tx, Role.HANDLER, work.handler_id, places, "handler")
    return followups.assign(
        tx,
        actor,
        place=access.item.access.stream,
        places=places,
        cites=ref("decision", decision),
        concerned=participants.of_item(tx, access.decision.item_id),
        **work._asdict(),
    )


def _require_holder(tx: Db, role: Role, member: int, places: tuple[str, ...], field: str) -> None:
    if member not in {holder.id for holder in members.holders(tx, role, places)}:
        words = _("Choose one of those who hold this office here.")
        raise Invalid(words, fields={field: words})


def _tell(tx: Db, actor: Actor, row: Decision, event: Event) -> None:
    here = ("meeting", row.meeting_id) if row.meeting_id else ("consultation", row.consultation_id)
    record(tx, actor, event, stream=ref(*here), subject=ref("decision", row.id))
