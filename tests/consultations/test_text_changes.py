"""Differences between wordings: nothing is lost on either side."""

from hypothesis import given
from hypothesis import strategies as st

from forum.consultations.changes import Change, Piece, differences

texts = st.text(alphabet="ab 电梯好，\n1", max_size=60)


@given(texts, texts)
def test_both_wordings_can_be_read_off(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(p.text for p in pieces if p.change is not Change.ADDED) == before
    assert "".join(p.text for p in pieces if p.change is not Change.REMOVED) == after


def test_chinese_changes_by_the_character_english_by_the_word() -> None:
    assert Piece(Change.ADDED, "不") in differences("我同意", "我不同意")
    assert differences("the lift", "the stairs")[1:] == [
        Piece(Change.REMOVED, " lift"),
        Piece(Change.ADDED, " stairs"),
    ]


def test_blanks_that_stay_do_not_tear_a_change_apart() -> None:
    pieces = differences("Open on weekdays until six.", "Open at any hour until six.")
    assert [p.text for p in pieces] == ["Open", " on weekdays", " at any hour", " until six."]


def test_very_long_texts_are_compared_by_lines() -> None:
    long = "word " * 4000 + "\n"
    pieces = differences(long + "one\n", long + "two\n")
    assert [p.text for p in pieces[1:]] == ["one\n", "two\n"]
