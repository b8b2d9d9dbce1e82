"""What becomes of a question, where it stands in the row, what a rating shows: pure."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forum.base.errors import Conflict
from forum.members.models import Role
from sessions.duty import rules
from sessions.duty.models import QuestionState, Rating
from sessions.duty.rules import Act, Standing

START = datetime(2026, 3, 1, tzinfo=UTC)
rows = st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=6)


@given(rows)
def test_more_support_is_never_behind_less(drawn: list[tuple[int, int]]) -> None:
    found = {
        ident: Standing(ident, supports, START + timedelta(minutes=minute))
        for ident, (supports, minute) in enumerate(drawn)
    }
    order = [found[ident] for ident in rules.order(found.values())]
    assert sorted(one.id for one in order) == sorted(found)
    for before, after in pairwise(order):
        assert before.supports >= after.supports
        if before.supports == after.supports:
            assert before.asked_at <= after.asked_at
    assert [one.id for one in order] == rules.order(reversed(list(found.values())))


@given(st.lists(st.sampled_from(list(Rating)), max_size=30))
def test_a_rating_adds_up_or_says_only_how_many(given_: list[Rating]) -> None:
    result = rules.result(given_)
    assert result.raters == len(given_)
    if result.few:
        assert len(given_) < rules.FEW
        assert (result.satisfied, result.mostly, result.dissatisfied) == (None, None, None)
    else:
        figures = (result.satisfied or 0, result.mostly or 0, result.dissatisfied or 0)
        assert sum(figures) == result.raters


def test_who_reports_leads_nothing_of_their_own() -> None:
    for role in Role:
        assert not rules.leads({role}, 7, 7)
    assert rules.leads({Role.SECRETARY}, 7, 8)
    assert not rules.leads({Role.REPRESENTATIVE, Role.OPERATOR}, 7, 8)


def test_a_question_takes_only_the_steps_there_are() -> None:
    with pytest.raises(Conflict):
        rules.after(QuestionState.DECLINED, Act.PUT)
    with pytest.raises(Conflict):
        rules.after(QuestionState.WITHDRAWN, Act.ADMIT)
    assert rules.after(QuestionState.DECLINED, Act.ADMIT) is QuestionState.OPEN
