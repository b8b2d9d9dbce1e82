"""A stage on its page: what was done there, and the form of what is to be done."""

from zoneinfo import ZoneInfo

from forum.base import clock
from forum.base.db import reading, transaction
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.web import Request, Response, Routes
from forum.consultations.rules import Deed
from forum.members import queries as members
from voting.procedures import attaching, page, queries, rules, service, words
from voting.procedures.models import StageState
from voting.procedures.rules import Way

routes = Routes("voting.procedures.routes")


@routes.get("/procedures/stages/{stage:int}")
def stage(request: Request, stage: int) -> Response:
    """One stage: what was done, or the form of what is to be done."""
    with reading() as db:
        found, one = queries.stage_access(db, request.actor, stage)
        way, now = found.course.ways[one.position], one.position == found.at
        said = queries.words(db, [stage])
        zone = found.access.consultation.zone
        today = clock.now().astimezone(ZoneInfo(zone)).date()
        open_to = page.step(found, one) is not None if now else False
        votes = page.votes(db, request.actor, [one])[stage]
        prepares = (
            open_to
            and way is Way.VOTE
            and not queries.unfinished(db, [parse(step.ref)[1] for step in votes])
        )
        least, usual = page.days(found, one)
        return request.page(
            db,
            subject=ref("stage", stage),
            id=stage,
            title=words.stage(found.course, one),
            place=words.place(found.course, one),
            procedure=(found.course.id, words.title(found.course)),
            item=found.item,
            zone=zone,
            way=way.value,
            state=words.state(one, way, now=now, going=found.at is not None),
            mark=page.lines(found)[one.position].state,
            up=one.state is StageState.UP,
            period=words.period(one) if way is Way.NOTICE else "",
            said=[(_(words.KINDS[word.kind]), word) for word in said],
            names=members.names(db, {word.author_id for word in said}),
            votes=votes,
            tasks=page.tasks(db, request.actor, found, one),
            next=page.upcoming(found, one) if now and not open_to else "",
            objects=one.state is StageState.UP and found.access.may(Deed.ARGUE),
            may={
                "do": open_to and way is not Way.VOTE,
                "add": found.records and one.state not in attaching.EMPTY and not page.shut(found),
            },
            days=(least, usual),
            today=today.isoformat(),
            _offers=page.offers(db, request.member, found, one) if prepares else [],
            _loose=queries.loose(db, found.item.id) if prepares else [],
        )


@routes.post("/procedures/stages/{stage:int}/record", page="stage")
def record_stage(request: Request, stage: int) -> Response:
    """Write down what a body said."""
    form = request.form
    said = service.Said(
        form.text("who", max=rules.ABOUT_MOST),
        form.day("day"),
        form.text("words", max=rules.WORDS_MOST),
        form.choice("agreed", ["yes", "no"]) == "yes",
    )
    form.check()
    with transaction() as tx:
        service.record_stage(tx, request.member, stage, said)
    return request.done(f"/procedures/stages/{stage}", note=_("It is written down."))


@routes.post("/procedures/stages/{stage:int}/notice", page="stage")
def post_notice(request: Request, stage: int) -> Response:
    """Put a notice up."""
    form = request.form
    notice = service.Notice(
        form.text("words", max=rules.WORDS_MOST),
        form.text("posted_at", max=rules.ABOUT_MOST),
        form.day("first_day"),
        form.integer("days", min=1, max=rules.DAYS_MOST),
    )
    form.check()
    with transaction() as tx:
        service.post(tx, request.member, stage, notice)
    note = _("The notice is up. You can attach it as a file or photograph.")
    return request.done(f"/procedures/stages/{stage}", note=note)


@routes.post("/procedures/stages/{stage:int}/add", page="stage")
def add(request: Request, stage: int) -> Response:
    """Add to what was written down."""
    said = request.form.text("words", max=rules.WORDS_MOST)
    request.form.check()
    with transaction() as tx:
        service.add(tx, request.member, stage, said)
    return request.done(f"/procedures/stages/{stage}", note=_("It is added."))


@routes.post("/procedures/stages/{stage:int}/vote", page="stage")
def take(request: Request, stage: int) -> Response:
    """Let a vote in preparation be the stage's."""
    poll = request.form.integer("poll", min=1)
    request.form.check()
    with transaction() as tx:
        service.take(tx, request.member, stage, poll)
    return request.done(f"/procedures/stages/{stage}", note=_("It is the vote of this stage."))
