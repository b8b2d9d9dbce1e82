"""The groups that take turns: named by the chair, and everybody says which is theirs."""

from collections.abc import Sequence

from sqlalchemy import delete
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from sessions.floor import queries
from sessions.floor.events import GroupDeclared, GroupsSet
from sessions.floor.models import GroupMember, SpeakingGroups
from sessions.floor.service.common import acting_for, chaired, tell, touch
from sessions.meetings.service.common import require_unfinished

MOST = 12
EVERY = range(2, 21)


def set_groups(
    tx: Db, actor: Actor, meeting: int, names: Sequence[str], every: int | None = None
) -> None:
    """Name the groups, the one of the quota first; who had named another stands in none now."""
    access, _row = chaired(tx, actor, meeting)
    require_unfinished(access)
    given = tuple(dict.fromkeys(name.strip() for name in names if name.strip()))
    if len(given) > MOST or any(len(name) > 40 for name in given):
        sentence = _("Up to twelve groups, each in up to forty signs.")
        raise Invalid(sentence, fields={"groups": sentence})
    if every is not None and (every not in EVERY or not given):
        sentence = _("From every 2nd to every 20th speech, of the first group.")
        raise Invalid(sentence, fields={"every": sentence})
    row = tx.get(SpeakingGroups, meeting) or SpeakingGroups(meeting_id=meeting, names=[])
    row.names, row.every = list(given), every
    tx.add(row)
    of_meeting = col(GroupMember.meeting_id) == meeting
    tx.execute(delete(GroupMember).where(of_meeting, col(GroupMember.name).not_in(given)))
    tx.flush()
    tell(tx, actor, access, GroupsSet(len(given), every))


def declare_group(
    tx: Db, actor: Actor, meeting: int, name: str, *, member: int | None = None
) -> None:
    """Say which group one belongs to, empty for none; a desk says it for somebody there."""
    found = acting_for(tx, actor, meeting, member)
    require_unfinished(found.access)
    if found.venue and name and name not in queries.groups(tx, meeting).names:
        raise Conflict(_("There is no such group in this meeting."))
    row = tx.get(GroupMember, (meeting, found.speaker.id))
    if row is not None:
        tx.delete(row)
        tx.flush()
    if name:
        tx.add(GroupMember(meeting_id=meeting, member_id=found.speaker.id, name=name))
        tx.flush()
    tell(tx, actor, found.access, GroupDeclared(found.speaker.id, found.origin))
    touch(tx, actor, meeting, found.speaker.id)
