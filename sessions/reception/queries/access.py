"""Who keeps the register of a reception, and whose visitors they see."""

from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden, NotFound
from forum.base.i18n import _
from forum.members import queries as members
from forum.members.models import Role
from forum.members.queries import MemberRow
from sessions.convening.models import Preparation
from sessions.meetings import queries as meetings
from sessions.meetings import rules as meetings_rules
from sessions.meetings.queries import MeetingAccess, VenueRow
from sessions.reception import rules


class Counter(NamedTuple):
    """A reception and what somebody is to it.

    `venues` are those whose register is theirs to keep; who `receives` sees at the other venues
    only whom they receive. `former` are the venues of earlier sittings, which nobody operates any
    more: whoever keeps every venue keeps their part of the register as well.
    """

    access: MeetingAccess
    venues: tuple[VenueRow, ...]
    receives: bool
    former: tuple[VenueRow, ...] = ()

    @property
    def leads(self) -> bool:
        """Whether the register is theirs at every venue."""
        return rules.leads(self.access.roles)

    @property
    def places(self) -> tuple[str, ...]:
        """Where the roles lie that count here."""
        return (self.access.stream, *self.access.access.places)

    def keeps(self, venue: int) -> bool:
        """Whether the register of a venue is theirs."""
        return any(row.id == venue for row in self.kept)

    @property
    def kept(self) -> tuple[VenueRow, ...]:
        """The venues whose register is theirs, those of earlier sittings with them."""
        whole = self.leads or meetings_rules.assists(self.access.access.roles)
        return (*self.venues, *self.former) if whole else self.venues

    def venue(self, venue: int) -> VenueRow:
        """A venue of this reception, of whatever sitting; NotFound where it is none of them."""
        gone = next((row for row in self.former if row.id == venue), None)
        return gone or self.access.venue(venue)


def is_reception(db: Db, meeting: int) -> bool:
    """Whether a meeting is of the type that has a register."""
    query = select(col(Preparation.kind)).where(col(Preparation.meeting_id) == meeting)
    return bool(db.execute(query).scalar_one_or_none() == rules.KIND)


def reception(db: Db, actor: Actor | None, meeting: int) -> MeetingAccess:
    """A reception that somebody may read of; NotFound where the meeting is none."""
    access = meetings.meeting_access(db, actor, meeting)
    if not is_reception(db, meeting):
        raise NotFound(_("This meeting is no reception: it has no register."))
    return access


def standing(db: Db, access: MeetingAccess) -> Counter:
    """What a reader of a reception is to its register: often nothing."""
    if access.actor is None or access.access.standing.banned:
        return Counter(access, (), receives=False)
    venues = access.venues if rules.leads(access.roles) else access.desks
    known = meetings.venues(db, access.meeting.id, former=True)
    former = tuple(row for row in known if row.over_at is not None)
    return Counter(access, venues, rules.receives(access.roles), former)


def counter(db: Db, actor: Actor, meeting: int) -> Counter:
    """The register for whoever works with it; Forbidden for all others."""
    found = standing(db, reception(db, actor, meeting))
    if not (found.kept or found.receives):
        raise Forbidden(
            _("Only the desks, the secretary, the chair and the representatives may do this.")
        )
    return found


def representatives(db: Db, found: Counter) -> list[MemberRow]:
    """Who may receive visitors here."""
    return members.holders(db, Role.REPRESENTATIVE, found.places)


def handlers(db: Db, found: Counter) -> list[MemberRow]:
    """To whom something may be given to do."""
    return members.holders(db, Role.HANDLER, found.places)
