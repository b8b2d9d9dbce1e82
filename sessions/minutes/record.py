"""The minutes as one record: facts in the clear, names by their seal, no word of any language.

The reading page and every export are made from it; the approved one is kept as canonical JSON,
hashed and signed. Persons stand in it by id, so that erasing somebody changes no byte of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from pydantic import TypeAdapter

from forum.base.canonical import canonical
from forum.base.pages import plain

FORM = "folkmoot.minutes/1"


class EntryKind(StrEnum):
    """What an entry tells; `words.py` has a sentence for each."""

    OPENED = "opened"
    QUORUM = "quorum"
    RECESS = "recess"
    ADJOURNED = "adjourned"
    REOPENED = "reopened"
    SUSPENDED = "suspended"
    CONTINUED = "continued"
    UNOPENED = "unopened"
    DROPPED = "dropped"
    LINK_LOST = "link_lost"
    SPEECH = "speech"
    ORDER = "order"
    PREFERENCE = "preference"
    POLL = "poll"
    EXCEPTION = "exception"
    PAPERS = "papers"
    PAPERS_LATE = "papers_late"
    LOT = "lot"
    EXTENDED = "extended"
    MOTION = "motion"
    MOTION_STEP = "motion_step"
    RECEPTION = "reception"
    RECEPTION_SUM = "reception_sum"
    NOTICE = "notice"
    SHORT_NOTICE = "short_notice"
    DECISION = "decision"
    DUTY_REPORT = "duty_report"
    DUTY_ANSWER = "duty_answer"
    DUTY_RATING = "duty_rating"
    WORKSHOP = "workshop"
    WORKSHOP_STEP = "workshop_step"
    THEME = "theme"
    OPTION = "option"
    OBJECTION = "objection"
    NOTE = "note"


@dataclass(frozen=True)
class Thing:
    """Something that has a page of its own."""

    id: int
    title: str


@dataclass(frozen=True)
class Choice:
    """An answer of a vote and how many gave it; the label is a message of the method."""

    value: str
    label: str
    tone: str
    votes: int


@dataclass(frozen=True)
class Vote:
    """The figures of a poll; `explanation` is packed words of the method."""

    poll: int
    question: str
    method: str
    secret: bool
    entitled: int
    present: int | None
    figures: dict[str, int]
    choices: tuple[Choice, ...]
    outcome: str
    explanation: list[Any]
    root: str = ""


@dataclass(frozen=True)
class Note:
    """What the secretary added to an entry."""

    correction: int
    text: str


@dataclass(frozen=True)
class Entry:
    """One line of the minutes.

    `key` stays the same however often the log is projected. `text` is quoted (a ruling, a
    decision); `words` replace the machine's sentence; `struck` is the reason why it is out.
    """

    key: str
    kind: EntryKind
    at: datetime
    until: datetime | None = None
    person: int | None = None
    facts: dict[str, int | str | bool | None] = field(default_factory=dict)
    text: str = ""
    vote: Vote | None = None
    words: str = ""
    notes: tuple[Note, ...] = ()
    struck: str = ""


@dataclass(frozen=True)
class Section:
    """An item as it was called up, or what happened between items.

    `sitting`: the section begins the sitting of this number, where there are several.
    """

    key: str
    at: datetime
    item: int | None = None
    number: int | None = None
    title: str = ""
    until: datetime | None = None
    left: str = ""
    entries: tuple[Entry, ...] = ()
    sitting: int | None = None


@dataclass(frozen=True)
class Venue:
    """A venue and how many signed in there, were there at the opening and at the close."""

    id: int
    kind: str
    name: str
    attended: int
    at_opening: int
    at_close: int


@dataclass(frozen=True)
class Attendance:
    """How many should have come, how many came, and where; guests stand apart."""

    entitled: int
    attended: int
    guests: int
    venues: tuple[Venue, ...] = ()


@dataclass(frozen=True)
class Sitting:
    """One of several sittings: from when to when, and who came to it."""

    number: int
    opened_at: datetime
    adjourned_at: datetime | None
    attendance: Attendance


@dataclass(frozen=True)
class Officer:
    """Who chaired, who kept the minutes."""

    role: str
    person: int


@dataclass(frozen=True)
class Person:
    """Somebody named in the record: the seal of the name, empty while it is a draft."""

    id: int
    seal: str = ""


@dataclass(frozen=True)
class Signature:
    """Whose approval made it the minutes."""

    role: str
    person: int
    at: datetime


@dataclass(frozen=True)
class Log:
    """How far the meeting's log had come, and the digest that stands there."""

    seq: int
    digest: str


@dataclass(frozen=True)
class Record:
    """Everything that minutes say."""

    minutes: int
    version: int
    meeting: Thing
    consultation: Thing
    zone: str
    starts_at: datetime
    log: Log
    attendance: Attendance
    opened_at: datetime | None = None
    adjourned_at: datetime | None = None
    officers: tuple[Officer, ...] = ()
    sections: tuple[Section, ...] = ()
    people: tuple[Person, ...] = ()
    signatures: tuple[Signature, ...] = ()
    replaces: str = ""
    sittings: tuple[Sitting, ...] = ()  # where there were several
    form: str = FORM

    def pack(self) -> bytes:
        """The canonical bytes that are hashed and signed."""
        return canonical(plain(self))

    def entries(self) -> dict[str, Entry]:
        """All entries by their keys."""
        return {entry.key: entry for section in self.sections for entry in section.entries}


# Facts of an entry that are persons, beside the one whom it is about.
ROLES = ("chair", "appellant", "seconder")


@cache
def _reader() -> TypeAdapter[Record]:
    return TypeAdapter(Record)


def unpack(kept: Mapping[str, Any] | bytes | str) -> Record:
    """What `pack` packed."""
    if isinstance(kept, (bytes, str)):
        return _reader().validate_json(kept)
    return _reader().validate_python(kept)


def mentioned(record: Record) -> list[int]:
    """The people whom a record names, in the order in which they first stand in it."""
    found: dict[int, None] = {officer.person: None for officer in record.officers}
    for section in record.sections:
        for entry in section.entries:
            others = [entry.facts.get(role) for role in ROLES]
            for person in (entry.person, *others):
                if isinstance(person, int):
                    found[person] = None
    return list(found)
