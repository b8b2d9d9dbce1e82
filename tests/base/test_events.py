"""The log: gapless, chained, signed; hidden events leak nothing."""

import threading
from pathlib import Path
from typing import ClassVar

import pytest
from cast import Cast

from forum.base import events, keys, registry
from forum.base.db import Db, reading, transaction
from forum.base.events import Audience, Event, StreamHead, record


class Rang(Event):
    """A bell rang (in tests only)."""

    kind: ClassVar[str] = "tests:bell:rang"
    times: int


registry.events.pop("tests:bell:rang")  # no room's event: the house rules do not count it


def ring(tx: Db, cast: Cast, times: int, audience: Audience = Audience.PUBLIC) -> int:
    stored = record(
        tx, cast.bob, Rang(times), stream="meeting:9", subject="bell:1", audience=audience
    )
    return stored.seq


def test_seq_is_gapless_when_threads_write(data: Path, cast: Cast) -> None:
    def write() -> None:
        for n in range(10):
            with transaction() as tx:
                ring(tx, cast, n)

    threads = [threading.Thread(target=write) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with reading() as db:
        found = [stored.seq for stored in events.history(db, "meeting:9")]
    assert found == list(range(1, 61))


def test_a_rolled_back_write_leaves_no_event(data: Path, cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), transaction() as tx:
        ring(tx, cast, 1)
        raise ZeroDivisionError
    with transaction() as tx:
        assert ring(tx, cast, 2) == 1


def test_the_head_is_signed_and_covers_the_last_event(data: Path, cast: Cast) -> None:
    with transaction() as tx:
        ring(tx, cast, 1)
        ring(tx, cast, 2)
    with reading() as db:
        head = db.get_one(StreamHead, "meeting:9")
        last = events.history(db, "meeting:9")[-1]
        assert head.digest == last.digest
        statement = events.head_statement("meeting:9", 2, last.digest)
        assert keys.verify(statement, head.signature)
        assert not keys.verify(statement + b" ", head.signature)


def test_a_class_sees_its_own_and_what_is_more_public(data: Path, cast: Cast) -> None:
    with transaction() as tx:
        for n, audience in enumerate(Audience):
            ring(tx, cast, n, audience)
    with reading() as db:
        for audience in Audience:
            seen = events.history(db, "meeting:9", audience=audience)
            assert [stored.payload["times"] for stored in seen] == list(range(audience + 1))
        assert events.previous(db, "meeting:9", 4, Audience.PUBLIC) == 1
        assert events.previous(db, "meeting:9", 4, Audience.MODERATOR) == 4


def test_reactions_act_in_the_same_transaction(data: Path, cast: Cast) -> None:
    seen: list[int] = []

    @registry.react(Rang)
    def listen(tx: Db, stored: events.Stored, event: Rang) -> None:
        seen.append(event.times)
        if event.times == 13:
            raise RuntimeError("the listener cannot have this")

    try:
        with transaction() as tx:
            ring(tx, cast, 7)
        with pytest.raises(RuntimeError), transaction() as tx:
            ring(tx, cast, 13)
        with reading() as db:
            assert events.head(db, "meeting:9") == 1
        assert seen == [7, 13]
    finally:
        registry._reactions.pop(Rang)


def test_a_seal_opens_with_its_salt_alone() -> None:
    sealed = events.seal("我家在三楼")
    assert events.sealed_digest(sealed.salt, "我家在三楼") == sealed.digest
    assert events.seal("我家在三楼").digest != sealed.digest
