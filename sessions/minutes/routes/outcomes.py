"""The outcome of a consultation: its page, its revisions, and the form that answers everybody."""

import re

from forum.agenda import queries as agenda
from forum.base.db import Db, reading, transaction
from forum.base.errors import Forbidden, NotFound
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Form, Request, Response, Routes
from forum.consultations import queries as consultations
from forum.members import queries as members
from sessions.minutes import queries, rules, service, words
from sessions.minutes.account import Account, Fate, Reply, unanswered
from sessions.minutes.queries import decisions, leading, outcomes
from sessions.minutes.queries.outcomes import OutcomeAccess, RevisionRow

routes = Routes("sessions.minutes.routes")

WORDS_MOST = 20_000
REPLY_MOST = 2000
_ARGUMENT = re.compile(r"[0-9]{1,10}")


@routes.get("/outcomes/{outcome:int}")
def outcome(request: Request, outcome: int) -> Response:
    """What was decided and why, what was not taken up and why, and what is being done."""
    with reading() as db:
        seen = outcomes.outcome_access(db, request.actor, outcome)
        texts = outcomes.revisions(db, outcome, published=not seen.writes)
        number = request.query.integer("revision", optional=True)
        shown = _chosen(texts, seen, number)
        account = shown.account
        named = decisions.of_ids(db, account.decisions)
        tasks = queries.tasks_of(db, request.actor, account.decisions)
        return request.page(
            db,
            subject=ref("outcome", outcome),
            outcome=seen.outcome,
            consultation=seen.access.consultation,
            revision=shown,
            account=account,
            decisions=[(row, tasks[row.id]) for row in named],
            arguments=leading.of_ids(
                db,
                [reply.argument for reply in account.replies],
                seen.outcome.consultation_id,
            ),
            passed_over=unanswered(account, _leading(db, seen.outcome.consultation_id)),
            revisions=texts,
            authors=members.names(db, {text.author_id for text in texts}),
            may={
                "write": seen.writes,
                "publish": seen.writes
                and shown.published_at is None
                and shown.number == texts[-1].number,
            },
            zone=seen.access.consultation.zone,
            _words=words,
        )


def _chosen(texts: list[RevisionRow], seen: OutcomeAccess, number: int | None) -> RevisionRow:
    """The wanted revision; by default what is public, or the draft where nothing is."""
    public = [text for text in texts if text.id == seen.outcome.revision_id]
    wanted = [text for text in texts if text.number == number] if number else public or texts[-1:]
    if not wanted:
        raise NotFound(_("There is no such revision."))
    return wanted[0]


def _leading(db: Db, consultation: int) -> list[int]:
    items = [item.id for item in agenda.items(db, consultation)]
    return [argument.id for argument in leading.of_items(db, items)]


@routes.get("/consultations/{consultation:int}/outcome")
def write_outcome(request: Request, consultation: int) -> Response:
    """The form: every leading argument stands there until it is answered."""
    with reading() as db:
        access = consultations.access(db, request.actor, consultation)
        if not rules.publishes(access.roles):
            raise Forbidden(_("Representatives and moderators write the outcome."))
        row = outcomes.of_consultation(db, consultation)
        texts = outcomes.revisions(db, row.id, published=False) if row else []
        account = texts[-1].account if texts else Account("", "", "")
        items = [item.id for item in agenda.items(db, consultation)]
        best = leading.of_items(db, items)
        known = {argument.id for argument in best}
        others = [r.argument for r in account.replies if r.argument not in known]
        return request.page(
            db,
            subject=access.stream,
            consultation=access.consultation,
            account=account,
            decisions=[
                found
                for found in decisions.of_consultation(db, consultation)
                if rules.may_be_done(found.state)
            ],
            arguments=[*best, *leading.of_ids(db, others, consultation).values()],
            replies={reply.argument: reply for reply in account.replies},
            _fates=[("", _("Not answered yet"))]
            + [(fate.value, _(words.FATES[fate])) for fate in Fate],
        )


@routes.post("/consultations/{consultation:int}/outcome", page="write_outcome")
def write(request: Request, consultation: int) -> Response:
    """Keep a revision."""
    form = request.form
    account = Account(
        form.text("title", max=200),
        form.text("summary", max=WORDS_MOST),
        form.text("reasons", max=WORDS_MOST),
        tuple(form.integers("decision")),
        _replies(form),
    )
    form.check()
    with transaction() as tx:
        made = service.write(tx, request.member, consultation, account)
    latest = f"/outcomes/{made}"
    with reading() as db:
        number = len(outcomes.revisions(db, made, published=False))
    note = _("The text is kept as a draft. Publish it when it is right.")
    return request.done(f"{latest}?revision={number}", note=note, id=made)


def _replies(form: Form) -> tuple[Reply, ...]:
    """The fields fate_<argument> and words_<argument>, of those that say something."""
    found = []
    for name in sorted(form.values):
        head, _sep, argument = name.partition("_")
        if head == "fate" and _ARGUMENT.fullmatch(argument) and form.value(name):
            fate = form.choice(name, Fate)
            text = form.text(f"words_{argument}", max=REPLY_MOST, optional=True)
            found.append(Reply(int(argument), fate, text))
    return tuple(sorted(found))


@routes.post("/outcomes/{outcome:int}/publish", page="outcome")
def publish(request: Request, outcome: int) -> Response:
    """Make the latest revision public, and tell everybody who took part."""
    with transaction() as tx:
        service.publish(tx, request.member, outcome)
    note = _("The outcome is public; everybody who took part is told.")
    return request.done(f"/outcomes/{outcome}", note=note)
