"""Play a script through the services of the rooms: each verb in somebody's name, at its time."""

from dataclasses import dataclass
from functools import singledispatchmethod
from itertools import groupby

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _
from forum.exchange.tables import Warnings
from sessions.captions import service as captions
from sessions.captions.rules import MOST_OF_A_LINE
from sessions.exchange import script as s
from sessions.exchange.playing_decisions import Decisions
from sessions.floor import service as floor
from sessions.meetings import service as meetings
from sessions.meetings.models import VenueKind
from sessions.meetings.rules import Act
from sessions.minutes import queries as minutes_queries
from sessions.minutes import service as minutes
from sessions.motions import service as motions


@dataclass
class Player:
    """A meeting while its script is played; `people` and `items` are those of the script."""

    tx: Db
    script: s.Script
    consultation: int
    people: list[Actor]
    items: list[int]
    warnings: Warnings

    def __post_init__(self) -> None:
        """Nothing has happened yet."""
        self.chair = self.people[self.script.chair]
        secretaries = self.script.secretaries
        self.clerk = self.people[secretaries[0]] if secretaries else self.chair
        self.meeting = 0
        self.venues: dict[bool, int] = {}
        self.item: int | None = None
        self.begun = False
        self.waiting: dict[int, int] = {}
        self.speech: int | None = None
        self.arriving: dict[int, list[int]] = {}
        self.remarks: list[tuple[int | None, str]] = []
        # Written all at once when their item is over: each finds the speech that it was said in.
        self.said: list[captions.Said] = []

    def play(self) -> int:
        """Prepare, hold and close the meeting; returns it."""
        with clock.at(self.script.began_at):
            self._prepare()
        self.decisions = Decisions(
            self.tx,
            self.script,
            self.consultation,
            self.meeting,
            self.people,
            self.items,
            self.chair,
            self.clerk,
            self.warnings,
        )
        for at, steps in groupby(self.script.steps, key=lambda step: step.at):
            with clock.at(at):
                for step in steps:
                    self._play(step)
                self._let_in()
        with clock.at(self.script.ended_at):
            self._finish()
        return self.meeting

    def _play(self, step: s.Step) -> None:
        if not isinstance(step, s.Arrive):
            self._let_in()
            self._start()
        self.do(step)

    def _prepare(self) -> None:
        tx, chair, script = self.tx, self.chair, self.script
        ends = script.ended_at if script.ended_at > script.began_at else None
        draft = meetings.Draft(script.title, script.began_at, ends, script.quorum)
        self.meeting = meetings.draft_meeting(tx, chair, self.consultation, draft)
        if script.hall:
            place = meetings.Place(VenueKind.MAIN, script.hall)
            self.venues[False] = meetings.set_venue(tx, chair, self.meeting, place)
        online = meetings.Place(VenueKind.ONLINE, _("Online"))
        self.venues[True] = meetings.set_venue(tx, chair, self.meeting, online)
        for item in self.items:
            meetings.add_item(tx, chair, self.meeting, item)
        meetings.step(tx, chair, self.meeting, Act.CONVENE)

    def _start(self) -> None:
        if self.begun:
            return
        self.begun = True
        meetings.step(self.tx, self.chair, self.meeting, Act.START)
        if self.script.motions:
            # Records name seconders where there are some; none of theirs waits for one.
            motions.set_terms(self.tx, self.chair, self.meeting, 0)

    @singledispatchmethod
    def do(self, step: s.Step) -> None:
        """One step of the script; what is decided, put or assigned is for `Decisions`."""
        self.decisions.do(step)

    @do.register
    def _arrive(self, step: s.Arrive) -> None:
        venue = self.venues[self.script.people[step.person].online or not self.script.hall]
        self.arriving.setdefault(venue, []).append(self.people[step.person].id)

    def _let_in(self) -> None:
        """Check in those who came at this moment, all at once."""
        for venue, members in self.arriving.items():
            meetings.check_in(self.tx, self.chair, self.meeting, venue, members)
        self.arriving.clear()

    @do.register
    def _leave(self, step: s.Leave) -> None:
        meetings.check_out(self.tx, self.chair, self.meeting, [self.people[step.person].id])

    @do.register
    def _call(self, step: s.Call) -> None:
        self._close_item()
        meetings.open_item(self.tx, self.chair, self.meeting, self.items[step.item])
        self.item = step.item

    @do.register
    def _ask(self, step: s.Ask) -> None:
        speech = floor.request(self.tx, self.people[step.person], self.meeting)
        self.waiting[step.person] = speech

    @do.register
    def _unask(self, step: s.Unask) -> None:
        floor.withdraw(self.tx, self.people[step.person], self.waiting.pop(step.person))

    @do.register
    def _give(self, step: s.Give) -> None:
        self.speech = self.waiting.pop(step.person)
        floor.recognise(self.tx, self.chair, self.speech)

    @do.register
    def _end(self, _step: s.End) -> None:
        if self.speech is not None:
            floor.finish(self.tx, self.chair, self.speech)
        self.speech = None

    @do.register
    def _say(self, step: s.Say) -> None:
        member = self.people[step.person].id if step.person is not None else None
        for start in range(0, len(step.text), MOST_OF_A_LINE):
            words = step.text[start : start + MOST_OF_A_LINE]
            self.said.append(captions.Said(step.at, words, None, member))

    @do.register
    def _break(self, step: s.Break) -> None:
        meetings.step(self.tx, self.chair, self.meeting, Act.BREAK, until=step.until)
        with clock.at(max(step.until, step.at)):
            meetings.step(self.tx, self.chair, self.meeting, Act.RESUME)

    @do.register
    def _remark(self, step: s.Remark) -> None:
        self.remarks.append((self.item, step.text))

    def _close_item(self) -> None:
        if self.said:
            captions.add_all(self.tx, self.clerk, self.meeting, self.said)
        self.said = []
        if self.item is not None:
            meetings.close_item(self.tx, self.chair, self.meeting)
            self.waiting.clear()
        self.item = None

    def _finish(self) -> None:
        tx = self.tx
        self._start()
        self._close_item()
        meetings.step(tx, self.chair, self.meeting, Act.ADJOURN)
        if not self.remarks:
            return
        (row,) = minutes_queries.versions(tx, self.meeting)
        record = minutes_queries.record(tx, row)
        sections = {section.item: section.key for section in record.sections}
        first = record.sections[0].key
        notes = [
            (sections.get(self.items[item], first) if item is not None else first, text)
            for item, text in self.remarks
        ]
        minutes.annotate(tx, self.clerk, row.id, notes)
