"""What the pages of papers show: each box with what is to be done next, people, differences."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _, number, pgettext
from forum.members import queries as members
from voting.boxes import queries as ballots
from voting.boxes.models import Channel
from voting.methods.method import Form
from voting.papers import queries, rules, words
from voting.papers.models import BatchState, Kind
from voting.papers.queries import BatchRow, Person
from voting.papers.rules import FIRST, SECOND, Pile, Reading
from voting.polls import marking, small
from voting.polls import page as polls
from voting.polls.models import NoteKind, PollState, TallyState
from voting.polls.queries import NoteRow, PollRow, TallyRow, notes, tallies
from voting.polls.rules import SMALL, Count
from voting.polls.small import OF

TOLD = (NoteKind.MISMATCH, NoteKind.UNRETURNED, NoteKind.LATE)


class Progress(NamedTuple):
    """How far a box has been entered."""

    found: int
    first: int
    second: int
    open: int  # read by both, and not the same; not settled yet
    whole: bool


class Shown(NamedTuple):
    """A box in the list: what it is, and what is to be done with it now."""

    row: BatchRow
    state: str
    tone: str
    action: str
    href: str


class Found(NamedTuple):
    """Somebody a desk looks for, in words; `may`: they may take a paper."""

    id: int
    name: str
    standing: str
    may: bool
    has: bool


class Difference(NamedTuple):
    """A paper that two read differently."""

    place: int
    name: str
    first: str
    second: str
    settled: str
    by: int | None


def issues(row: PollRow) -> bool:
    """Whether papers are given out at this moment."""
    return polls.open_now(row, clock.now())


def enters(row: PollRow) -> bool:
    """Whether papers are entered at this moment of the vote."""
    return row.state is PollState.COUNTING or (not row.secret and row.state is PollState.STARTED)


def progress(row: PollRow, box: BatchRow, pile: Pile) -> Progress:
    """Figures alone: no clerk sees what the other read."""
    both = [place for place, read in pile.items() if read.first and read.second]
    left = [place for place in both if pile[place].final is None]
    found = (box.found or 0) if row.secret else len(pile)
    return Progress(
        found,
        sum(read.first is not None for read in pile.values()),
        sum(read.second is not None for read in pile.values()),
        len(left),
        len(both) == found and not left,
    )


def boxes(db: Db, row: PollRow) -> list[Shown]:
    """The boxes of a vote, each with its next step."""
    found = queries.batches(db, row.id)
    mixable = sum(box.state is BatchState.ISSUING and box.issued > 0 for box in found) > 1
    return [
        Shown(
            box,
            words.state(box.state),
            words.TONES.get(box.state, "neutral"),
            _action(row, box, mixable=mixable),
            f"/papers/{box.id}",
        )
        for box in found
    ]


def _action(row: PollRow, box: BatchRow, *, mixable: bool) -> str:
    if box.state not in rules.WAITING or not box.issued:
        return ""
    if row.state is PollState.STARTED and row.secret:
        return _("Closed and sealed until the vote ends")
    if not enters(row):
        return ""
    if box.state is BatchState.SUMS:
        return _("Two tellers enter sums on the vote's page")
    if box.state is BatchState.KEYING or not row.secret:
        return _("Enter the papers")
    if box.issued < SMALL and mixable:
        return _("Mix into another box")
    return _("Count the papers in the box")


def people(db: Db, row: PollRow, text: str, named: Mapping[int, str]) -> list[Found]:
    """Who was looked for, each with how they stand."""
    return [
        Found(
            one.id,
            one.name if one.name == one.login else f"{one.name} ({one.login})",
            _standing(row, one, named),
            _free(row, one) and (row.present is None or one.present),
            one.batch_id is not None,
        )
        for one in queries.people(db, row.id, text)
    ]


def _free(row: PollRow, one: Person) -> bool:
    """Whether their right is unused as far as a desk is told: in secret nobody sees who voted.

    Who voted online and wants a paper is refused when they ask.
    """
    return one.used is None or (row.secret and one.used is Channel.ONLINE)


def _standing(row: PollRow, one: Person, named: Mapping[int, str]) -> str:
    if one.batch_id is not None:
        return _("Has a paper: %(box)s") % {"box": named.get(one.batch_id, "")}
    if one.used is Channel.ONLINE and not row.secret:
        return _("Has voted online")
    if not _free(row, one) or one.channel is not Channel.ONLINE:
        return _("Votes at a venue")
    if row.present is not None and not one.present:
        return _("Was not present at the opening")
    return _("May take a paper")


def reading(row: PollRow, read: Reading | None) -> str:
    """What was read, in words."""
    if read is None:
        return ""
    if read.kind is not Kind.VALID:
        return words.kind(read.kind)
    said = marking.words(row.way, row.rule, read.mark)
    return f"{said}: {read.reason}" if read.reason else said


def differences(db: Db, row: PollRow, pile: Pile) -> list[Difference]:
    """Papers that both have read, and not alike, by place; in a named vote by name."""
    found = {place: read for place, read in pile.items() if read.differs}
    named = {} if row.secret else members.names(db, set(found))
    return [
        Difference(
            place,
            named.get(place) or _("Paper %(number)s") % {"number": number(place)},
            reading(row, read.first),
            reading(row, read.second),
            reading(row, read.settled),
            read.settled.clerk if read.settled and read.settled.agreed is None else None,
        )
        for place, read in found.items()
        if read.final is None
    ]


def turn_of(box: BatchRow, actor: Actor) -> int | None:
    """Which of the two clerks the reader is or would be; None where two others are at it."""
    if box.first_id in (None, actor.id):
        return FIRST
    return SECOND if box.second_id in (None, actor.id) else None


def given(row: PollRow, read: Reading | None) -> dict[str, Any]:
    """One's own reading by the names of its fields, to correct it."""
    if read is None or read.kind is not Kind.VALID:
        return {}
    return {"choice": read.mark, "reason": read.reason, **marking.given(row.way, read.mark)}


def stated(db: Db, row: PollRow, found: Sequence[BatchRow]) -> list[tuple[str, NoteRow]]:
    """What is missing or did not add up of these boxes, and what came too late: heading, reason."""
    named = {box.ref: box for box in found}
    return [
        (words.stated(note.kind, named[note.venue].name), note)
        for note in notes(db, row.id)
        if note.kind in TOLD and note.venue in named
    ]


class Part(NamedTuple):
    """A way of voting beside the others; `votes` only where they may be told of it alone."""

    name: str
    ballots: int
    votes: dict[str, int] | None


def channels(db: Db, row: PollRow) -> tuple[list[str], list[tuple[str, ...]]]:
    """The result by channel, as a table; single figures only where each part may be told alone."""
    lines = tallies(db, row.id, known=True) if row.result else []
    done = [one for one in lines if one.state is TallyState.CONFIRMED and one.counted]
    if row.result is None or not any(one.keyed for one in done):
        return [], []
    parts = [
        _part(pgettext("vote", "On paper"), [one for one in done if one.channel is Channel.PAPER])
    ]
    hands = [one for one in done if one.channel is Channel.HANDS]
    if hands:
        parts.append(_part(_("Show of hands"), hands))
    online, figures = ballots.turnout(db, row.id), row.result["figures"]
    beside = small.returned([(one.state, one.counted) for one in done])
    apart = not beside or small.apart(secret=row.secret, size=online, halls=beside).venues
    body = [(_("Votes handed in"), number(online), *(number(part.ballots) for part in parts))]
    # Where a vote weighs more than one, figures are no numbers of papers.
    alike = figures["cast"] == online + sum(part.ballots for part in parts)
    if (
        row.way.form is Form.CHOICE
        and alike
        and apart
        and all(part.votes is not None for part in parts)
    ):
        asked = [(one.value, _(one.label)) for one in row.way.choices(row.rule)]
        rest = (("blank", pgettext("vote", "Blank")), ("invalid", pgettext("vote", "Invalid")))
        asked += [(name, label) for name, label in rest if figures[name]]
        for answer, label in asked:
            each = [(part.votes or {}).get(answer, 0) for part in parts]
            body.append((label, number(figures[answer] - sum(each)), *map(number, each)))
    return ["", pgettext("vote", "Online"), *(part.name for part in parts)], body


def _part(name: str, lines: Sequence[TallyRow]) -> Part:
    """Boxes or halls together."""
    votes: Counter[str] = Counter()
    told, papers = True, 0
    for line in lines:
        counted = line.counted or {}
        count = Count.unpack(counted)
        sums = {n.removeprefix(OF): v for n, v in counted.items() if n.startswith(OF)}
        papers += count.returned
        told = told and (not count.ballots or bool(sums))
        votes.update(count.votes)
        votes.update(sums | {"blank": count.blank, "invalid": count.invalid})
    return Part(name, papers, dict(votes) if told else None)
