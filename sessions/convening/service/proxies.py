"""Somebody on the roll stands in for another: named by them, or by a clerk from a paper."""

from sqlmodel import col, select

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.i18n import _
from forum.base.refs import ref
from sessions.convening import rules
from sessions.convening.events import ProxyGiven, ProxyRevoked, Replied
from sessions.convening.models import Answer, Proxy, Reply
from sessions.convening.queries import preparing
from sessions.convening.queries import proxies as queries
from sessions.convening.service import seats
from sessions.convening.service.common import note, organised
from sessions.meetings import presence
from sessions.meetings import rules as meeting_rules
from sessions.meetings.models import Method
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import hold, touch


def give(
    tx: Db, actor: Actor, access: MeetingAccess, principal: int, holder: int, *, paper: bool
) -> int:
    """Let somebody stand in for another; one named before does so no more. The caller judged who.

    The caller holds the meeting, so that two who name each other do not both succeed.
    """
    meeting = access.meeting.id
    _before_it_begins(access)
    on_roll = presence.entitled(tx, meeting, [principal, holder])
    if not (on_roll.get(principal) and on_roll.get(holder)):
        raise Conflict(_("Both must be on the roll of the meeting."))
    most = preparing.prepared(tx, meeting).kind.proxies
    rules.check_proxy(principal, holder, queries.held(tx, meeting), most=most)
    now = _given_by(tx, meeting, principal)
    if now is not None and now.holder_id == holder and now.paper == paper:
        return now.id
    take_back(tx, actor, meeting, principal)
    row = Proxy(
        meeting_id=meeting,
        principal_id=principal,
        holder_id=holder,
        paper=paper,
        at=clock.now(),
        entered_by=actor.id,
    )
    tx.add(row)
    tx.flush()
    event = ProxyGiven(ref("meeting", meeting), principal, holder, paper)
    note(tx, actor, meeting, event, member=principal)
    return row.id


def _before_it_begins(access: MeetingAccess) -> None:
    if access.meeting.state not in meeting_rules.AHEAD:
        words = _("Proxies are given and taken back from convening until the meeting begins.")
        raise Conflict(words)


def _given_by(tx: Db, meeting: int, principal: int) -> Proxy | None:
    query = select(Proxy).where(
        col(Proxy.meeting_id) == meeting,
        col(Proxy.principal_id) == principal,
        col(Proxy.revoked_at).is_(None),
    )
    return tx.exec(query).first()


def take_back(tx: Db, actor: Actor | None, meeting: int, principal: int) -> None:
    """End the proxy that somebody gave, if there is one."""
    row = _given_by(tx, meeting, principal)
    if row is None:
        return
    row.revoked_at = clock.now()
    tx.flush()
    event = ProxyRevoked(ref("meeting", meeting), row.principal_id, row.holder_id)
    note(tx, actor, meeting, event, member=principal)


def end_all(tx: Db, actor: Actor | None, meeting: int, member: int) -> None:
    """End what somebody gave and holds: they are not on the roll any more."""
    for row in queries.of_person(tx, meeting, member):
        take_back(tx, actor, meeting, row.principal_id)


def enter_proxy(
    tx: Db, actor: Actor, meeting: int, principal: int, holder: int, *, seen: bool
) -> int:
    """Enter a proxy given on paper; whoever enters it has seen the document."""
    access = organised(tx, actor, meeting)
    if not seen:
        raise Conflict(_("Enter it once you have seen the document."))
    made = give(tx, actor, access, principal, holder, paper=True)
    row = tx.get(Reply, (meeting, principal))
    if row is None or row.answer != Answer.PROXY:
        turn = row.turn if row else 0
        seats.leave(tx, actor, meeting, principal)
        tx.add(
            Reply(
                meeting_id=meeting,
                member_id=principal,
                answer=Answer.PROXY,
                turn=turn,
                at=clock.now(),
                entered_by=actor.id,
            )
        )
        tx.flush()
        event = Replied(principal, Answer.PROXY, None, False, Method.DESK)
        note(tx, actor, meeting, event, member=principal)
    touch(tx, actor, meeting, principal)
    return made


def revoke_proxy(tx: Db, actor: Actor, proxy: int) -> int:
    """Take a proxy back or decline it, until the meeting begins; returns the meeting."""
    found = queries.proxy(tx, proxy)
    access, _row = hold(tx, actor, found.meeting_id)
    mine = actor.id in (found.principal_id, found.holder_id)
    if access.access.standing.banned or not (mine or preparing.organises(access)):
        raise Forbidden(_("Only the two of them, and those who prepare the meeting, may do this."))
    _before_it_begins(access)
    take_back(tx, actor, found.meeting_id, found.principal_id)
    # Without somebody in their place they have not answered: the page asks them again.
    seats.leave(tx, actor, found.meeting_id, found.principal_id)
    for member in (found.principal_id, found.holder_id):
        touch(tx, actor, found.meeting_id, member)
    return found.meeting_id
