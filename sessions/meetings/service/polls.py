"""Polls in the meeting: on the current item, with the meeting's roll and the halls' hands."""

from collections.abc import Sequence
from fractions import Fraction

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid, NotFound
from forum.base.i18n import _
from forum.base.refs import parse, ref
from sessions.meetings import presence, queries, rules
from sessions.meetings.events import PollHeld
from sessions.meetings.models import MeetingPoll, VenueKind
from sessions.meetings.presence import Voter
from sessions.meetings.queries import MeetingAccess
from sessions.meetings.service.common import at_desk, chaired, require_session, tell
from voting.boxes.models import Channel
from voting.methods.method import method
from voting.papers import access as papers
from voting.polls import service as polls
from voting.polls import weighing
from voting.polls.models import Poll, Secrecy
from voting.polls.rules import Count, Of, Quorum, RollEntry


def hold_poll(
    tx: Db, actor: Actor, meeting: int, draft: polls.Draft, *, channel: Channel = Channel.HANDS
) -> int:
    """Prepare a poll on the current item; `channel` is how the people in the halls vote."""
    access, _row = chaired(tx, actor, meeting)
    require_session(access)
    item = access.meeting.current_item_id
    if item is None:
        raise Conflict(_("No item is open."))
    counted = channel is not Channel.ONLINE
    if counted and (draft.weighed or not method(draft.method).aggregates):
        raise Invalid(
            _("This vote cannot be taken by show of hands or on paper."),
            fields={"channel": _("Let everybody vote electronically.")},
        )
    if channel is Channel.HANDS and draft.secrecy is Secrecy.SECRET:
        raise Invalid(
            _("A secret vote is not taken by show of hands."),
            fields={"channel": _("Let the halls vote on paper, or everybody electronically.")},
        )
    poll = polls.create(tx, actor, item, draft, meeting=access.stream)
    tx.add(MeetingPoll(meeting_id=meeting, poll_id=poll, item_id=item, channel=channel))
    tx.flush()
    tell(tx, actor, access, PollHeld(poll, item, channel), subject=ref("poll", poll))
    return poll


def hold_again(tx: Db, actor: Actor, meeting: int, poll: int) -> int:
    """Prepare another round of a vote that decided nothing, while its item is open."""
    access, _row = chaired(tx, actor, meeting)
    kept = _held(tx, access, poll)
    if access.meeting.current_item_id != kept.item_id:
        raise Conflict(_("Call up the item of this vote first."))
    draft = polls.next_round(tx, actor, poll)
    return hold_poll(tx, actor, meeting, draft, channel=Channel(kept.channel))


def _held(tx: Db, access: MeetingAccess, poll: int) -> MeetingPoll:
    row = tx.get(MeetingPoll, (access.meeting.id, poll))
    if row is None:
        raise NotFound(_("There is no such poll in this meeting."))
    return row


def open_poll(tx: Db, actor: Actor, meeting: int, poll: int) -> None:
    """Freeze who may vote, where and how, and put the question.

    The whole roll stands in it, who is absent without the right to vote now; the presence is
    what the quorum and a majority of those present are measured against. Whoever is represented
    is present by proxy, and goes where their holder is; the kind of meeting says whether that
    makes a quorum as well.
    """
    access, _row = chaired(tx, actor, meeting)
    require_session(access)
    kept = _held(tx, access, poll)
    halls = {venue.id: venue for venue in access.venues if venue.kind is not VenueKind.ONLINE}
    voters, instead = presence.voters(tx, meeting), presence.instead(tx, meeting)
    there = {voter.member_id: voter.venue_id for voter in voters}
    shares, scale = _shares(tx, meeting, poll, voters)
    roll = []
    for voter in voters:
        holder = instead.get(voter.member_id)
        venue = there.get(holder) if holder else voter.venue_id
        hall = halls.get(venue or 0)
        aside = hall is not None and kept.channel != Channel.ONLINE
        roll.append(
            RollEntry(
                voter.member_id,
                channel=Channel(kept.channel) if aside else Channel.ONLINE,
                venue=hall.ref if hall else "",
                present=venue is not None,
                share=shares.get(voter.member_id),
                holder_id=holder,
            )
        )
    present = sum(entry.present for entry in roll)
    quorum = Quorum(Of.PRESENT, rules.share(access.meeting.quorum))
    represented = sum(entry.holder_id is not None for entry in roll)
    apart = represented - presence.counts(tx, meeting).represented
    polls.open(
        tx, actor, poll, roll=roll, present=present, quorum=quorum, scale=scale, apart=max(apart, 0)
    )


def _shares(tx: Db, meeting: int, poll: int, voters: Sequence[Voter]) -> tuple[dict[int, int], int]:
    """What each on the roll weighs, where the poll counts that; nothing where all weigh alike."""
    known = presence.weights(tx, meeting)
    if not known or not weighing.wanted(tx.get_one(Poll, poll).rule):
        return {}, 1
    return weighing.shares({one.member_id: known.get(one.member_id, Fraction(1)) for one in voters})


def enter_count(
    tx: Db,
    actor: Actor,
    meeting: int,
    poll: int,
    venue: int,
    count: Count,
    *,
    second: bool,
    reason: str = "",
) -> None:
    """A teller's count of a hall at its desk: the first one enters, a second person confirms.

    `reason`: the second one's, for papers that did not come back.
    """
    access, found = at_desk(tx, actor, meeting, venue)
    channel = Channel(_held(tx, access, poll).channel)
    if second:
        polls.confirm_hands(tx, actor, poll, found.ref, count, channel=channel, reason=reason)
    else:
        polls.enter_hands(tx, actor, poll, found.ref, count, channel=channel)


def close_poll(tx: Db, actor: Actor, meeting: int, poll: int, *, at_once: bool = False) -> None:
    """End the vote; it is finished once every hall is counted, and a large box.

    `at_once`: count that here, where a record is played and nobody waits.
    """
    access, _row = chaired(tx, actor, meeting)
    _held(tx, access, poll)
    polls.close(tx, actor, poll, at_once=at_once)


@papers.desk
def _keeps_desk(db: Db, actor: Actor, meeting: str) -> bool:
    """Whoever keeps one of the meeting's desks gives out papers and enters them there."""
    return bool(queries.meeting_access(db, actor, parse(meeting)[1]).desks)


def publish_poll(tx: Db, actor: Actor, meeting: int, poll: int) -> bool:
    """Announce the result: now, or once the machine has counted; returns whether it is public."""
    access, _row = chaired(tx, actor, meeting)
    _held(tx, access, poll)
    return polls.publish(tx, actor, poll)
