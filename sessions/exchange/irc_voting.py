"""Proposals in an IRC log: what is put, who votes on it and how, and what becomes of it.

A vote is a number from -1 to +1 while a proposal is open. With a person's name behind it, or "to
do something", it is agreement with something said; who has voted changes that by a bare number
only. Each proposal is a poll: one that is put again in other words, or on which nobody voted,
decides nothing.
"""

from typing import TYPE_CHECKING

from forum.base.i18n import _
from sessions.exchange import irc_votes
from sessions.exchange import irc_words as words
from sessions.exchange.irc_lines import Line
from sessions.exchange.script import Arrive, Ballot, Close, Put, Voice, cut
from voting.methods.consent import BLOCK, CONSENT

if TYPE_CHECKING:
    from sessions.exchange.irc_plan import Reader

SAME = 0.6
REASON_MOST = 1000


class Voting:
    """The polls of a meeting, while its log is read."""

    def __init__(self, reader: "Reader") -> None:
        self.reader = reader
        self.open: int | None = None
        self.place = 0
        self.cited: set[int] = set()
        self.number: dict[int, int] = {}

    @property
    def ballots(self) -> list[Ballot]:
        """All that were put."""
        return self.reader.script.ballots

    def put(self, text: str) -> None:
        """A proposal is put; the one before it is over."""
        self.end(instead=text)
        item = self.reader.open_item()
        question = cut(text)
        self.ballots.append(
            Ballot(
                question,
                item,
                "consent",
                {"blocks": "0"},
                explanation=text if question != " ".join(text.split()) else "",
            )
        )
        self.open = len(self.ballots) - 1
        self.number[self.open] = self.reader.line.number
        self.place = len(self.reader.script.steps)
        self.reader.script.steps.append(Put(self.reader.line.at, self.open))

    def read(self, line: Line) -> bool:
        """Take a line as a vote, if it is one."""
        if self.open is None:
            return False
        found = irc_votes.mark(line.text)
        if found is None:
            if irc_votes.unclear(line.text):
                self.reader.warn("vote", f"{cut(line.text, 40)!r} is no vote that can be read")
            else:
                self._reason(line)
            return False
        ballot, person = self.ballots[self.open], self.reader.writer
        if found.words and self._is_talk(found.words, person, ballot):
            return False
        self._admit(person)
        ballot.voices.append(Voice(person, found.choice, found.words[:REASON_MOST]))
        return True

    def _is_talk(self, said: str, person: int, ballot: Ballot) -> bool:
        first = said.split(maxsplit=1)[0].strip(",;:.!?-@")
        if self.reader.people.find(first) is not None or first.casefold() == "to":
            return True
        if any(voice.person == person for voice in ballot.voices):
            self.reader.warn("vote", "has voted already, and goes on: taken as something said")
            return True
        return False

    def _reason(self, line: Line) -> None:
        """Words in brackets right after an objection are its reason."""
        voices = self.ballots[self.open or 0].voices
        text = line.text.strip()
        for voice in reversed(voices):
            if voice.person == self.reader.writer:
                if voice.choice == BLOCK and not voice.reason and text.startswith("("):
                    voice.reason = text.strip("()")[:REASON_MOST]
                return

    def _admit(self, person: int) -> None:
        """Who votes is there when the vote begins: a log says so only later, or never."""
        reader, steps = self.reader, self.reader.script.steps
        put = steps[self.place]
        late = next((n for n in range(self.place, len(steps)) if _arrival(steps[n], person)), None)
        if person in reader.here and late is None:
            return
        if late is not None:
            del steps[late]
        reader.warn("late", "votes before being present; taken as there when the vote began")
        reader.people.all[person].here = True
        reader.here.add(person)
        steps.insert(self.place, Arrive(put.at, person))
        self.place += 1

    def end(self, *, instead: str = "") -> None:
        """The vote is over without a resolution: another proposal or topic comes, or the end."""
        if self.open is None:
            return
        ballot, line = self.ballots[self.open], self.number[self.open]
        text = ballot.explanation or ballot.question
        if not ballot.voices:
            ballot.void = _("Nobody voted on this wording.")
        elif instead and words.reworded(text, instead):
            ballot.void = _("It was put again in other words.")
        elif _carried(ballot):
            sentence = "nobody objected, and no RESOLVED follows; no decision is recorded"
            self.reader.warnings.add("unresolved", f"line {line}", sentence)
        self._close()

    def _close(self) -> None:
        if self.open is not None:
            self.reader.script.steps.append(Close(self.reader.line.at, self.open))
        self.open = None

    def resolve(self, text: str) -> int | None:
        """The vote on which a resolution rests; None where it is declared without one."""
        found = self._meant(text)
        if found is None:
            self.reader.warn("resolved", "no proposal reads like it: the chair declares it")
        elif not self.ballots[found].voices:
            self.reader.warn("resolved", "nobody voted on it: the chair declares it")
        else:
            self.cited.add(found)
            if not _carried(self.ballots[found]):
                self.reader.warn("objections", "resolved over objections; the vote says so")
        if found is not None and found == self.open and self.ballots[found].voices:
            self._close()
        else:
            self.end()
        return found if found in self.cited else None

    def _meant(self, text: str) -> int | None:
        """The open proposal, else the latest one of this item that it can be."""
        item = self.reader.item
        for number in range(len(self.ballots) - 1, -1, -1):
            ballot = self.ballots[number]
            if ballot.item != item or ballot.void or number in self.cited:
                continue
            if words.alike(ballot.explanation or ballot.question, text) >= SAME:
                return number
        return None


def _arrival(step: object, person: int) -> bool:
    return isinstance(step, Arrive) and step.person == person


def _carried(ballot: Ballot) -> bool:
    """Whether somebody consents and nobody objects, each counted as they voted last."""
    last = {voice.person: voice.choice for voice in ballot.voices}
    return CONSENT in last.values() and BLOCK not in last.values()
