"""What a list would make of the roll, line by line: judged, nothing written.

A person is known by login name, else by the number that the roll has, else by name among those who
may take part. Nobody gets an account here: that is what the list of people is for.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import N_, _
from forum.members import rules as member_rules
from forum.members import sheets
from forum.members.models import Member
from sessions.convening import rules
from sessions.convening.models import RollSheet
from sessions.convening.queries import roll
from sessions.convening.queries.preparing import organises
from sessions.convening.queries.roll import Person
from sessions.meetings import presence
from sessions.meetings import queries as meetings
from sessions.meetings.models import RollEntry
from sessions.meetings.queries import MeetingAccess

COLUMNS = {
    "number": ("number", "编号", "序号", "編號", "序號"),
    "name": sheets.COLUMNS["name"],
    "login": sheets.COLUMNS["login"],
    "weight": ("weight", "权数", "面积", "權數", "面積"),
    "household": ("household", "户", "户号", "戶", "戶號"),
    "organisation": ("organisation", "单位", "organization", "單位"),
}
ABOUT = {
    "number": N_("as it stands on your list, the door number, say; by it somebody is found again"),
    "name": N_("as others see it; enough where nobody else here bears it"),
    "login": N_("how the person signs in"),
    "weight": N_("1, 3/4 or 86.57, kept exactly; empty: 1"),
    "household": N_("people of one household bear the same words here"),
    "organisation": N_("for whom somebody comes"),
}
MOST = {"number": 40, "household": 80, "organisation": 80}


class Verdict(StrEnum):
    """What would happen to a line."""

    BAD = "bad"
    NEW = "new"
    CHANGED = "changed"
    KNOWN = "known"


VERDICTS = {
    Verdict.BAD: N_("Cannot be taken in"),
    Verdict.NEW: N_("New on the roll"),
    Verdict.CHANGED: N_("Changed"),
    Verdict.KNOWN: N_("Known as it says"),
}


class Line(NamedTuple):
    """One person of a list, as written."""

    number_of_line: int
    number: str = ""
    name: str = ""
    login: str = ""
    weight: str = ""
    household: str = ""
    organisation: str = ""


class Judged(NamedTuple):
    """A line with what would happen to it, and for a bad one why."""

    line: Line
    verdict: Verdict
    reason: str = ""
    person: Person | None = None


def read(text: str) -> list[Line]:
    """The lines of a list; raises Invalid where the columns cannot be made out."""
    return [Line(number, **cells) for number, cells in sheets.table(text, COLUMNS, KEYS)]


KEYS = ("login", "name", "number")


def sheet(db: Db, actor: Actor | None, ident: int) -> tuple[MeetingAccess, RollSheet]:
    """A list that somebody read; to others, and after a day, it is not there."""
    found = db.get(RollSheet, ident)
    if found is None or actor is None or found.member_id != actor.id:
        raise NotFound(_("There is no such list; it is kept for a day."))
    access = meetings.meeting_access(db, actor, found.meeting_id)
    if not organises(access):
        raise NotFound(_("There is no such list; it is kept for a day."))
    return access, found


def tally(judged: Iterable[Judged]) -> dict[str, int]:
    """How many lines there are of each kind."""
    counted = Counter(each.verdict for each in judged)
    return {verdict.value: counted[verdict] for verdict in Verdict}


def judge(db: Db, access: MeetingAccess, lines: Sequence[Line]) -> list[Judged]:
    """What taking the list in would do."""
    meeting = access.meeting.id
    known = roll.detailed(db, meeting)
    entries = db.execute(
        select(col(RollEntry.member_id), col(RollEntry.entitled)).where(
            col(RollEntry.meeting_id) == meeting
        )
    )
    entitled = {member: bool(holds) for member, holds in entries}
    able = {*entitled, *presence.eligible_now(db, access.access)}
    accounts = _accounts(db, lines, able, known)
    numbers: dict[str, list[int]] = defaultdict(list)
    for person in known.values():
        if person.number:
            numbers[person.number].append(person.member_id)
    seen: dict[int, int] = {}
    return [_settle(line, accounts, numbers, known, entitled, seen) for line in lines]


class _Accounts(NamedTuple):
    logins: dict[str, int]
    names: dict[str, list[int]]
    called: dict[int, tuple[str, str]]  # name and login name


def _accounts(db: Db, lines: Sequence[Line], able: set[int], known: dict[int, Person]) -> _Accounts:
    logins = {member_rules.folded(line.login) for line in lines if line.login}
    columns = select(col(Member.id), col(Member.name), col(Member.login)).where(
        col(Member.erased_at).is_(None)
    )
    by_login = db.execute(columns.where(col(Member.login).in_(logins))).all()
    written = {line.name for line in lines if line.name and not line.login}
    named = db.execute(columns.where(col(Member.name).in_(written)))
    here = [row for row in named if row[0] in able]
    names: dict[str, list[int]] = defaultdict(list)
    for ident, name, _login in here:
        names[name].append(ident)
    return _Accounts(
        {login: ident for ident, _name, login in by_login},
        names,
        {ident: (person.name, person.login) for ident, person in known.items()}
        | {ident: (name, login) for ident, name, login in (*here, *by_login)},
    )


def _bad(line: Line, reason: str) -> Judged:
    return Judged(line, Verdict.BAD, reason)


def _who(line: Line, accounts: _Accounts, numbers: dict[str, list[int]]) -> int | str:
    """Who is meant, or a sentence why that cannot be said."""
    if line.login:
        ident = accounts.logins.get(member_rules.folded(line.login))
        if ident is None:
            return _("Nobody has this login name.")
        if line.name and accounts.called[ident][0] != line.name:
            return _("This login name belongs to somebody with another name.")
        return ident
    if line.number and (found := numbers.get(line.number)) and len(found) == 1:
        if line.name in ("", accounts.called.get(found[0], ("", ""))[0]):
            return found[0]
        return _("Somebody else has this number.")
    found = accounts.names.get(line.name, [])
    if len(found) > 1:
        return _("Several people here have this name; give the login name.")
    if not found:
        return _("Nobody here has this name: take in the list of people first.")
    return found[0]


def _settle(
    line: Line,
    accounts: _Accounts,
    numbers: dict[str, list[int]],
    known: dict[int, Person],
    entitled: dict[int, bool],
    seen: dict[int, int],
) -> Judged:
    if line.weight and rules.weight(line.weight) is None:
        return _bad(line, _("A weight is a number above 0 like 1, 3/4 or 86.57."))
    for name, most in MOST.items():
        if len(getattr(line, name)) > most:
            return _bad(line, _("At most %(n)s characters.") % {"n": most})
    ident = _who(line, accounts, numbers)
    if isinstance(ident, str):
        return _bad(line, ident)
    if seen.setdefault(ident, line.number_of_line) != line.number_of_line:
        return _bad(line, _("Stands in line %(line)s already.") % {"line": seen[ident]})
    name, login = accounts.called[ident]
    before = known.get(ident, Person(ident, name, login, "", "1", "", ""))
    after = before._replace(
        number=line.number or before.number,
        weight=line.weight or before.weight,
        household=line.household or before.household,
        organisation=line.organisation or before.organisation,
    )
    same = after._replace(weight=before.weight) == before
    if not entitled.get(ident, False):
        verdict = Verdict.NEW
    elif same and rules.weight(after.weight) == rules.weight(before.weight):
        verdict = Verdict.KNOWN
    else:
        verdict = Verdict.CHANGED
    return Judged(line, verdict, "", after)
