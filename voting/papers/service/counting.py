"""Closing a box: reconciled, its papers mixed among the ballots; or left out, or come too late."""

from collections import Counter
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from forum.base.auth import Actor
from forum.base.db import Db, empty_log_after
from forum.base.errors import Conflict, Invalid
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.registry import react
from voting.boxes import ballots
from voting.boxes import queries as sealed
from voting.boxes import service as boxes
from voting.boxes.models import Channel, SealedBallot
from voting.methods.method import Form, Method, method
from voting.papers import access, events, rules
from voting.papers.models import Batch, BatchState, Kind
from voting.papers.queries import pile_of
from voting.papers.rules import Reading
from voting.papers.service.common import (
    at_table,
    entering,
    forget,
    held,
    poll_of,
    tally_of,
)
from voting.polls import counting, small, words
from voting.polls import events as polls
from voting.polls.models import (
    Entitlement,
    NoteKind,
    Poll,
    PollState,
    Secrecy,
    TallyState,
    VenueTally,
)
from voting.polls.rules import SMALL, Count, Fault, Verb
from voting.polls.service import except_venue
from voting.polls.service.common import locked, note_on, tell
from voting.polls.service.finishing import finish_if_counted

PAPERS_MOST = 1_000_000


class Whole(NamedTuple):
    """A box as it was read: ballots by their place in the pile, blank and invalid ones beside."""

    ballots: dict[int, dict[str, str]]
    blank: int
    invalid: int

    @property
    def found(self) -> int:
        """How many papers there are."""
        return len(self.ballots) + self.blank + self.invalid


def confirm(tx: Db, actor: Actor, batch: int, unreturned: int, reason: str = "") -> None:
    """Account for every paper that was given out, and put what they say among the ballots.

    Papers that did not come back, and what does not add up, need a reason, which stands in the
    record. More papers than were given out are never counted.
    """
    poll = poll_of(tx, batch)
    row = at_table(tx, actor, poll, Verb.COUNT)
    if row.state != PollState.COUNTING:
        raise Conflict(_("A box is closed when the vote is closed."))
    box = held(tx, batch, entering(row))
    line = tally_of(tx, box)
    if line is None or not line.keyed:
        raise Conflict(_("No paper was given out for this box."))
    whole = _whole(tx, box, method(row.method), row)
    if whole.found > box.issued:
        raise Conflict(words.fault(Fault.OVER_ISSUED))
    note, digest = 0, ""
    if missing := rules.explains(box.issued, whole.found, unreturned):
        if not reason.strip():
            said = (
                _("Papers are missing: say what is known of them, or count again.")
                if missing is NoteKind.UNRETURNED
                else _("It does not add up: say why, or count again.")
            )
            raise Invalid(said, fields={"reason": said})
        note, digest = note_on(tx, actor, row, missing, reason, box.ref)
    aside = Count({}, whole.blank, whole.invalid, unreturned).pack()
    line.counted = aside | {small.KEYED: len(whole.ballots)} | _sums(row, whole)
    line.state, line.entered_by, line.confirmed_by = (
        TallyState.CONFIRMED,
        box.first_id,
        box.second_id,
    )
    box.state, box.found = BatchState.CONFIRMED, whole.found
    _put(tx, row, whole)
    forget(tx, [batch])
    empty_log_after(tx)
    tx.flush()
    done = events.BatchConfirmed(
        poll=poll,
        box=batch,
        issued=box.issued,
        unreturned=unreturned,
        whole=missing is not NoteKind.MISMATCH,
        note=note,
        text=digest,
    )
    tell(tx, actor, row, done)
    _when_last(tx, row)
    finish_if_counted(tx, actor, row)


def _whole(tx: Db, box: Batch, way: Method, row: Poll) -> Whole:
    """What was read, once nothing is left to settle."""
    pile = pile_of(tx, box.id)
    named = row.secrecy == Secrecy.OPEN
    if rules.open_places(pile) or (not named and len(pile) < (box.found or 0)):
        raise Conflict(_("Not every paper has been read alike by both clerks."))
    said: dict[int, dict[str, str]] = {}
    aside: Counter[Kind] = Counter()
    for place, read in pile.items():
        final = read.final
        if final is None:
            continue
        ballot = _ballot(way, row, final)
        if ballot is not None:
            said[place] = ballot
        else:
            aside[final.kind] += 1
    return Whole(said, aside[Kind.BLANK], aside[Kind.INVALID])


def _ballot(way: Method, row: Poll, read: Reading) -> dict[str, str] | None:
    """A paper as a ballot; None for those that are only counted."""
    if read.kind is Kind.VALID:
        return way.ballot(row.rule, read.mark, read.reason)
    if read.kind is Kind.BLANK and way.form is not Form.CHOICE:
        try:  # where a blank ballot can be cast online, one on paper is the same
            return way.ballot(row.rule, "")
        except Invalid:
            return None
    return None


def _sums(row: Poll, whole: Whole) -> dict[str, int]:
    """What the papers of a box say in sum, where that may be told of it alone."""
    way = method(row.method)
    if way.form is not Form.CHOICE:
        return {}
    if row.secrecy == Secrecy.SECRET and len(whole.ballots) < SMALL:
        return {}
    votes = Counter(way.key(ballot) for ballot in whole.ballots.values())
    return {f"{small.OF}{answer}": number for answer, number in votes.items()}


def _put(tx: Db, row: Poll, whole: Whole) -> None:
    """Among the ballots, as if they had been cast there."""
    if row.secrecy == Secrecy.SECRET:
        way = counting.method_id(row)
        texts = [
            ballots.secret_ballot(row.id, way, ballot, ballots.fresh_nonce())
            for ballot in whole.ballots.values()
        ]
        boxes.add_sealed(tx, [(row.id, ballots.commitment(text), text.decode()) for text in texts])
        return
    lines = {
        line.member_id: line
        for line in tx.execute(
            select(Entitlement).where(
                col(Entitlement.poll_id) == row.id,
                col(Entitlement.member_id).in_(list(whole.ballots)),
            )
        ).scalars()
    }
    boxes.put_named(
        tx,
        [
            {
                "poll_id": row.id,
                "voter_id": voter,
                "choice": ballot["vote"],
                "weight": lines[voter].weight,
                "reason": ballot.get("reason", ""),
                "through_id": None,
                "share": lines[voter].share,
            }
            for voter, ballot in whole.ballots.items()
        ],
    )


def _lines(tx: Db, poll: int) -> list[VenueTally]:
    found = select(VenueTally).where(
        col(VenueTally.poll_id) == poll, col(VenueTally.keyed).is_(True)
    )
    return list(tx.execute(found.execution_options(populate_existing=True)).scalars())


def _when_last(tx: Db, row: Poll) -> None:
    """With the last box: nothing tells any more which ballots came on paper, but for large sums."""
    tx.flush()
    lines = _lines(tx, row.id)
    done = [line for line in lines if line.state == TallyState.CONFIRMED]
    if row.secrecy != Secrecy.SECRET or not done:
        return
    if any(line.state not in (TallyState.CONFIRMED, TallyState.EXCEPTED) for line in lines):
        return
    boxes.reseal(tx)
    mine = select(func.count()).where(col(SealedBallot.poll_id) == row.id)
    parts = {line.venue: Count.unpack(line.counted or {}).ballots for line in done}
    others = tx.execute(mine).scalar_one() - sum(parts.values())
    told = small.shielded({venue: size for venue, size in parts.items() if size}, others)
    for line in done:
        if line.venue not in told:
            line.counted = _without(line.counted or {})
    tx.flush()


def _without(counted: dict[str, int]) -> dict[str, int]:
    return {name: number for name, number in counted.items() if not name.startswith(small.OF)}


def leave_out(tx: Db, actor: Actor, batch: int, reason: str) -> None:
    """Finish without a box, for a reason that stands in the record; for those who lead the vote."""
    poll = poll_of(tx, batch)
    access.poll_access(tx, actor, poll)
    locked(tx, actor, poll, Verb.COUNT)
    box = held(tx, batch, *rules.WAITING)
    if tally_of(tx, box) is None:
        raise Conflict(_("No paper was given out for this box."))
    except_venue(tx, actor, poll, box.ref, reason, channel=Channel.PAPER)


def _meant(tx: Db, event: polls.VenueExcepted | polls.HandsConfirmed) -> Batch | None:
    """The box whose count this is: of this vote, and on paper, whatever a teller calls a hall."""
    mine = select(Batch).where(col(Batch.poll_id) == event.poll)
    found = tx.execute(mine).scalars() if event.channel == Channel.PAPER else ()
    return next((box for box in found if box.ref == event.venue), None)


@react(polls.VenueExcepted)
def _excepted(tx: Db, _stored: Any, event: polls.VenueExcepted) -> None:
    if box := _meant(tx, event):
        box.state = BatchState.EXCEPTED
        forget(tx, [box.id])
        _when_last(tx, tx.get_one(Poll, event.poll))


@react(polls.HandsConfirmed)
def _summed(tx: Db, _stored: Any, event: polls.HandsConfirmed) -> None:
    if box := _meant(tx, event):
        box.state = BatchState.CONFIRMED
        _when_last(tx, tx.get_one(Poll, event.poll))


@react(polls.PollVoided)
def _voided(tx: Db, _stored: Any, event: polls.PollVoided) -> None:
    mine = select(col(Batch.id)).where(col(Batch.poll_id) == event.poll)
    forget(tx, list(tx.execute(mine).scalars()))
    if any(line.state == TallyState.CONFIRMED for line in _lines(tx, event.poll)):
        boxes.reseal(tx)


def reject(tx: Db, actor: Actor, poll: int, name: str, papers: int, reason: str) -> int:
    """Papers that came too late: how many, and why, stands in the record; they do not count."""
    access.poll_access(tx, actor, poll)
    row = tx.get_one(Poll, poll, with_for_update=True, populate_existing=True)
    if row.state not in rules.LATE:
        raise Conflict(_("Nothing is too late yet."))
    box = Batch(poll_id=poll, name=name, state=BatchState.REJECTED, found=papers)
    tx.add(box)
    tx.flush()
    note, digest = note_on(tx, actor, row, NoteKind.LATE, reason, box.ref)
    late = events.BatchRejected(poll=poll, box=box.id, papers=papers, note=note, text=digest)
    tell(tx, actor, row, late)
    return box.id


@react(polls.PollPublished)
def _told(tx: Db, _stored: Any, event: polls.PollPublished) -> None:
    """With the result: what became of the papers, box by box, as the signed record tells it."""
    closing = sealed.closing(tx, event.poll)
    named = select(col(Batch.id)).where(col(Batch.poll_id) == event.poll).order_by(col(Batch.id))
    lines = {one["venue"]: one for one in closing.facts["tally"]["venues"]} if closing else {}
    told = [
        {"box": ident, "issued": line["issued"], "state": line["state"], **(line["counted"] or {})}
        for ident in tx.execute(named).scalars()
        if (line := lines.get(ref("papers", ident)))
    ]
    if told:
        row = tx.get_one(Poll, event.poll)
        tell(tx, None, row, events.ChannelsTold(poll=event.poll, item=event.item, boxes=told))
