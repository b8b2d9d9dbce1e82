"""Due work: done once, caught up, tried again."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlmodel import col

from forum.base import clock, log, settings, tables, ticker
from forum.base.db import Db, reading, transaction

done: list[str] = []


@pytest.fixture(autouse=True)
def _work(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ticker, "_work", {})
    monkeypatch.setattr(ticker, "_long", {})
    monkeypatch.setattr(ticker, "_periods", {})
    done.clear()

    @ticker.due("test:ring")
    def ring(_tx: Db, subject: str) -> None:
        done.append(subject)


def later(subject: str, **delta: float) -> None:
    """Schedule the ringing of a bell."""
    with transaction() as tx:
        ticker.schedule(tx, "test:ring", clock.now() + timedelta(**delta), subject)


def test_work_is_done_when_due_and_once() -> None:
    """Not before, not twice."""
    later("a:1", minutes=5)
    assert ticker.run_due() == 0
    with clock.travel(minutes=6):
        assert ticker.run_due() == 1
        assert ticker.run_due() == 0
    assert done == ["a:1"]


def test_what_fell_due_while_away_is_caught_up_in_order() -> None:
    """The server was down for a week."""
    for n in reversed(range(250)):
        later(f"a:{n}", minutes=n)
    with clock.travel(days=7):
        assert ticker.run_due() == 250
    assert done == [f"a:{n}" for n in range(250)]


def test_a_thing_has_one_row_of_a_kind() -> None:
    """Scheduling it again moves it; cancelling removes it."""
    later("a:1", minutes=5)
    later("a:1", minutes=60)
    later("a:2", minutes=5)
    with transaction() as tx:
        ticker.cancel(tx, "test:ring", "a:2")
        moved = ticker.scheduled(tx, "test:ring", "a:1")
    assert moved
    assert moved > clock.now() + timedelta(minutes=50)
    with clock.travel(minutes=10):
        assert ticker.run_due() == 0
    with clock.travel(minutes=61):
        assert ticker.run_due() == 1


def test_failed_work_leaves_nothing_and_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """Later each time; the other work goes on."""
    monkeypatch.setattr(log, "quiet", True)
    broken = [True]

    @ticker.due("test:fail")
    def fail(tx: Db, subject: str) -> None:
        ticker.schedule(tx, "test:ring", clock.now(), "a:9")
        if broken:
            raise RuntimeError("no")

    start = clock.now()
    with transaction() as tx:
        ticker.schedule(tx, "test:fail", start, "a:1")
    later("a:2")
    with clock.at(clock.now()):
        assert ticker.run_due() == 1
        assert done == ["a:2"]
        assert ticker.run_due() == 0
    with reading() as db:
        row = db.execute(select(col(ticker.Due.failures), col(ticker.Due.at))).one()
    assert row.failures == 1
    assert row.at > start
    broken.clear()
    with clock.travel(minutes=1):
        ticker.run_due()
        ticker.run_due()
    assert done == ["a:2", "a:9"]


def test_repeated_work_comes_again() -> None:
    """It has its row from the start, and always one."""
    times = []

    @ticker.every("test:sweep", timedelta(hours=1))
    def sweep(_tx: Db, _subject: str) -> None:
        times.append(clock.now())

    ticker._seed()
    ticker._seed()
    ticker.run_due()
    ticker.run_due()
    assert len(times) == 1
    with clock.travel(hours=5):
        ticker.run_due()
    assert len(times) == 2


def test_several_workers_do_it_once(postgres: str, tmp_path: Path) -> None:
    """On PostgreSQL two workers may look at the same moment: the row goes to one."""
    from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415

    from forum.base import db  # noqa: PLC0415

    settings.configure(data=tmp_path, database_url=postgres)
    db.close()
    tables.metadata.create_all(db.storage().write_engine, tables=[ticker.Due.__table__])
    for n in range(40):
        later(f"a:{n}")
    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: ticker.run_due(), range(4)))
    db.close()
    assert sum(counts) == 40
    assert sorted(done) == sorted(f"a:{n}" for n in range(40))


def test_long_work_writes_for_itself_and_is_taken_by_one() -> None:
    """No transaction is open while it runs, and nobody else begins it before its lease is over."""

    @ticker.long("test:long")
    def build(subject: str) -> None:
        assert ticker.run_due() == 0
        with transaction() as tx:
            assert ticker.scheduled(tx, "test:long", subject)
        done.append(subject)

    with transaction() as tx:
        ticker.schedule(tx, "test:long", clock.now(), "a:1")
    later("a:2", seconds=0)
    assert ticker.run_due() == 2
    assert done == ["a:2", "a:1"]
    with reading() as db:
        assert ticker.scheduled(db, "test:long", "a:1") is None


def test_long_work_that_dies_is_begun_anew() -> None:
    """By whoever looks once the lease is over; work that fails is put off like any other."""

    class Killed(BaseException):
        pass

    faults: list[BaseException] = [Killed(), ValueError("a disk was full")]

    @ticker.long("test:long")
    def build(subject: str) -> None:
        if faults:
            raise faults.pop(0)
        done.append(subject)

    with transaction() as tx:
        ticker.schedule(tx, "test:long", clock.now(), "a:1")
    with pytest.raises(Killed):
        ticker.run_due()
    assert ticker.run_due() == 0
    with clock.travel(minutes=11):
        assert ticker.run_due() == 0
    with clock.travel(minutes=12):
        assert ticker.run_due() == 1
    assert done == ["a:1"]
