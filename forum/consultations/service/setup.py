"""Setting a consultation up from a pattern, step by step; each step is kept as it is taken."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import patterns, queries, rules, setups
from forum.consultations.events import TemplateUsed
from forum.consultations.models import Setup, Stage
from forum.consultations.service.stages import plan as plan_stages
from forum.consultations.service.terms import Draft, create
from forum.members import queries as members
from forum.members import service as accounts
from forum.members.models import Role
from forum.members.rules import may_grant
from forum.stations import queries as stations


def begin_setup(tx: Db, actor: Actor, template: str, station: int | None) -> int:
    """Choose a pattern; nobody else sees what is being set up."""
    _may(tx, actor, station)
    patterns.find(tx, template, stations.places(tx, station))
    row = Setup(
        member_id=actor.id,
        station_id=station,
        template=template,
        answers={},
        changed_at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    return row.id


def _may(tx: Db, actor: Actor, station: int | None) -> None:
    if not queries.may_create(tx, actor, station):
        raise Forbidden(_("Only moderators and representatives of the place may do this."))


def answer(tx: Db, actor: Actor, setup: int, answers: Mapping[str, Any]) -> None:
    """Keep what was answered in a step."""
    setups.plan(tx, actor, setup)
    row = tx.get_one(Setup, setup)
    row.answers = {**row.answers, **answers}
    row.changed_at = clock.now()
    tx.flush()


def answer_dates(tx: Db, actor: Actor, setup: int, dates: Mapping[Stage, datetime]) -> None:
    """Keep when the stages begin; each after the one before."""
    first = setups.plan(tx, actor, setup).template.first
    if faults := rules.plan_faults(first, dates):
        words = _("This stage would begin before the one ahead of it.")
        raise Invalid(words, fields={fault.value: words for fault in faults})
    answer(tx, actor, setup, {"dates": {s.value: clock.iso(at) for s, at in dates.items()}})


def name_person(tx: Db, actor: Actor, setup: int, member: int, role: Role) -> None:
    """Ask somebody to take a role; it is given when the consultation begins."""
    plan = setups.plan(tx, actor, setup)
    members.actor_of(tx, member)
    if not _may_name(tx, actor, plan, member, role):
        raise Forbidden(_("You may not give this role here."))
    kept = [[each.member, each.role.value] for each in plan.people]
    if [member, role.value] not in kept:
        answer(tx, actor, setup, {"people": [*kept, [member, role.value]]})


def _may_name(tx: Db, actor: Actor, plan: setups.Plan, member: int, role: Role) -> bool:
    places = stations.places(tx, plan.station_id)
    theirs = members.roles(tx, members.actor_of(tx, member), places)
    return setups.may_name(members.roles(tx, actor, places), role, set(theirs))


def unname_person(tx: Db, actor: Actor, setup: int, member: int, role: Role) -> None:
    """Do not ask them after all."""
    plan = setups.plan(tx, actor, setup)
    kept = [[p.member, p.role.value] for p in plan.people if (p.member, p.role) != (member, role)]
    answer(tx, actor, setup, {"people": kept})


def finish_setup(tx: Db, actor: Actor, setup: int) -> int:
    """Begin the consultation as it was planned: stages, agenda and people, all at once."""
    plan = setups.plan(tx, actor, setup)
    if not plan.title:
        raise Conflict(_("Give the consultation a title first."))
    draft = Draft(
        plan.title, plan.summary, plan.purpose, plan.visibility, plan.eligibility, plan.zone
    )
    made = create(tx, actor, draft, station=plan.station_id, stage=plan.template.first)
    here = ref("consultation", made)
    used = TemplateUsed(consultation=made, template=plan.template.key)
    record(tx, actor, used, stream=here, subject=here)
    plan_stages(tx, actor, made, plan.dates)
    around = queries.around(tx, made)
    held = members.roles(tx, actor, around)
    for person in plan.people:
        if not _may_name(tx, actor, plan, person.member, person.role):
            raise Forbidden(_("You may not give this role here."))
        # An office that they hold around it is not the moderator's to give, but theirs already.
        giver = actor if may_grant(held, person.role, here) else None
        accounts.grant(tx, giver, person.member, person.role, here, within=around)
    tx.delete(tx.get_one(Setup, setup))
    tx.flush()
    return made


def drop_setup(tx: Db, actor: Actor, setup: int) -> None:
    """Throw away what was planned."""
    tx.delete(setups.own(tx, actor, setup))
    tx.flush()
