"""The outcome: written in revisions, published, and told to everybody who took part."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import record, seal, sealed_digest
from forum.base.i18n import _
from forum.base.links import Relation, link, linked, unlink
from forum.base.markup import render
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.consultations.queries import Access
from forum.consultations.rules import Deed
from sessions.minutes import account as accounts
from sessions.minutes import events, rules
from sessions.minutes.account import Account
from sessions.minutes.models import Outcome, OutcomeRevision, OutcomeState, OutcomeTold
from sessions.minutes.queries import decisions, leading, outcomes, participants


def write(tx: Db, actor: Actor, consultation: int, account: Account) -> int:
    """Keep a revision of the outcome of a consultation; the former ones stay. Returns its id."""
    access = consultations.access(tx, actor, consultation)
    _require(access)
    _check(tx, consultation, account)
    row = outcomes.of_consultation(tx, consultation)
    ident = row.id if row else _begin(tx, consultation)
    sealed = seal(account.pack())
    revision = OutcomeRevision(
        outcome_id=ident,
        number=len(outcomes.revisions(tx, ident, published=False)) + 1,
        body=account.pack(),
        salt=sealed.salt,
        summary_html=render(account.summary),
        reasons_html=render(account.reasons),
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(revision)
    tx.flush()
    record(
        tx,
        actor,
        events.OutcomeWritten(ident, revision.id, sealed.digest),
        stream=access.stream,
        subject=ref("outcome", ident),
    )
    return ident


def publish(tx: Db, actor: Actor, outcome: int) -> None:
    """Make the latest revision public. Who took part and has not been told yet is told, once."""
    seen = outcomes.outcome_access(tx, actor, outcome)
    _require(seen.access)
    latest = outcomes.revisions(tx, outcome, published=False)[-1]
    if latest.published_at is not None:
        raise Conflict(_("This text is published already. Write a new one to change it."))
    revision = tx.get_one(OutcomeRevision, latest.id)
    row = tx.get_one(Outcome, outcome)
    now = clock.now()
    revision.published_at = now
    row.state, row.revision_id = OutcomeState.PUBLISHED, latest.id
    row.published_at = row.published_at or now
    took_part = participants.of_consultation(tx, row.consultation_id)
    for member in sorted(took_part - outcomes.everybody_told(tx, outcome)):
        tx.add(OutcomeTold(outcome_id=outcome, member_id=member, revision_id=latest.id))
    tx.flush()
    _tie(tx, row, latest.account)
    record(
        tx,
        actor,
        events.OutcomePublished(
            outcome,
            row.consultation_id,
            latest.id,
            latest.number,
            sealed_digest(revision.salt or "", revision.body),
        ),
        stream=seen.access.stream,
        subject=ref("outcome", outcome),
    )


def _require(access: Access) -> None:
    if not rules.publishes(access.roles):
        raise Forbidden(_("Representatives and moderators write the outcome."))
    consultations.require(access, Deed.PUBLISH)


def _check(tx: Db, consultation: int, account: Account) -> None:
    unexplained = accounts.without_reason(account.replies)
    if unexplained:
        words = _("Say why.")
        raise Invalid(
            _("Whoever is told no is told why."),
            fields={f"words_{argument}": words for argument in unexplained},
        )
    approved = {
        row.id
        for row in decisions.of_consultation(tx, consultation)
        if rules.may_be_done(row.state)
    }
    if not set(account.decisions) <= approved:
        words = _("An outcome names approved decisions of this consultation.")
        raise Invalid(words, fields={"decision": words})
    known = leading.of_ids(tx, [reply.argument for reply in account.replies], consultation)
    if any(reply.argument not in known for reply in account.replies):
        raise Invalid(_("One of the arguments is not there any more."))


def _begin(tx: Db, consultation: int) -> int:
    row = Outcome(consultation_id=consultation, created_at=clock.now())
    tx.add(row)
    tx.flush()
    return row.id


def _tie(tx: Db, row: Outcome, account: Account) -> None:
    """Link the outcome with what it names; what a revision names no more is untied."""
    here = ref("outcome", row.id)
    link(tx, here, Relation.OUTCOME_OF, ref("consultation", row.consultation_id))
    named = {ref("decision", ident) for ident in account.decisions}
    named |= {task for one in sorted(named) for task in linked(tx, one, Relation.FULFILS, "in")}
    named |= {ref("argument", reply.argument) for reply in account.replies}
    for former in set(linked(tx, here, Relation.NAMES)) - named:
        unlink(tx, here, Relation.NAMES, former)
    for target in sorted(named):
        link(tx, here, Relation.NAMES, target)
