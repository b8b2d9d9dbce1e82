"""Many hands at once, by three ways: one person has one open interval and counts once."""

import itertools
from concurrent.futures import ThreadPoolExecutor

import sitting as hall
from cast import Cast

from forum.base import auth, clock, i18n
from forum.base.db import reading, transaction
from forum.base.errors import Refusal
from forum.base.writer import write_now
from sessions.arrivals import service
from sessions.arrivals.rules import Deed, DeedKind
from sessions.meetings import presence
from sessions.meetings import service as meetings

HANDS = 20


def rush(cast: Cast) -> None:
    """By themselves before the wall, online, and by two desks, all in one moment."""
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        token = auth.digest(auth.sign_in(tx, cast.bob.id, label="test"))

    def come(number: int) -> None:
        way = number % 3
        try:
            if way == 0:
                item = meetings.CheckIn(token, sitting.meeting, sitting.main)
                write_now(meetings.check_in_batch, item)
            elif way == 1:
                write_now(meetings.check_in_batch, meetings.CheckIn(token, sitting.meeting))
            else:
                deed = Deed(DeedKind.IN, cast.bob.id, clock.now(), anyway=True)
                with i18n.using("en"), transaction() as tx:
                    service.enter(tx, cast.hui, sitting.meeting, sitting.hall, deed)
        except Refusal:
            pass

    with ThreadPoolExecutor(HANDS) as pool:
        list(pool.map(come, range(HANDS)))
    with reading() as db:
        rows = presence.intervals(db, sitting.meeting)
        counts = presence.counts(db, sitting.meeting)
    assert sum(row.out_at is None for row in rows) == 1
    assert (counts.present, sum(counts.venues.values())) == (1, 1)
    # The intervals follow one another; none lies within another.
    for earlier, later in itertools.pairwise(rows):
        assert earlier.out_at is not None
        assert earlier.out_at <= later.in_at


def test_one_open_interval_by_all_ways(cast: Cast) -> None:
    rush(cast)


def test_one_open_interval_where_writers_do_not_queue(on_postgres: Cast) -> None:
    rush(on_postgres)
