"""Giving the floor: one holder, a clock by absolute ends, overrides with reasons, rulings."""

from datetime import timedelta

import pytest
import sitting as hall
from cast import Cast
from hypothesis import given, settings
from hypothesis import strategies as st
from sitting import Sitting

from forum.base import clock
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import history
from sessions.floor import queries, service, turns
from sessions.floor.models import Ruling, SpeechState
from sessions.floor.order import Reason
from sessions.floor.queries import Floor
from sessions.floor.turns import Act
from sessions.meetings import queries as meeting_queries
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act as Step


@settings(deadline=None)
@given(st.lists(st.sampled_from(Act)))
def test_a_speech_only_ever_takes_steps_of_its_machine(acts: list[Act]) -> None:
    state = SpeechState.WAITING
    for act in acts:
        if (state, act) in turns.STEPS:
            state = turns.after(state, act)
        else:
            with pytest.raises(Conflict):
                turns.after(state, act)
    assert state in SpeechState


def opened(tx: Db, cast: Cast) -> tuple[Sitting, int, int]:
    """Bob in the main venue and rong in the hall wait."""
    sitting = hall.started(tx, cast)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    bob = service.request(tx, cast.bob, sitting.meeting)
    rong = service.request(tx, cast.rong, sitting.meeting)
    return sitting, bob, rong


def floor(tx: Db, sitting: Sitting) -> Floor:
    return queries.floor(tx, meeting_queries.meeting_row(tx, sitting.meeting))


def test_one_holder_of_the_floor(cast: Cast, tx: Db) -> None:
    sitting, bob, rong = opened(tx, cast)
    with pytest.raises(Forbidden):
        service.recognise(tx, cast.bob, bob)
    service.recognise(tx, cast.alice, bob)
    with pytest.raises(Conflict, match="Bob has the floor"):
        service.recognise(tx, cast.alice, rong)
    with pytest.raises(Conflict, match="Speaking"):
        service.recognise(tx, cast.alice, bob)
    service.pause(tx, cast.alice, bob)
    with pytest.raises(Conflict, match="Bob has the floor"):
        service.recognise(tx, cast.alice, rong)
    service.finish(tx, cast.alice, bob)
    service.recognise(tx, cast.alice, rong)
    now = floor(tx, sitting)
    assert now.speaking is not None
    assert now.speaking.id == rong
    assert [row.id for row in now.held] == [bob]


def test_the_clock_stands_while_a_speech_is_paused(cast: Cast, tx: Db) -> None:
    start = clock.now()
    with clock.at(start):
        sitting, bob, _rong = opened(tx, cast)
        service.recognise(tx, cast.alice, bob)
        assert queries.speech_row(tx, bob).ends_at == start + timedelta(seconds=180)
    with clock.at(start + timedelta(seconds=50)):
        service.pause(tx, cast.alice, bob)
        row = queries.speech_row(tx, bob)
        assert (row.ends_at, row.remaining_ms, row.spent_ms) == (None, 130_000, 50_000)
    later = start + timedelta(seconds=500)
    with clock.at(later):
        service.resume(tx, cast.alice, bob)
        assert queries.speech_row(tx, bob).ends_at == later + timedelta(seconds=130)
        service.extend(tx, cast.alice, bob, 60)
        assert queries.speech_row(tx, bob).ends_at == later + timedelta(seconds=190)
    with clock.at(later + timedelta(seconds=200)):
        service.extend(tx, cast.alice, bob, 30)
        assert queries.speech_row(tx, bob).ends_at == later + timedelta(seconds=230)
        service.finish(tx, cast.alice, bob)
    over = history(tx, sitting.stream, kinds=["floor:speech:finished"])[0]
    assert over.payload["spent_ms"] == 250_000
    for verb in (service.pause, service.resume, service.finish):
        with pytest.raises(Conflict):
            verb(tx, cast.alice, bob)


def test_a_point_of_order_interrupts_and_is_ruled_on(cast: Cast, tx: Db) -> None:
    sitting, bob, _rong = opened(tx, cast)
    service.recognise(tx, cast.alice, bob)
    point = service.raise_order(tx, cast.rong, sitting.meeting, "That is another item.")
    service.recognise(tx, cast.alice, point)
    assert queries.speech_row(tx, bob).state is SpeechState.PAUSED
    with pytest.raises(Conflict, match="Somebody else"):
        service.resume(tx, cast.alice, bob)
    with pytest.raises(Forbidden):
        service.rule_on(tx, cast.rong, point, Ruling.UPHELD)
    with pytest.raises(Conflict, match="no point of order"):
        service.rule_on(tx, cast.alice, bob, Ruling.UPHELD)
    service.rule_on(tx, cast.alice, point, Ruling.UPHELD, "Stay on the item, please.")
    with pytest.raises(Conflict, match="already"):
        service.rule_on(tx, cast.alice, point, Ruling.NOTED)
    service.resume(tx, cast.alice, bob)
    now = floor(tx, sitting)
    assert [(p.name, p.ruling, p.words) for p in now.points] == [
        ("Rong the representative", Ruling.UPHELD, "Stay on the item, please.")
    ]
    ruled = history(tx, sitting.stream, kinds=["floor:order:ruled"])[0]
    assert ruled.payload["ruling"] == "upheld"
    assert "Stay" not in str(ruled.payload)


def test_the_chair_prefers_somebody_for_a_reason_that_all_read(cast: Cast, tx: Db) -> None:
    sitting, bob, rong = opened(tx, cast)
    assert [entry.speech.id for entry in floor(tx, sitting).waiting] == [bob, rong]
    with pytest.raises(Forbidden):
        service.prefer(tx, cast.rong, rong, "Me first")
    service.prefer(tx, cast.alice, rong, "She has to leave at eight.")
    first = floor(tx, sitting).waiting[0]
    assert (first.speech.id, first.reason) == (rong, Reason.CHAIR)
    assert first.why == "She has to leave at eight."
    told = history(tx, sitting.stream, kinds=["floor:speech:preferred"])[0]
    assert "eight" not in str(told.payload)
    service.recognise(tx, cast.alice, rong)
    with pytest.raises(Conflict):
        service.prefer(tx, cast.alice, rong, "Again")


def test_who_does_not_answer_is_passed_over_and_may_come_back(cast: Cast, tx: Db) -> None:
    sitting, bob, rong = opened(tx, cast)
    service.skip(tx, cast.alice, bob)
    assert [entry.speech.id for entry in floor(tx, sitting).waiting] == [rong]
    service.restore(tx, cast.alice, bob)
    assert [entry.speech.id for entry in floor(tx, sitting).waiting] == [bob, rong]
    service.skip(tx, cast.alice, bob)
    service.request(tx, cast.bob, sitting.meeting)
    with pytest.raises(Conflict, match="already"):
        service.restore(tx, cast.alice, bob)


def test_venues_take_turns(cast: Cast, tx: Db) -> None:
    sitting, bob, rong = opened(tx, cast)
    shu = service.request(tx, cast.shu, sitting.meeting)
    service.recognise(tx, cast.alice, bob)
    service.finish(tx, cast.alice, bob)
    again = service.request(tx, cast.bob, sitting.meeting)
    waiting = floor(tx, sitting).waiting
    assert [entry.speech.id for entry in waiting] == [rong, shu, again]
    assert waiting[0].reason is Reason.VENUE
    assert waiting[1].reason is Reason.SPOKEN
    assert [entry.times for entry in waiting] == [0, 0, 1]


def test_in_a_recess_nobody_speaks(cast: Cast, tx: Db) -> None:
    sitting, bob, rong = opened(tx, cast)
    service.recognise(tx, cast.alice, bob)
    meetings.step(tx, cast.alice, sitting.meeting, Step.BREAK)
    assert queries.speech_row(tx, bob).state is SpeechState.PAUSED
    with pytest.raises(Conflict, match="not in session"):
        service.resume(tx, cast.alice, bob)
    with pytest.raises(Conflict, match="not in session"):
        service.recognise(tx, cast.alice, rong)


def test_the_next_item_is_kept_like_the_last(cast: Cast, tx: Db) -> None:
    sitting, bob, rong = opened(tx, cast)
    service.set_limits(tx, cast.alice, sitting.meeting, rule="first_come", seconds=90, times=3)
    for speech in (bob, rong):
        service.skip(tx, cast.alice, speech)
    meetings.close_item(tx, cast.alice, sitting.meeting)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    listed = queries.speaking_list(tx, sitting.meeting, sitting.item)
    assert listed is not None
    assert (listed.name, listed.seconds, listed.times) == ("first_come", 90, 3)
    service.request(tx, cast.bob, sitting.meeting)
    with pytest.raises(Conflict, match="already"):
        service.restore(tx, cast.alice, bob)
