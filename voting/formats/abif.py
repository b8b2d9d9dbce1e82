"""ABIF, the aggregated ballot information format: `27:[Ann Lee]/5>Bob/3=Cy/3`.

`{"title": "…"}` are metadata, `=Ann:[Ann Lee]` names a token, `#` begins a comment; between
brackets everything is a name, quotes too. Ballots of which every option has a rating are grades;
with an order that says more than the ratings (`A/5>B/0>C/0`) both are kept. `ballot_type` tells
picks ("choose_many") and choices ("choose_one") from ratings of 0 and 1.
"""

import json
import re
from typing import NamedTuple

from voting.formats.election import (
    MOST_OPTIONS,
    Box,
    Election,
    Unreadable,
    by_grade,
    identified,
    once,
    shown,
    tidy,
    whole,
)
from voting.formats.format import Format, Part
from voting.methods.common import marks
from voting.methods.method import Form

# Possessive throughout: a hostile line takes no longer than its length.
_META = re.compile(r'\{\s*+"?+(\w++)"?+\s*+:\s*+(.*)\}\s*+(?:#.*)?')
_NAMED = re.compile(r"=?+\s*+(?:\[([^\]]*+)\]|\"([^\"]*+)\"|([^\[\]\":=>,/#]++)):\s*+(.*)")
_NAME = re.compile(r"\[(.*)\]\s*+(?:#.*)?")
_VOTES = re.compile(r"(\d++)\s*+[:*](.*)")
_ENTRY = re.compile(
    r"\s*+(?:\[([^\]]*+)\]|\"([^\"]*+)\"|([^\[\]\">=,/#]++))\s*+(?:/([^>=,#]++))?+([>=,]|$|(?=#))"
)
_TYPES = {"choose_one": Form.CHOICE, "choose_many": Form.PICKS, "rated": Form.GRADES}


class Entry(NamedTuple):
    """An option on a ballot, its rating and what stands between it and the next one."""

    ident: str
    rating: int | None
    between: str


Entries = tuple[Entry, ...]


class Abif(Format):
    """Lines in any order; tokens that no line names are names."""

    name = "abif"
    label = "ABIF"
    endings = (".abif",)
    forms = frozenset(Form)
    carries = frozenset({Part.TITLE, Part.SEATS, Part.BOUNDS, Part.EQUAL})

    def sniff(self, text: str) -> bool:
        """The first line that is no comment is metadata, a name or a ballot."""
        if "# ALTERNATIVE NAME " in text[:10_000]:  # PrefLib: its ballots look alike
            return False
        first = next((x for x in text[:10_000].splitlines() if x.strip() and x[0] != "#"), "")
        return bool(_META.fullmatch(first) or _VOTES.match(first)) or first.startswith("=")

    def read(self, text: str) -> Election:
        """Options in the order of their names, then as ballots bring them up."""
        found = _File()
        for at, line in enumerate(text.splitlines(), 1):
            stripped = line.strip()
            if stripped and not stripped.startswith("#"):
                found.take(stripped, at)
        return found.election()

    def write(self, election: Election) -> str:
        """Options are named first, under tokens of their own."""
        self.needs(election)
        meta: dict[str, str | int] = {"version": "0.1"}
        if election.title:
            meta["title"] = election.title
        types = {form: kind for kind, form in _TYPES.items()}
        meta["ballot_type"] = types.get(election.form, "ranked")
        if election.seats:
            meta["seats"] = election.seats
        if election.form is Form.GRADES:
            bounds = {"min_rating": election.least, "max_rating": election.most}
            meta |= {key: value for key, value in bounds.items() if value is not None}
        lines = [json.dumps({key: value}, ensure_ascii=False) for key, value in meta.items()]
        lines += [f"={one.id}:[{one.name}]" for one in election.options]
        for mark, votes in sorted(election.counts.items()):
            lines.append(f"{votes}:{_said(election.form, mark)}")
        return "\n".join(lines) + "\n"


class _File:
    """What was read so far."""

    def __init__(self) -> None:
        self.meta: dict[str, tuple[str, int]] = {}
        self.tokens: dict[str, str] = {}  # what ballots call an option, to its id
        self.names: list[str] = []
        self.votes: dict[Entries, int] = {}
        self.seen: dict[str, Entries] = {}
        self.total = self.line = 0

    def take(self, line: str, at: int) -> None:
        """Read one line."""
        self.line = at
        if line.startswith("{"):
            self.metadata(line, at)
        elif match := _VOTES.fullmatch(line):
            number = whole(match[1], at, "a number of ballots")
            entries = self.seen.get(match[2])
            if entries is None:
                entries = self.seen[match[2]] = self.entries(match[2], at)
            self.votes[entries] = self.votes.get(entries, 0) + number
        elif match := _NAMED.fullmatch(line):
            token, name = tidy(match[1] or match[2] or match[3] or ""), match[4].strip()
            bracketed = _NAME.fullmatch(name)
            if token in self.tokens:
                raise Unreadable(f"{shown(token)} is named twice", at)
            self.option(token, bracketed[1] if bracketed else name.partition("#")[0].strip(' "'))
        else:
            raise Unreadable(f"{shown(line)} is neither metadata, a name nor a ballot", at)

    def metadata(self, line: str, at: int) -> None:
        try:
            found = json.loads(line)
        except (ValueError, RecursionError):  # the key may stand without quotes
            match = _META.fullmatch(line)
            if match is None:
                raise Unreadable(f"{shown(line)} is no metadata", at) from None
            found = {match[1]: match[2].strip().removeprefix('"').removesuffix('"')}
        self.meta |= {str(key): (str(value), at) for key, value in found.items()}

    def option(self, token: str, name: str) -> str:
        self.names.append(name)
        self.tokens[token] = f"o{len(self.names)}"
        return self.tokens[token]

    def entries(self, text: str, at: int) -> Entries:
        """A ballot as its entries."""
        found: list[Entry] = []
        place, end = 0, len(text.rstrip())
        if text.lstrip().startswith("#"):
            return ()
        while place < end:
            match = _ENTRY.match(text, place, end)
            if match is None:
                raise Unreadable(f"{shown(text[place:end])} is no ranking or rating", at)
            token = tidy(match[1] or match[2] or match[3] or "")
            ident = self.tokens.get(token) or self.option(token, token)
            rating = None if match[4] is None else whole(match[4], at, "a rating")
            found.append(Entry(ident, rating, match[5]))
            if len(found) > MOST_OPTIONS:
                raise Unreadable(f"more than {MOST_OPTIONS} options on a ballot", at)
            place = match.end()
            if not match[5]:
                break
            if place == end:
                raise Unreadable(f"an option is missing after {match[5]}", at)
        once((entry.ident for entry in found), at)
        return tuple(found)

    def number(self, key: str) -> int | None:
        value, at = self.meta.get(key, ("", 0))
        return whole(value, at, f"{key} as a whole number") if value else None

    def election(self) -> Election:
        """All lines together."""
        form = self.form()
        box, orders = Box(), Box()
        for entries, number in self.votes.items():
            box.put(_mark(form, entries), number, self.line)
            if form is Form.GRADES:
                orders.put(_order(entries), number, self.line)
        graded = form is Form.GRADES
        differ = graded and any(_order(found) != by_grade(_grades(found)) for found in self.votes)
        return Election(
            options=identified(self.names, line=self.line),
            form=form,
            counts=box.counts,
            title=tidy(self.meta.get("title", ("", 0))[0]),
            seats=self.number("seats"),
            least=self.number("min_rating") if graded else None,
            most=self.number("max_rating") if graded else None,
            orders=orders.counts if differ else {},
        )

    def form(self) -> Form:
        """What kind of ballots these are: what is said of them, as far as they bear it out."""
        said = self.meta.get("ballot_type", ("", 0))[0]
        every = [entry for entries in self.votes for entry in entries]
        rated = all(entry.rating is not None for entry in every)
        binary = all(entry.rating in (None, 0, 1) for entry in every)
        if said == "choose_one" and all(len(entries) <= 1 for entries in self.votes):
            return Form.CHOICE
        if said == "choose_many" and binary and not any(entry.between == ">" for entry in every):
            return Form.PICKS
        if said == "ranked" or not rated or not (every or said == "rated"):
            return Form.RANKS
        return Form.GRADES


def _grades(entries: Entries) -> str:
    return marks.write_grades({one.ident: one.rating or 0 for one in entries})


def _order(entries: Entries) -> str:
    """By what stands between them; where only commas do, by the ratings."""
    loose = len(entries) > 1 and all(entry.between in (",", "") for entry in entries)
    if loose and all(entry.rating is not None for entry in entries):
        return by_grade(_grades(entries))
    tiers: list[list[str]] = [[]]
    for entry in entries:
        tiers[-1].append(entry.ident)
        if entry.between == ">":
            tiers.append([])
    return marks.write_ranks(tiers)


def _mark(form: Form, entries: Entries) -> str:
    match form:
        case Form.GRADES:
            return _grades(entries)
        case Form.RANKS:
            return _order(entries)
        case Form.CHOICE | Form.PICKS:
            return marks.write_picks(one.ident for one in entries if one.rating != 0)


def _said(form: Form, mark: str) -> str:
    if form is Form.GRADES:
        given = marks.grades(mark)
        tiers = marks.ranks(by_grade(mark))
        return ">".join("=".join(f"{one}/{given[one]}" for one in tier) for tier in tiers)
    if form is Form.PICKS:
        return "=".join(f"{one}/1" for one in marks.picks(mark))
    return mark


FORMAT = Abif()
