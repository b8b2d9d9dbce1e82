"""Who may ask to reconsider what was decided, and what may be reconsidered."""

from sqlmodel import col, select

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, NotFound
from forum.base.i18n import _
from sessions.meetings.queries import MeetingAccess
from sessions.motions import rules
from sessions.motions.models import Motion, MotionState, Sort
from voting.boxes import queries as boxes
from voting.boxes.models import Channel
from voting.polls import queries as polls

S = MotionState
WITHOUT_EFFECT = (S.WITHDRAWN, S.FALLEN, S.POSTPONED)


def require_winner(tx: Db, mover: Actor, access: MeetingAccess, motion: int) -> Motion:
    """The decided motion on the open item, for somebody on the side that prevailed."""
    row = tx.get(Motion, motion)
    if row is None or row.item_id != access.meeting.current_item_id:
        raise NotFound(_("There is no such motion on this item."))
    if row.sort != Sort.MAIN or row.state not in rules.DECIDED:
        raise Conflict(_("Only a motion that was carried or not carried can be reconsidered."))
    origin = tx.get(Motion, row.origin_id or 0)
    if _asked(tx, row) or (origin is not None and origin.state == S.RECONSIDERED):
        raise Conflict(_("What was decided is reconsidered once; that has been asked already."))
    if not _won(tx, mover, row):
        raise Forbidden(
            _("Only somebody on the side that prevailed can ask to reconsider: %(name)s is not.")
            % {"name": mover.name}
        )
    return row


def _asked(tx: Db, row: Motion) -> bool:
    query = select(Motion.id).where(
        col(Motion.target_id) == row.id,
        col(Motion.sort) == Sort.RECONSIDER,
        col(Motion.state).not_in(WITHOUT_EFFECT),
    )
    return tx.exec(query).first() is not None


def _won(tx: Db, mover: Actor, row: Motion) -> bool:
    """Carried without a vote: everybody prevailed. Hands and secret ballots tell nobody's side."""
    if row.poll_id is None:
        return True
    own = boxes.own_vote(tx, row.poll_id, mover.id)
    right = polls.right(tx, row.poll_id, mover)
    aside = right is not None and right.present and right.channel is not Channel.ONLINE
    return rules.may_reconsider(
        carried=row.state == S.CARRIED,
        choice=own.choice if own else None,
        took_part=aside or boxes.part(tx, row.poll_id, mover.id) is not None,
    )
