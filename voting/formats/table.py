"""CSV: a head that says what the columns are, then a line for each ballot.

| head | cells |
|---|---|
| `choice` (or `vote`) | the name of the chosen option |
| `rank 1`, `rank 2`, … (`1st`, `2nd`, …; `第1位`) | the name of the option in that place |
| `rank:NAME` for each option | its place, 1 and up; equal places are equal |
| `grade:NAME` (or `score:NAME`) for each option | a whole number |
| `pick:NAME` (or `approve:NAME`) for each option | `1`, `x`, `✓`, `yes` or `是`: picked |
| `NAME` for each option | told by the numbers, see below |

`count` (or `votes`, `票数`) says how many ballots a line stands for, without it one. Empty cells
say nothing, and a line of them is a blank ballot; `0`, `no` and `否` are not picked. `ballot`,
`voter`, `voterID`, `voteTime`, `pollID`, `timestamp` and `id` are passed over. Commas, semicolons
or tabs part the cells. A line that stands for 0 ballots only names options.

Numbers under bare names are picks where there is nothing but 1 and ✓; grades where a 0 stands
among them or the columns are those of star.vote; ranks where each ballot goes 1, 2, 3 … without
a gap, ties apart. Anything else could be either, and is refused.
"""

import csv
import html
import io
import itertools
import re
from collections.abc import Iterator, Sequence

from voting.formats.election import (
    MOST_OPTIONS,
    Box,
    Election,
    Unreadable,
    identified,
    once,
    ranking,
    shown,
    tidy,
    whole,
)
from voting.formats.format import Format, Part
from voting.methods.common import marks
from voting.methods.method import Form

COUNTS = {"count", "votes", "票数"}
CHOICES = {"choice", "vote", "选择"}
STAR_VOTE = {"voterid", "votetime", "pollid"}
PASSED = STAR_VOTE | {"ballot", "ballot id", "voter", "id", "timestamp"}
PREFIXES = {
    "rank": Form.RANKS,
    "grade": Form.GRADES,
    "score": Form.GRADES,
    "pick": Form.PICKS,
    "approve": Form.PICKS,
}
YES = {"1", "x", "✓", "yes", "是"}
NO = {"", "0", "no", "否"}

_PLACE = re.compile(r"(?:rank|choice|preference) ?(\d{1,4})|(\d{1,4})(?:st|nd|rd|th)|第(\d{1,4})位")

Line = tuple[tuple[str, ...], int, int]  # cells, how many ballots, where


class Table(Format):
    """One column an option, one a place, or one alone."""

    name = "csv"
    label = "CSV"
    endings = (".csv", ".tsv")
    forms = frozenset(Form)
    carries = frozenset({Part.EQUAL})

    def sniff(self, text: str) -> bool:
        """The head has a word or a prefix of ours."""
        try:
            cells = _cells(next(_rows(text[:10_000]), ([], 1))[0])
        except Unreadable:
            return False
        words = {cell.lower() for cell in cells}
        return bool(words & (COUNTS | CHOICES | STAR_VOTE)) or any(map(_prefixed, cells))

    def read(self, text: str) -> Election:
        """Options in the order of their columns, or as they first come up."""
        rows = _rows(text)
        first = next(rows, ([], 1))[0]
        if len(first) > 2 * MOST_OPTIONS:
            raise Unreadable(f"{len(first)} columns: there can be {MOST_OPTIONS} options", 1)
        head = _cells(first)
        low = [cell.lower() for cell in head]
        used = [at for at, cell in enumerate(low) if cell and cell not in COUNTS | PASSED]
        counted = [at for at, cell in enumerate(low) if cell in COUNTS]
        if not used or len(counted) > 1:
            raise Unreadable("the first line must name the columns", 1)
        lines = _lines(rows, len(head), used, counted)
        columns = [head[at] for at in used]
        prefixed = [_prefixed(cell) for cell in columns]
        if len(columns) == 1 and columns[0].lower() in CHOICES:
            return _named(Form.CHOICE, lines)
        if places := [_place(cell) for cell in columns if _place(cell)]:
            if places != sorted(set(places)) or len(places) != len(columns):
                raise Unreadable("the columns of the places must be 1, 2, 3 …", 1)
            return _named(Form.RANKS, lines)
        if not any(prefixed):
            options = identified(columns, line=1)
            kept = list(lines)
            form = _told(kept, bool(STAR_VOTE & set(low)))
            return Election(options, form, _counts(form, iter(kept), [x.id for x in options]))
        given = [one for one in prefixed if one]
        if len(given) != len(columns) or len({form for form, _name in given}) != 1:
            raise Unreadable("each column needs the same word before its name: rank:NAME", 1)
        options = identified([name for _form, name in given], line=1)
        form = given[0][0]
        return Election(options, form, _counts(form, lines, [one.id for one in options]))

    def write(self, election: Election) -> str:
        """A column an option with `rank:`, `grade:` or `pick:`; a choice is one column."""
        self.needs(election)
        to = io.StringIO()
        out = csv.writer(to, lineterminator="\n")
        if election.form is Form.CHOICE:
            # A line that stands for no ballot names an option all the same.
            out.writerows([["count", "choice"], *([0, one.name] for one in election.options)])
            names = election.names
            counted = sorted(election.counts.items())
            out.writerows([votes, names.get(mark, "")] for mark, votes in counted)
            return to.getvalue()
        word = {Form.RANKS: "rank", Form.GRADES: "grade", Form.PICKS: "pick"}[election.form]
        out.writerow(["count", *(f"{word}:{one.name}" for one in election.options)])
        for mark, votes in sorted(election.counts.items()):
            said = _said(election.form, mark)
            out.writerow([votes, *(said.get(one.id, "") for one in election.options)])
        return to.getvalue()


def _rows(text: str) -> Iterator[tuple[list[str], int]]:
    first = re.sub(r'"[^"]*+"?+', "", text[: text.find("\n") if "\n" in text else None])
    mark = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True)
    try:
        for row in reader:
            if row:
                yield row, reader.line_num
    except csv.Error as error:
        raise Unreadable(f"this is no table: {error}", max(reader.line_num, 1)) from None


def _cells(row: Sequence[str]) -> list[str]:
    """The head's cells; star.vote writes names as in HTML."""
    cells = [tidy(cell) for cell in row]
    if {cell.lower() for cell in cells} >= STAR_VOTE:
        return [tidy(html.unescape(cell)) for cell in cells]
    return cells


def _lines(
    rows: Iterator[tuple[list[str], int]], width: int, used: list[int], counted: list[int]
) -> Iterator[Line]:
    """The cells that say something, and how many ballots they stand for."""
    for row, at in rows:
        if len(row) > width and any(row[width:]):
            raise Unreadable(f"{len(row)} cells under {width} columns", at)
        if len(row) < width:
            raise Unreadable(f"{len(row)} cells under {width} columns", at)
        number = whole(row[counted[0]], at, "a number of ballots") if counted else 1
        yield tuple([row[column].strip() for column in used]), number, at


def _prefixed(cell: str) -> tuple[Form, str] | None:
    word, colon, name = cell.partition(":")
    form = PREFIXES.get(word.strip().lower())
    return (form, name) if colon and form else None


def _place(cell: str) -> int:
    """Which place a column is for; 0 for none."""
    match = _PLACE.fullmatch(cell.lower())
    return int(match[1] or match[2] or match[3]) if match else 0


def _named(form: Form, lines: Iterator[Line]) -> Election:
    """Cells hold names, from the first place down."""
    names: dict[str, str] = {}
    box, last = Box(), 1
    for cells, number, last in lines:
        found = [name for name in map(tidy, cells) if name]
        for name in found:
            names.setdefault(name, f"o{len(names) + 1}")
        idents = [names[name] for name in found]
        once(idents, last)
        box.put(">".join(idents), number, last)
    return Election(identified([*names], line=last), form, box.counts)


def _told(lines: Sequence[Line], star_vote: bool) -> Form:
    """What numbers under bare names are."""
    cells = {cell.lower() for said, _number, _at in lines for cell in said}
    if cells <= {"", *YES}:
        return Form.PICKS
    if star_vote or "0" in cells:
        return Form.GRADES
    rankings = {tuple(sorted(filter(None, said))) for said, _number, _at in lines}
    if all(map(_climbs, rankings)):
        return Form.RANKS
    raise Unreadable(
        "these numbers could be ranks or grades: name the columns rank:NAME or grade:NAME", 1
    )


def _climbs(said: Sequence[str]) -> bool:
    """Whether numbers are places: 1, 2, 2, 3 or 1, 2, 2, 4."""
    if not all(cell.isascii() and cell.isdigit() and len(cell) <= 4 for cell in said):
        return False
    places = sorted(map(int, said))
    dense = all(b - a <= 1 for a, b in itertools.pairwise(places))
    shared = all(place == places.index(place) + 1 for place in places)
    return not places or (places[0] == 1 and (dense or shared))


def _counts(form: Form, lines: Iterator[Line], idents: Sequence[str]) -> dict[str, int]:
    """Ballots of one column an option."""
    read = {Form.RANKS: _ranks, Form.GRADES: _grades, Form.PICKS: _picks}[form]
    box = Box()
    seen: dict[tuple[str, ...], str] = {}
    for cells, number, at in lines:
        mark = seen.get(cells)
        if mark is None:
            mark = seen[cells] = read(cells, idents, at)
        box.put(mark, number, at)
    return box.counts


def _ranks(cells: Sequence[str], idents: Sequence[str], line: int) -> str:
    tiers: dict[int, list[str]] = {}
    for ident, cell in zip(idents, cells, strict=True):
        if cell:
            place = whole(cell, line, "a place")
            if not place:
                raise Unreadable("places begin with 1", line)
            tiers.setdefault(place, []).append(ident)
    return ranking([tiers[place] for place in sorted(tiers)], line)


def _grades(cells: Sequence[str], idents: Sequence[str], line: int) -> str:
    return marks.write_grades(
        {
            ident: whole(cell, line, "a grade")
            for ident, cell in zip(idents, cells, strict=True)
            if cell
        }
    )


def _picks(cells: Sequence[str], idents: Sequence[str], line: int) -> str:
    for cell in cells:
        if cell.lower() not in YES | NO:
            raise Unreadable(f"{shown(cell)} is neither picked nor not: write 1 or nothing", line)
    return marks.write_picks(
        ident for ident, cell in zip(idents, cells, strict=True) if cell.lower() in YES
    )


def _said(form: Form, mark: str) -> dict[str, int]:
    """What stands in which option's column."""
    if form is Form.GRADES:
        return marks.grades(mark)
    if form is Form.PICKS:
        return dict.fromkeys(marks.picks(mark), 1)
    return {ident: at for at, tier in enumerate(marks.ranks(mark), 1) for ident in tier}


FORMAT = Table()
