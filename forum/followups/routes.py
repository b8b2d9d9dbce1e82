"""The public tracker, the page of a task with its whole history, and a person's duties."""

from collections.abc import Callable

from forum.base import registry
from forum.base.db import Db, reading, transaction
from forum.base.i18n import _
from forum.base.refs import parse, ref
from forum.base.web import Request, Response, Routes
from forum.followups import attaching, parsing, queries, service, tracker, words
from forum.followups.models import Rating, Result
from forum.followups.rules import Act
from forum.followups.tracker import Filter, Shown
from forum.members import people
from forum.members import queries as members
from forum.members.models import Role
from forum.members.paging import page

routes = Routes(__name__)
__all__ = ["attaching", "routes"]  # the first is imported for what it registers

WORDS_MOST = 8000
SHOWN_AT_STATION = 5


@routes.get("/tasks")
def tasks(request: Request) -> Response:
    """The public tracker: what was promised, by whom, by when."""
    query = request.query
    wanted = Filter(
        query.choice("shown", Shown, default=Shown.ACTIVE),
        query.integer("handler", optional=True),
        query.integer("supervisor", optional=True),
        query.text("unit", max=120, optional=True),
        query.integer("station", optional=True),
    )
    number = query.integer("page", optional=True, min=1, max=100_000) or 1
    query.check()
    with reading() as db:
        found = tracker.tracker(db, request.actor, wanted, number)
        kept = {key: str(value) for key, value in wanted._asdict().items() if value}
        pager = page("/tasks", number=number, total=found.total, size=tracker.PAGE, **kept)
        return request.page(
            db,
            tasks=found.rows,
            counts=found.counts,
            wanted=wanted,
            total=found.total,
            pager=pager,
            _kept=kept,
            _found=found,
            _words=words,
            _shown=words.SHOWN,
        )


@registry.panel("stations:station", order=50)
def tasks_at_station(db: Db, request: Request, subject: str) -> str | None:
    """On a place's page: what is still to be done there, and by when."""
    station = parse(subject)[1]
    found, total = tracker.at_station(db, request.actor, station, limit=SHOWN_AT_STATION)
    if not found:
        return None
    return request.fragment(
        db,
        "followups/at_station.html",
        tasks=found,
        total=total,
        station_id=station,
        _words=words,
    )


@routes.get("/tasks/{task:int}")
def task(request: Request, task: int) -> Response:
    """One task: what it is, where it stands, and its history back to the first word."""
    with reading() as db:
        seen = queries.access(db, request.actor, task)
        row = seen.task
        behind = [row.supervisor_id, *([row.handler_id] if row.handler_id else [])]
        kind, ident = parse(row.place)
        return request.page(
            db,
            subject=ref("task", task),
            task=row,
            names=members.names(db, behind),
            place=registry.resolvers[kind](db, request.actor, [ident]).get(ident),
            brief=next((note for note in queries.notes(db, task, limit=1)), None),
            history=queries.timeline(db, seen),
            ratings=queries.rating_counts(db, task),
            reasons=queries.reasons(db, task),
            own=queries.own_rating(db, task, row.round, seen.actor.id) if seen.actor else None,
            may={act.value: seen.may(act) for act in Act},
            _handlers=members.holders(db, Role.HANDLER, row.places)
            if seen.may(Act.REASSIGN)
            else [],
            _words=words,
            _results=[(value.value, _(text)) for value, text in words.RESULT.items()],
            _ratings=[(value.value, _(text)) for value, text in words.RATING.items()],
        )


@routes.get("/people/{person:int}/duties")
def duties(request: Request, person: int) -> Response:
    """What somebody owes, by date; what is late comes first."""
    with reading() as db:
        row = people.person(db, request.actor, person)
        owed = tracker.duties(db, request.actor, person)
        return request.page(
            db,
            subject=ref("member", person),
            person=row,
            supervised=owed.supervised,
            handled=owed.handled,
            overdue=owed.overdue,
            open=owed.open,
            _words=words,
        )


@registry.panel("members:person", order=40)
def duties_panel(db: Db, request: Request, subject: str) -> str | None:
    """On a representative's page: the tasks that they press for, the late ones first."""
    person = parse(subject)[1]
    owed = tracker.duties(db, request.actor, person, limit=5)
    if not (owed.supervised or owed.handled):
        return None
    return request.fragment(
        db, "followups/duties_panel.html", person=person, owed=owed, _words=words
    )


def _step(request: Request, task: int, step: Callable[[Db], object], note: str) -> Response:
    request.form.check()
    with transaction() as tx:
        step(tx)
    return request.done(f"/tasks/{task}", note=note)


@routes.post("/tasks/{task:int}/accept", page="task")
def accept(request: Request, task: int) -> Response:
    """The unit acknowledges the task."""
    who, note = request.member, _("You have acknowledged the task.")
    return _step(request, task, lambda tx: service.accept(tx, who, task), note)


@routes.post("/tasks/{task:int}/return", page="task")
def give_back(request: Request, task: int) -> Response:
    """The unit sends it back."""
    who, reason = request.member, request.form.text("body", max=WORDS_MOST)
    note = _("The task went back to the representative.")
    return _step(request, task, lambda tx: service.give_back(tx, who, task, reason), note)


@routes.post("/tasks/{task:int}/reassign", page="task")
def reassign(request: Request, task: int) -> Response:
    """Another unit gets it."""
    form, who = request.form, request.member
    hands, due, reason = parsing.hands(form), parsing.due(form), form.text("body", max=WORDS_MOST)
    return _step(
        request,
        task,
        lambda tx: service.reassign(tx, who, task, **hands._asdict(), due=due, reason=reason),
        _("The task has gone to another unit."),
    )


@routes.post("/tasks/{task:int}/notes", page="task")
def progress(request: Request, task: int) -> Response:
    """A word on how it is going."""
    who, body = request.member, request.form.text("body", max=WORDS_MOST)
    note = _("Your note is published.")
    return _step(request, task, lambda tx: service.progress(tx, who, task, body), note)


@routes.post("/tasks/{task:int}/time", page="task")
def ask_time(request: Request, task: int) -> Response:
    """The unit asks for a later date."""
    who, due = request.member, parsing.due(request.form)
    reason = request.form.text("body", max=WORDS_MOST)
    note = _("The representative was asked for more time.")
    return _step(
        request, task, lambda tx: service.ask_time(tx, who, task, due=due, reason=reason), note
    )


@routes.post("/tasks/{task:int}/extend", page="task")
def extend(request: Request, task: int) -> Response:
    """The representative moves the date."""
    who, due = request.member, parsing.due(request.form)
    reason = request.form.text("body", max=WORDS_MOST)
    note = _("The date is moved; the reason is for all to read.")
    return _step(
        request, task, lambda tx: service.extend(tx, who, task, due=due, reason=reason), note
    )


@routes.post("/tasks/{task:int}/urge", page="task")
def urge(request: Request, task: int) -> Response:
    """The representative presses for it."""
    who, body = request.member, request.form.text("body", max=WORDS_MOST)
    note = _("The unit was urged.")
    return _step(request, task, lambda tx: service.urge(tx, who, task, body), note)


@routes.post("/tasks/{task:int}/answer", page="task")
def answer(request: Request, task: int) -> Response:
    """The unit's formal answer."""
    who, result = request.member, request.form.choice("result", Result)
    body = request.form.text("body", max=WORDS_MOST)
    note = _("The answer is published; those concerned are asked for their rating.")
    return _step(
        request, task, lambda tx: service.answer(tx, who, task, result=result, words=body), note
    )


@routes.post("/tasks/{task:int}/rate", page="task")
def rate(request: Request, task: int) -> Response:
    """Somebody concerned judges the answer."""
    who, rating = request.member, request.form.choice("rating", Rating)
    body = request.form.text("body", max=2000, optional=True)
    note = _("Thank you, your rating counts.")
    return _step(
        request, task, lambda tx: service.rate(tx, who, task, rating=rating, words=body), note
    )


@routes.post("/tasks/{task:int}/close", page="task")
def close(request: Request, task: int) -> Response:
    """The representative declares it done."""
    who, body = request.member, request.form.text("body", max=WORDS_MOST, optional=True)
    note = _("The task is done.")
    return _step(request, task, lambda tx: service.close(tx, who, task, body), note)
