"""Days of notice, dates that repeat, seats, proxies and weights: pure."""

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forum.base import workdays
from forum.base.errors import Conflict
from forum.base.workdays import WEEK, Workdays
from sessions.convening import rules
from sessions.convening.rules import Every

OFF = workdays.typed("2026-10-01 to 2026-10-07 National Day\n2027-02-05 – 2027-02-11")
DAYS = Workdays(OFF, workdays.typed("2026-10-10\n2027年2月20日"))
BERLIN = ZoneInfo("Europe/Berlin")
moments = st.datetimes(
    min_value=datetime(2026, 1, 1),  # noqa: DTZ001 - the zone comes from the strategy
    max_value=datetime(2028, 12, 31),  # noqa: DTZ001
    timezones=st.just(UTC),
)
zones = st.sampled_from(["Europe/Berlin", "Asia/Shanghai", "America/New_York", "Pacific/Auckland"])


@settings(deadline=None)
@given(moments, moments, zones, st.integers(0, 20), st.booleans())
def test_notice_is_in_time_exactly_when_the_days_lie_between(
    told: datetime, starts: datetime, zone: str, lead: int, working: bool
) -> None:
    counts = DAYS if working else None
    early = rules.in_time(told, starts, zone, lead, working=counts)
    if starts.astimezone(ZoneInfo(zone)).date() >= told.astimezone(ZoneInfo(zone)).date():
        assert early == (rules.given(told, starts, zone, working=counts) >= lead)
    last = rules.latest(starts, zone, lead, working=counts)
    on_it = datetime(last.year, last.month, last.day, 12, tzinfo=ZoneInfo(zone))
    assert rules.in_time(on_it, starts, zone, lead, working=counts)
    assert counts is None or counts.works(last)


def test_the_day_of_the_notice_does_not_count() -> None:
    late = datetime(2026, 3, 2, 23, 30, tzinfo=ZoneInfo("Asia/Shanghai"))
    first = rules.earliest(late, "Asia/Shanghai", 3, working=None)
    assert str(first) == "2026-03-05"
    # Friday evening: Saturday and Sunday are no working days.
    friday = datetime(2026, 3, 6, 18, tzinfo=ZoneInfo("Asia/Shanghai"))
    assert str(rules.earliest(friday, "Asia/Shanghai", 7, working=WEEK)) == "2026-03-17"


@settings(deadline=None)
@given(moments, zones, st.sampled_from(Every), st.integers(2, 12))
def test_a_meeting_that_repeats_keeps_the_hour_of_the_place(
    first: datetime, zone: str, every: Every, times: int
) -> None:
    walls = [each.astimezone(ZoneInfo(zone)) for each in rules.repeated(first, zone, every, times)]
    assert len(walls) == (1 if every is Every.ONCE else times)
    begun = first.astimezone(ZoneInfo(zone))
    for before, after in pairwise(walls):
        assert before < after
    for wall in walls:
        # But for the hour that the clocks leap over.
        assert abs(wall.replace(tzinfo=None) - begun.replace(
            tzinfo=None, year=wall.year, month=wall.month, day=wall.day
        )) in (timedelta(0), timedelta(hours=1))  # fmt: skip


def test_in_berlin_every_week_is_at_seven_in_summer_and_winter() -> None:
    first = datetime(2026, 10, 19, 19, tzinfo=BERLIN).astimezone(UTC)
    found = rules.repeated(first, "Europe/Berlin", Every.WEEK, 3)
    assert [str(each.astimezone(BERLIN)) for each in found] == [
        "2026-10-19 19:00:00+02:00",
        "2026-10-26 19:00:00+01:00",
        "2026-11-02 19:00:00+01:00",
    ]
    assert found[1] - found[0] == timedelta(days=7, hours=1)


def test_monthly_on_the_last_day_stays_in_its_month() -> None:
    first = datetime(2026, 12, 31, 9, tzinfo=UTC)
    found = rules.repeated(first, "UTC", Every.MONTH, 3)
    assert [str(each.date()) for each in found] == ["2026-12-31", "2027-01-31", "2027-02-28"]


@settings(deadline=None)
@given(st.none() | st.integers(0, 9), st.integers(0, 12), st.lists(st.integers(), unique=True))
def test_who_waits_moves_up_in_order_and_never_past_the_seats(
    seats: int | None, seated: int, waiting: list[int]
) -> None:
    up = rules.moving_up(seats, seated, waiting)
    assert up == waiting[: len(up)]
    if seats is None:
        assert up == waiting
    else:
        assert seated + len(up) <= max(seats, seated)
        assert len(up) == len(waiting) or seated + len(up) >= seats


people = st.integers(1, 6)


@settings(deadline=None)
@given(st.lists(st.tuples(people, people), max_size=25), st.integers(1, 3))
def test_proxies_never_chain_nor_pass_their_bound(wishes: list[tuple[int, int]], most: int) -> None:
    held: dict[int, set[int]] = {}
    for principal, holder in wishes:
        try:
            rules.check_proxy(principal, holder, held, most=most)
        except Conflict:
            continue
        for others in held.values():
            others.discard(principal)
        held.setdefault(holder, set()).add(principal)
    given_by = {ident for others in held.values() for ident in others}
    holders = {holder for holder, others in held.items() if others}
    assert not given_by & holders
    assert all(len(others) <= most for others in held.values())


def test_nobody_stands_in_where_the_type_has_no_proxies() -> None:
    with pytest.raises(Conflict):
        rules.check_proxy(1, 2, {}, most=0)


@settings(deadline=None)
@given(st.integers(1, 10**9 - 1), st.integers(1, 10**9 - 1))
def test_a_weight_is_exact(top: int, bottom: int) -> None:
    assert rules.weight(f"{top}/{bottom}") == Fraction(top, bottom)
    assert rules.weight(f"{top}") == top


@pytest.mark.parametrize("text", ["", "0", "0/5", "-1", "1e3", "1/0", "1.", ".5", "½", "١", "nan"])
def test_what_is_no_weight(text: str) -> None:
    assert rules.weight(text) is None
    assert rules.weight("86.57") == Fraction(8657, 100)


@settings(deadline=None)
@given(st.fractions(min_value=0, max_value=10**9, max_denominator=10**6))
def test_a_total_is_written_as_it_is(value: Fraction) -> None:
    assert Fraction(rules.written(value)) == value
    assert rules.written(Fraction(9257, 100)) == "92.57"
    assert rules.written(Fraction(1, 20)) == "0.05"
    assert rules.written(Fraction(4, 3)) == "4/3"
