"""Rate limits: narrow for one account, wide for a hall behind one router."""

import pytest

from forum.base import clock, limits
from forum.base.errors import TooMany


@pytest.fixture(autouse=True)
def _clean() -> None:
    limits.clear()


def test_a_burst_is_spent_and_refills() -> None:
    """Three at once, then one a minute."""
    for _ in range(3):
        limits.check("argue:7", per_minute=1, burst=3)
    with pytest.raises(TooMany):
        limits.check("argue:7", per_minute=1, burst=3)
    limits.check("argue:8", per_minute=1, burst=3)
    with clock.travel(seconds=61):
        limits.check("argue:7", per_minute=1, burst=3)
        assert not limits.spend("argue:7", per_minute=1, burst=3)


def test_it_never_holds_more_than_the_burst() -> None:
    """A week of silence saves nothing up."""
    limits.check("x", per_minute=60, burst=2)
    with clock.travel(days=7):
        assert [limits.spend("x", per_minute=0.01, burst=2) for _ in range(3)] == [
            True,
            True,
            False,
        ]


def test_five_hundred_people_share_a_router() -> None:
    """They all sign in within the same minute."""
    for _ in range(500):
        limits.check_address("sign-in", "10.0.0.1")


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The bucket that was not touched for longest goes first."""
    monkeypatch.setattr(limits, "BOUND", 10)
    limits.check("first", per_minute=0, burst=1)
    for n in range(10):
        limits.check(f"key {n}", per_minute=0, burst=1)
    assert limits.spend("first", per_minute=0, burst=1)
