"""Two clerks at once, on a database whose writers do not queue."""

import threading

from cast import Cast
from receiving import NOISE, promise, received, seated
from sqlalchemy import text

from forum.base.db import reading, transaction
from forum.base.events import Audience
from forum.followups import service as followups
from forum.followups.models import Task
from sessions.reception import service
from sessions.reception.models import Route, Word
from sessions.reception.service import Handling, Who

BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"


def test_of_two_that_narrow_a_task_the_narrower_stays(on_postgres: Cast) -> None:
    cast = on_postgres
    with transaction() as tx:
        found = received(tx, cast)
        bob = seated(tx, cast, found, Who(cast.bob.id))
        word = service.record_word(tx, cast.clerk, found.meeting, bob, NOISE)
        service.handle(tx, cast.rong, found.meeting, word, Handling(Route.STREET, "A foot?"))
        service.promise(tx, cast.rong, found.meeting, word, promise(cast))
        task = tx.get_one(Word, word).task_id
    assert task is not None

    def narrow_less() -> None:
        with transaction() as other:
            followups.narrow(other, task, Audience.DESK)

    second = threading.Thread(target=narrow_less)
    with transaction() as tx:
        followups.narrow(tx, task, Audience.MODERATOR)
        second.start()
        while second.is_alive():
            with reading() as db:
                if db.execute(text(BLOCKED)).scalar_one():
                    break
    second.join()
    with reading() as db:
        assert db.get_one(Task, task).audience == Audience.MODERATOR
