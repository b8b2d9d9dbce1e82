"""Corrections over the projection: pure, and the same after every projection."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from minuting import FACTS, NAMES, START, Log

from forum.base import i18n
from sessions.meetings import events as meetings
from sessions.minutes import words
from sessions.minutes.corrections import Correction, corrected
from sessions.minutes.models import Change
from sessions.minutes.projection import project
from sessions.minutes.record import Record

LOG = Log().begun().tell(meetings.ItemOpened(8, 1, 9)).tell(meetings.MeetingBroken(None))


def fix(number: int, entry: str, change: Change, text: str = "") -> Correction:
    return Correction(number, 1, entry, change, text, 7, START + timedelta(hours=1))


def said(record: Record) -> list[str]:
    with i18n.using("en"):
        return [words.sentence(e, NAMES, record.zone) for e in record.entries().values()]


def test_words_replace_the_machines_until_restored() -> None:
    record = project(LOG.events, FACTS)
    changed = corrected(record, [fix(1, "e4", Change.REPLACE, "Tea was served.")])
    assert said(changed)[-1] == "Tea was served."
    back = [fix(1, "e4", Change.REPLACE, "Tea."), fix(2, "e4", Change.RESTORE)]
    assert corrected(record, back) == record


def test_notes_add_up_and_a_strike_keeps_its_reason() -> None:
    record = project(LOG.events, FACTS)
    made = corrected(
        record,
        [
            fix(1, "e2", Change.NOTE, "In the courtyard."),
            fix(2, "e2", Change.NOTE, "It rained."),
            fix(3, "e4", Change.STRIKE, "Nobody left."),
        ],
    ).entries()
    assert [note.text for note in made["e2"].notes] == ["In the courtyard.", "It rained."]
    assert made["e4"].struck == "Nobody left."


def test_an_entry_is_added_after_another_or_at_the_end_of_a_section() -> None:
    record = project(LOG.events, FACTS)
    made = corrected(
        record,
        [
            fix(1, "s3", Change.ADD, "Last."),
            fix(2, "e4", Change.ADD, "After the recess."),
            fix(3, "c1", Change.REPLACE, "The very last."),
        ],
    )
    assert said(made)[-3:] == ["Recess.", "After the recess.", "The very last."]


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["e2", "e4", "s3", "e99"]), st.sampled_from(Change))))
def test_corrections_survive_a_log_that_grew(changes: list[tuple[str, Change]]) -> None:
    fixes = [fix(n, entry, change, "Words.") for n, (entry, change) in enumerate(changes, 1)]
    longer = Log()
    longer.events = [*LOG.events]
    longer.tell(meetings.MeetingResumed(9)).tell(meetings.ItemClosed(8, "closed"))
    before = corrected(project(LOG.events, FACTS), fixes).entries()
    after = corrected(project(longer.events, FACTS), fixes).entries()
    assert list(before) == list(after)
    for key, entry in before.items():
        assert (entry.words, entry.notes, entry.struck) == (
            after[key].words,
            after[key].notes,
            after[key].struck,
        )
