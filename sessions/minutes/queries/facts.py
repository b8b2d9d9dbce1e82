"""What the log names by ids: gathered for the projection, in a bounded number of queries."""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Audience, Stored, history
from forum.base.refs import ref
from forum.consultations.models import Consultation
from forum.members.models import Role
from sessions.convening.models import ShortNotice
from sessions.duty import queries as duty
from sessions.floor.models import OrderRuling, PointOfOrder, Preference, Speech
from sessions.meetings import presence, program, sittings
from sessions.meetings import queries as meetings
from sessions.meetings.models import MeetingNotice
from sessions.meetings.presence import Interval
from sessions.meetings.queries import MeetingRow
from sessions.minutes.models import Decision, DecisionWithdrawal
from sessions.minutes.projection import KINDS, Came, Facts, Poll, project
from sessions.minutes.queries.participants import keepers
from sessions.minutes.record import Choice, Officer, Record, Thing
from sessions.motions import queries as motions
from sessions.reception import queries as reception
from sessions.workshop import queries as workshop
from voting.polls import queries as polls
from voting.polls.models import PollNote, PollState
from voting.polls.queries import PollRow

CHUNK = 1000


def gathered(db: Db, meeting: int, minutes: int, version: int, replaces: str) -> Record:
    """The minutes of a meeting as its log tells them now; the caller judges who may read them."""
    row = meetings.meeting_row(db, meeting)
    title = select(col(Consultation.title)).where(col(Consultation.id) == row.consultation_id)
    stream = ref("meeting", meeting)
    held = polls.of_meeting(db, stream)
    spells = presence.intervals(db, meeting)
    if row.adjourned_at is not None:  # who came early to a sitting that was dropped came to none
        spells = [spell for spell in spells if spell.in_at < row.adjourned_at]
    on_roll = presence.entitled(db, meeting, {spell.member_id for spell in spells})
    whole = _came(spells, on_roll)
    facts = Facts(
        minutes=minutes,
        version=version,
        meeting=Thing(meeting, row.title),
        consultation=Thing(row.consultation_id, db.execute(title).scalar_one()),
        zone=row.zone,
        starts_at=row.starts_at,
        venues=tuple(
            (v.id, v.kind.value, v.name) for v in meetings.venues(db, meeting, former=True)
        ),
        items={s.item_id: (s.position, s.title) for s in program.slots(db, meeting)},
        polls={poll.id: _poll(poll) for poll in held},
        texts=_texts(db, meeting, [poll.id for poll in held]),
        speakers=_speakers(db, meeting),
        attended=whole.venues,
        guests=whole.guests,
        came=_by_sitting(db, row, spells, on_roll),
        heard=reception.named(db, meeting),
        officers=tuple(Officer(Role.SECRETARY.value, who) for who in keepers(db, meeting)),
        replaces=replaces,
    )
    return project(_events(db, stream), facts)


def _events(db: Db, stream: str) -> Iterator[Stored]:
    after = 0
    while True:
        found = history(
            db, stream, after=after, audience=Audience.MODERATOR, kinds=KINDS, limit=CHUNK
        )
        yield from found
        if len(found) < CHUNK:
            return
        after = found[-1].seq


def _came(spells: Sequence[Interval], on_roll: Mapping[int, bool]) -> Came:
    """Everybody who came, once, at the venue where they first signed in."""
    first: dict[int, int] = {}
    for spell in spells:
        first.setdefault(spell.member_id, spell.venue_id)
    guests = sum(not on_roll.get(member, False) for member in first)
    return Came(Counter(first.values()), guests)


def _by_sitting(
    db: Db, row: MeetingRow, spells: Sequence[Interval], on_roll: Mapping[int, bool]
) -> dict[int, Came]:
    """The same for each of several sittings: nobody's stay goes beyond the end of one."""
    if row.number == 1:
        return {}
    ends = [one.adjourned_at for one in sittings.held(db, row.id)]
    of: dict[int, list[Interval]] = {}
    for spell in spells:
        of.setdefault(bisect_right(ends, spell.in_at) + 1, []).append(spell)
    return {number: _came(found, on_roll) for number, found in of.items()}


def _speakers(db: Db, meeting: int) -> dict[int, int]:
    """Whose speeches the chair put before the others."""
    query = (
        select(col(Speech.id), col(Speech.member_id))
        .join(Preference, col(Preference.speech_id) == col(Speech.id))
        .where(col(Speech.meeting_id) == meeting)
    )
    return {row.id: row.member_id for row in db.execute(query)}


def _poll(row: PollRow) -> Poll:
    result = row.result if row.state is PollState.PUBLISHED else None
    return Poll(
        row.question,
        row.way.label,
        tuple(Choice(c.value, c.label, c.tone, 0) for c in row.way.answers(row.rule)),
        list(result["explanation"]) if result else [],
    )


def _texts(db: Db, meeting: int, poll_ids: list[int]) -> dict[tuple[str, int], str]:
    """The quoted words of a meeting, by what they are and their id."""
    notices = select(col(MeetingNotice.id), col(MeetingNotice.body)).where(
        col(MeetingNotice.meeting_id) == meeting
    )
    shortened = select(col(ShortNotice.id), col(ShortNotice.body)).where(
        col(ShortNotice.meeting_id) == meeting, col(ShortNotice.over_at).is_(None)
    )
    notes = select(col(PollNote.id), col(PollNote.body)).where(col(PollNote.poll_id).in_(poll_ids))
    decisions = select(col(Decision.id), col(Decision.body)).where(
        col(Decision.meeting_id) == meeting
    )
    titles = select(col(Decision.id), col(Decision.title)).where(
        col(Decision.meeting_id) == meeting
    )
    withdrawals = (
        select(col(DecisionWithdrawal.decision_id), col(DecisionWithdrawal.body))
        .join(Decision, col(Decision.id) == col(DecisionWithdrawal.decision_id))
        .where(col(Decision.meeting_id) == meeting)
    )
    points = select(col(PointOfOrder.id), col(PointOfOrder.body)).join(
        Speech, col(Speech.id) == col(PointOfOrder.speech_id)
    )
    rulings = (
        select(col(OrderRuling.id), col(OrderRuling.body))
        .join(PointOfOrder, col(PointOfOrder.id) == col(OrderRuling.point_id))
        .join(Speech, col(Speech.id) == col(PointOfOrder.speech_id))
    )
    preferences = select(col(Preference.id), col(Preference.body)).join(
        Speech, col(Speech.id) == col(Preference.speech_id)
    )
    here = col(Speech.meeting_id) == meeting
    quoted = workshop.quoted(db, meeting) | duty.quoted(db, meeting)
    return (
        motions.quoted(db, meeting)
        | reception.quoted(db, meeting)
        | quoted
        | {
            (kind, ident): body
            for kind, query in (
                ("point", points.where(here)),
                ("ruling", rulings.where(here)),
                ("preference", preferences.where(here)),
                ("notice", notices),
                ("short_notice", shortened),
                ("poll_note", notes),
                ("decision", decisions),
                ("decision_title", titles),
                ("withdrawal", withdrawals),
            )
            for ident, body in db.execute(query)
        }
    )
