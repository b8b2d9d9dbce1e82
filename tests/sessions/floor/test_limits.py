"""Limits per person, slips of the hand that are undone, and the groups that take turns."""

from datetime import timedelta

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from sitting import Sitting

from forum.base import clock
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import history
from sessions.floor import queries, service
from sessions.floor.models import Side, SpeechState
from sessions.floor.order import Reason
from sessions.floor.turns import Bounds, Used, left_to
from sessions.meetings import queries as meeting_queries
from sessions.meetings import service as meetings
from sessions.motions import service as motions

most = st.none() | st.integers(1, 5)
some = st.integers(0, 7)


@settings(deadline=None)
@given(
    st.builds(Bounds, most, most, most, most, most), st.builds(Used, some, some, some, some, some)
)
def test_whoever_has_something_left_exceeds_no_limit(bounds: Bounds, used: Used) -> None:
    left = left_to(bounds, used)
    for limit, so_far in ((bounds.times, used.times), (bounds.meeting_times, used.meeting_times)):
        assert limit is None or (left.times is not None and left.times <= max(0, limit - so_far))
    assert (left.ms is None) == (bounds.item_seconds is None and bounds.meeting_seconds is None)
    assert left_to(bounds._replace(motion_times=None), used, motion=True) == left


def opened(tx: Db, cast: Cast, **limits: int) -> Sitting:
    sitting = hall.started(tx, cast)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    service.set_limits(
        tx, cast.alice, sitting.meeting, rule="first_come", seconds=120, times=None, **limits
    )
    return sitting


def speak(tx: Db, cast: Cast, sitting: Sitting, seconds: int) -> int:
    """Bob speaks for so long."""
    start = clock.now()
    speech = service.request(tx, cast.bob, sitting.meeting)
    service.recognise(tx, cast.alice, speech)
    with clock.at(start + timedelta(seconds=seconds)):
        service.finish(tx, cast.alice, speech)
    return speech


def test_the_clock_gives_no_more_than_is_left(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast, item_seconds=150)
    speak(tx, cast, sitting, 100)
    speech = service.request(tx, cast.bob, sitting.meeting)
    row = meeting_queries.meeting_row(tx, sitting.meeting)
    left = queries.floor(tx, row).left[cast.bob.id]
    assert left.ms is not None
    assert 49_000 <= left.ms <= 51_000
    service.recognise(tx, cast.alice, speech)
    held = queries.speech_row(tx, speech)
    assert held.began_at
    assert held.ends_at
    assert (held.ends_at - held.began_at) == timedelta(milliseconds=left.ms)
    with clock.at(held.ends_at):
        service.finish(tx, cast.alice, speech)
    with pytest.raises(Conflict, match="all speaking time"):
        service.request(tx, cast.bob, sitting.meeting)
    service.request(tx, cast.rong, sitting.meeting)


def test_limits_of_the_meeting_outlast_the_item(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast, meeting_times=1)
    speak(tx, cast, sitting, 10)
    meetings.close_item(tx, cast.alice, sitting.meeting)
    meetings.open_item(tx, cast.alice, sitting.meeting, sitting.item)
    with pytest.raises(Conflict, match="all speeches"):
        service.request(tx, cast.bob, sitting.meeting)
    with pytest.raises(Invalid):
        service.set_limits(
            tx, cast.alice, sitting.meeting, rule="first_come", seconds=120, times=1, short=5
        )


def test_on_a_new_motion_everybody_may_speak_anew(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    service.set_limits(
        tx, cast.alice, sitting.meeting, rule="nantang", seconds=120, times=2, motion_times=1
    )
    start = clock.now()

    def speak_for(seconds: int) -> int:
        with clock.at(start + timedelta(seconds=seconds)):
            speech = service.request(tx, cast.bob, sitting.meeting, side=Side.PRO)
            service.recognise(tx, cast.alice, speech)
            service.finish(tx, cast.alice, speech)
        return speech

    assert queries.speech_row(tx, speak_for(1)).motion_id is None
    speak_for(2)
    with pytest.raises(Conflict, match="all speeches"):
        speak_for(3)
    moved = motions.move(tx, cast.bob, sitting.meeting, motions.Draft("The house buys a lift."))
    motions.second(tx, cast.shu, moved)
    assert queries.speech_row(tx, speak_for(4)).motion_id == moved
    with pytest.raises(Conflict, match="all speeches"):
        speak_for(5)
    assert service.request(tx, cast.rong, sitting.meeting, side=Side.CON)


def test_a_speech_ended_by_mistake_goes_on_with_what_was_left(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    speech = speak(tx, cast, sitting, 50)
    later = clock.now() + timedelta(seconds=500)
    with clock.at(later):
        with pytest.raises(Forbidden):
            service.unfinish(tx, cast.bob, speech)
        service.unfinish(tx, cast.alice, speech)
        row = queries.speech_row(tx, speech)
        assert row.state is SpeechState.SPEAKING
        assert row.ends_at
        assert 69 <= (row.ends_at - later).total_seconds() <= 71
        with pytest.raises(Conflict):
            service.unfinish(tx, cast.alice, speech)
    with clock.at(later + timedelta(seconds=10)):
        service.finish(tx, cast.alice, speech)
    told = history(tx, sitting.stream, kinds=["floor:speech:continued", "floor:speech:finished"])
    assert [event.kind[-9:] for event in told] == [":finished", "continued", ":finished"]
    assert 59_000 <= told[-1].payload["spent_ms"] <= 61_000
    other = service.request(tx, cast.rong, sitting.meeting)
    service.recognise(tx, cast.alice, other)
    with pytest.raises(Conflict, match="has the floor"):
        service.unfinish(tx, cast.alice, speech)


def test_groups_take_turns_and_the_first_has_a_quota(cast: Cast, tx: Db) -> None:
    sitting = opened(tx, cast)
    with pytest.raises(Forbidden):
        service.set_groups(tx, cast.bob, sitting.meeting, ["Tenants"])
    for every, names in ((1, ["Tenants"]), (3, [])):
        with pytest.raises(Invalid):
            service.set_groups(tx, cast.alice, sitting.meeting, names, every)
    service.set_groups(tx, cast.alice, sitting.meeting, ["Tenants", "Owners", " Tenants "], 2)
    service.set_limits(tx, cast.alice, sitting.meeting, rule="quota", seconds=60, times=None)
    service.declare_group(tx, cast.shu, sitting.meeting, "Tenants")
    with pytest.raises(Conflict, match="no such group"):
        service.declare_group(tx, cast.bob, sitting.meeting, "Guests")
    with pytest.raises(Forbidden):
        service.declare_group(tx, cast.hui, sitting.meeting, "Owners", member=cast.bob.id)
    service.declare_group(tx, cast.clerk, sitting.meeting, "Owners", member=cast.bob.id)
    asked = [service.request(tx, who, sitting.meeting) for who in (cast.bob, cast.rong, cast.shu)]
    row = meeting_queries.meeting_row(tx, sitting.meeting)
    waiting = queries.floor(tx, row).waiting
    assert [entry.speech.id for entry in waiting] == [asked[0], asked[2], asked[1]]
    assert waiting[1].reason is Reason.QUOTA
    told = history(tx, sitting.stream, kinds=["floor:group:declared"])
    assert "Tenants" not in str([event.payload for event in told])
    service.set_groups(tx, cast.alice, sitting.meeting, ["Owners"])
    assert queries.groups(tx, sitting.meeting).of == {cast.bob.id: "Owners"}
    service.declare_group(tx, cast.bob, sitting.meeting, "")
    assert queries.groups(tx, sitting.meeting).of == {}


def test_the_pages_say_all_of_it(cast: Cast, client: Client) -> None:
    sitting = hall.debating(cast)
    here = f"/meetings/{sitting.meeting}"
    alice, bob, clerk = client("alice"), client("bob"), client("clerk")
    limits = {
        "rule": "quota", "seconds": "60", "short": "30", "times": "3", "motion_times": "2",
        "item_minutes": "5", "meeting_minutes": "9", "meeting_times": "4",
    }  # fmt: skip
    alice.post(f"{here}/list", data=limits)
    alice.post(f"{here}/groups", data={"groups": "Tenants\nOwners", "every": "3"})
    bob.post(f"{here}/group", data={"group": "Tenants"})
    bob.post(f"{here}/speakers", data={"side": "pro"})
    clerk.post(f"{here}/speakers", data={"member": cast.shu.id, "what": "con"})
    page = bob.get(here).text
    for words in ("My group: Tenants", "One of every 3 speeches", "My cards", "each on this item"):
        assert words in page, words
    with transaction() as tx:
        speech = queries.speeches(tx, sitting.meeting, sitting.item)[0].id
    alice.post(f"/speakers/{speech}/recognize", data={"back": "console"})
    assert "Bob" in client(None).get(f"{here}/timer").text
    ended = alice.post(f"/speakers/{speech}/finish", data={"back": "console"})
    assert ended.status_code in (200, 303)
    console = alice.get(f"{here}/console").text
    assert "Ended by mistake: go on" in console
    assert "left in all" in console
    alice.post(f"/speakers/{speech}/unfinish", data={"back": "console"})
    clerk.post(f"{here}/desk/{sitting.main}/cards", data={"warm": "2"})
    assert "Cards held up" in client(None).get(f"{here}/screen").text
    assert clerk.get(f"{here}/desk/{sitting.main}").status_code == 200
