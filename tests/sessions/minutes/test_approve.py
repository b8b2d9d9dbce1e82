"""From draft to approved minutes: who may, when, and that nothing changes afterwards."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import minuting
import pytest
from cast import Cast
from minuting import Sat
from sqlalchemy import text

from forum.base import clock, keys
from forum.base.canonical import sha256hex
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound, Refusal
from forum.base.verify import verify
from sessions.minutes import queries, service
from sessions.minutes.models import Change, State
from sessions.minutes.queries import MinutesRow

Verb = Callable[[Db, Any, int], object]


def row(cast: Cast, minutes: int) -> MinutesRow:
    with reading() as db:
        return queries.minutes_access(db, cast.alice, minutes).minutes


def attempt(verb: Verb, who: Any, minutes: int) -> type[Refusal] | None:
    try:
        with transaction() as tx:
            verb(tx, who, minutes)
    except Refusal as refusal:
        return type(refusal)
    return None


def correct(tx: Db, who: Any, minutes: int, change: Change = Change.NOTE) -> object:
    made = queries.record(tx, queries.minutes_access(tx, who, minutes).minutes)
    entry = next(iter(made.entries()))
    return service.correct(tx, who, minutes, entry=entry, change=change, words="It rained.")


def first(cast: Cast, sat: Sat) -> str:
    with reading() as db:
        return next(iter(queries.record(db, row(cast, sat.minutes)).entries()))


def circulate(tx: Db, who: Any, minutes: int) -> None:
    service.circulate(tx, who, minutes, until=clock.now() + timedelta(days=1))


def ask(tx: Db, who: Any, minutes: int) -> object:
    return service.ask(tx, who, minutes, words="I said more.")


def amend(tx: Db, who: Any, minutes: int) -> object:
    return service.amend(tx, who, minutes, reason="A name was wrong.")


def test_a_meeting_has_minutes_from_its_first_moment(cast: Cast) -> None:
    sat = minuting.adjourned(cast)
    made = row(cast, sat.minutes)
    assert (made.state, made.version) == (State.LIVE_DRAFT, 1)
    with reading() as db, pytest.raises(NotFound):
        queries.minutes_access(db, None, sat.minutes)


@pytest.mark.parametrize("verb", [correct, circulate, service.sign])
def test_residents_do_not_write_minutes(cast: Cast, verb: Verb) -> None:
    sat = minuting.adjourned(cast)
    assert attempt(verb, cast.bob, sat.minutes) is Forbidden
    assert attempt(verb, cast.shu, 999) is NotFound


def test_the_order_of_approval(cast: Cast) -> None:
    sat = minuting.adjourned(cast)
    assert attempt(service.sign, cast.alice, sat.minutes) is Conflict  # not circulated yet
    assert attempt(ask, cast.bob, sat.minutes) is Conflict
    assert attempt(circulate, cast.shu, sat.minutes) is None
    assert attempt(service.sign, cast.alice, sat.minutes) is Conflict  # before its date
    assert attempt(ask, cast.charlie, sat.minutes) is Forbidden
    assert attempt(ask, cast.bob, sat.minutes) is None
    with clock.travel(days=2):
        assert attempt(ask, cast.bob, sat.minutes) is Conflict
        assert attempt(service.sign, cast.alice, sat.minutes) is Conflict  # a request is open
        with transaction() as tx:
            service.answer(
                tx, cast.shu, sat.minutes, 1, taken=False, words="It is in the recording."
            )
        assert attempt(service.sign, cast.shu, sat.minutes) is None
        assert row(cast, sat.minutes).state is State.CIRCULATED
        assert attempt(service.sign, cast.shu, sat.minutes) is Conflict  # signed already
        assert attempt(service.sign, cast.alice, sat.minutes) is None
    assert row(cast, sat.minutes).state is State.APPROVED


def test_a_correction_takes_back_earlier_approvals(cast: Cast) -> None:
    sat = minuting.circulated(cast)
    with clock.travel(days=2):
        assert attempt(service.sign, cast.shu, sat.minutes) is None
        assert attempt(correct, cast.shu, sat.minutes) is None
        assert row(cast, sat.minutes).state is State.CORRECTED
        with reading() as db:
            assert queries.signatures(db, sat.minutes) == ()


def test_approval_locks(cast: Cast) -> None:
    sat = minuting.approved(cast)
    made = row(cast, sat.minutes)
    packed = minuting.record(sat.minutes).pack()
    assert made.digest == sha256hex(packed)
    assert keys.verify(packed, made.signature or "")
    for verb in (correct, circulate, service.sign):
        assert attempt(verb, cast.alice, sat.minutes) is Conflict
    assert attempt(ask, cast.bob, sat.minutes) is Conflict
    with transaction() as tx:
        assert verify(tx).sound


def test_a_new_version_cites_the_former_and_leaves_it_alone(cast: Cast) -> None:
    sat = minuting.approved(cast)
    before = minuting.record(sat.minutes)
    assert attempt(amend, cast.bob, sat.minutes) is Forbidden
    with clock.travel(days=2):
        assert attempt(amend, cast.shu, sat.minutes) is None
        second = sat.minutes + 1
        assert attempt(correct, cast.shu, second) is None
        assert attempt(circulate, cast.shu, second) is None
    with clock.travel(days=4):
        assert attempt(service.sign, cast.alice, second) is None
    assert row(cast, sat.minutes).state is State.AMENDED
    assert minuting.record(sat.minutes) == before
    later = minuting.record(second)
    assert later.replaces == row(cast, sat.minutes).digest
    assert later.version == 2
    assert attempt(amend, cast.shu, sat.minutes) is Conflict
    with transaction() as tx:
        assert verify(tx).sound


def test_corrections_need_an_entry_and_words(cast: Cast) -> None:
    sat = minuting.adjourned(cast)
    with transaction() as tx, pytest.raises(NotFound):
        service.correct(tx, cast.shu, sat.minutes, entry="e999", change=Change.NOTE, words="x")
    with transaction() as tx, pytest.raises(Invalid):
        service.correct(tx, cast.shu, sat.minutes, entry=first(cast, sat), change=Change.STRIKE)


TAMPERINGS = [
    """UPDATE minutes SET record = replace(record, '"yes":3', '"yes":4')""",
    "UPDATE minutes SET record = NULL",
    "DELETE FROM minutes",
    "UPDATE minutes_name SET name = 'Somebody else' WHERE member_id = 2",
    "UPDATE minutes SET signature = 'AAAA'",
]


@pytest.mark.parametrize("tampering", TAMPERINGS)
def test_verify_names_changed_minutes(cast: Cast, tampering: str) -> None:
    sat = minuting.approved(cast)
    with transaction() as tx:
        tx.execute(text("PRAGMA defer_foreign_keys=ON"))
        tx.execute(text("DELETE FROM minutes_name") if "DELETE" in tampering else text("SELECT 1"))
        tx.execute(
            text("DELETE FROM minutes_signature") if "DELETE" in tampering else text("SELECT 1")
        )
        tx.execute(text(tampering.replace(":", r"\:")))
    with transaction() as tx:
        faults = [f for f in verify(tx).faults if f.kind == "minutes_changed"]
    assert [fault.subject for fault in faults] == [f"minutes:{sat.minutes}"]


def test_an_erased_name_leaves_the_record_as_it_was_signed(cast: Cast) -> None:
    sat = minuting.approved(cast)
    with transaction() as tx:
        tx.execute(
            text("UPDATE minutes_name SET name = NULL, salt = NULL WHERE member_id = :who"),
            {"who": cast.bob.id},
        )
    with transaction() as tx:
        assert verify(tx).sound
    with reading() as db:
        made = row(cast, sat.minutes)
        names = queries.names(db, made, queries.record(db, made))
    assert names[cast.alice.id] == "Alice the chair"
    assert names[cast.bob.id].startswith("Resident ")


def test_who_was_there_is_told(cast: Cast, client: Any) -> None:
    minuting.circulated(cast)
    assert "Please read" in client("bob").get("/inbox").text
    assert "Please read" not in client("charlie").get("/inbox").text
