"""Decisions: recording one, its page with what it rests on, and giving it out as a task."""

from forum.agenda import queries as agenda
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from forum.consultations.guests import keepable
from forum.followups import parsing
from forum.members import queries as members
from forum.members.models import Role
from sessions.meetings import queries as meetings
from sessions.minutes import queries, rules, service, words
from sessions.minutes.models import DecisionState
from sessions.minutes.queries import DecisionAccess, DecisionRow, leading
from voting.polls import page as ballots
from voting.polls import queries as polls
from voting.polls.models import PollState

routes = Routes("sessions.minutes.routes")

WORDS_MOST = 8000


@routes.get("/items/{item:int}/decisions/new")
def new_decision(request: Request, item: int) -> Response:
    """The form: what was decided, and on what it rests."""
    with reading() as db:
        seen = agenda.item_access(db, request.actor, item)
        sittings = [
            row for row in meetings.of_item(db, item) if row.state not in ("draft", "convened")
        ]
        here = [ref("meeting", row.id) for row in sittings]
        held = members.roles(db, request.actor, [*here, *seen.access.places])
        if not rules.keeps(held):
            raise Forbidden(_("Only the secretary or the chair records decisions."))
        return request.page(
            db,
            subject=ref("item", item),
            item=seen.item,
            polls=[
                poll
                for poll in polls.of_item(db, item)
                if poll.state is PollState.PUBLISHED and queries.of_poll(db, poll.id) is None
            ],
            meetings=sittings,
            declares=rules.signs_as(held) is Role.MODERATOR,
        )


@routes.post("/items/{item:int}/decisions", page="new_decision")
def decide(request: Request, item: int) -> Response:
    """Record a decision."""
    form = request.form
    draft = service.Draft(
        item,
        form.text("title", max=200),
        form.text("body", max=WORDS_MOST),
        form.integer("poll", optional=True),
        form.integer("meeting", optional=True),
    )
    form.check()
    with transaction() as tx:
        made = service.decide(tx, request.member, draft)
    return request.done(f"/decisions/{made}", note=_("The decision is recorded."), id=made)


@routes.get("/decisions/{decision:int}")
def decision(request: Request, decision: int) -> Response:
    """One decision: its words, the vote, the arguments, what is being done about it."""
    with reading() as db:
        access = queries.decision_access(db, request.actor, decision)
        return request.page(
            db,
            subject=ref("decision", decision),
            keep=keepable(access.item.access),
            decision=access.decision,
            item=access.item.item,
            recorder=members.names(db, [access.decision.author_id]),
            vote=outline_of(db, access.decision),
            withdrawal=queries.withdrawal(db, decision),
            arguments=leading.of_items(db, [access.decision.item_id]),
            tasks=queries.tasks_of(db, request.actor, [decision])[decision],
            may=_may(access),
            zone=access.item.access.consultation.zone,
            _representatives=_holders(db, access, Role.REPRESENTATIVE),
            _handlers=_holders(db, access, Role.HANDLER),
            _words=words,
        )


def outline_of(db: Db, row: DecisionRow) -> ballots.Outline | None:
    """The published result on which a decision rests."""
    found = [poll for poll in polls.of_item(db, row.item_id) if poll.id == row.poll_id]
    return ballots.outline(found[0]) if found else None


def _may(access: DecisionAccess) -> dict[str, bool]:
    row = access.decision
    recorded = row.state is DecisionState.RECORDED
    chairs = rules.signs_as(access.roles) is Role.MODERATOR
    return {
        "withdraw": access.keeps and recorded,
        "confirm": chairs and recorded and row.meeting_id is None,
        "task": access.may_give_task and rules.may_be_done(row.state),
    }


def _holders(db: Db, access: DecisionAccess, role: Role) -> list[members.MemberRow]:
    return members.holders(db, role, access.item.access.places) if access.may_give_task else []


@routes.post("/decisions/{decision:int}/withdraw", page="decision")
def withdraw(request: Request, decision: int) -> Response:
    """A decision that was recorded wrongly does not stand."""
    reason = request.form.text("body", max=2000)
    request.form.check()
    with transaction() as tx:
        service.withdraw(tx, request.member, decision, reason=reason)
    return request.done(f"/decisions/{decision}", note=_("The decision is withdrawn."))


@routes.post("/decisions/{decision:int}/confirm", page="decision")
def confirm(request: Request, decision: int) -> Response:
    """The chair confirms a decision that no meeting took."""
    with transaction() as tx:
        service.confirm(tx, request.member, decision)
    return request.done(f"/decisions/{decision}", note=_("The decision is confirmed."))


@routes.post("/decisions/{decision:int}/tasks", page="decision")
def give_task(request: Request, decision: int) -> Response:
    """Have the decision carried out."""
    form = request.form
    title, body = form.text("title", max=200), form.text("body", max=WORDS_MOST)
    handler, unit = parsing.hands(form)
    supervisor, due = form.integer("supervisor"), parsing.due(form)
    form.check()
    work = service.Work(title, body, handler, unit, supervisor, due)
    with transaction() as tx:
        made = service.give_task(tx, request.member, decision, work)
    note = _("The task is given; those responsible are told.")
    return request.done(f"/tasks/{made}", note=note, id=made)
