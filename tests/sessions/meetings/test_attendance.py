"""Who is there: one open interval a person, moves, mistakes undone, the quorum in integers."""

import threading

import pytest
import sitting as hall
from cast import Cast
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from forum.base import auth, clock
from forum.base.db import Db, transaction
from forum.base.errors import Conflict, Forbidden, NotFound, Refusal, SignInNeeded
from forum.base.events import Audience, history
from forum.base.writer import write_now
from forum.consultations.models import Consultation, Eligibility
from forum.members import service as accounts
from forum.members.models import StandingKind
from sessions.meetings import presence, service
from sessions.meetings.models import Attendance, Method, Mode
from sessions.meetings.presence import Counts
from sessions.meetings.rules import NO_QUORUM, Act


@settings(deadline=None)
@given(
    entitled=st.integers(0, 5000),
    present=st.integers(0, 5000),
    share=st.sampled_from([">1/2", ">=1/2", ">=1/3", ">=2/3", ">=3/4"]),
)
def test_a_quorum_is_exact(entitled: int, present: int, share: str) -> None:
    num, den = map(int, share.lstrip(">=").split("/"))
    now = Counts(entitled, present, 0, {}).quorum(share)
    exactly = present * den >= num * entitled if "=" in share else present * den > num * entitled
    assert now.reached == (exactly and present > 0)
    assert now.reached == (present >= now.needed)


def test_where_no_quorum_is_asked_none_is_missing() -> None:
    now = Counts(23, 0, 0, {}).quorum(NO_QUORUM)
    assert (now.needed, now.reached) == (0, True)


def test_people_come_move_and_go(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    meeting = sitting.meeting
    first = service.check_in(tx, cast.clerk, meeting, sitting.main, [cast.bob.id, cast.shu.id])
    again = service.check_in(tx, cast.clerk, meeting, sitting.main, [cast.bob.id])
    assert again == first[:1]
    service.check_in(tx, cast.hui, meeting, sitting.hall, [cast.bob.id])
    assert presence.counts(tx, meeting).venues == {sitting.main: 1, sitting.hall: 1}
    service.check_out(tx, cast.bob, meeting, [cast.bob.id])
    assert presence.counts(tx, meeting).present == 1
    rows = [row for row in presence.intervals(tx, meeting) if row.member_id == cast.bob.id]
    assert [(row.venue_id, row.mode, row.out_at is None) for row in rows] == [
        (sitting.main, Mode.IN_PERSON, False),
        (sitting.hall, Mode.IN_PERSON, False),
    ]
    told = [event.kind for event in history(tx, sitting.stream, audience=Audience.MEMBER)]
    for verb in ("checked_in", "moved", "checked_out", "counted"):
        assert f"meetings:attendance:{verb}" in told
    public = [event.kind for event in history(tx, sitting.stream)]
    assert "meetings:attendance:checked_in" not in public
    assert "meetings:attendance:counted" in public


def test_only_a_desk_checks_others_in(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    with pytest.raises(Forbidden):
        service.check_in(tx, cast.bob, sitting.meeting, sitting.main, [cast.bob.id])
    with pytest.raises(Forbidden):
        service.check_in(tx, cast.hui, sitting.meeting, sitting.main, [cast.bob.id])
    with pytest.raises(NotFound):
        service.check_in(tx, cast.clerk, sitting.meeting, 999, [cast.bob.id])
    with pytest.raises(NotFound):
        service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [9999])
    service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.bob.id])
    with pytest.raises(Forbidden):
        service.check_out(tx, cast.hui, sitting.meeting, [cast.bob.id])
    with pytest.raises(Conflict):
        service.check_out(tx, cast.clerk, sitting.meeting, [cast.rong.id])


def test_before_it_is_convened_and_after_it_ended_nobody_comes(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    service.step(tx, cast.alice, sitting.meeting, Act.ADJOURN)
    with pytest.raises(Conflict):
        service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.hui.id])
    with pytest.raises(Conflict):
        service.check_out(tx, cast.bob, sitting.meeting, [cast.bob.id])


def test_a_reopened_meeting_finds_everybody_in_place(cast: Cast, tx: Db) -> None:
    sitting = hall.started(tx, cast)
    service.step(tx, cast.alice, sitting.meeting, Act.ADJOURN)
    service.step(tx, cast.alice, sitting.meeting, Act.REOPEN)
    assert presence.counts(tx, sitting.meeting).present == 5


def test_a_mistaken_check_in_is_undone_and_stays_in_the_log(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    (row,) = service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.bob.id])
    with pytest.raises(Forbidden):
        service.undo_check_in(tx, cast.hui, sitting.meeting, row)
    service.undo_check_in(tx, cast.clerk, sitting.meeting, row)
    assert presence.intervals(tx, sitting.meeting) == []
    with pytest.raises(NotFound):
        service.undo_check_in(tx, cast.clerk, sitting.meeting, row)
    told = [event.kind for event in history(tx, sitting.stream, audience=Audience.MEMBER)]
    assert told.count("meetings:attendance:undone") == 1


def test_guests_are_counted_apart_and_can_be_put_on_the_roll(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.charlie.id])
    now = presence.counts(tx, sitting.meeting)
    assert (now.entitled, now.present, now.guests) == (7, 0, 1)
    service.entitle(tx, cast.alice, sitting.meeting, cast.charlie.id, entitled=True)
    now = presence.counts(tx, sitting.meeting)
    assert (now.entitled, now.present, now.guests) == (8, 1, 0)
    with pytest.raises(Forbidden):
        service.entitle(tx, cast.clerk, sitting.meeting, cast.charlie.id, entitled=False)
    service.entitle(tx, cast.alice, sitting.meeting, cast.charlie.id, entitled=False)
    assert presence.counts(tx, sitting.meeting).guests == 1


def test_where_taking_part_is_open_the_roll_grows_with_who_comes(cast: Cast, tx: Db) -> None:
    tx.get_one(Consultation, cast.consultation).eligibility = Eligibility.OPEN
    sitting = hall.convened(tx, cast)
    assert presence.counts(tx, sitting.meeting).entitled == 7
    service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.charlie.id])
    now = presence.counts(tx, sitting.meeting)
    assert (now.entitled, now.present, now.guests) == (8, 1, 0)


def test_whoever_is_banned_is_not_let_in(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    accounts.set_standing(
        tx,
        cast.alice,
        cast.bob.id,
        cast.place,
        StandingKind.BANNED,
        until=None,
        reason="Threats",
        within=(f"station:{cast.station}",),
    )
    with pytest.raises(Forbidden, match="Bob"):
        service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.bob.id])


def test_the_quorum_is_declared_as_it_is_at_that_moment(cast: Cast, tx: Db) -> None:
    sitting = hall.convened(tx, cast)
    assert service.declare_quorum(tx, cast.alice, sitting.meeting) is False
    people = [cast[name].id for name in ("alice", "bob", "dana", "rong")]
    service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, people)
    assert service.declare_quorum(tx, cast.alice, sitting.meeting) is True
    declared = history(tx, sitting.stream, kinds=["meetings:quorum:declared"])
    assert [event.payload["reached"] for event in declared] == [False, True]
    assert declared[1].payload["needed"] == 4
    assert declared[1].payload["quorum"] == [1, 2, True]
    with pytest.raises(Forbidden):
        service.declare_quorum(tx, cast.bob, sitting.meeting)


def _sign_in(member: int) -> str:
    with transaction() as tx:
        return auth.digest(auth.sign_in(tx, member, label="test"))


def test_checking_in_oneself_online_in_a_burst(cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    names = ("alice", "bob", "rong", "shu", "charlie")
    credentials = [_sign_in(cast[name].id) for name in names]
    items = [service.CheckIn(credential, sitting.meeting) for credential in credentials]
    with transaction() as tx:
        answers = service.check_in_batch(
            tx, [*items, service.CheckIn(None, sitting.meeting), items[0]]
        )
        now = presence.counts(tx, sitting.meeting)
        counted = history(tx, sitting.stream, kinds=["meetings:attendance:counted"])
    assert all(isinstance(answer, int) for answer in answers[:5])
    assert isinstance(answers[5], SignInNeeded)
    assert answers[6] == answers[0]
    assert (now.present, now.guests, now.venues) == (4, 1, {sitting.online: 5})
    assert len(counted) == 1


def test_a_meeting_that_is_not_there_spoils_nobody_elses_check_in(cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
        draft = service.Draft("Hidden", clock.now())
        hidden = service.draft_meeting(tx, cast.alice, cast.consultation, draft)
    bob = _sign_in(cast.bob.id)
    with transaction() as tx:
        answers = service.check_in_batch(
            tx,
            [
                service.CheckIn(bob, 999),
                service.CheckIn(bob, hidden),
                service.CheckIn(bob, sitting.meeting),
            ],
        )
    assert isinstance(answers[0], NotFound)
    assert isinstance(answers[1], NotFound)
    assert isinstance(answers[2], int)


def test_one_open_interval_however_many_ask_at_once(cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    item = service.CheckIn(_sign_in(cast.bob.id), sitting.meeting)
    answers: list[int | Refusal] = []

    def come() -> None:
        answers.append(write_now(service.check_in_batch, item))

    def at_the_desk() -> None:
        with transaction() as tx:
            service.check_in(tx, cast.clerk, sitting.meeting, sitting.main, [cast.bob.id])

    threads = [threading.Thread(target=work) for work in [come, at_the_desk] * 6]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with transaction() as tx:
        query = select(Attendance).where(
            col(Attendance.member_id) == cast.bob.id, col(Attendance.out_at).is_(None)
        )
        assert len(tx.exec(query).all()) == 1
        assert presence.counts(tx, sitting.meeting).present == 1
    assert len(answers) == 6


def test_the_database_itself_refuses_a_second_open_interval(cast: Cast) -> None:
    with transaction() as tx:
        sitting = hall.started(tx, cast)
    second = Attendance(
        meeting_id=sitting.meeting,
        venue_id=sitting.online,
        member_id=cast.bob.id,
        mode=Mode.ONLINE,
        method=Method.SELF,
        in_at=clock.now(),
        recorded_by=cast.bob.id,
    )
    with pytest.raises(IntegrityError), transaction() as tx:
        tx.add(second)
