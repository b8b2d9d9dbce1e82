"""A task from its assignment to its end: who may, who may not, and when it is too late."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from cast import Cast
from followups import given

from forum.base import clock, ticker
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from forum.base.events import Audience, of_subject
from forum.followups import queries, service
from forum.followups.models import Rating, Result, Status


def kinds(task: int) -> list[str]:
    with reading() as db:
        found = of_subject(db, f"task:{task}", audience=Audience.MODERATOR)
    return [stored.kind.removeprefix("followups:") for stored in found]


def later(days: int) -> Any:
    return clock.now() + timedelta(days=days)


STEPS: dict[str, tuple[str, Callable[[Db, Any, int], object]]] = {
    "accept": ("hui", service.accept),
    "give_back": ("hui", lambda tx, who, t: service.give_back(tx, who, t, "Not ours.")),
    "progress": ("rong", lambda tx, who, t: service.progress(tx, who, t, "We asked.")),
    "ask_time": (
        "hui",
        lambda tx, who, t: service.ask_time(tx, who, t, due=later(20), reason="Rain."),
    ),
    "extend": ("rong", lambda tx, who, t: service.extend(tx, who, t, due=later(20), reason="Ok.")),
    "urge": ("rong", lambda tx, who, t: service.urge(tx, who, t, "Please.")),
    "answer": (
        "hui",
        lambda tx, who, t: service.answer(tx, who, t, result=Result.SOLVED, words="Done."),
    ),
    "rate": ("bob", lambda tx, who, t: service.rate(tx, who, t, rating=Rating.SATISFIED)),
    "close": ("rong", service.close),
    "reassign": (
        "rong",
        lambda tx, who, t: service.reassign(
            tx, who, t, handler_id=None, unit="Housing office", due=later(9), reason="Theirs."
        ),
    ),
}


def attempt(name: str, who: Any, task: int) -> type[Refusal] | None:
    try:
        with transaction() as tx:
            STEPS[name][1](tx, who, task)
    except Refusal as refusal:
        return type(refusal)
    return None


@pytest.mark.parametrize("name", STEPS)
def test_a_step_is_refused_to_those_whose_it_is_not(cast: Cast, name: str) -> None:
    task = given.task(cast)
    assert attempt(name, cast.charlie, task) is Forbidden
    other = cast.hui if STEPS[name][0] != "hui" else cast.bob
    if name != "progress":
        assert attempt(name, other, task) is Forbidden


@pytest.mark.parametrize("name", STEPS)
def test_no_such_task(cast: Cast, name: str) -> None:
    assert attempt(name, cast[STEPS[name][0]], 999) is NotFound


@pytest.mark.parametrize("name", [name for name in STEPS if name != "rate"])
def test_a_closed_task_takes_no_step(cast: Cast, name: str) -> None:
    task = given.answered(cast)
    assert attempt("rate", cast.bob, task) is None
    assert attempt("close", cast.rong, task) is None
    assert attempt(name, cast[STEPS[name][0]], task) is Conflict


def test_the_whole_way(cast: Cast) -> None:
    task = given.task(cast)
    for name in ("accept", "ask_time", "extend", "answer", "rate", "close"):
        assert attempt(name, cast[STEPS[name][0]], task) is None
    assert given.status(task) is Status.CLOSED
    assert kinds(task) == [
        "task:assigned",
        "task:accepted",
        "time:asked",
        "task:extended",
        "task:answered",
        "task:rated",
        "task:closed",
    ]


def test_progress_begins_the_work(cast: Cast) -> None:
    task = given.task(cast)
    assert attempt("progress", cast.hui, task) is Conflict
    attempt("accept", cast.hui, task)
    attempt("progress", cast.rong, task)
    assert given.status(task) is Status.ACCEPTED
    attempt("progress", cast.hui, task)
    assert given.status(task) is Status.IN_PROGRESS


def test_returned_and_given_to_another(cast: Cast) -> None:
    task = given.task(cast)
    attempt("give_back", cast.hui, task)
    assert given.status(task) is Status.RETURNED
    assert attempt("reassign", cast.rong, task) is None
    assert given.status(task) is Status.OPEN
    assert attempt("accept", cast.hui, task) is Forbidden
    assert attempt("accept", cast.rong, task) is None  # a unit without an account: its supervisor


def test_not_satisfied_has_it_done_again(cast: Cast) -> None:
    task = given.answered(cast)
    with transaction() as tx, pytest.raises(Invalid):
        service.rate(tx, cast.bob, task, rating=Rating.DISSATISFIED)
    with transaction() as tx:
        service.rate(tx, cast.bob, task, rating=Rating.DISSATISFIED, words="One is missing.")
    assert given.status(task) is Status.IN_PROGRESS
    assert kinds(task)[-2:] == ["task:rated", "task:reopened"]
    assert attempt("answer", cast.hui, task) is None
    assert attempt("rate", cast.bob, task) is None
    assert attempt("rate", cast.bob, task) is Conflict


def test_a_plan_stays_on_the_list(cast: Cast) -> None:
    task = given.answered(cast, Result.PLANNED)
    attempt("rate", cast.bob, task)
    assert attempt("close", cast.rong, task) is Conflict
    attempt("answer", cast.hui, task)
    assert attempt("close", cast.rong, task) is None


def test_closing_waits_for_those_concerned(cast: Cast) -> None:
    task = given.answered(cast)
    assert attempt("close", cast.rong, task) is Conflict
    with clock.travel(days=7, seconds=1):
        assert attempt("close", cast.rong, task) is None


def test_the_representative_does_not_do_it(cast: Cast) -> None:
    with transaction() as tx, pytest.raises(Invalid) as refused:
        service.assign(
            tx,
            cast.rong,
            place=cast.place,
            places=[cast.place],
            title="T",
            body="B",
            handler_id=cast.rong.id,
            supervisor_id=cast.rong.id,
            due=later(3),
            cites=f"item:{cast.item}",
        )
    assert "handler" in refused.value.fields


def test_urging_twice_in_a_day(cast: Cast) -> None:
    task = given.task(cast)
    assert attempt("urge", cast.rong, task) is None
    assert attempt("urge", cast.rong, task) is Conflict


def test_overdue_by_the_clock_is_said_once(cast: Cast) -> None:
    task = given.task(cast, days=5)
    with clock.travel(days=2, seconds=1):
        ticker.run_due()
        assert kinds(task) == ["task:assigned", "task:due_soon"]
    with clock.travel(days=5, seconds=1):
        ticker.run_due()
        ticker.run_due()
        assert kinds(task)[-1] == "task:overdue"
        assert kinds(task).count("task:overdue") == 1
        with reading() as db:
            assert queries.access(db, None, task).task.overdue


def test_an_answer_stops_the_clock(cast: Cast) -> None:
    task = given.answered(cast)
    with clock.travel(days=30):
        ticker.run_due()
    assert "task:overdue" not in kinds(task)


def test_a_restricted_task_is_seen_by_those_behind_it(cast: Cast) -> None:
    task = given.task(cast, audience=Audience.MODERATOR)
    with reading() as db:
        for name in ("hui", "rong", "bob", "alice"):
            assert queries.access(db, cast[name], task).task.id == task
        for actor in (None, cast.charlie, cast.dana):
            with pytest.raises(NotFound):
                queries.access(db, actor, task)
        assert task not in queries.resolve(db, cast.charlie, [task])
        assert task in queries.resolve(db, cast.bob, [task])
