"""The draft while the log is read: sections that open and close, entries that later events change.

Each module beside this one says what the events of one room add; `@on(Event)` is all that it takes
for a further kind of event to be minuted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, NamedTuple

from forum.base.events import Event, Stored
from forum.members.models import Role
from sessions.minutes.record import (
    Attendance,
    Choice,
    Entry,
    EntryKind,
    Log,
    Officer,
    Person,
    Record,
    Section,
    Thing,
    Venue,
    mentioned,
)


class Poll(NamedTuple):
    """What the log does not say of a poll: its words and its answers."""

    question: str
    method: str
    choices: tuple[Choice, ...]
    explanation: list[Any]


@dataclass(frozen=True)
class Facts:
    """What the log names by ids only. `texts` holds quoted words by what they are and their id."""

    minutes: int
    version: int
    meeting: Thing
    consultation: Thing
    zone: str
    starts_at: datetime
    venues: tuple[tuple[int, str, str], ...] = ()
    items: Mapping[int, tuple[int | None, str]] = field(default_factory=dict)
    polls: Mapping[int, Poll] = field(default_factory=dict)
    texts: Mapping[tuple[str, int], str] = field(default_factory=dict)
    speakers: Mapping[int, int] = field(default_factory=dict)
    attended: Mapping[int, int] = field(default_factory=dict)
    entitled: int = 0
    guests: int = 0
    officers: tuple[Officer, ...] = ()
    replaces: str = ""


class Draft:
    """What has been read so far."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.sections: dict[str, Section] = {}
        self.order: dict[str, list[str]] = {}
        self.entries: dict[str, Entry] = {}
        self.keys: dict[tuple[str, int], str] = {}
        self.opened_at: datetime | None = None
        self.adjourned_at: datetime | None = None
        self.entitled = facts.entitled
        self.chair: int | None = None
        self.at_opening: Mapping[str, int] = {}
        self.at_close: Mapping[str, int] = {}
        self._current = ""

    def section(self, stored: Stored, item: int | None = None) -> str:
        """Begin a section: an item that is called up, or what happens between items."""
        number, title = self.facts.items.get(item or 0, (None, ""))
        key = f"s{stored.seq}"
        self.sections[key] = Section(key, stored.at, item, number, title)
        self.order[key] = []
        self._current = key
        return key

    def end_item(self, stored: Stored, left: str) -> None:
        """The current item is closed; what comes next stands apart from it."""
        section = self.sections.get(self._current)
        if section is not None and section.item is not None:
            self.sections[section.key] = replace(section, until=stored.at, left=left)
            self._current = ""

    def add(
        self,
        stored: Stored,
        kind: EntryKind,
        *,
        of: tuple[str, int] | None = None,
        item: int | None = None,
        **more: Any,
    ) -> None:
        """Add an entry, to the section of its `item` if it was called up, else to the current one.

        `of` names the thing by which later events find the entry again.
        """
        last = [key for key, section in self.sections.items() if item and section.item == item]
        key = last[-1] if last else self._current or self.section(stored)
        entry = Entry(key=f"e{stored.seq}", kind=kind, at=stored.at, **more)
        self.entries[entry.key] = entry
        self.order[key].append(entry.key)
        if of is not None:
            self.keys[of] = entry.key

    def find(self, of: tuple[str, int]) -> Entry | None:
        """The entry of a thing."""
        return self.entries.get(self.keys.get(of, ""))

    def change(
        self,
        of: tuple[str, int],
        *,
        facts: Mapping[str, int | str | bool | None] | None = None,
        **changes: Any,
    ) -> None:
        """Tell more in the entry of a thing; nothing happens where there is none."""
        entry = self.find(of)
        if entry is not None:
            told = {**entry.facts, **(facts or {})}
            self.entries[entry.key] = replace(entry, facts=told, **changes)

    def text(self, kind: str, ident: int) -> str:
        """Quoted words; empty where they were erased."""
        return self.facts.texts.get((kind, ident), "")

    def officers(self) -> tuple[Officer, ...]:
        """Who opened the meeting chaired it; the secretaries are known beforehand."""
        if self.chair is None:
            return self.facts.officers
        return (Officer(Role.MODERATOR.value, self.chair), *self.facts.officers)

    def record(self, log: Log) -> Record:
        """The draft as a record."""
        facts = self.facts
        venues = tuple(
            Venue(
                ident,
                kind,
                name,
                facts.attended.get(ident, 0),
                self.at_opening.get(str(ident), 0),
                self.at_close.get(str(ident), 0),
            )
            for ident, kind, name in facts.venues
        )
        came = sum(facts.attended.values())
        made = Record(
            minutes=facts.minutes,
            version=facts.version,
            meeting=facts.meeting,
            consultation=facts.consultation,
            zone=facts.zone,
            starts_at=facts.starts_at,
            log=log,
            attendance=Attendance(self.entitled, came - facts.guests, facts.guests, venues),
            opened_at=self.opened_at,
            adjourned_at=self.adjourned_at,
            officers=self.officers(),
            sections=tuple(
                replace(section, entries=tuple(self.entries[name] for name in self.order[key]))
                for key, section in self.sections.items()
            ),
            replaces=facts.replaces,
        )
        return replace(made, people=tuple(Person(person) for person in mentioned(made)))


Handler = Callable[[Draft, Stored], None]
_handlers: dict[str, Handler] = {}
KINDS: list[str] = []


def on(*classes: type[Event]) -> Callable[[Handler], Handler]:
    """Say what events of these kinds add to the draft."""

    def add(handler: Handler) -> Handler:
        for cls in classes:
            _handlers[cls.kind] = handler
            KINDS.append(cls.kind)
        return handler

    return add


def project(events: Iterable[Stored], facts: Facts) -> Record:
    """The minutes as the log tells them: the same events and facts give the same record.

    Kinds that nobody minutes are passed over.
    """
    draft = Draft(facts)
    log = Log(0, "")
    for stored in events:
        log = Log(stored.seq, stored.digest)
        handler = _handlers.get(stored.kind)
        if handler is not None:
            handler(draft, stored)
    return draft.record(log)


def numbers(payload: Mapping[str, Any], *names: str) -> dict[str, int | str | bool | None]:
    """Some facts of a payload, as they stand."""
    return {name: payload[name] for name in names}


def counted(choices: Sequence[Choice], figures: Mapping[str, int]) -> tuple[Choice, ...]:
    """The answers with the votes that they got."""
    return tuple(replace(choice, votes=figures.get(choice.value, 0)) for choice in choices)
