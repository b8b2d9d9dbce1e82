"""Pabulib: META, PROJECTS and VOTES, each a table with semicolons.

https://pabulib.org/format

Costs and the budget need not be whole numbers and are kept as they are written. Approval votes
are picks, choose-1 a choice, ordinal votes ranks, cumulative and scoring votes grades.
"""

import csv
import io
import itertools
from collections.abc import Callable, Iterator

from voting.formats.election import (
    Box,
    Election,
    Unreadable,
    decimal,
    identified,
    known,
    once,
    shown,
    tidy,
    whole,
)
from voting.formats.format import Format, Part
from voting.methods.common import marks
from voting.methods.method import Form

_FORMS = {
    "approval": Form.PICKS,
    "choose-1": Form.CHOICE,
    "ordinal": Form.RANKS,
    "scoring": Form.GRADES,
    "cumulative": Form.GRADES,
}
_KINDS = {form: kind for kind, form in reversed(_FORMS.items())}

Row = dict[str, str]
Rows = list[tuple[Row, int]]


class Pabulib(Format):
    """Participatory budgets: projects with costs, and who wants which."""

    name = "pabulib"
    label = "Pabulib"
    endings = (".pb",)
    forms = frozenset(_KINDS)
    carries = frozenset({Part.TITLE, Part.SEATS, Part.MONEY, Part.BOUNDS})

    def sniff(self, text: str) -> bool:
        """The first section is META."""
        return text.lstrip().startswith("META")

    def read(self, text: str) -> Election:
        """Projects in their order; one without a name is called by its number."""
        sections = _Sections(text)
        head = {row["key"].lower(): (row["value"], line) for row, line in sections.read("META")}

        def meta(key: str) -> tuple[str, int]:
            return head.get(key, ("", 1))

        projects = sections.read("PROJECTS")
        idents = [row["project_id"] for row, _line in projects]
        options = {ident: f"o{at}" for at, ident in enumerate(idents, 1)}
        once(idents, sections.line)
        costs = [decimal(row.get("cost", ""), line, "a cost") for row, line in projects]
        kind, line = meta("vote_type")
        form = _FORMS.get(kind.lower())
        if form is None:
            raise Unreadable(f"the vote type {shown(kind)} is none of {', '.join(_FORMS)}", line)
        box = Box()
        seen: dict[tuple[str, str], str] = {}
        for row, at in sections.rows("VOTES"):
            said = row.get("vote", ""), row.get("points", "") if form is Form.GRADES else ""
            mark = seen.get(said)
            if mark is None:
                mark = seen[said] = _mark(form, *said, options, at)
            box.put(mark, 1, at)
        _compare(meta("num_projects"), "projects", len(idents))
        _compare(meta("num_votes"), "votes", box.total)
        budget, line = meta("budget")
        return Election(
            options=identified(_names(projects), costs, sections.line),
            form=form,
            counts=box.counts,
            title=tidy(meta("description")[0]),
            seats=_whole(meta("seats")),
            budget=decimal(budget, line, "a budget") if budget else "",
            least=_whole(meta("min_points")) if form is Form.GRADES else None,
            most=_whole(meta("max_points")) if form is Form.GRADES else None,
        )

    def write(self, election: Election) -> str:
        """One line a voter; projects and voters are numbered."""
        self.needs(election)
        to = io.StringIO()
        out = csv.writer(to, delimiter=";", lineterminator="\n")
        out.writerows((["META"], ["key", "value"], ["description", election.title]))
        out.writerow(["num_projects", len(election.options)])
        out.writerow(["num_votes", election.ballots])
        out.writerow(["vote_type", _KINDS[election.form]])
        bounds = {"min_points": election.least, "max_points": election.most}
        more = {"budget": election.budget or None, "seats": election.seats, **bounds}
        out.writerows((key, value) for key, value in more.items() if value is not None)
        out.writerows((["PROJECTS"], ["project_id", "cost", "name"]))
        number = {one.id: str(at) for at, one in enumerate(election.options, 1)}
        out.writerows((number[one.id], one.cost or "0", one.name) for one in election.options)
        graded = election.form is Form.GRADES
        out.writerows((["VOTES"], ["voter_id", "vote", *(["points"] if graded else [])]))
        voters = itertools.count(1)
        for mark, votes in sorted(election.counts.items()):
            said = _said(election.form, mark, number)
            out.writerows((next(voters), *said) for _vote in range(votes))
        return to.getvalue()


class _Sections:
    """The three tables of a file, read in their order."""

    def __init__(self, text: str) -> None:
        self.reader = csv.reader(io.StringIO(text), delimiter=";", skipinitialspace=True)
        self.ahead: list[str] = []  # the title of the next section, where it was met

    @property
    def line(self) -> int:
        """Where the reader stands."""
        return max(self.reader.line_num, 1)

    def lines(self) -> Iterator[list[str]]:
        try:
            for row in self.reader:
                if any(row):
                    yield [cell.strip() for cell in row]
        except csv.Error as error:
            raise Unreadable(f"this is no table: {error}", self.line) from None

    def rows(self, title: str) -> Iterator[tuple[Row, int]]:
        """The rows of a section, by the names of its columns."""
        lines = self.lines()
        first = self.ahead or next(lines, [""])
        if first[0].upper() != title:
            raise Unreadable(f"the section {title} is needed here", self.line)
        columns = [name.lower() for name in next(lines, [])]
        needed = {"META": {"key", "value"}, "PROJECTS": {"project_id", "cost"}, "VOTES": {"vote"}}
        if missing := sorted(needed[title] - set(columns)):
            raise Unreadable(f"{title} has no column {missing[0]}", self.line)
        for row in lines:
            if len(row) == 1 and row[0].upper() in needed:
                self.ahead = row
                return
            if len(row) != len(columns) and title != "META":
                raise Unreadable(f"{len(columns)} columns, and {len(row)} cells", self.line)
            if len(row) < len(columns):
                raise Unreadable("a key without a value", self.line)
            yield dict(zip(columns, row, strict=False)), self.line

    def read(self, title: str) -> Rows:
        return list(self.rows(title))


def _names(projects: Rows) -> list[str]:
    """Names as they are; with the project's number where two are called the same."""
    names = [tidy(row.get("name", "")) or row["project_id"] for row, _line in projects]
    often: dict[str, int] = {}
    for name in names:
        often[name.casefold()] = often.get(name.casefold(), 0) + 1
    return [
        name if often[name.casefold()] == 1 else f"{name} ({row['project_id']})"
        for name, (row, _line) in zip(names, projects, strict=True)
    ]


def _mark(form: Form, vote: str, points: str, options: dict[str, str], line: int) -> str:
    words = [word.strip() for word in vote.split(",")] if vote else []
    found = [known(options.get(word), word, line) for word in words]
    once(found, line)
    if form is Form.GRADES:
        given = [whole(point, line, "points") for point in points.split(",")] if points else []
        if len(given) != len(found):
            raise Unreadable(f"{len(found)} projects have {len(given)} points", line)
        return marks.write_grades(dict(zip(found, given, strict=True)))
    if form is Form.CHOICE and len(found) > 1:
        raise Unreadable("more than one project where one is chosen", line)
    write: Callable[[list[str]], str] = ">".join if form is Form.RANKS else marks.write_picks
    return write(found)


def _said(form: Form, mark: str, number: dict[str, str]) -> list[str]:
    """The cells of a vote."""
    if form is Form.GRADES:
        given = marks.grades(mark)
        chosen = ",".join(number[ident] for ident in given)
        return [chosen, ",".join(map(str, given.values()))]
    words = mark.replace(">", ",").split(",") if mark else []
    return [",".join(number[ident] for ident in words)]


def _whole(said: tuple[str, int]) -> int | None:
    return whole(*said) if said[0] else None


def _compare(said: tuple[str, int], what: str, found: int) -> None:
    number = _whole(said)
    if number is not None and number != found:
        raise Unreadable(f"META says {number} {what}, the file has {found}", said[1])


FORMAT = Pabulib()
