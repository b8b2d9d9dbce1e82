"""A record as people read it: every line in words, for the page and for each export alike."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple

from forum.agenda import words as items
from forum.agenda.models import ItemState
from forum.base.canonical import sha256hex
from forum.base.i18n import _, datetime_, in_zone, time
from forum.base.markup import render
from forum.base.pictures import Picture
from sessions.minutes import facilitated, reported, words
from sessions.minutes.record import Attendance, Choice, Entry, EntryKind, Record, Section, Vote
from sessions.minutes.words import Names
from voting.methods.common.marks import OPTION
from voting.polls import words as polls
from voting.polls.pictures import Answer, vote
from voting.polls.rules import Outcome


class VoteSheet(NamedTuple):
    """A vote: its answers as bars, its other figures, how it ended and why."""

    poll: int
    question: str
    method: str
    secret: bool
    parts: list[tuple[str, int, str]]
    figures: list[tuple[str, int]]
    outcome: str
    tone: str
    explanation: list[str]
    root: str
    values: list[str]
    counts: dict[str, int]

    @property
    def picture(self) -> Picture | None:
        """Its bars; None while the figures are not public."""
        if not self.parts or not self.counts:
            return None
        answers = [Answer(v, *part) for v, part in zip(self.values, self.parts, strict=True)]
        return vote(answers, self.counts)


class Line(NamedTuple):
    """One entry in words; `quote` is plain, `quote_html` what was written in Markdown.

    `machine` says that nobody has reworded it, `url` where the thing itself is.
    """

    key: str
    kind: str
    time: str
    words: str
    quote: str
    quote_html: str
    why: str
    vote: VoteSheet | None
    notes: list[str]
    struck: str
    machine: bool
    url: str


class Part(NamedTuple):
    """A section in words."""

    key: str
    item: int | None
    heading: str
    times: str
    left: str
    lines: list[Line]


class Hall(NamedTuple):
    """A venue and its numbers."""

    name: str
    kind: str
    attended: int
    at_opening: int
    at_close: int


class Table(NamedTuple):
    """Who came, to all of it or to one sitting; over several sittings there are no halls."""

    caption: str
    came: int
    halls: list[Hall]


class Sheet(NamedTuple):
    """The whole document."""

    heading: str
    meeting: str
    consultation: str
    when: str
    version: int
    officers: list[tuple[str, str]]
    entitled: int
    attended: int
    guests: int
    halls: list[Hall]
    tables: list[Table]
    parts: list[Part]
    signatures: list[tuple[str, str, str]]
    replaces: str


def sheet(record: Record, names: Names) -> Sheet:
    """The record in the current language."""
    return Sheet(
        heading=_("Minutes of the meeting"),
        meeting=record.meeting.title,
        consultation=record.consultation.title,
        when=_when(record),
        version=record.version,
        officers=[(words.office(o.role), names.get(o.person, "")) for o in record.officers],
        entitled=record.attendance.entitled,
        attended=record.attendance.attended,
        guests=record.attendance.guests,
        halls=_halls(record.attendance),
        tables=_tables(record),
        parts=[_part(section, names, record.zone) for section in record.sections],
        signatures=[
            (words.office(s.role), names.get(s.person, ""), datetime_(s.at, record.zone))
            for s in record.signatures
        ],
        replaces=record.replaces,
    )


def _when(record: Record) -> str:
    zone = record.zone
    if record.sittings:
        spans = [words.span(one.opened_at, one.adjourned_at, zone) for one in record.sittings]
        return in_zone(_("; ").join(spans), zone)
    return in_zone(
        words.span(record.opened_at or record.starts_at, record.adjourned_at, zone), zone
    )


def _tables(record: Record) -> list[Table]:
    """One table, or one for each of several sittings with a line for all of them."""
    if not record.sittings:
        said = _("Attendance: %(entitled)s expected, %(attended)s present, %(guests)s guests")
        return [_table(said, record.attendance)]
    own = _(
        "Sitting %(number)s, %(span)s: %(entitled)s expected, %(attended)s present, "
        "%(guests)s guests"
    )
    tables = []
    for one in record.sittings:
        span = words.span(one.opened_at, one.adjourned_at, record.zone)
        tables.append(_table(own, one.attendance, number=one.number, span=span))
    whole = _("All sittings: %(entitled)s expected, %(attended)s present, %(guests)s guests")
    return [*tables, _table(whole, record.attendance)._replace(halls=[])]


def _table(said: str, there: Attendance, **more: int | str) -> Table:
    facts = {"entitled": there.entitled, "attended": there.attended, "guests": there.guests}
    halls = _halls(there)
    if more:  # a venue of another sitting is none of this one's
        halls = [hall for hall in halls if any(hall[2:])]
    return Table(said % {**facts, **more}, there.attended + there.guests, halls)


def _halls(there: Attendance) -> list[Hall]:
    return [
        Hall(v.name, words.venue(v.kind), v.attended, v.at_opening, v.at_close)
        for v in there.venues
    ]


def _part(section: Section, names: Names, zone: str) -> Part:
    return Part(
        section.key,
        section.item,
        words.heading(section, zone),
        _times(section.at, section.until, zone),
        items.state(ItemState(section.left)) if section.left in set(ItemState) else "",
        [_line(entry, names, zone) for entry in section.entries],
    )


def _line(entry: Entry, names: Names, zone: str) -> Line:
    return Line(
        key=entry.key,
        kind=entry.kind.value,
        # What was added afterwards happened at no moment that the log knows.
        time="" if entry.kind is EntryKind.NOTE else _times(entry.at, entry.until, zone),
        words=words.sentence(entry, names, zone),
        quote=entry.text,
        quote_html=_rendered(entry.text) if entry.kind is EntryKind.DECISION else "",
        why=str(entry.facts.get("why") or ""),
        vote=_vote(entry.vote) if entry.vote else None,
        notes=[note.text for note in entry.notes],
        struck=entry.struck,
        machine=not entry.words,
        url=_url(entry),
    )


@lru_cache(maxsize=1000)
def _rendered(text: str) -> str:
    """A decision's Markdown: the record holds the words, not their HTML."""
    return render(text)


def _url(entry: Entry) -> str:
    if entry.kind is EntryKind.DECISION:
        return f"/decisions/{entry.facts['decision']}"
    if entry.kind in (EntryKind.MOTION, EntryKind.MOTION_STEP):
        return f"/motions/{entry.facts['motion']}"
    if "workshop" in entry.facts and entry.kind in facilitated.SENTENCES:
        return f"/workshops/{entry.facts['workshop']}"
    if "report" in entry.facts and entry.kind in reported.SENTENCES:
        return f"/duty/{entry.facts['report']}"
    return f"/polls/{entry.vote.poll}" if entry.vote else ""


# The root of no ballot at all, where everybody raised a hand.
NO_BALLOTS = sha256hex(b"")
# The colours of the ballot, not those of good and bad news.
_TONES = {"good": "for", "bad": "against"}


def _called(choice: Choice) -> str:
    """An answer of the method in the reader's language; an option as it was written."""
    return choice.label if OPTION.fullmatch(choice.value) else _(choice.label)


def _vote(vote: Vote) -> VoteSheet:
    tone = polls.OUTCOME_TONES[Outcome(vote.outcome)] if vote.outcome else "neutral"
    return VoteSheet(
        vote.poll,
        vote.question,
        _(vote.method),
        vote.secret,
        [(_called(c), c.votes, _TONES.get(c.tone, c.tone)) for c in vote.choices],
        words.figures(vote),
        words.outcome(vote),
        tone,
        words.explained(vote),
        "" if vote.root == NO_BALLOTS else vote.root,
        [c.value for c in vote.choices],
        vote.figures,
    )


def _times(start: datetime, end: datetime | None, zone: str) -> str:
    begin = time(start, zone)
    finish = time(end, zone) if end else begin
    return begin if finish == begin else f"{begin}–{finish}"


class Difference(NamedTuple):
    """A line that is another one than in a former text."""

    key: str
    before: str
    after: str


def differences(before: Sheet, after: Sheet) -> list[Difference]:
    """What a later text says otherwise, line by line, in its order."""
    old, new = _lines(before.parts), _lines(after.parts)
    return [
        Difference(key, old.get(key, ""), new.get(key, ""))
        for key in [*new, *(key for key in old if key not in new)]
        if old.get(key, "") != new.get(key, "")
    ]


def _lines(parts: Sequence[Part]) -> dict[str, str]:
    return {line.key: said(line) for part in parts for line in part.lines}


def said(line: Line) -> str:
    """A line with all that belongs to it, as one text."""
    if line.struck:
        return _("Struck out: %(reason)s") % {"reason": line.struck}
    return "\n".join(text for text in (line.words, line.quote, line.why, *line.notes) if text)
