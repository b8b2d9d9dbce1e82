"""Lists of people: kept to be looked at, taken in some lines at a time, thrown away."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import record
from forum.base.i18n import _
from forum.members import events, grounds, intake, lists, options, rules, sheets
from forum.members.intake import Judged
from forum.members.models import PLATFORM, Member, PeopleSheet, PersonCard, RoleGrant, Verdict
from forum.members.service.common import tell

SHEET_LASTS = timedelta(days=1)
SHEET_DUE = "members:sheet"
# No letters or digits that look alike on paper.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def keep_sheet(tx: Db, actor: Actor, place: str, text: str) -> int:
    """Keep a list of people to be looked at before anything is done; it goes after a day."""
    grounds.led(tx, actor, place)
    sheets.lines(text)
    sheet = PeopleSheet(place=place, member_id=actor.id, body=text, read_at=clock.now())
    tx.add(sheet)
    tx.flush()
    ticker.schedule(tx, SHEET_DUE, clock.now() + SHEET_LASTS, f"sheet:{sheet.id}")
    return sheet.id


def take_some(
    tx: Db, actor: Actor, sheet_id: int, lines: Sequence[sheets.Line], ahead: Mapping[str, int]
) -> None:
    """Take in some lines of a list that is kept, and note how far it has come.

    `ahead`: how many lines of the whole list were bad or known before it was begun.
    """
    sheet = _unfinished(tx, actor, sheet_id)
    done = sheet.done or {"counted": dict(ahead), "new": []}
    counted, new = take_in(tx, actor, sheet.place, lines, told=False)
    total = {name: number + counted[name] for name, number in done["counted"].items()}
    sheet.done = {"counted": total, "new": [*done["new"], *new]}
    tx.flush()


def finish_sheet(
    tx: Db, actor: Actor, sheet_id: int, ahead: Mapping[str, int]
) -> Mapping[str, int]:
    """All its lines are taken in: the words of the list are gone, what it came to stays."""
    sheet = _unfinished(tx, actor, sheet_id)
    sheet.done = sheet.done or {"counted": dict(ahead), "new": []}
    _close(tx, actor, sheet)
    counted: Mapping[str, int] = sheet.done["counted"]
    return counted


def _unfinished(tx: Db, actor: Actor, sheet_id: int) -> PeopleSheet:
    sheet = lists.own(tx, actor, sheet_id)
    tx.refresh(sheet, with_for_update=True)
    if sheet.finished:
        raise Conflict(_("This list has been taken in."))
    return sheet


def _close(tx: Db, actor: Actor | None, sheet: PeopleSheet) -> None:
    sheet.body = ""
    tx.flush()
    if sheet.done is not None:
        taken(tx, actor, sheet.place, sheet.done["counted"])


def drop_sheet(tx: Db, actor: Actor, sheet_id: int) -> None:
    """Throw a list away; what had been taken in of it stays."""
    sheet = lists.own(tx, actor, sheet_id)
    if not sheet.finished:
        _close(tx, actor, sheet)
    tx.delete(sheet)
    ticker.cancel(tx, SHEET_DUE, f"sheet:{sheet_id}")
    tx.flush()


@ticker.due(SHEET_DUE)
def _sheet_due(tx: Db, subject: str) -> None:
    """The day of a list is over."""
    sheet = tx.get(PeopleSheet, int(subject.partition(":")[2]))
    if sheet is None:
        return
    if not sheet.finished:
        _close(tx, None, sheet)
    tx.delete(sheet)


def take_in(
    tx: Db, actor: Actor | None, place: str, lines: Sequence[sheets.Line], *, told: bool = True
) -> tuple[dict[str, int], list[int]]:
    """Open accounts, give roles, write notes; bad lines are left out. Returns who is new.

    In a few statements for all of them, but for what each person's own log and inbox are told.
    """
    if actor is not None:
        grounds.led(tx, actor, place)
    judged = intake.judge(tx, actor, place, lines)
    doing = [each for each in judged if each.verdict not in (Verdict.BAD, Verdict.KNOWN)]
    fresh = _open_accounts(tx, [each for each in doing if each.member_id is None])
    people = [(each, each.member_id or fresh[each.key]) for each in doing]
    for member in fresh.values():
        tell(tx, actor, events.Joined(member), member)
    _give_roles(tx, actor, [pair for pair in people if pair[0].verdict is not Verdict.NOTED])
    _write_cards(tx, [(each, who) for each, who in people if each.line.category or each.line.note])
    counted = intake.tally(judged)
    if told:
        taken(tx, actor, place, counted)
    return counted, list(fresh.values())


def taken(tx: Db, actor: Actor | None, place: str, counted: Mapping[str, int]) -> None:
    """Put into the place's log what a list came to, where it came to anything."""
    if counted["new"] or counted["role"] or counted["noted"]:
        event = events.PeopleTakenIn(place, counted["new"], counted["role"], counted["bad"])
        stream = options.STREAM if place == PLATFORM else place
        record(tx, actor, event, stream=stream, subject=stream)


def _open_accounts(tx: Db, newcomers: Sequence[Judged]) -> dict[str, int]:
    """An account for each new person, once for all their lines; by what they are known in it."""
    once = {each.key: each.line for each in reversed(newcomers)}
    drawn = iter(_free_logins(tx, sum(not line.login for line in once.values())))
    now = clock.now()
    rows = {
        key: Member(
            login=rules.folded(line.login) if line.login else next(drawn),
            name=line.name,
            password=None,
            joined_at=now,
        )
        for key, line in reversed(once.items())
    }
    tx.add_all(rows.values())
    try:
        tx.flush()
    except IntegrityError as raced:
        words = _("Somebody has just taken one of these login names. Press once more.")
        raise Conflict(words) from raced
    return {key: row.id for key, row in rows.items()}


def _free_logins(tx: Db, count: int) -> list[str]:
    """Login names for people who have none yet; they can be read out over a counter."""
    free: set[str] = set()
    while len(free) < count:
        wished = {"p-" + "".join(secrets.choice(SIGNS) for _sign in range(8)) for _ in range(count)}
        query = select(col(Member.login)).where(col(Member.login).in_(wished))
        free |= wished - set(tx.execute(query).scalars())
    return sorted(free)[:count]


def _give_roles(tx: Db, actor: Actor | None, people: Sequence[tuple[Judged, int]]) -> None:
    """Each line's role; the lines have been judged by what this actor may give."""
    now = clock.now()
    tx.add_all(
        RoleGrant(
            member_id=member,
            role=each.role,
            place=each.place,
            since=now,
            granted_by=actor.id if actor else None,
        )
        for each, member in people
    )
    tx.flush()
    for each, member in people:
        tell(tx, actor, events.RoleGranted(member, each.role, each.place, None), member)


def _write_cards(tx: Db, people: Sequence[tuple[Judged, int]]) -> None:
    """What the lines note about people; what they leave empty stays."""
    ids = {member for _each, member in people}
    found = tx.execute(select(PersonCard).where(col(PersonCard.member_id).in_(ids))).scalars()
    cards = {(card.member_id, card.place): card for card in found}
    for each, member in people:
        card = cards.get((member, each.place))
        if card is None:
            card = PersonCard(member_id=member, place=each.place, category="", note="")
            cards[member, each.place] = card
            tx.add(card)
        card.category = each.line.category or card.category
        card.note = each.line.note or card.note
    tx.flush()
