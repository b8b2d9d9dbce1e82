"""Options: worded from themes and notes, counted by positions, moved as motions."""

from collections.abc import Mapping

from sqlalchemy import delete, func
from sqlmodel import col, select

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from sessions.motions import service as motions
from sessions.workshop import rules
from sessions.workshop.models import (
    Gives,
    Workshop,
    WorkshopObjection,
    WorkshopOption,
    WorkshopPosition,
    WorkshopState,
    WorkshopStrike,
)
from sessions.workshop.result_events import (
    ObjectionStruck,
    OptionDropped,
    OptionMade,
    OptionMoved,
    OptionReworded,
    PositionsGiven,
)
from sessions.workshop.rules import Stand
from sessions.workshop.service import themes
from sessions.workshop.service.common import (
    Held,
    for_whom,
    found,
    led,
    present_step,
    require_open,
    tell,
    worded,
    wording,
)
from sessions.workshop.service.counting import options, withdraw
from sessions.workshop.service.notes import of as note_of
from sessions.workshop.service.notes import struck


def _wording(tx: Db, actor: Actor, workshop: int) -> Held:
    held = led(tx, actor, workshop)
    rules.require_running(WorkshopState(held.row.state))
    if present_step(tx, held.row).gives == Gives.POSITIONS:
        raise Conflict(_("People are choosing. Go back a step to change the options."))
    return held


def of(tx: Db, held: Held, option: int) -> WorkshopOption:
    """An option that stands in this session."""
    row = tx.get(WorkshopOption, option, populate_existing=True)
    if row is None or row.workshop_id != held.row.id or row.gone:
        raise NotFound(_("There is no such option in this session."))
    return row


def make_option(
    tx: Db,
    actor: Actor,
    workshop: int,
    words: str,
    *,
    theme: int | None = None,
    note: int | None = None,
) -> int:
    """Word an option; it may rest on a theme, on a note, or on both."""
    held = _wording(tx, actor, workshop)
    if theme is not None:
        themes.of(tx, held, theme)
    if note is not None:
        note_of(tx, held, note)
    clean = rules.bounded(words, rules.OPTION_MOST)
    if len(options(tx, workshop)) >= rules.OPTIONS_MOST:
        sentence = _("At most %(n)s options.") % {"n": rules.OPTIONS_MOST}
        raise Invalid(sentence, fields={"words": sentence})
    last = select(func.max(col(WorkshopOption.number))).where(
        col(WorkshopOption.workshop_id) == workshop
    )
    number = (tx.exec(last).one() or 0) + 1
    row = WorkshopOption(workshop_id=workshop, number=number, theme_id=theme, note_id=note)
    tx.add(row)
    tx.flush()
    row.wording_id, digest = worded(tx, actor, clean, option=row.id)
    tx.flush()
    made = OptionMade(workshop, row.id, number, theme, note, row.wording_id, digest)
    tell(tx, actor, held.row, made)
    return row.id


def reword_option(tx: Db, actor: Actor, workshop: int, option: int, words: str) -> bool:
    """Word an option otherwise; what was said on the old words goes. False if nothing changes."""
    held = _wording(tx, actor, workshop)
    row = of(tx, held, option)
    clean = rules.bounded(words, rules.OPTION_MOST)
    if wording(tx, row.wording_id) == clean:
        return False
    row.wording_id, digest = worded(tx, actor, clean, option=option)
    row.support = row.live = row.object = None
    tx.flush()
    _forget(tx, held.row, option)
    tell(tx, actor, held.row, OptionReworded(workshop, option, row.wording_id, digest))
    return True


def drop_option(tx: Db, actor: Actor, workshop: int, option: int) -> None:
    """Take an option back."""
    held = _wording(tx, actor, workshop)
    row = of(tx, held, option)
    row.gone = True
    tx.flush()
    _forget(tx, held.row, option)
    tell(tx, actor, held.row, OptionDropped(workshop, option))


def _forget(tx: Db, row: Workshop, option: int) -> None:
    """What people said on an option goes with its words, told by the machine."""
    tx.execute(delete(WorkshopPosition).where(col(WorkshopPosition.option_id) == option))
    against = select(WorkshopObjection).where(
        col(WorkshopObjection.option_id) == option, col(WorkshopObjection.withdrawn).is_(False)
    )
    for objection in tx.exec(against.order_by(col(WorkshopObjection.id))).all():
        withdraw(tx, row, objection)


def stand(
    tx: Db,
    actor: Actor,
    workshop: int,
    stands: Mapping[int, Stand],
    *,
    member: int | None = None,
) -> None:
    """Say where one stands on some of the options, in place of what one said before."""
    held = found(tx, actor, workshop)
    person, _method = for_whom(tx, actor, held.access, member, speaks=False)
    require_open(held)
    rules.require_giving(Gives(present_step(tx, held.row).gives), Gives.POSITIONS)
    chosen = rules.checked(stands)
    known = {option.id for option in options(tx, workshop)}
    if not set(chosen) <= known:
        raise NotFound(_("There is no such option in this session."))
    before = people(tx, workshop)
    for option, said in sorted(chosen.items()):
        row = tx.get(WorkshopPosition, (option, person.id)) or WorkshopPosition(
            option_id=option, member_id=person.id, stance=said.stance
        )
        row.stance, row.reason, row.named = said
        tx.add(row)
    tx.flush()
    now = people(tx, workshop)
    if now != before:
        about = ref("workshop", workshop)
        told = PositionsGiven(workshop, now)
        record(tx, None, told, stream=held.access.stream, subject=about)


def people(tx: Db, workshop: int) -> int:
    """How many have said where they stand."""
    query = (
        select(func.count(func.distinct(col(WorkshopPosition.member_id))))
        .join(WorkshopOption, col(WorkshopOption.id) == col(WorkshopPosition.option_id))
        .where(col(WorkshopOption.workshop_id) == workshop)
    )
    return tx.exec(query).one()


def strike_objection(tx: Db, actor: Actor, workshop: int, objection: int, reason: str) -> None:
    """Take the words of an objection out of sight, and say why; it counts all the same."""
    held = led(tx, actor, workshop)
    row = tx.get(WorkshopObjection, objection)
    if row is None or tx.get_one(WorkshopOption, row.option_id).workshop_id != workshop:
        raise NotFound(_("There is no such objection in this session."))
    query = select(WorkshopStrike.id).where(col(WorkshopStrike.objection_id) == objection)
    if tx.exec(query).first() is not None:
        raise Conflict(_("This objection was struck."))
    made, digest = struck(tx, actor, reason, objection=objection)
    tell(tx, actor, held.row, ObjectionStruck(workshop, objection, made, digest))


def move_option(tx: Db, actor: Actor, workshop: int, option: int) -> int:
    """Move an option as a motion on the item; whoever presses is its mover."""
    held = found(tx, actor, workshop)
    row = of(tx, held, option)
    if row.motion_id is not None:
        raise Conflict(_("This option has been moved already."))
    if held.access.meeting.current_item_id != held.row.item_id:
        raise Conflict(_("The item of this session is not open now."))
    draft = motions.Draft(wording(tx, row.wording_id))
    motion = motions.move(tx, actor, held.access.meeting.id, draft)
    row.motion_id = motion
    tx.flush()
    tell(tx, actor, held.row, OptionMoved(workshop, option, motion))
    return motion
