"""The order of voting: total, stable, and nothing before what would change it."""

from random import Random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions.motions.models import Sort
from sessions.motions.rules import (
    DEGREES,
    PROCEDURE,
    Open,
    Reason,
    arrange,
    may_reconsider,
    reach,
)


@st.composite
def opened(draw: st.DrawFn) -> list[Open]:
    """Parts of a question with amendments upon them, and procedural motions, in any order."""
    found: list[Open] = []
    for ident in range(1, draw(st.integers(0, 9)) + 1):
        targets = [one for one in found if one.sort not in PROCEDURE and one.degree < DEGREES]
        sort = draw(st.sampled_from([Sort.MAIN, *PROCEDURE, *[Sort.AMENDMENT] * 6 * bool(targets)]))
        target = draw(st.sampled_from(targets)) if sort is Sort.AMENDMENT else None
        found.append(
            Open(
                ident,
                ident,
                sort,
                target.id if target else None,
                target.degree + 1 if target else 0,
                draw(st.integers(0, 3)) if sort is Sort.MAIN else 0,
                draw(st.integers(-2, 0)),
                draw(st.integers(0, 5)),
            )
        )
    return draw(st.permutations(found))


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(opened())
def test_the_order_is_total_and_puts_first_what_changes_the_rest(motions: list[Open]) -> None:
    places = arrange(motions)
    order = [place.id for place in places]
    assert sorted(order) == sorted(motion.id for motion in motions)
    by_id = {motion.id: motion for motion in motions}
    for motion in motions:
        if motion.target is not None:
            assert order.index(motion.id) < order.index(motion.target)
    sorts = [by_id[ident].sort in PROCEDURE for ident in order]
    assert sorts == sorted(sorts, reverse=True)
    for place in places:
        assert (place.reason is Reason.LAST) == (by_id[place.id].sort is Sort.MAIN)


@given(opened(), st.randoms(use_true_random=False))
def test_the_order_does_not_depend_on_how_the_motions_come(
    motions: list[Open], luck: Random
) -> None:
    shuffled = list(motions)
    luck.shuffle(shuffled)
    assert arrange(shuffled) == arrange(motions)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow], max_examples=60)
@given(opened())
def test_deciding_the_first_leaves_the_others_in_their_order(motions: list[Open]) -> None:
    order = [place.id for place in arrange(motions)]
    left = [motion for motion in motions if motion.id not in order[:1]]
    assert [place.id for place in arrange(left)] == order[1:]


def test_amendments_to_amendments_then_the_farthest_unless_the_chair_says_otherwise() -> None:
    main = Open(1, 1, Sort.MAIN)
    near = Open(2, 2, Sort.AMENDMENT, 1, 1, reach=3)
    far = Open(3, 3, Sort.AMENDMENT, 1, 1, reach=9)
    upon = Open(4, 4, Sort.AMENDMENT, 2, 2, reach=1)
    told = arrange([main, near, far, upon])
    assert [(place.id, place.reason) for place in told] == [
        (4, Reason.SECOND_DEGREE),
        (3, Reason.FARTHEST),
        (2, Reason.AMENDMENT),
        (1, Reason.LAST),
    ]
    told = arrange([main, near._replace(rank=-1), far])
    assert [(place.id, place.reason) for place in told] == [
        (2, Reason.CHAIR),
        (3, Reason.AMENDMENT),
        (1, Reason.LAST),
    ]


def test_reach_counts_the_signs_that_change_in_any_script() -> None:
    assert reach("本楼加装电梯。", "本楼加装玻璃电梯。") == 2
    assert reach("one two three", "one three") == 3
    assert reach("same", "same") == 0


def test_who_may_ask_to_reconsider() -> None:
    assert may_reconsider(carried=True, choice="yes", took_part=False)
    assert not may_reconsider(carried=True, choice="no", took_part=True)
    assert may_reconsider(carried=False, choice="no", took_part=True)
    assert not may_reconsider(carried=False, choice="abstain", took_part=True)
    assert may_reconsider(carried=True, choice=None, took_part=True)
    assert not may_reconsider(carried=True, choice=None, took_part=False)
