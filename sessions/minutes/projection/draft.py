"""The draft while the log is read: sections that open and close, entries that later events change.

Each module beside this one says what the events of one room add; `@on(Event)` is all that it takes
for a further kind of event to be minuted.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from forum.base.events import Event, Stored
from forum.members.models import Role
from sessions.minutes.projection.facts import Came, Facts
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
    Sitting,
    Venue,
    mentioned,
)


@dataclass
class Held:
    """A sitting as it is read."""

    number: int
    opened_at: datetime
    entitled: int
    at_opening: Mapping[str, int]
    at_close: Mapping[str, int]
    adjourned_at: datetime | None = None


class Draft:
    """What has been read so far."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.sections: dict[str, Section] = {}
        self.order: dict[str, list[str]] = {}
        self.entries: dict[str, Entry] = {}
        self.keys: dict[tuple[str, int], str] = {}
        self.held: list[Held] = []
        self.item: int | None = None
        self.entitled = facts.entitled
        self.chair: int | None = None
        self._current = ""
        self._before: frozenset[str] = frozenset()
        self._left = ""  # where the sitting that ended last stopped
        self._closed = False

    @property
    def sits(self) -> bool:
        """Whether a sitting has begun and not ended."""
        return bool(self.held) and self.held[-1].adjourned_at is None

    def section(
        self, stored: Stored, item: int | None = None, *, sitting: int | None = None
    ) -> str:
        """Begin a section: an item that is called up, a sitting, or what happens between items."""
        number, title = self.facts.items.get(item or 0, (None, ""))
        key = f"s{stored.seq}"
        self.sections[key] = Section(key, stored.at, item, number, title, sitting=sitting)
        self.order[key] = []
        self._current = key
        return key

    def open_item(self, stored: Stored, item: int) -> None:
        """An item is called up: it has a section of its own."""
        self.item, self._closed = item, False
        self.section(stored, item)

    def _place(self, item: int) -> str:
        """The last section of an item; empty where it was never called up."""
        return next((k for k in reversed(self.sections) if self.sections[k].item == item), "")

    def end_sitting(self, stored: Stored) -> None:
        """The item that is open goes on in a section of its own at the next sitting."""
        self.held[-1].adjourned_at = stored.at
        self._before = frozenset(self.sections)
        self._left, self._current = self._current, ""
        for of in [of for of in self.keys if of[0] in ("venue", "desk")]:  # a loss ends with it
            self.change(of, until=stored.at)
            del self.keys[of]
        if self._closed:
            self.item = None
        first = next((s for s in self.sections.values() if s.item is None), None)
        if first is not None and len(self.held) == 1:
            began = self.held[0].opened_at
            self.sections[first.key] = replace(first, sitting=1, at=began)

    def go_on(self) -> None:
        """The sitting was ended by mistake."""
        if self.held:
            self.held[-1].adjourned_at = None
        self._before, self._current, self._left = frozenset(), self._left or self._current, ""

    def begin_sitting(self, stored: Stored, number: int) -> None:
        """A further sitting; what happened since the last one stands at its head."""
        since = [key for key in self.sections if key not in self._before]
        self._before, self._left = frozenset(self.sections), ""
        head = next((key for key in since if self.sections[key].item is None), None)
        if head is None:
            self.section(stored, sitting=number)
        else:
            self.sections[head] = replace(self.sections[head], sitting=number)
            self._current = head

    def end_item(self, stored: Stored, left: str) -> None:
        """The current item is closed; what comes next stands apart from it."""
        if self.item is not None and self._place(self.item) in self._before:
            self.section(stored, self.item)
        section = self.sections.get(self._current)
        if section is not None and section.item is not None:
            self.sections[section.key] = replace(section, until=stored.at, left=left)
            self._current = ""
        self._closed = True

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
        last = self._place(item) if item else ""
        if item and item == self.item and last in self._before:
            last = self.section(stored, item)
        key = last or self._current or self.section(stored)
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
        first = self.held[0].at_opening if self.held else {}
        last = self.held[-1].at_close if self.held else {}
        came = Came(facts.attended, facts.guests)
        made = Record(
            minutes=facts.minutes,
            version=facts.version,
            meeting=facts.meeting,
            consultation=facts.consultation,
            zone=facts.zone,
            starts_at=facts.starts_at,
            log=log,
            attendance=self._attendance(came, self.entitled, first, last),
            opened_at=self.held[0].opened_at if self.held else None,
            adjourned_at=self.held[-1].adjourned_at if self.held else None,
            officers=self.officers(),
            sections=tuple(
                replace(
                    section,
                    entries=tuple(self.entries[name] for name in self.order[key]),
                    sitting=section.sitting if len(self.held) > 1 else None,
                )
                for key, section in self.sections.items()
            ),
            replaces=facts.replaces,
            sittings=tuple(map(self._sitting, self.held)) if len(self.held) > 1 else (),
        )
        return replace(made, people=tuple(Person(person) for person in mentioned(made)))

    def _sitting(self, held: Held) -> Sitting:
        came = self.facts.came.get(held.number, Came({}))
        there = self._attendance(came, held.entitled, held.at_opening, held.at_close)
        return Sitting(held.number, held.opened_at, held.adjourned_at, there)

    def _attendance(
        self, came: Came, entitled: int, first: Mapping[str, int], last: Mapping[str, int]
    ) -> Attendance:
        venues = tuple(
            Venue(
                ident,
                kind,
                name,
                came.venues.get(ident, 0),
                first.get(str(ident), 0),
                last.get(str(ident), 0),
            )
            for ident, kind, name in self.facts.venues
        )
        present = sum(came.venues.values()) - came.guests
        return Attendance(entitled, present, came.guests, venues)


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
