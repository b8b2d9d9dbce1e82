"""What the chair declares and shows: the quorum, and a sentence on everybody's screen."""

from sqlalchemy import ColumnElement, and_, select, update
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import seal
from forum.base.i18n import _
from sessions.meetings import presence, rules
from sessions.meetings.events import NoticeShown, NoticeTaken, QuorumDeclared
from sessions.meetings.models import MeetingNotice, QuorumCheck
from sessions.meetings.service.common import chaired, require_state, require_unfinished, tell


def declare_quorum(tx: Db, actor: Actor, meeting: int) -> bool:
    """Count and declare whether there is a quorum; the declaration holds until the next one."""
    access, _row = chaired(tx, actor, meeting)
    require_state(
        access, rules.ATTENDED, _("A quorum is declared while people are gathered for a meeting.")
    )
    quorum = access.meeting.quorum
    now = presence.counts(tx, meeting).quorum(quorum)
    check = QuorumCheck(
        meeting_id=meeting,
        at=clock.now(),
        entitled=now.entitled,
        present=now.present,
        quorum=quorum,
        reached=now.reached,
        declared_by=actor.id,
        represented=now.represented,
    )
    tx.add(check)
    tx.flush()
    declared = QuorumDeclared(
        check.id,
        now.entitled,
        now.present,
        rules.exact(quorum),
        now.needed,
        now.reached,
        now.represented,
    )
    tell(tx, actor, access, declared)
    return now.reached


def show(tx: Db, actor: Actor, meeting: int, sentence: str) -> None:
    """Show everybody a sentence in place of the last one; an empty one only takes that away."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    standing: ColumnElement[bool] = and_(
        col(MeetingNotice.meeting_id) == meeting, col(MeetingNotice.until).is_(None)
    )
    for ident in tx.execute(select(col(MeetingNotice.id)).where(standing)).scalars().all():
        tell(tx, actor, access, NoticeTaken(ident))
    tx.execute(update(MeetingNotice).where(standing).values(until=clock.now()))
    if not sentence:
        return
    sealed = seal(sentence)
    row = MeetingNotice(
        meeting_id=meeting, body=sentence, salt=sealed.salt, at=clock.now(), author_id=actor.id
    )
    tx.add(row)
    tx.flush()
    tell(tx, actor, access, NoticeShown(row.id, sealed.digest))
