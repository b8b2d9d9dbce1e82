"""Paths, the rank by agreement, what a reaction changes: pure."""

from math import sqrt

from hypothesis import given
from hypothesis import strategies as st

from forum.arguments import rules
from forum.arguments.models import Opinion

idents = st.integers(1, 10**9)
counts = st.integers(0, 10**5)
opinions = st.sampled_from(Opinion) | st.none()


@given(st.lists(idents, unique=True))
def test_segments_sort_as_numbers_do(numbers: list[int]) -> None:
    assert sorted(map(rules.segment, numbers)) == [rules.segment(n) for n in sorted(numbers)]


@given(st.lists(idents, min_size=1, max_size=20))
def test_a_path_gives_its_line_back(line: list[int]) -> None:
    path = ""
    for ident in line:
        path = rules.path_under(path, ident)
    assert rules.ancestors(path) == line


@given(st.lists(idents, min_size=1, max_size=6), idents, idents)
def test_a_family_holds_all_answers_and_no_neighbour(
    line: list[int], child: int, other: int
) -> None:
    path = "".join(map(rules.segment, line))
    first, end = rules.family(path)
    assert first <= path < end
    assert first <= rules.path_under(path, child) < end
    neighbour = "".join(map(rules.segment, [*line[:-1], other]))
    assert (first <= neighbour < end) == (other == line[-1])


def test_endless_threads_stay_within_an_index_entry() -> None:
    path = ""
    for ident in range(10**8, 10**8 + 2000):
        path = rules.path_under(path, ident)
    assert len(path) < 2700


@given(counts, counts, counts)
def test_the_score_is_wilsons_lower_bound(agree: int, disagree: int, passes: int) -> None:
    n = agree + disagree + passes
    found = rules.score(agree, disagree, passes)
    if not n:
        assert found == 0
        return
    z, p = 1.96, agree / n
    bound = (p + z * z / 2 / n - z * sqrt(p * (1 - p) / n + z * z / 4 / n / n)) / (1 + z * z / n)
    assert abs(found / rules.SCORE_ONE - bound) < 3e-6


@given(counts, counts, counts)
def test_more_agreement_never_ranks_lower(agree: int, disagree: int, passes: int) -> None:
    now = rules.score(agree, disagree, passes)
    assert rules.score(agree + 1, disagree, passes) >= now
    assert rules.score(agree, disagree + 1, passes) <= now


def test_few_voices_do_not_outrank_many() -> None:
    assert rules.score(95, 5, 0) > rules.score(3, 0, 0)


@given(opinions, opinions)
def test_a_reaction_counts_once(before: Opinion | None, after: Opinion | None) -> None:
    change = rules.change(before, after)
    assert sum(change) == (after is not None) - (before is not None)
    assert (change == (0, 0, 0)) == (before is after)
