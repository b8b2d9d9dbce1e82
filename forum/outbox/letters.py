"""From rows to words: what each member is told, in their language, alike things in one line."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import select, tuple_
from sqlmodel import col

from forum.base import i18n, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import LANGUAGES, _
from forum.base.registry import Group, Step
from forum.base.settings import settings
from forum.members import inbox
from forum.members.models import InboxRow, Member
from forum.members.queries import names, place_names
from forum.outbox import tokens
from forum.outbox.models import Pace, Waiting
from forum.outbox.outlets import Line, Parcel
from forum.outbox.tokens import Stop

MOST = 60  # lines of a letter; the inbox has the rest


class _Heap(NamedTuple):
    """Rows that make one line: one, or several alike about things under the same one."""

    rows: list[Waiting]

    @property
    def about(self) -> str:
        """What the line leads to."""
        one = self.rows[0]
        return _under(one) if len(self.rows) > 1 and _many(one) else self.rows[-1].about


def _under(row: Waiting) -> str:
    """The nearest thing to which what the row is about belongs."""
    return next((place for place in row.places if place != row.about), row.about)


def _many(row: Waiting) -> str:
    """The words for several such rows, where there are any."""
    notice = registry.notices.get(row.kind)
    if notice is None:
        return ""
    return notice.many_others if row.via else notice.many


def parcels(db: Db, rows: Sequence[Waiting]) -> Iterator[tuple[Parcel, str]]:
    """A parcel for each member and pace, with the key that makes it go out once."""
    if not rows:
        return
    read = _read_already(db, rows)
    heaps: dict[tuple[int, Pace], list[Waiting]] = defaultdict(list)
    for row in rows:
        if row.pace is not None and (row.member_id, row.event_id) not in read:
            heaps[row.member_id, Pace(row.pace)].append(row)
    people = _people(db, {member for member, _pace in heaps})
    said = _Words(db, rows)
    for (member, pace), mine in heaps.items():
        if member not in people:
            continue
        made = _parcel(said, people[member], pace, mine)
        if made is not None:
            yield made, f"{pace.value}:{member}:{mine[0].event_id}"


def _parcel(said: "_Words", person: Actor, pace: Pace, rows: Sequence[Waiting]) -> Parcel | None:
    heaps = _alike(rows)
    lines = {
        lang: [line for heap in heaps[:MOST] if (line := said.line(person, lang, heap))]
        for lang in _languages(person)
    }
    if not all(lines.values()):
        return None
    alone = heaps[0] if len(heaps) == 1 else None
    return Parcel(
        member=person.id,
        name=person.name,
        pace=pace,
        lines=lines,
        left_out=len(heaps[MOST:]),
        about=alone.about if alone else "",
        kind=alone.rows[0].kind if alone else "",
        stop=_stop(person.id, pace, rows),
    )


def _read_already(db: Db, rows: Sequence[Waiting]) -> set[tuple[int, str]]:
    """What people have read in their inbox meanwhile needs no letter."""
    pair = tuple_(col(InboxRow.member_id), col(InboxRow.event_id))
    query = select(col(InboxRow.member_id), col(InboxRow.event_id)).where(
        col(InboxRow.read_at).is_not(None)
    )
    found: set[tuple[int, str]] = set()
    for start in range(0, len(rows), 500):  # a statement holds so many
        some = [(row.member_id, row.event_id) for row in rows[start : start + 500]]
        found.update((member, event) for member, event in db.execute(query.where(pair.in_(some))))
    return found


def _people(db: Db, members: set[int]) -> dict[int, Actor]:
    query = select(col(Member.id), col(Member.name), col(Member.lang)).where(
        col(Member.id).in_(members), col(Member.erased_at).is_(None)
    )
    return {row.id: Actor(row.id, row.name, row.lang) for row in db.execute(query)}


def _languages(person: Actor) -> list[str]:
    """The person's language; where nobody knows it, the installation's and another."""
    if person.lang in LANGUAGES:
        return [person.lang]
    own = settings().language
    return [own, "zh_Hans_CN" if own == "en" else "en"]


def _alike(rows: Sequence[Waiting]) -> list[_Heap]:
    heaps: dict[tuple[str, str, bool], list[Waiting]] = defaultdict(list)
    for row in rows:
        thing = _under(row) if _many(row) else row.about
        heaps[row.kind, thing, bool(row.via)].append(row)
    return [_Heap(heap) for heap in heaps.values()]


def _stop(member: int, pace: Pace, rows: Sequence[Waiting]) -> str:
    """The address that ends such letters: as narrow as the letter is; none for what must be."""
    groups = {row.group for row in rows} - {Group.DUTY}
    if not groups:
        return ""
    if pace is not Pace.NOW or len(groups) > 1:
        return tokens.address(Stop(member, pace))
    places = {next((place for place in row.places if _whole(place)), "") for row in rows}
    place = places.pop() if len(places) == 1 else ""
    return tokens.address(Stop(member, Group(groups.pop()), place))


def _whole(place: str) -> bool:
    return place.startswith("consultation:")


class _Words:
    """Titles and names for many letters: what everybody may see is looked up once."""

    def __init__(self, db: Db, rows: Sequence[Waiting]) -> None:
        self.db = db
        self.refs = {
            ref for row in rows for ref in (row.about, row.via, _under(row)) if ref is not None
        }
        self.actors = names(db, {row.actor_id for row in rows if row.actor_id is not None})
        self.open: dict[str, dict[str, Step]] = {}
        self.enclosures: dict[tuple[str, str, str], Sequence[str]] = {}

    def line(self, person: Actor, lang: str, heap: _Heap) -> Line | None:
        """A heap as one line; None: the person can no longer see what it is about."""
        row = heap.rows[-1]
        with i18n.using(lang):
            wanted = {heap.about, *([row.via] if row.via else [])}
            things = self._things(person, lang, wanted)
            thing = things.get(heap.about)
            if thing is None:
                return None
            followed = things.get(row.via) if row.via else None
            return Line(
                self._said(heap, thing),
                inbox.because(row.kind, followed),
                tokens.origin() + (thing.url or "/inbox"),
                row.at,
                self._enclosed(row, lang) if len(heap.rows) == 1 else (),
            )

    def _enclosed(self, row: Waiting, lang: str) -> Sequence[str]:
        """What a letter says in full of the thing: put together once for all who get it."""
        notice = registry.notices.get(row.kind)
        if notice is None or notice.enclosed is None:
            return ()
        key = (row.kind, row.about, lang)
        if key not in self.enclosures:
            self.enclosures[key] = notice.enclosed(self.db, row.about)
        return self.enclosures[key]

    def _said(self, heap: _Heap, thing: Step) -> str:
        row, count = heap.rows[-1], len(heap.rows)
        if count > 1 and (many := _many(row)):
            return _(many) % {"count": count, "title": thing.title}
        name = self.actors.get(row.actor_id) if row.actor_id is not None else None
        return inbox.words(row.kind, thing, name, via=row.via)

    def _things(self, person: Actor, lang: str, wanted: set[str]) -> dict[str, Step]:
        if lang not in self.open:
            self.open[lang] = place_names(self.db, None, self.refs)
        known = {ref: step for ref, step in self.open[lang].items() if ref in wanted}
        if hidden := wanted - known.keys():
            known |= place_names(self.db, person, hidden)
        return known
