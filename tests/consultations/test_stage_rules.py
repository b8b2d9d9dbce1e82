"""The stages' table, visibility and the plan: pure."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.consultations import rules
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.consultations.rules import STAFF, Deed
from forum.members.models import Role

NOON = datetime(2026, 3, 5, 12, tzinfo=UTC)
moments = st.integers(-500, 500).map(lambda hours: NOON + timedelta(hours=hours))
plans = st.dictionaries(st.sampled_from(Stage), st.none() | moments)
stages = st.sampled_from(Stage)


def test_every_deed_is_open_somewhere_and_nothing_when_closed() -> None:
    assert all(rules.stages_of(deed) for deed in Deed)
    assert not any(rules.allowed(Stage.CLOSED, deed) for deed in Deed)


@pytest.mark.parametrize(
    ("deed", "open_at"),
    [
        (Deed.PROPOSE, "proposing"),
        (Deed.ARGUE, "proposing deliberating"),
        (Deed.REACT, "proposing deliberating deciding"),
        (Deed.POLL, "deliberating deciding"),
        (Deed.DECIDE, "deciding publishing"),
        (Deed.PUBLISH, "publishing following"),
        (Deed.FOLLOW, "publishing following"),
    ],
)
def test_the_table(deed: Deed, open_at: str) -> None:
    assert [stage.value for stage in rules.stages_of(deed)] == open_at.split()


@given(stages, stages, st.sampled_from(["", "  ", "why"]))
def test_only_going_back_needs_a_reason(stage: Stage, target: Stage, reason: str) -> None:
    fits = rules.move_fits(stage, target, reason)
    if stage is target:
        assert not fits
    elif rules.follows(stage, target):
        assert fits
    else:
        assert fits == bool(reason.strip())


@given(stages, plans, moments)
def test_after_downtime_the_stage_is_the_last_one_reached(
    stage: Stage, plan: dict[Stage, datetime | None], now: datetime
) -> None:
    due = rules.due_stage(stage, plan, now)
    reached = [s for s in Stage if rules.follows(stage, s) and (at := plan.get(s)) and at <= now]
    assert due == (reached[-1] if reached else None)
    coming = rules.next_due(stage, plan)
    assert (coming is not None and coming <= now) == (due is not None)


@given(stages, plans)
def test_a_plan_without_faults_is_in_order(
    stage: Stage, plan: dict[Stage, datetime | None]
) -> None:
    coming = [at for s in Stage if rules.follows(stage, s) and (at := plan.get(s))]
    assert (not rules.plan_faults(stage, plan)) == (coming == sorted(coming))


@given(st.sampled_from(Visibility), st.booleans(), st.sets(st.sampled_from(Role)), st.booleans())
def test_whoever_works_there_reads_it(
    visibility: Visibility, listed: bool, roles: set[Role], local: bool
) -> None:
    seen = rules.visible(visibility, signed_in=True, roles=roles, listed=listed, local=local)
    if roles & STAFF or listed:
        assert seen
    elif visibility is Visibility.INVITED:
        assert not seen


def test_guests_read_what_is_public_and_speak_nowhere() -> None:
    for visibility in Visibility:
        seen = rules.visible(visibility, signed_in=False, roles=(), listed=False, local=False)
        assert seen == (visibility is Visibility.PUBLIC)
    for terms in Eligibility:
        assert not rules.eligible(terms, signed_in=False, roles=(), listed=False)


def test_a_resident_of_the_station_is_a_member_of_the_place() -> None:
    def reads(roles: set[Role], local: bool) -> bool:
        terms = Visibility.MEMBERS
        return rules.visible(terms, signed_in=True, roles=roles, listed=False, local=local)

    assert reads({Role.RESIDENT}, True)
    assert not reads(set(), True)
    assert reads(set(), False)  # of no station: everybody signed in is meant
