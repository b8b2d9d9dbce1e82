"""Who is there in council minutes: the lists at their head, comings and goings, roll calls."""

from typing import TYPE_CHECKING

from sessions.exchange import council_names as names
from sessions.exchange import council_times as times
from sessions.exchange.council_read import Minutes, Moved
from sessions.exchange.council_votes import call
from sessions.exchange.script import Arrive, Human, Leave

if TYPE_CHECKING:
    from sessions.exchange.council_plan import Reader


class Presence:
    """The people of a meeting while its minutes are read."""

    def __init__(self, reader: "Reader") -> None:
        self.reader = reader
        self.known: dict[tuple[str, str], int] = {}
        self.here: set[int] = set()

    @property
    def people(self) -> list[Human]:
        """All of them, by number."""
        return self.reader.script.people

    def begin(self) -> None:
        """Everybody whom the minutes name, those who vote first; who is present arrives."""
        minutes = self.reader.minutes
        members = [*minutes.present, *minutes.absent, *_voters(minutes)]
        if not members:
            self.reader.warn("present", "nobody is named as present")
        for name in members:
            self.person(name, votes=True)
        found = [who for text in minutes.opening for who in times.remote(text)]
        for name in [one for who in found for one in names.several(who)]:
            self._online(name)
        for name in minutes.remote:
            self.person(name, votes=False, online=True)
        for name in minutes.guests:
            self.person(name, votes=False)
        absent = {names.key(name) for name in minutes.absent}
        for key, person in self.known.items():
            if key not in absent:
                self.arrive(person)

    def person(self, name: str, *, votes: bool, online: bool = False) -> int:
        """Whom a name means; somebody new where nobody bears it yet."""
        key = names.key(name)
        if key not in self.known:
            self.people.append(Human(names.bare(name) or name[:40], votes, online))
            self.known[key] = len(self.people) - 1
        person = self.known[key]
        human = self.people[person]
        if votes and not human.votes:
            self.reader.warn("member", f"{human.name} stands among the guests, and takes part")
            self.people[person] = Human(human.name, votes=True, online=human.online)
        return person

    def _online(self, name: str) -> None:
        person = self.known.get(names.key(name))
        if person is None:
            self.reader.warn("remote", f"{name} is no member of the meeting; left out")
        else:
            human = self.people[person]
            self.people[person] = Human(human.name, human.votes, online=True)

    def arrive(self, person: int) -> None:
        """Somebody is there from now on."""
        if person not in self.here:
            self.here.add(person)
            self.reader.script.steps.append(Arrive(self.reader.now, person))

    def leave(self, person: int) -> None:
        """Somebody is gone."""
        if person in self.here:
            self.here.discard(person)
            self.reader.script.steps.append(Leave(self.reader.now, person))

    def moves(self, name: str, *, comes: bool) -> None:
        """A sentence says that somebody comes or goes."""
        person = self.known.get(names.key(name))
        if person is None:
            sentence = f"{name} comes or goes and is not among those present; left out"
            self.reader.warn("who", sentence)
        elif comes:
            self.arrive(person)
        else:
            self.leave(person)


def _voters(minutes: Minutes) -> list[str]:
    """Everybody who stands in a roll call: they are members, also where the list forgets them."""
    found: dict[str, None] = {}
    for entry in minutes.entries:
        for part in entry.parts:
            if isinstance(part, Moved):
                rolled = call(part)
                for people in (*rolled.votes.values(), *rolled.others.values()):
                    found |= dict.fromkeys(people)
    return list(found)
