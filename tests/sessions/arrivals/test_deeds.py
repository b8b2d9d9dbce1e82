"""What a desk enters later: in bounds, once, and never against what has happened meanwhile."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import sitting as hall
from cast import Cast
from conftest import Client
from hypothesis import given
from hypothesis import strategies as st
from sitting import Sitting

from forum.base import clock
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from sessions.arrivals import rules, service
from sessions.arrivals.errors import MeetingOver, NotTheirs, Overtaken, StruckOff
from sessions.arrivals.rules import Deed, DeedKind, Outcome, Spell
from sessions.meetings import presence
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act

START = datetime(2030, 5, 1, 12, 0, tzinfo=UTC)
minutes = st.integers(0, 60).map(lambda n: START + timedelta(minutes=n))
spells = st.builds(
    lambda venue, start, stays: Spell(
        venue, start, None if stays is None else start + timedelta(minutes=stays)
    ),
    st.integers(1, 3),
    minutes,
    st.none() | st.integers(0, 60),
)
deeds = st.builds(
    Deed,
    st.sampled_from(DeedKind),
    st.just(1),
    minutes,
    st.integers(0, 3),
    st.integers(1, 3),
    st.booleans(),
)


@given(deed=deeds, venue=st.integers(1, 3), last=st.none() | spells)
def test_no_deed_goes_behind_what_happened(deed: Deed, venue: int, last: Spell | None) -> None:
    outcome = rules.judge(deed, venue, last)
    if outcome is Outcome.DO and last is not None:
        assert deed.done_at >= (last.out_at or last.in_at)
    if not deed.anyway:
        assert outcome is not Outcome.NOW
    aim = deed.to if deed.kind is DeedKind.MOVE else venue
    stands = last is not None and last.out_at is None and last.venue == aim
    if deed.kind is not DeedKind.OUT:
        assert (outcome is Outcome.SAME) == stands
    else:
        assert (outcome is Outcome.SAME) == (last is None or last.out_at is not None)


@pytest.fixture
def sitting(cast: Cast, tx: Db) -> Iterator[Sitting]:
    """Convened an hour ago; the desks have worked since."""
    made = hall.convened(tx, cast)
    with clock.travel(hours=1):
        yield made


def ago(number: int) -> datetime:
    """So many minutes before now."""
    return clock.now() - timedelta(minutes=number)


def test_a_check_in_gets_the_time_at_which_it_was_done(
    cast: Cast, tx: Db, sitting: Sitting
) -> None:
    desk = (tx, cast.hui, sitting.meeting, sitting.hall)
    came, went = ago(30), ago(10)
    assert service.enter(*desk, Deed(DeedKind.IN, cast.bob.id, came)).outcome is Outcome.DO
    assert service.enter(*desk, Deed(DeedKind.OUT, cast.bob.id, went)).outcome is Outcome.DO
    (interval,) = presence.intervals(tx, sitting.meeting)
    assert (interval.in_at, interval.out_at) == (came, went)
    told = [event.kind for event in history(tx, sitting.stream, audience=Audience.DESK)]
    assert told.count("arrivals:deed:entered_later") == 2
    # What is entered as it is done is no late entry.
    with clock.at(clock.now()):
        service.enter(*desk, Deed(DeedKind.IN, cast.shu.id, clock.now()))
    told = [event.kind for event in history(tx, sitting.stream, audience=Audience.DESK)]
    assert told.count("arrivals:deed:entered_later") == 2


def test_a_deed_is_bounded_in_time(cast: Cast, tx: Db, sitting: Sitting) -> None:
    desk = (tx, cast.hui, sitting.meeting, sitting.hall)
    for wrong in (ago(61), clock.now() + timedelta(minutes=5)):
        with pytest.raises(Invalid):
            service.enter(*desk, Deed(DeedKind.IN, cast.bob.id, wrong))
    service.enter(*desk, Deed(DeedKind.IN, cast.bob.id, clock.now() + timedelta(seconds=20)))
    assert presence.here(tx, sitting.meeting, [cast.bob.id])[cast.bob.id].in_at <= clock.now()


def test_what_happened_meanwhile_is_a_conflict_with_a_choice(
    cast: Cast, tx: Db, sitting: Sitting
) -> None:
    desk = (tx, cast.hui, sitting.meeting, sitting.hall)
    with clock.at(ago(20)):
        meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.bob.id])
    late = Deed(DeedKind.IN, cast.bob.id, ago(10))
    with pytest.raises(Overtaken, match="checked in elsewhere"):
        service.enter(*desk, late)
    # A desk that knew of it moves them at its own time.
    assert service.enter(*desk, late._replace(believed=sitting.main)).outcome is Outcome.DO
    assert presence.counts(tx, sitting.meeting).venues == {sitting.hall: 1}
    # What was overtaken happens now, if the desk still wants it.
    early = Deed(DeedKind.OUT, cast.bob.id, ago(15))
    with pytest.raises(Overtaken, match="come again"):
        service.enter(*desk, early)
    assert service.enter(*desk, early._replace(anyway=True)).outcome is Outcome.NOW
    assert service.enter(*desk, early).outcome is Outcome.SAME
    with pytest.raises(Overtaken, match="has left"):
        service.enter(*desk, Deed(DeedKind.IN, cast.bob.id, ago(5)))


def test_only_the_desk_at_which_somebody_is_lets_them_go(
    cast: Cast, tx: Db, sitting: Sitting
) -> None:
    meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.bob.id])
    out = Deed(DeedKind.OUT, cast.bob.id, clock.now())
    with pytest.raises(NotTheirs):
        service.enter(tx, cast.hui, sitting.meeting, sitting.hall, out._replace(anyway=True))
    move = Deed(DeedKind.MOVE, cast.bob.id, clock.now(), to=sitting.online)
    with pytest.raises(NotTheirs):
        service.enter(tx, cast.hui, sitting.meeting, sitting.hall, move)
    desk = (tx, cast.clerk, sitting.meeting, sitting.main)
    assert service.enter(*desk, move).outcome is Outcome.DO
    assert presence.counts(tx, sitting.meeting).venues == {sitting.online: 1}


def test_who_was_struck_off_comes_as_a_guest(cast: Cast, tx: Db, sitting: Sitting) -> None:
    meetings.entitle(tx, cast.alice, sitting.meeting, cast.bob.id, entitled=False)
    deed = Deed(DeedKind.IN, cast.bob.id, ago(1))
    desk = (tx, cast.hui, sitting.meeting, sitting.hall)
    with pytest.raises(StruckOff):
        service.enter(*desk, deed)
    service.enter(*desk, deed._replace(anyway=True))
    counts = presence.counts(tx, sitting.meeting)
    assert (counts.present, counts.guests) == (0, 1)


def test_nothing_is_entered_when_the_meeting_is_over(cast: Cast, tx: Db, sitting: Sitting) -> None:
    meetings.step(tx, cast.alice, sitting.meeting, Act.START)
    meetings.step(tx, cast.alice, sitting.meeting, Act.ADJOURN)
    with pytest.raises(MeetingOver):
        deed = Deed(DeedKind.IN, cast.bob.id, ago(1))
        service.enter(tx, cast.hui, sitting.meeting, sitting.hall, deed)
    with pytest.raises(Conflict):
        service.all_out(tx, cast.hui, sitting.meeting, sitting.hall)


def test_what_a_desk_noted_waits_while_the_sitting_ended_by_mistake(
    cast: Cast, tx: Db, sitting: Sitting
) -> None:
    meetings.step(tx, cast.alice, sitting.meeting, Act.START)
    before = Deed(DeedKind.IN, cast.bob.id, clock.now())
    until = clock.now() + timedelta(days=7)
    meetings.step(tx, cast.alice, sitting.meeting, Act.SUSPEND, until=until)
    desk = (tx, cast.hui, sitting.meeting, sitting.hall)
    for deed in (before, before._replace(done_at=clock.now())):
        with pytest.raises(MeetingOver):
            service.enter(*desk, deed)
    with clock.at(until - timedelta(hours=1)), pytest.raises(MeetingOver, match="earlier sitting"):
        service.enter(*desk, before)
    meetings.step(tx, cast.alice, sitting.meeting, Act.REOPEN)
    assert service.enter(*desk, before).outcome is Outcome.DO


def test_others_and_other_places_are_refused(cast: Cast, tx: Db, sitting: Sitting) -> None:
    deed = Deed(DeedKind.IN, cast.bob.id, clock.now())
    with pytest.raises(Forbidden):
        service.enter(tx, cast.bob, sitting.meeting, sitting.hall, deed)
    with pytest.raises(Forbidden):
        service.enter(tx, cast.hui, sitting.meeting, sitting.main, deed)
    with pytest.raises(NotFound):
        service.enter(tx, cast.clerk, sitting.meeting, 999, deed)
    with pytest.raises(NotFound):
        stranger = deed._replace(member=999)
        service.enter(tx, cast.hui, sitting.meeting, sitting.hall, stranger)
    meetings.check_in(tx, cast.hui, sitting.meeting, sitting.hall, [cast.bob.id])
    move = Deed(DeedKind.MOVE, cast.bob.id, clock.now(), to=999)
    with pytest.raises(NotFound):
        service.enter(tx, cast.hui, sitting.meeting, sitting.hall, move)


def test_a_deed_is_taken_once_and_a_program_reads_the_conflict(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        meetings.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.shu.id])
    desk = f"/meetings/{sitting.meeting}/desk/{sitting.hall}"
    hui = client("hui")
    now = int(clock.now().timestamp() * 1000)
    headers = {"accept": "application/json", "idempotency-key": "k1"}
    form = {"deed": "in", "member": cast.bob.id, "done_at": now}
    first = hui.post(f"{desk}/deeds", data=form, headers=headers)
    again = hui.post(f"{desk}/deeds", data=form, headers=headers)
    assert first.json() == again.json()
    assert first.json()["outcome"] == "do"
    headers["idempotency-key"] = "k2"
    taken = hui.post(f"{desk}/deeds", data=form | {"member": cast.shu.id}, headers=headers)
    assert (taken.status_code, taken.json()["error"]) == (409, "overtaken")
    with transaction() as tx:
        assert len(presence.intervals(tx, sitting.meeting)) == 2
    gone = hui.post(f"{desk}/all-out", headers={"accept": "application/json"})
    assert gone.json()["note"] == "1 person has left."
    with transaction() as tx:
        assert presence.counts(tx, sitting.meeting).venues == {sitting.main: 1}
