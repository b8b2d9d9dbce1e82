"""Appeals from a ruling: raised, seconded, put to the vote; a tie lets the ruling stand."""

from sqlmodel import col, select

from forum.agenda import service as agenda
from forum.agenda.models import Item, ItemState
from forum.base import clock, registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import Event, Stored, record
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.refs import ref
from forum.members import queries as members
from sessions.floor import points, queries
from sessions.floor.events import AppealDecided, AppealPut, AppealSeconded, RulingAppealed
from sessions.floor.models import Appeal, AppealState, OrderRuling, PointOfOrder
from sessions.floor.points import Appealed
from sessions.floor.service.common import Voice, chaired, current_list, require_session, voice
from sessions.meetings import presence
from sessions.meetings.service import hold_poll
from voting.boxes.models import Channel
from voting.polls import queries as polls
from voting.polls.events import PollPublished, PollVoided
from voting.polls.models import PollState
from voting.polls.rules import Outcome
from voting.polls.service import Draft

PENDING = (AppealState.RAISED, AppealState.OPEN)
UNDERWAY = (PollState.STARTED, PollState.COUNTING, PollState.FINISHED)


def appeal(tx: Db, actor: Actor, speech: int, *, member: int | None = None) -> int:
    """Appeal from the ruling on a point of order; `speech` is the point's request to speak."""
    row = queries.speech_row(tx, speech)
    found = _entitled(tx, actor, row.meeting_id, member)
    listed = current_list(tx, found.access)
    if row.item_id != listed.item_id:
        raise Conflict(_("This ruling was on another item."))
    query = (
        select(OrderRuling)
        .join(PointOfOrder, col(PointOfOrder.id) == col(OrderRuling.point_id))
        .where(col(PointOfOrder.speech_id) == speech)
    )
    ruling = tx.exec(query).first()
    if ruling is None:
        raise Conflict(_("The chair has not ruled on this."))
    if tx.exec(select(Appeal.id).where(col(Appeal.ruling_id) == ruling.id)).first() is not None:
        raise Conflict(_("This ruling was appealed already."))
    made = Appeal(
        ruling_id=ruling.id,
        member_id=found.speaker.id,
        state=AppealState.RAISED if listed.rule.seconded else AppealState.OPEN,
        at=clock.now(),
    )
    tx.add(made)
    tx.flush()
    raised = RulingAppealed(
        made.id,
        ruling.point_id,
        row.item_id,
        found.speaker.id,
        found.venue,
        found.origin,
        AppealState(made.state),
    )
    _tell(tx, actor, row.meeting_id, raised)
    return made.id


def _entitled(tx: Db, actor: Actor, meeting: int, member: int | None) -> Voice:
    """A voice that counts: on the roll, also where a desk speaks for them."""
    found = voice(tx, actor, meeting, member)
    if not presence.entitled(tx, meeting, [found.speaker.id]).get(found.speaker.id, False):
        raise Forbidden(_("Only who is on the roll can appeal or second."))
    return found


def second(tx: Db, actor: Actor, appeal: int, *, member: int | None = None) -> None:
    """Support somebody's appeal, so that it comes before the meeting."""
    known = points.appealed(tx, appeal)
    found = _entitled(tx, actor, known.meeting_id, member)
    row = _pending(tx, known, AppealState.RAISED)
    if row.member_id == found.speaker.id:
        raise Conflict(_("Somebody else has to second it."))
    row.state, row.seconded_by = AppealState.OPEN, found.speaker.id
    tx.flush()
    told = AppealSeconded(appeal, known.point_id, known.item_id, found.speaker.id)
    _tell(tx, actor, known.meeting_id, told)


def put_appeal(tx: Db, actor: Actor, appeal: int, *, channel: Channel = Channel.HANDS) -> int:
    """Put it to the vote whether the ruling is overruled; only more than half overrules it."""
    known = points.appealed(tx, appeal)
    chaired(tx, actor, known.meeting_id)
    row = _pending(tx, known, AppealState.OPEN)
    if row.poll_id is not None:
        raise Conflict(_("This appeal is before the meeting already."))
    if any(
        poll.item_id == known.item_id and poll.state in (PollState.CREATED, *UNDERWAY)
        for poll in polls.of_meeting(tx, ref("meeting", known.meeting_id))
    ):
        raise Conflict(_("Another vote is under way on this item. Finish it first."))
    asked = Draft(_("Appeal: is the chair's ruling overruled?"))
    row.poll_id = hold_poll(tx, actor, known.meeting_id, asked, channel=channel)
    link(tx, ref("poll", row.poll_id), Relation.DECIDES, ref("appeal", appeal))
    tx.flush()
    told = AppealPut(appeal, known.point_id, known.item_id, row.poll_id)
    _tell(tx, actor, known.meeting_id, told)
    return row.poll_id


def withdraw_appeal(tx: Db, actor: Actor, appeal: int) -> None:
    """Take one's appeal back, as long as it is not put to the vote."""
    known = points.appealed(tx, appeal)
    found = voice(tx, actor, known.meeting_id, None)
    row = tx.get_one(Appeal, appeal)
    if row.member_id != found.speaker.id:
        raise Forbidden(_("Only who appealed may take it back."))
    row = _unput(tx, known)
    _end(tx, actor, known, row, AppealState.WITHDRAWN)


def yield_ruling(tx: Db, actor: Actor, appeal: int) -> None:
    """Withdraw the ruling that is appealed: then nothing is left to decide."""
    known = points.appealed(tx, appeal)
    access, _row = chaired(tx, actor, known.meeting_id)
    require_session(access)
    _end(tx, actor, known, _unput(tx, known), AppealState.YIELDED)


def lapse(tx: Db, actor: Actor, meeting: int, item: int, *, undecided: bool = False) -> None:
    """At the end of an item: what nobody seconded lapses; what was seconded must be decided.

    Between sittings (`undecided`) nobody is there to decide it: it lapses as well.
    """
    for known in points.appeals_on(tx, meeting, item, PENDING):
        if known.state is AppealState.OPEN and not undecided:
            raise Conflict(_("An appeal is before the meeting. Decide it first."))
        _end(tx, actor, known, tx.get_one(Appeal, known.id), AppealState.LAPSED)


@registry.react(PollPublished)
def decide(tx: Db, stored: Stored, event: PollPublished) -> None:
    """The meeting has voted on an appeal: a tie lets the ruling stand."""
    row = tx.exec(select(Appeal).where(col(Appeal.poll_id) == event.poll)).first()
    if row is None or row.state != AppealState.OPEN:
        return
    actor = _whoever(tx, stored)
    overruled = event.outcome is Outcome.CARRIED
    state = AppealState.OVERRULED if overruled else AppealState.STANDS
    _end(tx, actor, points.appealed(tx, row.id), row, state)
    _go_on(tx, actor, stored, event.item)


@registry.react(PollVoided)
def ask_again(tx: Db, stored: Stored, event: PollVoided) -> None:
    """The vote on an appeal decided nothing: it can be put again."""
    row = tx.exec(select(Appeal).where(col(Appeal.poll_id) == event.poll)).first()
    if row is not None and row.state == AppealState.OPEN:
        row.poll_id = None
        tx.flush()
        _go_on(tx, _whoever(tx, stored), stored, event.item)


def _go_on(tx: Db, actor: Actor | None, stored: Stored, item: int) -> None:
    """The vote was not on the item itself: its debate goes on."""
    held = [poll for poll in polls.of_meeting(tx, stored.stream) if poll.item_id == item]
    if any(poll.state in UNDERWAY for poll in held):
        return
    if tx.get_one(Item, item).state == ItemState.VOTING:
        reason = _("The vote was on an appeal, not on the item itself.")
        agenda.advance(tx, actor, item, ItemState.DEBATE, reason)


def _whoever(tx: Db, stored: Stored) -> Actor | None:
    return members.actor_of(tx, stored.actor_id) if stored.actor_id else None


def _pending(tx: Db, known: Appealed, state: AppealState) -> Appeal:
    row = tx.get_one(Appeal, known.id, populate_existing=True)
    if row.state == AppealState.RAISED and state is AppealState.OPEN:
        raise Conflict(_("Somebody has to second the appeal first."))
    if row.state != state:
        raise Conflict(_("This appeal is settled, or before the meeting already."))
    return row


def _unput(tx: Db, known: Appealed) -> Appeal:
    row = tx.get_one(Appeal, known.id, populate_existing=True)
    if row.state not in PENDING or row.poll_id is not None:
        raise Conflict(_("This appeal is settled, or before the meeting already."))
    return row


def _end(tx: Db, actor: Actor | None, known: Appealed, row: Appeal, state: AppealState) -> None:
    row.state, row.over_at = state, clock.now()
    tx.flush()
    told = AppealDecided(row.id, known.point_id, known.item_id, state)
    _tell(tx, actor, known.meeting_id, told)


def _tell(tx: Db, actor: Actor | None, meeting: int, event: Event) -> None:
    stream = ref("meeting", meeting)
    record(tx, actor, event, stream=stream, subject=stream)
