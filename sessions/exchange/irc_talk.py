"""Who said what in an IRC log: what people write themselves, and what the scribe writes of them.

A scribe's line begins with the speaker's name, goes on with the one before it (`... so`), or is a
note of nobody's. What others write is theirs, also where it begins with a name: that may be how
they address somebody.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from sessions.exchange import irc_words as words
from sessions.exchange.irc_lines import Line
from sessions.exchange.script import Leave, Say, Unask

if TYPE_CHECKING:
    from sessions.exchange.irc_plan import Reader


class Talk:
    """The words of a meeting, while its log is read."""

    def __init__(self, reader: "Reader") -> None:
        self.reader = reader
        self.scribes: dict[int, None] = {}
        self.last: int | None = None
        # Whether whoever has the floor has been heard since.
        self.heard = False

    def read(self, line: Line) -> None:
        """A message that is no command and no vote."""
        if (change := words.mended(line.text)) and not line.more:
            self._mend(*change)
        elif self.reader.writer in self.scribes:
            self._scribed(line.text)
            self.rest_of(line)
        else:
            text = "\n".join([line.text, *(more for _number, more in line.more)]).strip()
            self._inside(line)
            self.own(text)

    def rest_of(self, line: Line) -> None:
        """The further lines of a message: a scribe may write several people's words in one."""
        for number, text in line.more:
            if not text.strip():
                continue
            self.reader.line = line._replace(number=number)
            if self.reader.writer in self.scribes and words.speaker(text):
                self._scribed(text)
            else:
                self._go_on(text)
        self._inside(line)

    def leave(self, person: int) -> None:
        """Somebody goes: they neither wait nor speak any more."""
        at = self.reader.line.at
        if person == self.reader.floor:
            self.reader.end_speech()
        if person in self.reader.queue:
            self.reader.queue.remove(person)
            self.reader.script.steps.append(Unask(at, person))
        self.reader.here.discard(person)
        self.reader.script.steps.append(Leave(at, person))

    def _inside(self, line: Line) -> None:
        for number, text in line.more:
            found = words.command(text)
            if found and found.name in ("proposal", "resolved", "action", "topic"):
                where = f"line {number}"
                sentence = f"{found.name} inside a longer message; kept as something said"
                self.reader.warnings.add("inside", where, sentence)

    def own(self, text: str) -> None:
        """Words of whoever wrote the line."""
        person = self.reader.writer
        found = words.speaker(text)
        if found and self.reader.people.find(found[0]) == person:
            text = found[1]
        self._say(person, text)

    def _scribed(self, text: str) -> None:
        if (more := words.goes_on(text)) is not None:
            self._say(self.last, more, spoken=True)
            return
        found = words.speaker(text)
        person = self._named(found[0]) if found else None
        if found and person is not None:
            text = found[1]
            self.last = person
        # What goes on without dots after a note is a note.
        self._say(person, text, spoken=True)

    def _named(self, name: str) -> int | None:
        person = self.reader.people.find(name)
        if person is None and words.named(name):
            self.reader.warn("speaker", f"{name} is scribed and never wrote; taken as a person")
            person = self.reader.people.add(name)
        return person

    def _say(self, person: int | None, text: str, *, spoken: bool = False) -> None:
        reader = self.reader
        if not text.strip():
            return
        if person is not None:
            reader.hear(person)
        if spoken and person is not None and reader.floor is not None:
            if person == reader.floor:
                self.heard = True
            elif self.heard:
                reader.end_speech()
        reader.script.steps.append(Say(reader.line.at, person, text.strip()))

    def _go_on(self, text: str) -> None:
        """A line that belongs to the words before it."""
        steps = self.reader.script.steps
        for number in range(len(steps) - 1, max(len(steps) - 6, -1), -1):
            step = steps[number]
            if isinstance(step, Say):
                steps[number] = replace(step, text=f"{step.text}\n{text.strip()}")
                return
        self._say(self.reader.writer, text)

    def _mend(self, before: str, after: str) -> None:
        """Put right what the scribe wrote, as the log itself says: s/Farley/Varley/."""
        steps = self.reader.script.steps
        for number in range(len(steps) - 1, -1, -1):
            step = steps[number]
            if isinstance(step, Say) and before in step.text:
                steps[number] = replace(step, text=step.text.replace(before, after, 1))
                return
        self.reader.warn("mended", f"{before!r} stands nowhere before; nothing is changed")
