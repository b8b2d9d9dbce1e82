"""The rules of tasks, pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.followups import rules
from forum.followups.models import Rating, Result, Status
from forum.followups.rules import Act, Stand
from forum.members.models import Role

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


def stand(member: int | None, *roles: Role, handler: int | None = 1, listed: bool = False) -> Stand:
    return rules.stand(member, roles, handler_id=handler, supervisor_id=2, listed=listed)


def test_the_two_who_stand_behind_a_task_never_rate_it() -> None:
    assert not stand(1, Role.RESIDENT, listed=True).concerned
    assert not stand(2, Role.RESIDENT, listed=True).concerned
    assert stand(3, listed=True).concerned


def test_a_unit_without_an_account_is_written_for_by_its_supervisor() -> None:
    assert stand(2, handler=None).handles
    assert stand(5, Role.SECRETARY, handler=None).handles
    assert not stand(5, Role.RESIDENT, handler=None).handles
    assert not stand(2).handles


def test_a_guest_is_nothing_to_a_task() -> None:
    assert stand(None, handler=None) == Stand()


@given(st.sampled_from(Act), st.sampled_from(Status))
def test_nobody_else_may_anything(act: Act, status: Status) -> None:
    assert not rules.may(act, Stand(), status)


@given(st.sampled_from(Act), st.builds(Stand, st.booleans(), st.booleans(), st.booleans()))
def test_a_closed_task_stays_closed(act: Act, who: Stand) -> None:
    assert not rules.may(act, who._replace(concerned=True), Status.CLOSED)


@given(st.sampled_from(Status), moments, moments)
def test_overdue_is_past_the_date_and_unanswered(
    status: Status, due: datetime, now: datetime
) -> None:
    late = rules.overdue(status, due, now)
    assert late == (now >= due and status not in (Status.ANSWERED, Status.CLOSED))


@given(st.lists(st.sampled_from([Rating.SATISFIED, Rating.MOSTLY])), moments)
def test_a_plan_never_ends_a_task(ratings: list[Rating], answered_at: datetime) -> None:
    late = answered_at + timedelta(days=400)
    assert not rules.may_end(Result.PLANNED, answered_at, ratings, late)


@pytest.mark.parametrize(
    ("ratings", "days", "may"),
    [([], 0, False), ([], 6, False), ([], 7, True), ([Rating.MOSTLY], 0, True)],
)
def test_those_concerned_come_first(ratings: list[Rating], days: int, may: bool) -> None:
    now = NOW + timedelta(days=days)
    assert rules.may_end(Result.SOLVED, NOW, ratings, now) is may


def test_urging_once_a_day() -> None:
    assert rules.may_urge_again(None, NOW)
    assert not rules.may_urge_again(NOW, NOW + timedelta(hours=23))
    assert rules.may_urge_again(NOW, NOW + timedelta(days=1))


def test_a_short_time_has_no_reminder() -> None:
    assert rules.reminder(NOW, NOW + timedelta(days=2)) is None
    assert rules.reminder(NOW, NOW + timedelta(days=5)) == NOW + timedelta(days=2)
