"""The floor as its readers see it: who speaks, who waits and why there, what was ruled."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, func, select
from sqlmodel import col

from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members import queries as members
from sessions.floor import turns
from sessions.floor.models import (
    GroupMember,
    Lane,
    Preference,
    Side,
    SpeakingGroups,
    SpeakingList,
    Speech,
    SpeechState,
)
from sessions.floor.order import Place, Turn, Waiting, arrange
from sessions.floor.points import points_of
from sessions.floor.rows import (
    EMPTY,
    NO_GROUPS,
    Entry,
    Floor,
    Groups,
    ListRow,
    Point,
    SpeechRow,
)
from sessions.floor.turns import Left, Used, left_to
from sessions.meetings import presence
from sessions.meetings.models import Method
from sessions.meetings.queries import MeetingRow
from sessions.motions import queries as motions
from sessions.motions.models import MotionState, Sort

# Read from here by everybody else.
__all__ = ["EMPTY", "Entry", "Floor", "ListRow", "Point", "SpeechRow"]
_COLUMNS = tuple(col(getattr(Speech, name)) for name in SpeechRow._fields)


def _row(found: Sequence[object]) -> SpeechRow:
    row = SpeechRow._make(found)
    return row._replace(
        lane=Lane(row.lane),
        side=Side(row.side),
        state=SpeechState(row.state),
        origin=Method(row.origin),
    )


def speech_row(db: Db, speech: int) -> SpeechRow:
    """A request, for whoever has been let into its meeting; NotFound where there is none."""
    found = db.execute(select(*_COLUMNS).where(col(Speech.id) == speech)).one_or_none()
    if found is None:
        raise NotFound(_("There is no such request to speak."))
    return _row(found)


_LIST = tuple(col(getattr(SpeakingList, "rule" if n == "name" else n)) for n in ListRow._fields)


def speaking_list(db: Db, meeting: int, item: int) -> ListRow | None:
    """The list of an item in a meeting, once it was called up there."""
    found = db.execute(
        select(*_LIST).where(
            col(SpeakingList.meeting_id) == meeting, col(SpeakingList.item_id) == item
        )
    ).one_or_none()
    return ListRow(*found) if found else None


def groups(db: Db, meeting: int) -> Groups:
    """The groups that take turns in a meeting, and who said that they belong to which."""
    found = db.execute(
        select(col(SpeakingGroups.names), col(SpeakingGroups.every)).where(
            col(SpeakingGroups.meeting_id) == meeting
        )
    ).one_or_none()
    if found is None or not found[0]:
        return NO_GROUPS
    said = db.execute(
        select(col(GroupMember.member_id), col(GroupMember.name)).where(
            col(GroupMember.meeting_id) == meeting
        )
    )
    return Groups(tuple(found[0]), found[1], {who: name for who, name in said if name in found[0]})


def speeches(db: Db, meeting: int, item: int) -> list[SpeechRow]:
    """Every request on an item in a meeting, those that were held in the order of speaking."""
    found = db.execute(
        select(*_COLUMNS)
        .where(col(Speech.meeting_id) == meeting, col(Speech.item_id) == item)
        .order_by(col(Speech.began_at), col(Speech.id))
        .limit(5_000)
    )
    return [_row(row) for row in found]


_COUNTED = (SpeechState.WAITING, SpeechState.FINISHED, *turns.HOLDING)


def pending_motion(db: Db, meeting: int, item: int) -> int | None:
    """The main motion that is before the meeting on an item."""
    before = (MotionState.PENDING, MotionState.VOTING)
    for row in motions.of_meeting(db, meeting, item):
        if row.sort is Sort.MAIN and row.state in before:
            return row.id
    return None


def used(
    db: Db, listed: ListRow, meeting: int, people: Collection[int], motion: int | None
) -> dict[int, Used]:
    """What these people have spoken on the item of a list, on a motion, and in the whole meeting.

    Points of order and questions use up nothing, interventions time only.
    """
    here = col(Speech.item_id) == listed.item_id
    speech = col(Speech.lane) == Lane.SPEECH

    def times(*where: ColumnElement[bool]) -> ColumnElement[int]:
        return func.count().filter(speech, *where)

    def ms(*where: ColumnElement[bool]) -> ColumnElement[int]:
        return func.coalesce(func.sum(col(Speech.spent_ms)).filter(*where), 0)

    found = db.execute(
        select(
            col(Speech.member_id),
            times(here),
            times(here, col(Speech.motion_id) == motion),
            times(),
            ms(here),
            ms(speech | ~speech),
        )
        .where(
            col(Speech.meeting_id) == meeting,
            col(Speech.member_id).in_(people),
            col(Speech.state).in_(_COUNTED),
            col(Speech.lane).in_((Lane.SPEECH, Lane.INTERVENTION)),
        )
        .group_by(col(Speech.member_id))
    )
    return {
        member: Used(own, moved, whole, int(spent), int(total))
        for member, own, moved, whole, spent, total in found
    }


def left(db: Db, listed: ListRow, meeting: int, people: Collection[int]) -> dict[int, Left]:
    """What is left to these people, by the limits of the list; empty where there are none."""
    if not any(listed.bounds):
        return {}
    motion = _measured_by(db, listed, meeting)
    spoken = used(db, listed, meeting, people, motion)
    pending = motion is not None
    return {who: left_to(listed.bounds, spoken.get(who, Used()), motion=pending) for who in people}


def _measured_by(db: Db, listed: ListRow, meeting: int) -> int | None:
    """The pending motion, where the list's limits are those of a motion."""
    limited = listed.motion_times is not None
    return pending_motion(db, meeting, listed.item_id) if limited else None


def queue(
    db: Db,
    listed: ListRow,
    rows: Sequence[SpeechRow],
    named: Groups = NO_GROUPS,
    motion: int | None = None,
) -> list[Place]:
    """Those who wait, in the order of the list's rule, each with the reason.

    With a `motion` only what was said on it counts: on a new motion everybody is a new voice.
    """
    waiting = [row for row in rows if row.state is SpeechState.WAITING]
    chosen = _chosen(db, [row.id for row in waiting])
    return arrange(
        [
            Waiting(
                row.id,
                row.member_id,
                row.venue_id,
                row.lane,
                row.side,
                row.asked_at,
                chosen[row.id][0] if row.id in chosen else None,
                named.of.get(row.member_id, ""),
            )
            for row in waiting
        ],
        [
            Turn(
                row.member_id,
                row.venue_id,
                row.side,
                row.spent_ms,
                named.of.get(row.member_id, ""),
            )
            for row in rows
            if row.lane is Lane.SPEECH
            and row.began_at is not None
            and motion in (None, row.motion_id)
        ],
        listed.rule.criteria,
        named.quota if listed.rule.grouped else None,
    )


def _chosen(db: Db, ids: Collection[int]) -> dict[int, tuple[int, str]]:
    """The chair's overrides among these: in which turn, and why."""
    found = db.execute(
        select(col(Preference.speech_id), col(Preference.id), col(Preference.body)).where(
            col(Preference.speech_id).in_(ids)
        )
    )
    return {speech: (turn, reason) for speech, turn, reason in found}


def floor(db: Db, meeting: MeetingRow) -> Floor:
    """The floor of a meeting, with everything that its screens show."""
    item = meeting.current_item_id
    listed = speaking_list(db, meeting.id, item) if item is not None else None
    if listed is None:
        return EMPTY
    rows = speeches(db, meeting.id, listed.item_id)
    named = groups(db, meeting.id)
    motion = _measured_by(db, listed, meeting.id)
    by_id = {row.id: row for row in rows}
    names = members.names(db, {row.member_id for row in rows})
    points = points_of(db, by_id, names)
    said = {point.speech_id: point.body for point in points}
    chosen = {speech: reason for speech, (_turn, reason) in _chosen(db, by_id).items()}
    asking = {row.member_id for row in rows if row.open}
    waiting = [
        Entry(
            number,
            by_id[place.entry.id],
            names[place.entry.member],
            place.reason,
            place.times,
            said.get(place.entry.id) or chosen.get(place.entry.id, ""),
        )
        for number, place in enumerate(queue(db, listed, rows, named, motion), 1)
    ]

    def in_state(state: SpeechState) -> list[SpeechRow]:
        return [row for row in rows if row.state is state]

    return Floor(
        listed,
        next(iter(in_state(SpeechState.SPEAKING)), None),
        min(in_state(SpeechState.PAUSED), key=lambda row: turns.depth(row.lane), default=None),
        waiting,
        in_state(SpeechState.FINISHED),
        in_state(SpeechState.SKIPPED),
        points,
        names,
        named,
        left(db, listed, meeting.id, asking),
        frozenset(presence.here(db, meeting.id, asking) if asking else ()),
    )


def own(db: Db, meeting: MeetingRow, member: int) -> list[SpeechRow]:
    """Somebody's requests on the current item, whatever became of them."""
    if meeting.current_item_id is None:
        return []
    found = db.execute(
        select(*_COLUMNS)
        .where(
            col(Speech.meeting_id) == meeting.id,
            col(Speech.item_id) == meeting.current_item_id,
            col(Speech.member_id) == member,
        )
        .order_by(col(Speech.id))
    )
    return [_row(row) for row in found]
