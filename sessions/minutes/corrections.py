"""The secretary's corrections laid over the projected record: pure, and the same however often."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import NamedTuple

from sessions.minutes.models import Change
from sessions.minutes.record import Entry, EntryKind, Note, Record, Section


class Correction(NamedTuple):
    """One change to one entry (or, when adding, the entry or section after which it stands)."""

    id: int
    version: int
    entry: str
    change: Change
    text: str
    author_id: int | None
    at: datetime


def corrected(record: Record, corrections: Iterable[Correction]) -> Record:
    """The record with all corrections, in their order; the later one to an entry stands."""
    sections = list(record.sections)
    for correction in corrections:
        if correction.change is Change.ADD:
            sections = _added(sections, correction)
        else:
            sections = [_changed(section, correction) for section in sections]
    return replace(record, sections=tuple(sections))


def _changed(section: Section, correction: Correction) -> Section:
    if all(entry.key != correction.entry for entry in section.entries):
        return section
    return replace(
        section,
        entries=tuple(
            _edited(entry, correction) if entry.key == correction.entry else entry
            for entry in section.entries
        ),
    )


def _edited(entry: Entry, correction: Correction) -> Entry:
    match correction.change:
        case Change.REPLACE:
            return replace(entry, words=correction.text)
        case Change.NOTE:
            return replace(entry, notes=(*entry.notes, Note(correction.id, correction.text)))
        case Change.STRIKE:
            return replace(entry, struck=correction.text)
        case _:
            # What was added has no other words to go back to.
            words = entry.words if entry.kind is EntryKind.NOTE else ""
            return replace(entry, words=words, struck="")


def _added(sections: list[Section], correction: Correction) -> list[Section]:
    made = []
    for section in sections:
        keys = [entry.key for entry in section.entries]
        if section.key == correction.entry:
            at, moment = len(keys), section.at
        elif correction.entry in keys:
            at = keys.index(correction.entry) + 1
            moment = section.entries[at - 1].at
        else:
            made.append(section)
            continue
        fresh = Entry(f"c{correction.id}", EntryKind.NOTE, moment, words=correction.text)
        made.append(replace(section, entries=(*section.entries[:at], fresh, *section.entries[at:])))
    return made
