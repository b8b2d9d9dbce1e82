"""Several people press at the same instant, on a database whose writers do not queue."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sitting as hall
from cast import Cast
from story import Story

from forum.base import auth, events, i18n
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict
from forum.base.writer import write_now
from sessions.floor import queries, service
from sessions.floor.models import SpeechState
from sessions.meetings import presence
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act

TIMES = 6


def at_once(*works: Callable[[Db], object]) -> Counter[str]:
    """Do these in threads, each in a transaction of its own; counts what became of them."""

    def do(work: Callable[[Db], object]) -> str:
        with i18n.using("en"):
            try:
                with transaction() as tx:
                    work(tx)
            except Conflict:
                return "conflict"
            return "done"

    with ThreadPoolExecutor(len(works)) as pool:
        return Counter(pool.map(do, works))


def test_the_whole_story_on_postgres(on_postgres: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, on_postgres)
    for step in Story(on_postgres, sitting).steps():
        with transaction() as tx:
            step(tx)
    with reading() as db:
        told = events.history(db, sitting.stream, audience=events.Audience.MODERATOR)
    assert [event.seq for event in told] == list(range(1, len(told) + 1))


def test_one_open_interval(on_postgres: Cast) -> None:
    cast = on_postgres
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        token = auth.digest(auth.sign_in(tx, cast.bob.id, label="test"))

    def at_the_desk(tx: Db) -> object:
        return meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.bob.id])

    item = meetings.CheckIn(token, sitting.meeting)
    with ThreadPoolExecutor(TIMES) as pool:
        online = [pool.submit(write_now, meetings.check_in_batch, item) for _ in range(TIMES)]
        assert at_once(*[at_the_desk] * TIMES) == {"done": TIMES}
        assert all(future.result() for future in online)
    with reading() as db:
        assert presence.counts(db, sitting.meeting).present == 1


def test_one_start_one_speaker_one_end(on_postgres: Cast) -> None:
    cast = on_postgres
    with transaction() as tx:
        sitting = hall.started(tx, cast)
        meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
        bob = service.request(tx, cast.bob, sitting.meeting)
        rong = service.request(tx, cast.rong, sitting.meeting)
    press = at_once(
        *[lambda tx: service.recognise(tx, cast.alice, bob)] * 3,
        *[lambda tx: service.recognise(tx, cast.alice, rong)] * 3,
    )
    assert press == {"done": 1, "conflict": 5}
    with reading() as db:
        rows = queries.speeches(db, sitting.meeting, sitting.item)
    speaking = next(row for row in rows if row.state is SpeechState.SPEAKING)
    ends = at_once(*[lambda tx: service.finish(tx, cast.alice, speaking.id)] * TIMES)
    assert ends == {"done": 1, "conflict": TIMES - 1}
    closes = at_once(*[lambda tx: meetings.close_item(tx, cast.alice, sitting.meeting)] * TIMES)
    assert closes == {"done": 1, "conflict": TIMES - 1}
    step = at_once(
        *[lambda tx: meetings.step(tx, cast.alice, sitting.meeting, Act.ADJOURN)] * TIMES
    )
    assert step == {"done": 1, "conflict": TIMES - 1}


@pytest.mark.parametrize("verb", [service.request, service.raise_order])
def test_one_request(on_postgres: Cast, verb: Callable[..., int]) -> None:
    with transaction() as tx:
        sitting = hall.started(tx, on_postgres)
        meetings.open_item(tx, on_postgres.alice, sitting.meeting, sitting.item)
    words = ["Not on the order of the day."] if verb is service.raise_order else []
    asked = at_once(*[lambda tx: verb(tx, on_postgres.bob, sitting.meeting, *words)] * TIMES)
    assert asked == {"done": 1, "conflict": TIMES - 1}
