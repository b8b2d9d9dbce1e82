"""The order of stages holds whatever is tried; and which votes are a stage's."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voting.methods.common.profiles import PROCEDURES, PROFILES
from voting.methods.common.profiles import Stage as Kind
from voting.polls.rules import Outcome, Quorum
from voting.procedures import rules
from voting.procedures.models import StageState
from voting.procedures.rules import Act, Asked, Way

S = StageState
WAYS = st.lists(st.sampled_from(Way), min_size=1, max_size=7)
TRIES = st.lists(st.tuples(st.integers(0, 6), st.sampled_from(Act)), max_size=60)
FOUR_TWO = PROCEDURES["four_two"]


def run(
    states: tuple[StageState, ...], ways: list[Way], tries: list[tuple[int, Act]]
) -> list[tuple[StageState, ...]]:
    """Everything that is tried, as far as it may be; all the states on the way."""
    seen = [states]
    for at, act in tries:
        if at >= len(ways):
            continue
        try:
            seen.append(rules.after(seen[-1], ways, at, act))
        except ValueError:
            assert not rules.allowed(seen[-1], ways, at, act)
    return seen


def in_order(states: tuple[StageState, ...]) -> bool:
    """Whether nothing has happened at a stage before all former ones were done."""
    begun = [at for at, state in enumerate(states) if state is not S.AHEAD]
    return all(state in rules.DONE for at in begun for state in states[:at])


@given(ways=WAYS, tries=TRIES)
def test_no_stage_passes_before_the_former(ways: list[Way], tries: list[tuple[int, Act]]) -> None:
    seen = run((S.AHEAD,) * len(ways), ways, tries)
    assert all(in_order(states) for states in seen)
    for before, after in pairwise(seen):
        changed = [at for at in range(len(ways)) if before[at] is not after[at]]
        assert len(changed) == 1
        assert before[changed[0]] not in (*rules.DONE, S.FAILED)  # what is over stays so


@given(ways=WAYS, tries=TRIES)
def test_nothing_follows_a_failure(ways: list[Way], tries: list[tuple[int, Act]]) -> None:
    seen = run((S.AHEAD,) * len(ways), ways, tries)
    failed = [at for at, states in enumerate(seen) if S.FAILED in states]
    assert failed in ([], [len(seen) - 1])


@given(ways=WAYS, tries=TRIES, more=TRIES, first=st.integers(0, 6))
def test_another_round_keeps_only_what_had_passed(
    ways: list[Way], tries: list[tuple[int, Act]], more: list[tuple[int, Act]], first: int
) -> None:
    ended = run((S.AHEAD,) * len(ways), ways, tries)[-1]
    try:
        fresh = rules.renewed(ended, first)
    except ValueError:
        assert first not in rules.first_stages(ended)
        return
    assert all(state in rules.DONE for state in ended[:first])
    assert fresh == (S.KEPT,) * first + (S.AHEAD,) * (len(ways) - first)
    assert all(in_order(states) for states in run(fresh, ways, more))


@given(ways=WAYS)
def test_the_right_deeds_lead_to_the_end(ways: list[Way]) -> None:
    deeds = {
        Way.RECORD: [Act.AGREE],
        Way.VOTE: [Act.CARRY],
        Way.NOTICE: [Act.POST, Act.EXPIRE],
    }
    tries = [(at, act) for at, way in enumerate(ways) for act in deeds[way]]
    seen = run((S.AHEAD,) * len(ways), ways, tries)
    assert len(seen) == len(tries) + 1
    assert rules.here(seen[-1]) is None
    assert set(seen[-1]) == {S.PASSED}


def test_how_each_stage_is_done() -> None:
    ways = [rules.way(one) for one in FOUR_TWO.stages]
    assert ways == [Way.RECORD] * 2 + [Way.VOTE] * 2 + [Way.NOTICE] * 2
    assert rules.last_vote(ways) == 3
    assert rules.last_vote([Way.RECORD]) is None
    assert [rules.days_fault(one, 6) for one in FOUR_TWO.stages[4:]] == [True, False]
    assert [rules.days_fault(one, 7) for one in FOUR_TWO.stages[4:]] == [False, False]


def test_what_a_result_does() -> None:
    assert rules.BY_VOTE == {Outcome.CARRIED: Act.CARRY, Outcome.FAILED: Act.REJECT}


def asked(**changed: str) -> Asked:
    law = PROFILES["party_members"]
    quorum = {"of": "present", "share": changed.pop("share", ">=2/3")}
    quorum["of"] = changed.pop("of", "present")
    return Asked(changed.pop("method", "majority"), {**law.settings, **changed}, quorum)


PARTY: Kind = FOUR_TWO.stages[2]


@pytest.mark.parametrize(
    "one",
    [
        asked(),
        asked(threshold=">=2/3"),
        asked(threshold=">=3/4", share=">=3/4"),
        asked(share=">2/3"),
    ],
)
def test_as_much_or_more_is_enough(one: Asked) -> None:
    assert rules.enough(PARTY, one)


@pytest.mark.parametrize(
    "one",
    [
        asked(threshold=">=1/2"),
        asked(threshold=""),
        asked(base="present"),
        asked(tie="chair"),
        asked(share=">1/2"),
        asked(of="cast"),
        asked(method="consent"),
        asked()._replace(quorum=None),
    ],
)
def test_less_or_other_is_not(one: Asked) -> None:
    assert not rules.enough(PARTY, one)


@given(eligible=st.integers(1, 200), share=st.sampled_from([">1/2", ">=1/2", ">=2/3", ">2/3"]))
def test_once_open_a_quorum_is_what_it_needs(eligible: int, share: str) -> None:
    """Of two that need as many, a meeting's may stand in for the law's."""
    kept = {"of": "present", "share": share}
    needs = Quorum.read(kept).needed(eligible) >= Quorum.read(
        {"of": "present", "share": ">=2/3"}
    ).needed(eligible)
    found = rules.enough(PARTY, asked()._replace(quorum=kept, eligible=eligible))
    assert found is needs
