"""Who is who in an IRC log: the nicks, short names and full names of one person, put together.

What is alike but for case and punctuation is one person; so is what a nick says of itself
(`Charles_E._Lehner_[cel]`, `TallTed_//_Ted_Thibodeau`), an initial with a surname (agropper for
Adrian Gropper), or all initials (cel). A first name or a surname alone names somebody only where
no other bears it, and never joins two nicks that both said they were present: two people may be
called Brian.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

_AFFILIATION = re.compile(r"\([^)]*\)")
_BRACKET = re.compile(r"\[([^\]]*)\]")
_WORDS = re.compile(r"[^\W_]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_LEET = str.maketrans("01345", "oieas")
SURNAME_LEAST, INITIALS_LEAST, PREFIX_LEAST = 3, 3, 3
SHOWN_MOST = 40


def squeezed(name: str) -> str:
    """A name without case and punctuation: what two spellings of it share."""
    return "".join(_WORDS.findall(name)).casefold()


def parts(name: str) -> list[str]:
    """The words of a name, as JoeAndrieu and Joe_Andrieu both have them."""
    return [word.casefold() for word in _WORDS.findall(_CAMEL.sub(" ", name))]


def aliases(nick: str) -> list[str]:
    """The names that a nick says of itself, the first of them the one to be shown."""
    inside = [found for found in _BRACKET.findall(nick) if "_" not in found and " " not in found]
    bare = _BRACKET.sub(" ", _AFFILIATION.sub(" ", nick))
    names = [part.replace("_", " ").strip(" .-/") for part in re.split(r"[_ ]*//[_ ]*", bare)]
    found = [" ".join(name.split()) for name in (*names, *inside)]
    return [name for name in found if squeezed(name)] or [nick]


@dataclass
class Person:
    """Somebody in the log. `here`: they said that they are present, or were heard."""

    name: str
    said: bool = False
    here: bool = False
    names: list[list[str]] = field(default_factory=list)
    forms: set[str] = field(default_factory=set)

    def learn(self, nick: str) -> None:
        """One more way in which they are called; the fullest name is the one to be shown."""
        for alias in aliases(nick):
            words = parts(alias)
            self.names.append(words)
            self.forms |= {squeezed(alias), squeezed(alias).translate(_LEET)}
            full = [words for words in self.names if len(words) > 1]
            if len(words) > 1 and len(full) == 1:
                self.name = alias[:SHOWN_MOST]

    def abbreviated(self) -> set[str]:
        """Short forms that hold the surname or all initials: they can hardly be another's."""
        found = set()
        for words in self.names:
            if len(words) < 2:
                continue
            if len(words[-1]) >= SURNAME_LEAST:
                found.add(words[0][0] + words[-1])
            initials = "".join(word[0] for word in words)
            if len(initials) >= INITIALS_LEAST:
                found.add(initials)
        return found

    def short(self) -> set[str]:
        """Short forms that others may share: a first name, a surname, one with an initial."""
        found = {words[0] for words in self.names} | {words[-1] for words in self.names}
        return found | {words[0] + words[-1][0] for words in self.names if len(words) > 1}


class People:
    """Everybody in a log, numbered in the order in which they appear."""

    def __init__(self, present: Iterable[str], others: Iterable[str]) -> None:
        self.all: list[Person] = []
        self._known: dict[str, int | None] = {}
        for nick in present:
            self._add(nick, said=True)
        for nick in others:
            self._add(nick, said=False)

    def _add(self, nick: str, *, said: bool) -> None:
        found = self._same(nick) if said else self.find(nick)
        if found is None:
            self.all.append(Person(aliases(nick)[0][:SHOWN_MOST]))
            found = len(self.all) - 1
        self.all[found].learn(nick)
        self.all[found].said |= said
        self._known.clear()

    def add(self, name: str) -> int:
        """Somebody of whom there is nothing but a name in the scribe's words."""
        self._add(name, said=False)
        return len(self.all) - 1

    def _same(self, nick: str) -> int | None:
        """Who bears this very name, or one that only they could mean by it."""
        forms = {squeezed(alias) for alias in aliases(nick)}
        mine = Person("")
        mine.learn(nick)
        for number, person in enumerate(self.all):
            if forms & person.forms:
                return number
        short = [n for n, person in enumerate(self.all) if forms & person.abbreviated()]
        long = [n for n, person in enumerate(self.all) if person.forms & mine.abbreviated()]
        close = sorted({*short, *long})
        return close[0] if len(close) == 1 else None

    def begins(self, person: int, name: str) -> bool:
        """Whether a name can be short for this person's."""
        form = squeezed(name)
        return bool(form) and any(known.startswith(form) for known in self.all[person].forms)

    def find(self, name: str, *, begun: bool = False) -> int | None:
        """Whom a name means, if it means one person; `begun`: its first letters are enough."""
        key = f"{begun} {name}"
        if key not in self._known:
            self._known[key] = self._find(name, begun=begun)
        return self._known[key]

    def _find(self, name: str, *, begun: bool) -> int | None:
        if (same := self._same(name)) is not None:
            return same
        form = squeezed(name)
        close = [n for n, person in enumerate(self.all) if form in person.short()]
        if not close and begun and len(form) >= PREFIX_LEAST:
            close = [
                n
                for n, person in enumerate(self.all)
                if any(known.startswith(form) for known in person.forms)
            ]
        return close[0] if len(close) == 1 else None
