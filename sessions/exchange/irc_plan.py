"""From the lines of an IRC log to the script of a meeting. Pure."""

from collections.abc import Callable, Sequence

from forum.base.errors import Refusal
from forum.base.i18n import _
from forum.exchange.tables import Warnings
from sessions.exchange import irc_words as words
from sessions.exchange.irc_lines import Line
from sessions.exchange.irc_names import People
from sessions.exchange.irc_talk import Talk
from sessions.exchange.irc_voting import Voting
from sessions.exchange.script import (
    Arrive,
    Ask,
    Assign,
    Call,
    End,
    Give,
    Human,
    Item,
    Resolve,
    Script,
    Unask,
    cut,
)


def plan(lines: Sequence[Line], title: str, warnings: Warnings) -> Script:
    """The meeting that a log tells of."""
    spoken = [line for line in lines if line.nick.casefold() not in words.BOTS]
    if not spoken:
        raise Refusal("no line reads [time] <nick> text: this is no log of a meeting")
    reader = Reader(spoken, title, warnings)
    for line in spoken:
        reader.read(line)
    return reader.end()


def _people(lines: Sequence[Line]) -> People:
    """Those who say that they are present come first: the others are told apart from them."""
    said: dict[str, None] = {}
    wrote: dict[str, None] = {}
    for line in lines:
        found = words.command(line.text)
        if found and found.name == "present":
            given = [name.strip() for name in found.rest.split(",") if name.strip()]
            said |= dict.fromkeys(given or [line.nick])
        wrote[line.nick] = None
    return People(said, wrote)


class Reader:
    """What has been read so far."""

    def __init__(self, lines: Sequence[Line], title: str, warnings: Warnings) -> None:
        self.warnings = warnings
        self.people = _people(lines)
        first = lines[0].at
        self.script = Script(title, "", "UTC", "", first, lines[-1].at)
        self.here: set[int] = set()
        self.queue: list[int] = []
        self.floor: int | None = None
        self.item: int | None = None
        self.topics = self.resolutions = self.actions = 0
        self.chair: int | None = None
        self.scribes: dict[int, None] = {}
        self.voting = Voting(self)
        self.talk = Talk(self)
        self.line = lines[0]
        self.verbs: dict[str, Callable[[str], None]] = {
            name: getattr(self, f"_{name}") for name in words.COMMANDS
        }

    @property
    def writer(self) -> int:
        """Whoever wrote the line that is read."""
        found = self.people.find(self.line.nick)
        return self.people.add(self.line.nick) if found is None else found

    def warn(self, sort: str, sentence: str) -> None:
        """A warning with the number of the line that is read."""
        self.warnings.add(sort, f"line {self.line.number}", sentence)

    def read(self, line: Line) -> None:
        """One message: a command, a vote, or words."""
        self.line = line
        found = words.command(line.text)
        if found is not None:
            self.verbs[found.name](found.rest)
            self.talk.rest_of(line)
        elif not self.voting.read(line):
            if near := words.mistyped(line.text):
                self.warn("mistyped", f"looks like {near}, and is not; kept as something said")
            self.talk.read(line)

    def hear(self, person: int) -> None:
        """Whoever is heard is there."""
        self.people.all[person].here = True
        if person not in self.here:
            self.here.add(person)
            self.script.steps.append(Arrive(self.line.at, person))

    def open_item(self) -> int:
        """The item that is open; what happens before the first topic has one of its own."""
        if self.item is None:
            self._call(Item(_("Before the first topic")))
        return self.item or 0

    def end_speech(self) -> None:
        """Whoever has the floor has spoken."""
        if self.floor is not None:
            self.script.steps.append(End(self.line.at))
            self.floor = None

    def _call(self, item: Item) -> None:
        self.end_speech()
        self.voting.end()
        self.script.items.append(item)
        self.item = len(self.script.items) - 1
        self.script.steps.append(Call(self.line.at, self.item))
        # Bots keep the queue from topic to topic; here each item has a list of its own.
        self.script.steps += [Ask(self.line.at, person) for person in self.queue]

    # The commands, each with what stands behind it.

    def _nothing(self, _rest: str) -> None:
        """For a bot, or about others' absence."""

    def _present(self, rest: str) -> None:
        for name in [part.strip() for part in rest.split(",") if part.strip()] or [self.line.nick]:
            found = self.people.find(name)
            self.hear(self.people.add(name) if found is None else found)

    def _absent(self, rest: str) -> None:
        person = self.people.find(rest or self.line.nick, begun=True)
        if person is None or person not in self.here:
            self.warn("absent", f"{rest or self.line.nick} was not there; left out")
        else:
            self.talk.leave(person)

    def _agenda(self, rest: str) -> None:
        self.script.purpose = f"{self.script.purpose}\n\n{_('Agenda')}: {rest}".strip()

    def _meeting(self, rest: str) -> None:
        self.script.title = cut(rest, 120) or self.script.title

    def _chair(self, rest: str) -> None:
        found = self.people.find(rest.partition(",")[0].strip(), begun=True)
        if found is None:
            self.warn("chair", f"nobody here is called {rest}; whoever calls the topics chairs")
        self.chair = found if found is not None else self.chair

    def _scribe(self, rest: str) -> None:
        self.talk.scribes.clear()
        self._scribes(rest)

    def _scribes(self, rest: str) -> None:
        name = rest or self.line.nick
        found = self.people.find(name)
        person = self.people.add(name) if found is None else found
        self.talk.scribes[person] = None
        self.scribes[person] = None

    def _unscribe(self, rest: str) -> None:
        self.talk.scribes.pop(self.people.find(rest or self.line.nick) or 0, None)

    def _topic(self, rest: str) -> None:
        if self.chair is None:
            self.chair = self.writer
        self.topics += 1
        if not rest:
            self.warn("topic", "a topic without words")
        self._call(Item(cut(rest) or _("Topic %(number)s") % {"number": self.topics}))

    def _subtopic(self, rest: str) -> None:
        above = self.script.items[self.item].parent if self.item is not None else None
        parent = self.item if above is None else above
        self._call(Item(cut(rest) or _("Subtopic"), parent=parent))

    def _ask(self, rest: str) -> None:
        person = self.people.find(rest) if rest and len(rest.split()) == 1 else self.writer
        if person is None:
            self.warn("queue", f"nobody here is called {rest}; not put on the list")
            return
        self.hear(person)
        self.open_item()
        if person not in self.queue:
            self.queue.append(person)
            self.script.steps.append(Ask(self.line.at, person))

    def _unask(self, rest: str) -> None:
        name = rest if rest and len(rest.split()) == 1 else self.line.nick
        person = self.people.find(name, begun=True)
        if person is not None and person in self.queue:
            self.queue.remove(person)
            self.script.steps.append(Unask(self.line.at, person))
        elif person is not None and person == self.floor:
            self.end_speech()
        else:
            self.warn("queue", f"{name} was not on the list; nothing is taken back")

    def _give(self, rest: str) -> None:
        person = self.people.find(rest, begun=True)
        if person is None or person not in self.queue:
            waiting = [one for one in self.queue if self.people.begins(one, rest)]
            person = waiting[0] if len(waiting) == 1 else person
        if person is not None and person in self.queue:
            self.end_speech()
            self.queue.remove(person)
            self.floor = person
            self.script.steps.append(Give(self.line.at, person))
            self.talk.heard = False
        elif person is None or person != self.floor:
            self.warn("queue", f"{rest} was not on the list; nobody gets the floor")
            self.talk.own(self.line.text)

    def _proposal(self, rest: str) -> None:
        if not rest:
            self.warn("proposal", "a proposal without words; left out")
            return
        self.hear(self.writer)
        self.voting.put(rest)

    def _resolved(self, rest: str) -> None:
        if not rest:
            self.warn("resolved", "a resolution without words; left out")
            return
        self.resolutions += 1
        item = self.open_item()
        ballot = self.voting.resolve(rest)
        self.script.steps.append(Resolve(self.line.at, item, rest, ballot))

    def _action(self, rest: str) -> None:
        if not rest:
            self.warn("action", "an action without words; left out")
            return
        self.actions += 1
        names, task = words.duty(rest)
        found = [self.people.find(name) for name in names]
        people = [person for person in found if person is not None]
        if not people:
            self.warn("action", "the action names nobody who was there; it waits for somebody")
        elif len(people) > 1:
            self.warn("action", "the action names several people; the first one has it")
        written = cut(" ".join(names), 80) if len(" ".join(names).split()) <= 2 else ""
        unit = "" if people else written or _("Nobody is named")
        person = people[0] if people else None
        self.script.steps.append(Assign(self.line.at, self.open_item(), task, person, unit))

    def end(self) -> Script:
        """The script, once everything is read."""
        self.end_speech()
        self.voting.end()
        script, people = self.script, self.people.all
        script.people = [
            Human(person.name, votes=person.here, online=person.here) for person in people
        ]
        present = [number for number, person in enumerate(people) if person.here]
        script.chair = self.chair if self.chair is not None else next(iter(present), 0)
        script.secretaries = list(self.scribes)
        script.quorum = f">=1/{max(len(present), 1)}"
        script.counts = {
            "present": len(present),
            "topics": self.topics,
            "polls": len(script.ballots),
            "resolutions": self.resolutions,
            "actions": self.actions,
        }
        return script
