"""From council minutes to the script of a meeting. Pure."""

import re
from collections import Counter
from datetime import datetime
from zoneinfo import ZoneInfo

from forum.base.i18n import _
from forum.exchange.tables import Warnings
from sessions.exchange import council_names as names
from sessions.exchange import council_times as times
from sessions.exchange.council_presence import Presence
from sessions.exchange.council_read import Entry, Minutes, Moved
from sessions.exchange.council_times import Kind
from sessions.exchange.council_votes import Call, Fate, call, fate, stated
from sessions.exchange.script import (
    Ballot,
    Break,
    Close,
    Deal,
    Item,
    Motion,
    Put,
    Remark,
    Resolve,
    Script,
    Voice,
    cut,
)
from sessions.exchange.script import Call as CallUp
from voting.methods.majority import ABSTAIN, NO, YES

MOTION_MOST = 8000
_HEADING = re.compile(r"additional votes:?", re.IGNORECASE)


def plan(minutes: Minutes, zone: str, warnings: Warnings) -> Script:
    """The meeting that these minutes tell of; times of day are those of the zone."""
    return Reader(minutes, zone, warnings).read()


class Reader:
    """What has been read so far."""

    def __init__(self, minutes: Minutes, zone: str, warnings: Warnings) -> None:
        self.minutes = minutes
        self.warnings = warnings
        self.day = minutes.at.replace(tzinfo=ZoneInfo(zone))
        self.now = self._begin()
        self.script = Script(cut(minutes.title, 120), "", zone, ">1/2", self.now, self.now)
        self.presence = Presence(self)
        self.where = ""
        self.counts = Counter[str]()

    def _begin(self) -> datetime:
        called = [t.at for t in times.told(self.minutes.opening) if t.kind is Kind.CALLED]
        return times.on_day(self.day, called[0], self.day) if called else self.day

    def read(self) -> Script:
        """The whole script."""
        script = self.script
        self.presence.begin()
        self._items()
        for number, entry in enumerate(self.minutes.entries):
            self._entry(number, entry)
        script.ended_at = self.now
        script.hall = _("Council chamber")
        script.purpose = self._purpose()
        script.counts = {
            "items": len(script.items),
            "motions": self.counts["motions"],
            "named_votes": self.counts["named"],
            "agreeing": 0,
            "passed": self.counts["passed"],
            "failed": self.counts["failed"],
        }
        return script

    def warn(self, sort: str, sentence: str) -> None:
        """A warning with the number of the item that is read."""
        self.warnings.add(sort, f"item {self.where}" if self.where else "attendance", sentence)

    # The agenda.

    def _items(self) -> None:
        entries = self.minutes.entries
        orders = [_order(entry.number) for entry in entries]
        siblings: dict[int | None, list[int]] = {}
        for entry, order in zip(entries, orders, strict=True):
            siblings.setdefault(entry.parent, []).append(order)
        # Where numbers are missing or double, the agenda's own would mislead: then both stand.
        plain = all(sorted(found) == list(range(1, len(found) + 1)) for found in siblings.values())
        for entry, order in zip(entries, orders, strict=True):
            title = entry.title or _("Item %(number)s") % {"number": entry.number}
            shown = title if plain else f"{entry.number} {title}"
            papers = "\n".join(f"- {_link(*paper)}" for paper in entry.papers if any(paper))
            self.script.items.append(Item(cut(shown), papers, entry.parent, order))

    def _entry(self, number: int, entry: Entry) -> None:
        self.where = entry.number
        self.script.steps.append(CallUp(self.now, number))
        for part in entry.parts:
            if isinstance(part, Moved):
                self._moved(number, entry, part)
            else:
                self._told((part,))

    def _told(self, texts: tuple[str, ...]) -> None:
        """Sentences between motions: what they tell happens, and they stand in the minutes."""
        for one in times.told(texts):
            if one.kind is Kind.RECESS and one.until:
                self.now = times.on_day(self.day, one.at, self.now)
                until = times.on_day(self.day, one.until, self.now)
                self.script.steps.append(Break(self.now, until))
                self.now = until
                continue
            self.now = times.on_day(self.day, one.at, self.now)
            for name in names.several(one.who):
                self.presence.moves(name, comes=one.kind is Kind.COMES)
        kept = [text for text in texts if not times.attends(text) and not _HEADING.fullmatch(text)]
        if kept:
            self.script.steps.append(Remark(self.now, "\n\n".join(kept)))

    # Motions and votes.

    def _moved(self, item: int, entry: Entry, moved: Moved) -> None:
        self.counts["motions"] += 1
        self._told(moved.before)
        rolled = call(moved)
        what = fate(moved, rolled)
        self.counts["named"] += rolled.named
        self.counts[what.value] += 1
        if what is Fate.ELECTION:
            self._election(moved, rolled)
        else:
            self._motion(item, entry, moved, rolled, what)
        self._told(moved.after)

    def _motion(self, item: int, entry: Entry, moved: Moved, rolled: Call, what: Fate) -> None:
        text = moved.text or entry.title
        if not moved.text:
            self.warn("words", "a motion without words; it bears the item's title")
        ballot = None
        if rolled.named and what is not Fate.SUPERSEDED:
            ballot = self._ballot(item, text, moved, rolled)
        elif what is Fate.FAILED:
            self.warn("failed", "failed without a named vote: nothing can be counted; taken back")
            self.script.steps.append(Remark(self.now, f"{text}\n\n{moved.result}"))
        if len(text) > MOTION_MOST:
            self.warn("long", f"a motion of {len(text)} signs; the whole of it is in the minutes")
            self.script.steps.append(Remark(self.now, text))
        carried = what is Fate.PASSED
        self._deal(text, moved, ballot, carried=carried)
        if carried:
            self.script.steps.append(Resolve(self.now, item, text, ballot))

    def _deal(self, text: str, moved: Moved, ballot: int | None, *, carried: bool) -> None:
        """By whom it is moved; where the minutes name nobody, nobody is made to have moved it."""
        if not names.by(moved.mover):
            self.warn("mover", "nobody is named as mover: recorded without a motion")
            if ballot is not None:
                self.script.steps += [Put(self.now, ballot), Close(self.now, ballot)]
            elif not carried:
                self.script.steps.append(Remark(self.now, text))
            return
        mover = self.presence.person(names.by(moved.mover), votes=True)
        seconder = None
        if names.by(moved.seconder):
            seconder = self.presence.person(names.by(moved.seconder), votes=True)
        if seconder == mover:
            self.warn("seconder", "the mover seconds the motion as well; left out")
            seconder = None
        for person in (mover, seconder):
            if person is not None:
                self.presence.arrive(person)
        motion = Motion(text[:MOTION_MOST], mover, seconder, ballot, carried)
        self.script.motions.append(motion)
        self.script.steps.append(Deal(self.now, len(self.script.motions) - 1))

    def _ballot(self, item: int, text: str, moved: Moved, rolled: Call) -> int:
        for label, people in rolled.others.items():
            self.warn("row", f"{label!r} is no answer; left out: {', '.join(people) or '-'}")
        choices = [
            (choice, name) for choice in (YES, NO, ABSTAIN) for name in rolled.votes.get(choice, [])
        ]
        voices = [Voice(self.presence.person(name, votes=True), choice) for choice, name in choices]
        there = {voice.person for voice in voices}
        if len(there) < len(voices):
            self.warn("twice", "somebody stands twice in the roll call; the later one counts")
        for name in rolled.votes.get("aside", []):
            person = self.presence.person(name, votes=True)
            self.presence.arrive(person)
            self.script.steps.append(
                Remark(
                    self.now,
                    _("%(name)s did not take part in the vote.")
                    % {"name": self.script.people[person].name},
                )
            )
        for name in rolled.votes.get("absent", []):
            person = self.presence.person(name, votes=True)
            if person not in there:
                self.presence.leave(person)
        for person in sorted(there):
            self.presence.arrive(person)
        ballot = Ballot(cut(text), item, "majority", {"abstain": "yes"}, voices=voices)
        ballot.stated, ballot.where = stated(moved.result), self.where
        self.script.ballots.append(ballot)
        return len(self.script.ballots) - 1

    def _election(self, moved: Moved, rolled: Call) -> None:
        """A round among candidates: it is written down, for nothing here could count it."""
        lines = [moved.text]
        lines += [
            f"{label}: {', '.join(people) or '-'} ({len(people)})"
            for label, people in rolled.others.items()
        ]
        lines += [
            f"{label}: {', '.join(people)}" for label, people in rolled.votes.items() if people
        ]
        self.script.steps.append(Remark(self.now, "\n\n".join([*lines, moved.result]).strip()))
        self.warn("election", "a round among candidates is not counted here; it is in the minutes")

    def _purpose(self) -> str:
        minutes = self.minutes
        parts = [_("Taken over from the minutes of the council."), minutes.url]
        return "\n\n".join([*parts, "\n".join(f"- {bill}" for bill in minutes.bills)]).strip()


def _order(number: str) -> int:
    last = number.rpartition(".")[2]
    return int(last) if last.isascii() and last.isdigit() and len(last) < 6 else 0


def _link(title: str, url: str) -> str:
    name = (title or url).replace("[", "(").replace("]", ")")
    return f"[{name}](<{url}>)" if url.startswith(("https://", "http://")) else name
