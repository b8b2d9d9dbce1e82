"""People who are not on the roll: seen by a desk, guests or entitled as the rules say."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import _
from forum.base.refs import ref
from forum.members import counter
from forum.members.models import Verification
from forum.members.service.verification import verify
from forum.stations import service as stations
from sessions.arrivals.errors import MeetingOver
from sessions.arrivals.events import WalkInSeen
from sessions.arrivals.models import Proof, WalkIn
from sessions.meetings import presence
from sessions.meetings import rules as meeting_rules
from sessions.meetings import service as meetings
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import at_desk, tell

# What a desk saw counts beyond the meeting only where a station's clerk saw it of a resident.
LEVELS = {Proof.DOCUMENT: Verification.STAFF, Proof.REGISTER: Verification.REGISTER}


def admit(
    tx: Db, actor: Actor, meeting: int, venue: int, member: int, proof: Proof, *, asks: bool
) -> bool:
    """Check somebody in who is not on the roll, and keep who saw what; whether they are on it now.

    Whoever may take part by the consultation's rules joins the roll. Others are guests; where they
    ask for more, the chair is shown it.
    """
    access = _open(tx, actor, meeting, venue)
    meetings.check_in(tx, actor, meeting, venue, [member])
    place = counter.place_for(tx, actor, member)
    if place is not None and proof in LEVELS:
        verify(tx, actor, member, LEVELS[proof], place=place)
    entitled = presence.entitled(tx, meeting, [member]).get(member, False)
    row = WalkIn(
        meeting_id=meeting,
        venue_id=venue,
        member_id=member,
        proof=proof,
        asks=asks and not entitled,
        at=clock.now(),
        by_id=actor.id,
    )
    tx.add(row)
    tx.flush()
    seen = WalkInSeen(venue, member, proof, entitled, row.asks)
    tell(tx, actor, access, seen, subject=ref("member", member))
    return entitled


def admit_new(
    tx: Db,
    actor: Actor,
    meeting: int,
    venue: int,
    newcomer: stations.Newcomer,
    proof: Proof,
    *,
    asks: bool,
) -> stations.Arrival:
    """The same for somebody without an account: they get one, as a guest of this consultation.

    A child is a guest until a guardian agrees, whatever the desk saw.
    """
    access = _open(tx, actor, meeting, venue)
    arrival = stations.open_account(tx, newcomer, by=actor, guest_of=access.access.stream)
    admit(tx, actor, meeting, venue, arrival.member, proof, asks=asks and not newcomer.minor)
    return arrival


def _open(tx: Db, actor: Actor, meeting: int, venue: int) -> MeetingAccess:
    access, _found = at_desk(tx, actor, meeting, venue)
    if access.meeting.state not in meeting_rules.ATTENDED:
        raise MeetingOver(_("The meeting is over; its record stays as it is."))
    return access
