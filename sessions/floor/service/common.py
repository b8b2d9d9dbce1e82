"""What the verbs of the floor share: the locked meeting with its list, who may, who has a voice."""

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import Event
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.consultations import words
from forum.members import queries as members
from sessions.floor import queries
from sessions.floor.models import SpeakingList, Speech
from sessions.floor.queries import ListRow, SpeechRow
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import chaired, hold, require_session, tell, touch

__all__ = ["chaired", "hold", "require_session", "tell", "touch"]


def current_list(tx: Db, access: MeetingAccess) -> ListRow:
    """The list of the item that is called up; a Conflict where there is none."""
    item = access.meeting.current_item_id
    found = queries.speaking_list(tx, access.meeting.id, item) if item is not None else None
    if found is None:
        raise Conflict(_("No item is open."))
    return found


def stored_list(tx: Db, access: MeetingAccess, listed: ListRow) -> SpeakingList:
    """Its row, to be changed."""
    return tx.get_one(SpeakingList, (access.meeting.id, listed.item_id))


def of_chair(tx: Db, actor: Actor, speech: int) -> tuple[MeetingAccess, Speech, SpeechRow]:
    """A request in a meeting in session that the actor chairs."""
    row = queries.speech_row(tx, speech)
    access, _meeting = chaired(tx, actor, row.meeting_id)
    require_session(access)
    # Read again behind the lock: another click may have come before.
    return (
        access,
        tx.get_one(Speech, speech, populate_existing=True),
        queries.speech_row(tx, speech),
    )


def require_voice(tx: Db, actor: Actor, access: MeetingAccess, member: Actor) -> None:
    """Forbidden for whoever may not speak here now; only they themselves read the reason."""
    if member.asleep and actor.id == member.id:
        raise GuardianFirst
    standing = members.standing(tx, member, (*access.access.places, access.stream))
    if not (standing.muted or standing.banned):
        return
    if actor.id == member.id:
        raise Forbidden(words.restriction(standing, access.meeting.zone))
    raise Forbidden(_("%(name)s may not speak here for now.") % {"name": member.name})


def tell_of(tx: Db, actor: Actor, access: MeetingAccess, row: Speech, event: Event) -> None:
    """Record what happened to a request; its author's own page looks again."""
    tell(tx, actor, access, event, subject=ref("speech", row.id))
    touch(tx, actor, access.meeting.id, row.member_id)
