"""What every speaking rule promises by being there."""

import pytest

from sessions.floor import book
from sessions.floor.order import Rule

RULES = sorted(book.rules().items())


@pytest.mark.parametrize(("name", "rule"), RULES)
def test_a_rule_says_what_it_is_and_has_sane_limits(name: str, rule: Rule) -> None:
    assert rule.title
    assert rule.about
    assert 30 <= rule.seconds <= 1800
    assert rule.times is None or rule.times >= 1
    for criterion in rule.criteria:
        assert (criterion.measure is None) != (criterion.lane is None)
    assert len({criterion.reason for criterion in rule.criteria}) == len(rule.criteria)


def test_the_rules_that_must_stand() -> None:
    assert {"first_come", "nantang", book.DEFAULT} <= book.rules().keys()
    assert book.rule("nantang").sides
