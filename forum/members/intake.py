"""What a list of people would come to in a place, line by line: judged, nothing written.

Whoever has a login name in the list is known by it, others by their name within the place; so a
name without a login name may stand only once.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members import grounds, rules, sheets
from forum.members.models import Member, PersonCard, Role, RoleGrant, Verdict
from forum.members.queries import holds
from forum.members.sheets import Line
from forum.members.words import role_words

PLACES_MOST = 50
CATEGORY_MOST, NOTE_MOST = 40, 200


class Judged(NamedTuple):
    """A line with what would happen to it, and for a bad one why."""

    line: Line
    verdict: Verdict
    reason: str = ""
    place: str = ""
    role: Role = Role.RESIDENT
    member_id: int | None = None
    named: bool = True  # whether somebody who has an account may be given the role

    @property
    def key(self) -> str:
        """Who it is: by login name, else by name."""
        login = rules.folded(self.line.login)
        return f"@{login}" if login else self.line.name


class Known(NamedTuple):
    """What is known of the people whom a list may mean."""

    by_login: dict[str, tuple[int, str]]
    by_name: dict[tuple[str, str], list[int]]
    held: frozenset[tuple[int, Role, str]]
    cards: dict[tuple[int, str], tuple[str, str]]
    children: frozenset[int]


def judge(db: Db, actor: Actor | None, place: str, lines: Sequence[Line]) -> list[Judged]:
    """What taking the list in would do; the actor None (the command line) may do everything."""
    meant = _places(db, actor, place, lines)
    looked = [_look(line, meant.get(line.place)) for line in lines]
    known = _known(db, looked)
    seen: dict[str, tuple[int, set[tuple[Role, str]]]] = {}
    return [_settle(each, known, seen) for each in looked]


def tally(judged: Iterable[Judged]) -> dict[str, int]:
    """How many lines there are of each kind."""
    counted = Counter(each.verdict for each in judged)
    return {verdict.value: counted[verdict] for verdict in Verdict}


def _places(
    db: Db, actor: Actor | None, place: str, lines: Sequence[Line]
) -> dict[str, grounds.Ground]:
    """The places that the list names; one cell names one place in all lines."""
    here = grounds.ground(db, actor, place)
    found = {"": here, here.name: here, here.place: here}
    named = {line.place for line in lines} - set(found)
    for text in sorted(named)[:PLACES_MOST]:
        try:
            found[text] = grounds.within(db, actor, here, text)
        except NotFound:
            continue
    if actor is None:
        ruler = frozenset({Role.ADMINISTRATOR})
        found = {text: each._replace(roles=ruler) for text, each in found.items()}
    return found


def _bad(line: Line, reason: str) -> Judged:
    return Judged(line, Verdict.BAD, reason)


def _look(line: Line, ground: grounds.Ground | None) -> Judged:
    """The line by itself: whether it is written rightly and may be done."""
    line = line._replace(name=rules.shown(line.name))
    role = sheets.role(line.role)
    if not rules.name_fits(line.name):
        return _bad(line, _("A name has one to forty characters."))
    if line.login and not rules.login_fits(rules.folded(line.login)):
        words = _("Three to forty letters or digits; dots and dashes may stand between.")
        return _bad(line, _("Login name: %(words)s") % {"words": words})
    if role is None:
        return _bad(line, _("There is no role called “%(role)s”.") % {"role": line.role})
    if ground is None:
        words = _("There is no place called “%(place)s” here, or there are several.")
        return _bad(line, words % {"place": line.place})
    if not rules.may_grant(ground.roles, role, ground.place):
        words = _("You may not give the role “%(role)s” in “%(place)s”.")
        return _bad(line, words % {"role": role_words(role), "place": ground.name})
    if len(line.category) > CATEGORY_MOST or len(line.note) > NOTE_MOST:
        words = _("Category: at most %(n)s characters; note: at most %(m)s.")
        return _bad(line, words % {"n": CATEGORY_MOST, "m": NOTE_MOST})
    named = rules.may_name(ground.roles, role, ground.place)
    return Judged(line, Verdict.NEW, "", ground.place, role, named=named)


def _known(db: Db, looked: Sequence[Judged]) -> Known:
    """All that the lines ask of the database, in a few queries for the whole list."""
    good = [each for each in looked if each.verdict is not Verdict.BAD]
    there = col(Member.erased_at).is_(None)
    logins = {rules.folded(each.line.login) for each in good if each.line.login}
    named = {each.line.name for each in good if not each.line.login}
    places = {each.place for each in good}
    accounts = select(col(Member.login), col(Member.id), col(Member.name))
    found = db.execute(accounts.where(there, col(Member.login).in_(logins)))
    by_login = {login: (ident, name) for login, ident, name in found}
    by_name: dict[tuple[str, str], list[int]] = {}
    held = select(col(Member.name), col(RoleGrant.place), col(Member.id)).join(
        RoleGrant, col(RoleGrant.member_id) == col(Member.id)
    )
    now = holds(RoleGrant, clock.now())
    for name, place, ident in db.execute(
        held.where(there, now, col(Member.name).in_(named), col(RoleGrant.place).in_(places))
        .distinct()
        .order_by(col(Member.id))
    ):
        by_name.setdefault((name, place), []).append(ident)
    ids = {ident for ident, _name in by_login.values()} | {
        i for ids in by_name.values() for i in ids
    }
    roles = select(col(RoleGrant.member_id), col(RoleGrant.role), col(RoleGrant.place))
    mine = col(RoleGrant.member_id).in_(ids) & col(RoleGrant.place).in_(places)
    cards = select(PersonCard).where(
        col(PersonCard.member_id).in_(ids), col(PersonCard.place).in_(places)
    )
    children = select(col(Member.id)).where(col(Member.id).in_(ids), col(Member.minor).is_not(None))
    return Known(
        by_login,
        by_name,
        frozenset((i, Role(role), place) for i, role, place in db.execute(roles.where(mine, now))),
        {(c.member_id, c.place): (c.category, c.note) for c in db.execute(cards).scalars()},
        frozenset(db.execute(children).scalars()),
    )


def _settle(
    each: Judged, known: Known, seen: dict[str, tuple[int, set[tuple[Role, str]]]]
) -> Judged:
    """The line among the others, against what is known."""
    line = each.line
    if each.verdict is Verdict.BAD:
        return each
    first, asked = seen.setdefault(each.key, (line.number, set()))
    if first != line.number and (not line.login or (each.role, each.place) in asked):
        words = _(
            "Stands in line %(line)s already; if these are two people, give both a login name."
        )
        return _bad(line, words % {"line": first})
    asked.add((each.role, each.place))
    if line.login:
        ident, name = known.by_login.get(rules.folded(line.login), (None, line.name))
        if name != line.name:
            return _bad(line, _("This login name belongs to somebody with another name."))
    else:
        alike = known.by_name.get((line.name, each.place), [])
        if len(alike) > 1:
            return _bad(line, _("Several people here have this name; give the login name."))
        ident = alike[0] if alike else None
    if ident in known.children and each.role is not Role.RESIDENT:
        return _bad(line, _("Children hold no office."))
    verdict = _verdict(each, ident, known, new=first == line.number)
    if verdict is Verdict.ROLE and ident is not None and not each.named:
        return _bad(line, _("Who has an account comes to this place with a slip."))
    return each._replace(member_id=ident, verdict=verdict)


def _verdict(each: Judged, ident: int | None, known: Known, *, new: bool) -> Verdict:
    if ident is None:
        return Verdict.NEW if new else Verdict.ROLE
    if (ident, each.role, each.place) not in known.held:
        return Verdict.ROLE
    noted = known.cards.get((ident, each.place), ("", ""))
    wanted = (each.line.category or noted[0], each.line.note or noted[1])
    return Verdict.KNOWN if wanted == noted else Verdict.NOTED
