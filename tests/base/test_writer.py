"""Group commit: together in one transaction, answered after it, and nobody spoilt by another."""

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from forum.base import db, i18n, writer
from forum.base.db import Db, reading
from forum.base.errors import Conflict, Refusal, TooMany
from forum.base.i18n import _

sizes: list[int] = []


@writer.batch
def keep(tx: Db, items: list[int]) -> list[int | Refusal]:
    """Write numbers; 13 is refused, 99 breaks the batch, 98 the database."""
    sizes.append(len(items))
    answers: list[int | Refusal] = []
    for n in items:
        if n == 13:
            answers.append(Conflict(_("Please sign in first.")))
            continue
        if n == 98:
            raise OperationalError("insert", {}, Exception("the disk is full"))
        tx.execute(text("insert into kept (n) values (:n)"), {"n": n})
        if n == 99:
            raise ZeroDivisionError
        answers.append(n * 10)
    return answers


@pytest.fixture(autouse=True)
def table(data: Path) -> None:
    """A table with unique numbers."""
    sizes.clear()
    with db.transaction() as tx:
        tx.execute(text("create table kept (n integer primary key)"))


def kept() -> list[int]:
    """What is committed."""
    with reading() as tx:
        return list(tx.execute(text("select n from kept order by n")).scalars())


async def settle(numbers: list[int]) -> list[Any]:
    """Submit all at once; answers and exceptions in their order."""
    waiting: list[Coroutine[Any, Any, int]] = [writer.submit(keep, n) for n in numbers]
    return list(await asyncio.gather(*waiting, return_exceptions=True))


def test_what_comes_together_is_written_together() -> None:
    assert asyncio.run(settle(list(range(100, 200)))) == [n * 10 for n in range(100, 200)]
    assert kept() == list(range(100, 200))
    assert sizes == [100]


def test_a_batch_waits_while_each_turn_brings_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "GATHER", 3600)

    async def after(turns: int) -> int:
        for _turn in range(turns):
            await asyncio.sleep(0)
        return await writer.submit(keep, 100 + turns)

    async def all_of_them() -> None:
        await asyncio.gather(*map(after, range(30)))

    asyncio.run(all_of_them())
    assert sizes == [30]


def test_a_batch_does_not_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "GATHER", -1)
    asyncio.run(settle([1]))
    assert kept() == [1]


def test_the_answer_comes_after_the_commit() -> None:
    async def one() -> list[int]:
        await writer.submit(keep, 1)
        return await asyncio.to_thread(kept)

    assert asyncio.run(one()) == [1]


def test_batches_have_a_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_AT_ONCE", 40)
    asyncio.run(settle(list(range(100, 200))))
    assert sizes == [40, 40, 20]
    assert len(kept()) == 100


def test_a_refusal_is_one_persons() -> None:
    first, refused, last = asyncio.run(settle([1, 13, 2]))
    assert (first, last) == (10, 20)
    assert isinstance(refused, Conflict)
    assert kept() == [1, 2]


@pytest.mark.parametrize(("bad", "error"), [(99, "ZeroDivisionError"), (1, "IntegrityError")])
def test_a_bad_item_spoils_nobody_elses(bad: int, error: str) -> None:
    answers = asyncio.run(settle([1, 2, bad, 3]))
    assert [answers[0], answers[1], answers[3]] == [10, 20, 30]
    assert type(answers[2]).__name__ == error
    assert kept() == [1, 2, 3]
    assert sizes == [4, 1, 1, 1, 1]


def test_a_broken_database_is_not_tried_for_each() -> None:
    answers = asyncio.run(settle([1, 98, 2]))
    assert [type(answer) for answer in answers] == [OperationalError] * 3
    assert sizes == [3]
    assert kept() == []


def test_whoever_hangs_up_is_written_all_the_same() -> None:
    async def hang_up() -> int:
        impatient = asyncio.create_task(writer.submit(keep, 1))
        await asyncio.sleep(0)
        impatient.cancel()
        return await writer.submit(keep, 2)

    assert asyncio.run(hang_up()) == 20
    assert kept() == [1, 2]


def test_too_many_are_asked_to_come_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(writer, "MOST_WAITING", 3)
    answers = asyncio.run(settle([1, 2, 3, 4]))
    assert [type(answer) for answer in answers] == [int, int, int, TooMany]


def test_refusals_speak_the_senders_language() -> None:
    async def both() -> list[Any]:
        async def one(lang: str) -> int:
            with i18n.using(lang):
                return await writer.submit(keep, 13)

        answers = await asyncio.gather(one("en"), one("zh_Hans_CN"), return_exceptions=True)
        return list(answers)

    english, chinese = asyncio.run(both())
    assert english.message == "Please sign in first."
    assert chinese.message == i18n.translations("zh_Hans_CN").gettext("Please sign in first.")


def test_sync_callers_write_alone() -> None:
    assert writer.write_now(keep, 4) == 40
    with pytest.raises(Conflict):
        writer.write_now(keep, 13)
    with db.transaction() as tx:
        assert keep(tx, [5, 6]) == [50, 60]
    assert kept() == [4, 5, 6]


def test_a_batch_must_answer_each_item() -> None:
    @writer.batch
    def forgetful(tx: Db, items: list[int]) -> list[int | Refusal]:
        return [1]

    async def two() -> list[Any]:
        waiting = [writer.submit(forgetful, n) for n in (1, 2)]
        return await asyncio.gather(*waiting, return_exceptions=True)

    assert asyncio.run(two()) == [1, 1]  # alone, each was answered


@contextmanager
def writing_blocked() -> Iterator[None]:
    """Somebody else holds the write lock for the length of the block."""
    held, done = threading.Event(), threading.Event()

    def hold() -> None:
        with db.transaction():
            held.set()
            done.wait(60)

    holder = threading.Thread(target=hold)
    holder.start()
    assert held.wait(60)
    try:
        yield
    finally:
        done.set()
        holder.join()


def test_what_comes_during_a_commit_is_the_next_batch() -> None:
    async def burst() -> None:
        with writing_blocked():
            first = asyncio.create_task(writer.submit(keep, 1))
            await asyncio.sleep(0)
            await asyncio.sleep(0)
            rest = [asyncio.create_task(writer.submit(keep, n)) for n in range(20, 48)]
            await asyncio.sleep(0)
        await asyncio.gather(first, *rest)

    asyncio.run(burst())
    assert sizes == [1, 28]
