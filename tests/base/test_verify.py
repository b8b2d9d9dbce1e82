"""`verify` names each kind of tampering with the log and its texts."""

from pathlib import Path

import pytest
from cast import Cast

from forum.base import anchors, db, events, keys, verify
from forum.base.db import Db, reading, storage


def tamper(*statements: str) -> None:
    """Change the database as somebody with the file would: behind the server's back."""
    with storage().write_engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
        connection.commit()


def kinds() -> set[str]:
    with reading() as opened:
        return {fault.kind for fault in verify.verify(opened).faults}


@pytest.fixture
def place(cast: Cast) -> str:
    with reading() as opened:
        anchors.keep(opened)
    assert kinds() == set()
    return cast.place


def test_a_changed_event_is_named(place: str) -> None:
    tamper(f"update event set actor_id = 2 where stream = '{place}' and seq = 2")
    assert kinds() == {"event_changed"}


def test_a_changed_audience_is_a_changed_event(place: str) -> None:
    tamper(f"update event set audience = (audience + 1) % 4 where stream = '{place}' and seq = 2")
    assert kinds() == {"event_changed"}


def test_a_removed_middle_is_named(place: str) -> None:
    tamper(f"delete from event where stream = '{place}' and seq = 2")
    assert kinds() == {"middle_removed"}


def test_a_removed_tail_is_named(place: str) -> None:
    tamper(f"delete from event where stream = '{place}' and seq >= 3")
    assert kinds() == {"tail_removed"}


def test_a_removed_stream_is_named(place: str) -> None:
    tamper(
        f"delete from event where stream = '{place}'",
        f"delete from stream where name = '{place}'",
    )
    assert "tail_removed" in kinds()


def _recompute(tx: Db, stream: str) -> None:
    """Make the whole chain anew after a change, as an attacker without the key can."""
    before = events.START
    for stored in list(verify._events(tx, stream)):
        digest = events.chain_digest(before, events.body_digest(stored))
        tx.get_one(events.EventRow, (stream, stored.seq)).digest = digest
        before = digest
    tx.get_one(events.StreamHead, stream).digest = before


def test_a_chain_made_anew_is_named(place: str) -> None:
    tamper(f"update event set actor_id = 2 where stream = '{place}' and seq = 2")
    with db.transaction() as tx:
        _recompute(tx, place)
    assert kinds() == {"chain_recomputed"}


def test_a_chain_signed_by_another_key_is_named(place: str, data: Path) -> None:
    (data / "keys" / "log.ed25519").write_bytes(b"x" * 32)
    keys._secret.cache_clear()
    keys._pair.cache_clear()
    with reading() as opened:
        found = {fault.kind for fault in verify.verify(opened).faults}
    assert "chain_recomputed" in found


def test_a_changed_text_is_named(place: str) -> None:
    tamper("update consultation_text_revision set body = 'another purpose'")
    assert kinds() == {"text_changed"}


def test_a_removed_text_is_named(place: str) -> None:
    tamper("delete from consultation_text_revision")
    assert kinds() == {"text_changed"}


def test_an_erased_text_breaks_nothing(place: str) -> None:
    tamper("update consultation_text_revision set body = '', salt = null")
    assert kinds() == set()
