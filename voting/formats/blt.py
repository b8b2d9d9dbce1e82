"""BLT: how many options and seats, withdrawn ones, ballots that end in 0, names in quotes.

First of Hill, Wichmann and Woodall, "Algorithm 123: Single Transferable Vote by Meek's method"
(1987). Of later programs it takes equal ranks `2=3`, skipped ones `-`, comments after `#`,
ballots with a label `(7) 1 2 0`, nicknames `[nick a b c]`; other options in brackets say how a
program of theirs counts, and are passed over.
"""

import re
from collections.abc import Iterator

from voting.formats.election import (
    MOST_OPTIONS,
    Box,
    Election,
    Unreadable,
    identified,
    known,
    once,
    ranking,
    shown,
    tidy,
    whole,
)
from voting.formats.format import Format, Part
from voting.methods.common import marks
from voting.methods.method import Form

_HEAD = re.compile(r"\s*+(?:#[^\n]*+\n\s*+)*+\d++[ \t]++\d++[ \t]*+(?:#[^\n]*+)?(?:\n|$)")
_QUOTED = re.compile(r'"(.*)"\s*(?:#[^"]*)?')
_SEVERAL = re.compile(r'"([^"]*)"')

Token = tuple[str, int]


class Blt(Format):
    """The numbers before the first quote are a stream of words, the names are lines."""

    name = "blt"
    label = "BLT"
    endings = (".blt",)
    forms = frozenset({Form.RANKS})
    carries = frozenset({Part.TITLE, Part.SEATS, Part.WITHDRAWN, Part.EQUAL})

    def sniff(self, text: str) -> bool:
        """Two numbers on the first line."""
        return bool(_HEAD.match(text))

    def read(self, text: str) -> Election:
        """Options are called in the order in which their numbers go."""
        lines = text.splitlines()
        words = _Words(lines)
        size, seats = words.number("the number of options"), words.number("the number of seats")
        if not 1 <= size <= MOST_OPTIONS:
            raise Unreadable(f"{size} options: there can be 1 to {MOST_OPTIONS}", words.line)
        options = {str(number): f"o{number}" for number in range(1, size + 1)}
        withdrawn = words.before_ballots(options)
        box = Box()
        seen: dict[str, str] = {}
        for number, body, line in words.ballots():
            mark = seen.get(body)
            if mark is None:
                mark = seen[body] = _mark(body, options, line)
            box.put(mark, number, line)
        names = _names(words.rest(), size, len(lines))
        return Election(
            options=identified(names[:size], line=len(lines)),
            form=Form.RANKS,
            counts=box.counts,
            title=tidy(names[size]) if len(names) > size else "",
            seats=seats,
            withdrawn=frozenset(withdrawn),
        )

    def write(self, election: Election) -> str:
        """Names stand in quotes as they are: a quote within them needs no sign before it."""
        self.needs(election)
        number = {one.id: str(at) for at, one in enumerate(election.options, 1)}
        lines = [f"{len(number)} {election.seats or 1}"]
        if election.withdrawn:
            gone = sorted(election.withdrawn, key=marks.order)
            lines.append(" ".join(f"-{number[ident]}" for ident in gone))
        for mark, votes in sorted(election.counts.items()):
            tiers = ("=".join(number[ident] for ident in tier) for tier in marks.ranks(mark))
            lines.append(" ".join((str(votes), *tiers, "0")))
        lines.append("0")
        lines += [f'"{name}"' for name in (*election.names.values(), election.title)]
        return "\n".join(lines) + "\n"


class _Words:
    """The words of the lines before the names, one after the other."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.at = 0  # the next line
        self.line = 1
        self.words: list[str] = []  # of the current line, the next one last
        self.tail = ""  # from the first quote on

    def more(self) -> bool:
        """Go to the next line with words; False at its first quote, or at the end."""
        while not self.tail and self.at < len(self.lines):
            text, quote, names = self.lines[self.at].partition('"')
            self.at += 1
            self.line = self.at
            if "#" in text:
                text, quote = text.partition("#")[0], ""
            if quote:
                self.tail = quote + names
            self.words = text.split()
            if self.words:
                self.words.reverse()
                return True
        return False

    def next(self, what: str) -> str:
        """The next word."""
        if not self.words and not self.more():
            raise Unreadable(f"the file ends where {what} is needed", self.line)
        return self.words.pop()

    def number(self, what: str) -> int:
        """The next word as a number."""
        return whole(self.next(what), self.line, what)

    def before_ballots(self, options: dict[str, str]) -> list[str]:
        """Withdrawn options, and what stands in brackets."""
        withdrawn = []
        while (word := self.next("the first ballot")).startswith(("-", "[")):
            if word.startswith("-"):
                withdrawn.append(known(options.get(word[1:]), word, self.line))
                continue
            inside = [word[1:]]
            while not inside[-1].endswith("]"):
                inside.append(self.next("the bracket's end"))
            inside[-1] = inside[-1][:-1]
            kind, *given = [one for one in inside if one] or [""]
            if kind == "nick":
                if len(given) != len(options):
                    raise Unreadable("there must be as many nicknames as options", self.line)
                options |= dict(zip(given, list(options.values()), strict=True))
        self.words.append(word)
        once(withdrawn, self.line)
        return withdrawn

    def ballots(self) -> Iterator[tuple[int, str, int]]:
        """How many, what they say, and the line; up to the 0 that ends them."""
        while True:
            first = self.next("the 0 that ends the ballots")
            line = self.line
            if first == "0":
                return
            if first.startswith("("):
                while not first.endswith(")"):
                    first = self.next("the end of a ballot's label")
                number = 1
            else:
                number = whole(first, line, "a number of ballots")
            if self.words and self.words[0] == "0" and self.words.count("0") == 1:
                body = " ".join(self.words[:0:-1])
                self.words = []
            else:  # it goes on over the line's end, or others follow on the same line
                found = []
                while (word := self.next("the 0 that ends a ballot")) != "0":
                    found.append(word)
                body = " ".join(found)
            yield number, body, line

    def rest(self) -> list[tuple[int, str]]:
        """The lines with names, and where they stand."""
        if self.words:
            raise Unreadable(f"{shown(self.words[-1])} follows the last ballot", self.line)
        lines = enumerate((self.tail, *self.lines[self.at :]), self.at)
        return [(at, line.strip()) for at, line in lines if line.strip()]


def _mark(body: str, options: dict[str, str], line: int) -> str:
    words = body.split(" ") if body else []
    if "=" not in body and "-" not in words:
        try:
            found = [options[word] for word in words]
        except KeyError as error:
            raise Unreadable(f"{shown(error.args[0])} is no option of this file", line) from None
        once(found, line)
        return ">".join(found)
    tiers = (word.split("=") for word in words if word != "-")
    return ranking([[known(options.get(w), w, line) for w in tier] for tier in tiers], line)


def _names(lines: list[tuple[int, str]], size: int, end: int) -> list[str]:
    """One a line; where the lines do not suffice, several on one."""
    found = []
    if len(lines) < size:
        found = [name for _at, line in lines for name in _SEVERAL.findall(line)]
        lines = []
    for at, text in lines:
        quoted = _QUOTED.fullmatch(text)
        if quoted is not None:
            found.append(quoted[1])
        elif text.startswith('"'):
            raise Unreadable("a name's closing quote is missing", at)
        elif not text.startswith("#"):
            found.append(text)
    if len(found) < size:
        raise Unreadable(f"{size} options are announced, {len(found)} have names", end)
    return found


FORMAT = Blt()
