"""A procedure is put to an item, read as a whole, stopped, and begun anew."""

from forum.agenda import queries as agenda
from forum.base.db import reading, transaction
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.web import Request, Response, Routes
from voting.methods.common.profiles import PROCEDURES
from voting.procedures import page, queries, rules, service, words
from voting.procedures.models import State, WordKind
from voting.procedures.service import common

routes = Routes("voting.procedures.routes")


@routes.get("/items/{item:int}/procedures/new")
def new_procedure(request: Request, item: int) -> Response:
    """Which procedure the item is to pass."""
    with reading() as db:
        access, row = agenda.item_access(db, request.member, item)
        common.gate(access)
        return request.page(
            db,
            item=row,
            choices=[
                (one.name, _(one.label), _(one.hint), [_(stage.label) for stage in one.stages])
                for one in PROCEDURES.values()
            ],
        )


@routes.post("/items/{item:int}/procedures", page="new_procedure")
def begin(request: Request, item: int) -> Response:
    """Put it to the item."""
    name = request.form.choice("procedure", PROCEDURES)
    request.form.check()
    with transaction() as tx:
        made = service.begin(tx, request.member, item, name)
    return request.done(f"/procedures/{made}", note=_("The procedure is begun."), id=made)


@routes.get("/procedures/{procedure:int}")
def procedure(request: Request, procedure: int) -> Response:
    """All stages with what was done at each; the rounds before and after it."""
    with reading() as db:
        found = queries.procedure_access(db, request.actor, procedure)
        rounds = queries.of_item(db, request.actor, found.item.id)
        said = queries.words(db, [one.id for one in found.stages])
        return request.page(
            db,
            subject=ref("procedure", procedure),
            item=found.item,
            zone=found.access.consultation.zone,
            round=found.course.round,
            procedure=page.summary(found),
            hint=_(PROCEDURES[found.course.name].hint),
            rounds=[
                (
                    words.title(one.course),
                    f"/procedures/{one.course.id}",
                    words.standing(one.course, one.stages, one.at),
                )
                for one in rounds
                if one.course.id != procedure
            ],
            reasons=[
                (_(words.KINDS[one.kind]), one.html)
                for one in said
                if one.kind in (WordKind.AGAIN, WordKind.STOP)
            ],
            may={
                "stop": found.manages and found.at is not None and not page.shut(found),
                "renew": _renews(found, rounds),
            },
        )


def _renews(found: queries.Found, rounds: list[queries.Found]) -> bool:
    taken = any(one.course.former_id == found.course.id for one in rounds)
    ended = found.course.state in (State.FAILED, State.STOPPED)
    return found.manages and ended and not taken and not page.shut(found)


@routes.get("/procedures/{procedure:int}/again")
def again(request: Request, procedure: int) -> Response:
    """From which stage it is begun anew, and why."""
    with reading() as db:
        found = queries.procedure_access(db, request.member, procedure)
        common.gate(found.access)
        if not _renews(found, queries.of_item(db, request.actor, found.item.id)):
            raise Conflict(_("Only what failed or was stopped is begun anew."))
        reached = rules.first_stages([one.state for one in found.stages])
        return request.page(
            db,
            id=procedure,
            title=words.title(found.course),
            item=found.item,
            choices=[
                (found.stages[at].name, words.stage(found.course, found.stages[at]))
                for at in reached
            ],
        )


@routes.post("/procedures/{procedure:int}/again", page="again")
def begin_again(request: Request, procedure: int) -> Response:
    """Begin it anew from a stage."""
    first = request.form.text("stage", max=40)
    reason = request.form.text("reason", max=rules.WORDS_MOST)
    request.form.check()
    with transaction() as tx:
        made = service.again(tx, request.member, procedure, first, reason)
    return request.done(f"/procedures/{made}", note=_("Another round is begun."), id=made)


@routes.post("/procedures/{procedure:int}/stop", page="procedure")
def stop(request: Request, procedure: int) -> Response:
    """Let it not go on."""
    reason = request.form.text("reason", max=rules.WORDS_MOST)
    request.form.check()
    with transaction() as tx:
        service.stop(tx, request.member, procedure, reason)
    return request.done(f"/procedures/{procedure}", note=_("The procedure is stopped."))
