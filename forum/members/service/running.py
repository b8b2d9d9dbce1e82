"""Running a place: its settings, what it notes about people, lists of people taken in and out."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.events import Event, record
from forum.base.i18n import _
from forum.members import events, grounds, intake, lists, options, sheets
from forum.members.intake import Judged
from forum.members.models import PLATFORM, Member, PeopleSheet, PersonCard, PlaceSetting, Verdict
from forum.members.service.accounts import register
from forum.members.service.places import grant

SHEET_LASTS = timedelta(days=1)
SHEET_DUE = "members:sheet"
# No letters or digits that look alike on paper.
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"


def _tell(tx: Db, actor: Actor | None, event: Event, place: str) -> None:
    stream = options.STREAM if place == PLATFORM else place
    record(tx, actor, event, stream=stream, subject=stream)


def set_options(tx: Db, actor: Actor, place: str, chosen: Mapping[str, Any]) -> list[str]:
    """Set what an administrator chose for a place; returns what is another one now."""
    ground = grounds.ruled(tx, actor, place)
    changed = []
    for key, value in chosen.items():
        wanted = options.options[key]
        if ground.kind not in wanted.at:
            raise NotFound(_("This place has no such setting."))
        if options.value(tx, wanted, *ground.around) == value:
            continue
        fresh = PlaceSetting(
            place=place, key=key, value=value, changed_by=actor.id, changed_at=clock.now()
        )
        tx.merge(fresh)
        tx.flush()
        tx.info.pop(options.KEPT, None)
        _tell(tx, actor, events.SettingChanged(place, key), place)
        changed.append(key)
    return changed


def note_person(
    tx: Db, actor: Actor | None, member_id: int, place: str, category: str, note: str
) -> bool:
    """Note to whom somebody counts in a place, and a remark; the caller has judged who may."""
    row = tx.get(PersonCard, (member_id, place))
    if ((row.category, row.note) if row else ("", "")) == (category, note):
        return False
    _write_card(tx, member_id, place, category, note)
    _tell(tx, actor, events.CardWritten(place, member_id), place)
    return True


def _write_card(tx: Db, member_id: int, place: str, category: str, note: str) -> None:
    tx.merge(PersonCard(member_id=member_id, place=place, category=category, note=note))
    tx.flush()


def keep_sheet(tx: Db, actor: Actor, place: str, text: str) -> int:
    """Keep a list of people to be looked at before anything is done; it goes after a day."""
    grounds.led(tx, actor, place)
    sheets.lines(text)
    sheet = PeopleSheet(place=place, member_id=actor.id, body=text, read_at=clock.now())
    tx.add(sheet)
    tx.flush()
    ticker.schedule(tx, SHEET_DUE, clock.now() + SHEET_LASTS, f"sheet:{sheet.id}")
    return sheet.id


def take_in_sheet(tx: Db, actor: Actor, sheet_id: int) -> dict[str, int]:
    """Do what the list says, all of it at once; it is gone afterwards."""
    sheet = lists.own(tx, actor, sheet_id)
    tx.refresh(sheet, with_for_update=True)
    if sheet.done is not None:
        raise Conflict(_("This list has been taken in."))
    counted, new = take_in(tx, actor, sheet.place, sheets.lines(sheet.body))
    sheet.body, sheet.done = "", {"counted": counted, "new": new}
    tx.flush()
    return counted


def take_in(
    tx: Db, actor: Actor | None, place: str, lines: Sequence[sheets.Line]
) -> tuple[dict[str, int], list[int]]:
    """Open accounts, give roles, write notes; bad lines are left out. Returns who is new."""
    if actor is not None:
        grounds.led(tx, actor, place)
    judged = intake.judge(tx, actor, place, lines)
    fresh: dict[str, int] = {}
    doing = [each for each in judged if each.verdict not in (Verdict.BAD, Verdict.KNOWN)]
    around = {place: grounds.around(tx, place) for place in {each.place for each in doing}}
    for each in doing:
        _take(tx, actor, each, fresh, around[each.place])
    counted = intake.tally(judged)
    if counted["new"] or counted["role"] or counted["noted"]:
        told = events.PeopleTakenIn(place, counted["new"], counted["role"], counted["bad"])
        _tell(tx, actor, told, place)
    return counted, list(fresh.values())


def _take(
    tx: Db, actor: Actor | None, each: Judged, fresh: dict[str, int], around: Sequence[str]
) -> None:
    line, member = each.line, each.member_id or fresh.get(each.key)
    if member is None:
        login = line.login or _free_login(tx)
        member = fresh[each.key] = register(
            tx, login=login, name=line.name, password=None, by=actor
        )
    grant(tx, actor, member, each.role, each.place, within=around)
    if line.category or line.note:
        row = tx.get(PersonCard, (member, each.place))
        category, note = (row.category, row.note) if row else ("", "")
        noted = line.category or category, line.note or note
        _write_card(tx, member, each.place, *noted)


def _free_login(tx: Db) -> str:
    """A login name for somebody who has none yet; it can be read out over a counter."""
    while True:
        login = "p-" + "".join(secrets.choice(SIGNS) for _sign in range(8))
        if not tx.execute(select(col(Member.id)).where(col(Member.login) == login)).first():
            return login


def drop_sheet(tx: Db, actor: Actor, sheet_id: int) -> None:
    """Throw a list away without doing what it says."""
    tx.delete(lists.own(tx, actor, sheet_id))
    ticker.cancel(tx, SHEET_DUE, f"sheet:{sheet_id}")
    tx.flush()


@ticker.due(SHEET_DUE)
def _sheet_due(tx: Db, subject: str) -> None:
    """The day of a list is over."""
    sheet = int(subject.partition(":")[2])
    tx.execute(delete(PeopleSheet).where(col(PeopleSheet.id) == sheet))


def take_out(tx: Db, actor: Actor | None, place: str, rows: int) -> None:
    """Put into the log that the list of a place's people left it as a file."""
    _tell(tx, actor, events.PeopleExported(place, rows), place)
