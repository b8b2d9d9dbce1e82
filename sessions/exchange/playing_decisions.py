"""What a script decides, played: votes, motions, decisions and tasks."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import singledispatchmethod

from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Refusal
from forum.base.i18n import _
from forum.base.links import Relation
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.exchange.tables import Warnings
from forum.followups import service as followups
from forum.members import service as accounts
from forum.members.models import Role
from sessions.exchange import script as s
from sessions.meetings import service as meetings
from sessions.minutes import service as minutes
from sessions.motions import service as motions
from voting.boxes.models import Channel
from voting.methods.consent import BLOCK
from voting.polls import service as polls
from voting.polls.models import Poll
from voting.polls.rules import DECIDED

# Records name no dates; whoever is to do something has this long from the import on.
TIME_TO_DO = timedelta(weeks=4)


@dataclass
class Decisions:
    """The deciding side of a meeting while its script is played."""

    tx: Db
    script: s.Script
    consultation: int
    meeting: int
    people: list[Actor]
    items: list[int]
    chair: Actor
    clerk: Actor
    warnings: Warnings
    polls: dict[int, int] = field(default_factory=dict)
    due: datetime = field(default_factory=lambda: clock.now() + TIME_TO_DO)

    @singledispatchmethod
    def do(self, step: s.Step) -> None:
        """One step of the script."""
        raise Refusal(f"nothing plays {type(step).__name__}")

    @do.register
    def _put(self, step: s.Put) -> None:
        ballot = self.script.ballots[step.ballot]
        draft = polls.Draft(ballot.question, ballot.explanation, ballot.method, dict(ballot.rule))
        self.polls[step.ballot] = meetings.hold_poll(
            self.tx, self.chair, self.meeting, draft, channel=Channel.ONLINE
        )
        meetings.open_poll(self.tx, self.chair, self.meeting, self.polls[step.ballot])

    @do.register
    def _close(self, step: s.Close) -> None:
        ballot, poll = self.script.ballots[step.ballot], self.polls[step.ballot]
        self._cast(ballot, poll)
        if ballot.void:
            polls.void(self.tx, self.chair, poll, ballot.void)
            return
        meetings.close_poll(self.tx, self.chair, self.meeting, poll, at_once=True)
        meetings.publish_poll(self.tx, self.chair, self.meeting, poll)

    def _cast(self, ballot: s.Ballot, poll: int) -> None:
        none = _("The record gives no reason.")
        votes: list[tuple[Actor | None, polls.Cast]] = []
        for voice in ballot.voices:
            reason = voice.reason or (none if voice.choice == BLOCK else "")
            cast = polls.Cast(None, poll, voice.choice, reason)
            votes.append((self.people[voice.person], cast))
        answers = polls.cast_known(self.tx, votes)
        for voice, answer in zip(ballot.voices, answers, strict=True):
            if isinstance(answer, Refusal):
                name = self.script.people[voice.person].name
                self.warnings.add("refused", ballot.where or ballot.question, f"{name}: {answer}")

    @do.register
    def _deal(self, step: s.Deal) -> None:
        """A motion by its mover, decided at once: records tell of nothing in between."""
        tx, chair, moved = self.tx, self.chair, self.script.motions[step.motion]
        draft = motions.Draft(moved.text, member=self.people[moved.mover].id)
        motion = motions.move(tx, chair, self.meeting, draft)
        if moved.seconder is not None:
            motions.second(tx, chair, motion, self.people[moved.seconder].id)
        if moved.ballot is not None:
            ballot = self.script.ballots[moved.ballot]
            way = motions.Way(dict(ballot.rule), channel=Channel.ONLINE, method=ballot.method)
            poll = self.polls[moved.ballot] = motions.put(tx, chair, motion, way)
            meetings.open_poll(tx, chair, self.meeting, poll)
            self._cast(ballot, poll)
            meetings.close_poll(tx, chair, self.meeting, poll, at_once=True)
            meetings.publish_poll(tx, chair, self.meeting, poll)
            if self._outcome(poll) not in DECIDED:
                motions.withdraw(tx, chair, motion)
        elif moved.carried:
            motions.seek_consensus(tx, chair, motion)
            motions.declare_consensus(tx, chair, motion)
        else:
            motions.withdraw(tx, chair, motion)

    def _outcome(self, poll: int) -> str:
        """What was counted in a vote; empty where it decided nothing."""
        result = self.tx.exec(select(Poll.result).where(col(Poll.id) == poll)).one()
        return str(result["outcome"]) if result else ""

    @do.register
    def _resolve(self, step: s.Resolve) -> None:
        poll = None if step.ballot is None else self.polls[step.ballot]
        if poll is not None and self._outcome(poll) not in DECIDED:
            poll = None
        item = self.items[step.item]
        draft = minutes.Draft(item, s.cut(step.text), step.text, poll, self.meeting)
        minutes.decide(self.tx, self.chair, draft)

    @do.register
    def _assign(self, step: s.Assign) -> None:
        tx, chair = self.tx, self.chair
        access = consultations.access(tx, chair, self.consultation)
        handler = None if step.person is None else self.people[step.person]
        supervisor = self.clerk if handler == chair else chair
        unit = step.unit
        if handler == supervisor:
            # Nobody presses for what they do themselves, and the record names no other.
            handler, unit = None, supervisor.name
        accounts.grant(tx, None, supervisor.id, Role.REPRESENTATIVE, access.stream)
        if handler is not None:
            accounts.grant(tx, None, handler.id, Role.HANDLER, access.stream)
        followups.assign(
            tx,
            chair,
            place=access.stream,
            places=access.places,
            title=s.cut(step.text),
            body=step.text,
            supervisor_id=supervisor.id,
            handler_id=handler.id if handler else None,
            unit=unit,
            due=self.due,
            cites=ref("item", self.items[step.item]),
            relation=Relation.ON,
        )
