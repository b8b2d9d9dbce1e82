"""The roll with weight, household and organisation: described, taken in from a list, taken out."""

from collections.abc import Sequence
from datetime import timedelta
from typing import NamedTuple

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from forum.members import sheets
from sessions.convening import rules
from sessions.convening.events import RollDetailed, RollTakenIn, RollTakenOut
from sessions.convening.models import RollDetail, RollSheet
from sessions.convening.queries import intake
from sessions.convening.queries.intake import Judged, Verdict
from sessions.convening.queries.roll import Person
from sessions.convening.service.common import note, organised
from sessions.meetings import presence
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.attendance import count, put_on_roll
from sessions.meetings.service.common import require_unfinished

SHEET_LASTS = timedelta(days=1)
SHEET_DUE = "convening:roll_sheet"
LINES = 25  # a fraction of a second under the write lock


class Facts(NamedTuple):
    """What the roll says of somebody; the weight is an exact number."""

    number: str = ""
    weight: str = "1"
    household: str = ""
    organisation: str = ""


def describe(tx: Db, actor: Actor, meeting: int, member: int, facts: Facts) -> None:
    """Say what somebody on the roll weighs, and for whom they come."""
    access = organised(tx, actor, meeting)
    require_unfinished(access)
    if not presence.entitled(tx, meeting, [member]).get(member, False):
        raise NotFound(_("This person is not on the roll."))
    if rules.weight(facts.weight) is None:
        words = _("A weight is a number above 0 like 1, 3/4 or 86.57.")
        raise Invalid(words, fields={"weight": words})
    _write(tx, actor, meeting, member, facts)


def _write(tx: Db, actor: Actor, meeting: int, member: int, facts: Facts) -> None:
    row = tx.get(RollDetail, (meeting, member))
    if row is None:
        row = RollDetail(meeting_id=meeting, member_id=member)
    elif (row.number, row.weight, row.household, row.organisation) == facts:
        return
    row.number, row.weight, row.household, row.organisation = facts
    tx.add(row)
    tx.flush()
    note(tx, actor, meeting, RollDetailed(member), member=member)


def keep_sheet(tx: Db, actor: Actor, meeting: int, text: str) -> int:
    """Keep a list to be looked at before anything is done; it goes after a day."""
    access = organised(tx, actor, meeting)
    require_unfinished(access)
    intake.read(text)
    sheet = RollSheet(meeting_id=meeting, member_id=actor.id, body=text, read_at=clock.now())
    tx.add(sheet)
    tx.flush()
    ticker.schedule(tx, SHEET_DUE, clock.now() + SHEET_LASTS, f"sheet:{sheet.id}")
    return sheet.id


def take_in(actor: Actor, ident: int) -> dict[str, int]:
    """Do what a list says, bad lines left out, a few lines to each transaction.

    What a crash leaves is whole people, and a list that still holds all its lines: whoever presses
    again goes on with the rest.
    """
    with reading() as db:
        access, sheet = intake.sheet(db, actor, ident)
        if sheet.finished:
            raise Conflict(_("This list has been taken in."))
        judged = intake.judge(db, access, intake.read(sheet.body))
    doing = [each for each in judged if each.verdict in (Verdict.NEW, Verdict.CHANGED)]
    for start in range(0, len(doing), LINES):
        with transaction() as tx:
            _unfinished(tx, actor, ident)
            _take_some(tx, actor, access.meeting.id, doing[start : start + LINES])
    counted = intake.tally(judged)
    with transaction() as tx:
        row, held = _unfinished(tx, actor, ident)
        row.body, row.done = "", counted
        tx.flush()
        if doing:
            event = RollTakenIn(
                counted[Verdict.NEW], counted[Verdict.CHANGED], counted[Verdict.BAD]
            )
            note(tx, actor, held.meeting.id, event)
            count(tx, actor, held)
    return counted


def _unfinished(tx: Db, actor: Actor, ident: int) -> tuple[RollSheet, MeetingAccess]:
    _access, sheet = intake.sheet(tx, actor, ident)
    access = organised(tx, actor, sheet.meeting_id)
    require_unfinished(access)
    tx.refresh(sheet, with_for_update=True)
    if sheet.finished:
        raise Conflict(_("This list has been taken in."))
    return sheet, access


def _take_some(tx: Db, actor: Actor, meeting: int, some: Sequence[Judged]) -> None:
    access = organised(tx, actor, meeting)
    people: list[Person] = [each.person for each in some if each.person is not None]
    for person in people:
        put_on_roll(tx, actor, access, person.member_id)
        facts = Facts(person.number, person.weight, person.household, person.organisation)
        _write(tx, actor, meeting, person.member_id, facts)


def drop_sheet(tx: Db, actor: Actor, ident: int) -> int:
    """Throw a list away; returns its meeting."""
    access, sheet = intake.sheet(tx, actor, ident)
    tx.delete(sheet)
    ticker.cancel(tx, SHEET_DUE, f"sheet:{ident}")
    tx.flush()
    return access.meeting.id


@ticker.due(SHEET_DUE)
def _sheet_due(tx: Db, subject: str) -> None:
    """The day of a list is over."""
    sheet = tx.get(RollSheet, int(subject.partition(":")[2]))
    if sheet is not None:
        tx.delete(sheet)


def take_out(tx: Db, actor: Actor, meeting: int, people: Sequence[Person]) -> bytes:
    """The roll as a file that an import reads; the log keeps that it was taken out."""
    organised(tx, actor, meeting)
    note(tx, actor, meeting, RollTakenOut(len(people)))
    rows = [
        (each.number, each.name, each.login, each.weight, each.household, each.organisation)
        for each in people
    ]
    return sheets.written(rows, intake.COLUMNS)
