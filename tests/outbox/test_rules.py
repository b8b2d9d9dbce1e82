"""When somebody is told: the hour on their own clock, whatever the clocks do."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.base.registry import Group
from forum.outbox import rules
from forum.outbox.models import Pace, Verb
from forum.outbox.rules import Hours, Preset

ZONES = ("Europe/Berlin", "Asia/Shanghai", "America/New_York", "Australia/Lord_Howe")
MOMENTS = st.integers(0, 365 * 24 * 60).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
HOURS = st.builds(
    Hours,
    st.sampled_from(ZONES),
    st.integers(0, 23),
    st.integers(0, 6),
    st.integers(0, 23),
    st.integers(0, 23),
)


def local(moment: datetime, zone: str) -> str:
    """What the person's clock shows."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("zone", "day", "expected"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), "03-29 08:00"),
        ("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC), "10-25 08:00"),
        ("Asia/Shanghai", datetime(2026, 3, 28, 12, tzinfo=UTC), "03-29 08:00"),
        ("Asia/Shanghai", datetime(2026, 10, 24, 12, tzinfo=UTC), "10-25 08:00"),
    ],
)
def test_the_daily_letter_keeps_its_hour(zone: str, day: datetime, expected: str) -> None:
    """In Berlin the night is an hour shorter in spring and longer in autumn; in Shanghai never."""
    found = rules.next_digest(day, Hours(zone), weekly=False)
    assert local(found, zone) == expected
    again = rules.next_digest(found, Hours(zone), weekly=False)
    assert again - found == timedelta(days=1)
    before = rules.next_digest(day - timedelta(days=1), Hours(zone), weekly=False)
    shift = {("Europe/Berlin", 3): -1, ("Europe/Berlin", 10): 1}.get((zone, day.month), 0)
    assert found - before == timedelta(hours=24 + shift)


def test_an_hour_that_the_clock_skips_or_shows_twice_gives_one_letter() -> None:
    """Two in the morning does not exist on that Sunday of spring, and comes twice in autumn."""
    two = Hours("Europe/Berlin", digest_hour=2)
    spring = rules.next_digest(datetime(2026, 3, 28, 12, tzinfo=UTC), two, weekly=False)
    assert local(spring, two.zone) == "03-29 03:00"
    assert local(rules.next_digest(spring, two, weekly=False), two.zone) == "03-30 02:00"
    autumn = rules.next_digest(datetime(2026, 10, 24, 12, tzinfo=UTC), two, weekly=False)
    assert autumn == datetime(2026, 10, 25, 0, tzinfo=UTC)
    assert local(rules.next_digest(autumn, two, weekly=False), two.zone) == "10-26 02:00"


@given(MOMENTS, HOURS, st.booleans())
def test_a_digest_lies_ahead_and_not_far(moment: datetime, hours: Hours, weekly: bool) -> None:
    """Within a day or a week, an hour more where the clocks are put back."""
    found = rules.next_digest(moment, hours, weekly=weekly)
    assert moment < found <= moment + timedelta(days=7 if weekly else 1, hours=2)
    if weekly:
        assert found.astimezone(ZoneInfo(hours.zone)).weekday() == hours.digest_day


@given(MOMENTS, HOURS)
def test_nothing_comes_in_quiet_hours(moment: datetime, hours: Hours) -> None:
    """It comes when they are over, and not later; what lies outside is left alone."""
    found = rules.after_quiet(moment, hours)
    assert moment <= found <= moment + timedelta(days=1, hours=1)
    assert rules.after_quiet(found, hours) == found
    if hours.quiet_from == hours.quiet_to:
        assert found == moment


def test_quiet_hours_over_midnight_end_in_the_morning() -> None:
    """On the person's clock, not on the server's."""
    late = datetime(2026, 3, 5, 15, 30, tzinfo=UTC)  # 23:30 in Shanghai, 16:30 in Berlin
    assert local(rules.after_quiet(late, Hours("Asia/Shanghai")), "Asia/Shanghai") == "03-06 07:00"
    assert rules.after_quiet(late, Hours("Europe/Berlin")) == late


def test_the_nearest_place_decides_and_what_must_be_told_is_told() -> None:
    """A consultation's wish goes over that for everywhere; deadlines have no wish."""
    wishes = {
        (Group.NEWS, ""): Pace.NEVER,
        (Group.NEWS, "consultation:7"): Pace.NOW,
        (Group.DUTY, ""): Pace.NEVER,
    }
    assert rules.pace(wishes, Group.NEWS, ["item:3", "consultation:7", "station:1"]) is Pace.NOW
    assert rules.pace(wishes, Group.NEWS, ["consultation:8"]) is Pace.NEVER
    assert rules.pace(wishes, Group.ANSWERS, []) is rules.DEFAULTS[Group.ANSWERS]
    assert rules.pace(wishes, Group.DUTY, []) is Pace.NOW
    assert rules.nearest(["item:3", "consultation:7"], {"consultation:7": Verb.MUTE}) == (
        "consultation:7"
    )


@pytest.mark.parametrize("preset", Preset)
def test_a_preset_is_known_again(preset: Preset) -> None:
    """The page shows which one somebody has."""
    wishes = {(group, ""): pace for group, pace in rules.PACES[preset].items()}
    assert rules.preset_of(wishes) is preset
    assert rules.preset_of({}) is Preset.NORMAL


def test_a_busy_debate_gives_a_letter_now_and_then() -> None:
    """Half an hour between two letters, but a deadline does not wait."""
    now = datetime(2026, 3, 5, 4, 0, tzinfo=UTC)
    hours, last = Hours("Asia/Shanghai"), datetime(2026, 3, 5, 3, 55, tzinfo=UTC)
    assert rules.due(Pace.NOW, now, hours, last, Group.ANSWERS) == last + rules.PAUSE
    assert rules.due(Pace.NOW, now, hours, last, Group.DUTY) == now + rules.GATHER
