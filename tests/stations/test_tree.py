"""The tier tree: pure rules and reading."""

from hypothesis import given
from hypothesis import strategies as st

from forum.stations import rules
from forum.stations.models import Tier
from forum.stations.queries import StationRow, tree

PARENTS = st.integers(0, 40).flatmap(
    lambda n: st.tuples(*[st.none() | st.integers(1, i) if i else st.none() for i in range(n)])
)


def rows(parents: tuple[int | None, ...]) -> list[StationRow]:
    return [
        StationRow(number, parent, Tier.STATION, f"s{number}", f"S{number}", "", "", "")
        for number, parent in enumerate(parents, 1)
    ]


@given(PARENTS)
def test_every_place_stands_once_right_below_its_parent(parents: tuple[int | None, ...]) -> None:
    branches = tree(rows(parents))
    assert sorted(branch.station.id for branch in branches) == list(range(1, len(parents) + 1))
    depths: dict[int | None, int] = {None: -1}
    for branch in branches:
        assert branch.depth == depths[branch.station.parent_id] + 1
        depths[branch.station.id] = branch.depth


@given(PARENTS)
def test_a_place_hung_under_itself_or_below_makes_a_ring(parents: tuple[int | None, ...]) -> None:
    above = dict(enumerate(parents, 1))
    for station, first in above.items():
        assert rules.makes_a_ring(station, station, above)
        assert not rules.makes_a_ring(station, None, above)
        line, here = set(), first
        while here is not None:
            line.add(here)
            here = above[here]
        assert all(rules.makes_a_ring(upper, station, above) for upper in line)


def test_what_stands_under_what() -> None:
    assert rules.fits_under(Tier.STATION, Tier.STATION)
    assert rules.fits_under(Tier.ORGANISATION, None)
    assert not rules.fits_under(Tier.ORGANISATION, Tier.STATION)
    assert not rules.fits_under(Tier.COMMITTEE, Tier.COMMITTEE)


def test_codes_are_what_one_can_read_aloud() -> None:
    assert rules.code_fits("LILAC-7")
    assert not rules.code_fits("lilac")
    assert not rules.code_fits("-X")
