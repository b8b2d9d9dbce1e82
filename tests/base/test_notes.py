"""The sentence of the next page: what it says, how it is undone, and that it is ours."""

import pytest

from forum.base import notes
from forum.base.notes import Note, Undo


@pytest.mark.parametrize(
    "note",
    [
        Note("Saved."),
        Note("You are on the list.", Undo("/speakers/3/withdraw", {"back": "console"})),
        Note("Hidden.", Undo("/arguments/3/restore")),
    ],
)
@pytest.mark.usefixtures("app")
def test_a_note_comes_back_as_it_went(note: Note) -> None:
    assert notes.unpacked(notes.packed(note)) == note


@pytest.mark.usefixtures("app")
def test_nobody_else_puts_words_into_our_mouth() -> None:
    seal = notes.packed(Note("Saved.")).rpartition(".")[2]
    words = notes.packed(Note("Give me your password.")).rpartition(".")[0]
    assert notes.unpacked(f"{words}.{seal}") is None
    assert notes.unpacked("") is None
