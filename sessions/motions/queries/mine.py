"""What one person can do with the motions on the open item."""

from collections.abc import Sequence
from typing import NamedTuple

from forum.base.db import Db
from forum.members import queries as members
from sessions.meetings import presence
from sessions.meetings.models import MeetingState
from sessions.meetings.queries import MeetingAccess
from sessions.motions import rules
from sessions.motions.models import MotionState, Sort
from sessions.motions.queries.board import Board, Sight


class Own(NamedTuple):
    """What one person can do with motions now."""

    moves: Sequence[Sort] = ()
    second: Sequence[Sight] = ()
    amend: Sequence[Sight] = ()
    withdraw: Sequence[Sight] = ()
    outdated: Sequence[Sight] = ()
    object: Sequence[Sight] = ()
    reconsider: Sequence[Sight] = ()


NOTHING = Own()


def own_part(db: Db, access: MeetingAccess, now: Board) -> Own:
    """What a reader can do with motions now; a guest nothing."""
    actor, meeting = access.actor, access.meeting
    if actor is None or now.item_id is None or meeting.state is not MeetingState.IN_SESSION:
        return NOTHING
    here = presence.here(db, meeting.id, [actor.id])
    entitled = presence.entitled(db, meeting.id, [actor.id]).get(actor.id, False)
    standing = members.standing(db, actor, (*access.access.places, access.stream))
    votes = bool(here) and entitled and not standing.banned and not actor.asleep
    return own(now, actor.id, speaks=votes and not standing.muted, votes=votes)


def own(now: Board, member: int, *, speaks: bool, votes: bool) -> Own:
    """What somebody present and entitled can do; the verbs judge again."""
    if now.item_id is None or not votes:
        return Own()
    asked = [one for one in now.order if one.asked]
    if not speaks:
        return Own(object=asked)
    mine = [one for one in now.opened if one.mover_id == member]
    pending = [one for one in now.order if one.state is MotionState.PENDING]
    taken = {one.sort for one in now.opened}
    room = not taken & {Sort.MAIN, Sort.RECONSIDER}
    main = any(one.sort is Sort.MAIN for one in now.order)
    moves = [sort for sort in rules.PROCEDURE if sort not in taken | {Sort.RECONSIDER}]
    return Own(
        ([Sort.MAIN] if room else []) + [s for s in moves if main or s not in rules.DEALING],
        [one for one in now.waiting if one.mover_id != member and member not in one.seconder_ids],
        [one for one in pending if one.sort in rules.WORDED and one.degree < rules.DEGREES],
        [one for one in mine if one.in_hand] if not now.voting else [],
        [one for one in mine if one.outdated and one.state is not MotionState.VOTING],
        asked,
        [one for one in now.over if one.sort is Sort.MAIN and one.state in rules.DECIDED and room],
    )
