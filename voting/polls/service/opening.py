"""Making a poll and opening it: what is frozen, and for whom."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import insert, select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.models import ItemState
from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Invalid
from forum.base.events import seal
from forum.base.i18n import _
from forum.base.links import Relation, link
from forum.base.markup import render
from forum.base.refs import ref
from forum.consultations import rules as stages
from forum.consultations import words as stage_words
from forum.consultations.models import Consultation, Stage
from forum.consultations.rules import Deed
from forum.members import queries as members
from voting.boxes import service as boxes
from voting.boxes.models import Channel
from voting.methods.common import lots
from voting.methods.method import Method, Option, method
from voting.polls import counting, events, lasting, options, roll, rules, weighing, words
from voting.polls.models import (
    Entitlement,
    Poll,
    PollState,
    Secrecy,
    TallyState,
    Turnout,
    VenueTally,
)
from voting.polls.rules import Quorum, RollEntry, Verb
from voting.polls.service.beside import beside
from voting.polls.service.common import (
    CLOSE,
    OPEN,
    REMIND,
    advance_item,
    locked,
    refused,
    tell,
)


class Former(NamedTuple):
    """The vote of which another is the next round, its number, and the rule as it is kept."""

    poll: int
    round: int
    rule: dict[str, Any]


class Draft(NamedTuple):
    """What is asked, and how it will be decided; `rule` as it was typed."""

    question: str
    explanation: str = ""
    method: str = "majority"
    rule: dict[str, str] = {}  # noqa: RUF012 - never changed
    secrecy: Secrecy = Secrecy.OPEN
    quorum: Quorum | None = None
    opens_at: datetime | None = None
    closes_at: datetime | None = None
    options: tuple[Option, ...] = ()
    lot: str = ""  # the seed of lots, where it is announced before the vote
    weighed: bool = False  # by the weights on a meeting's roll
    carry_most: int | None = None  # votes given to others are counted; 0: carry any number
    former: Former | None = None
    profile: str = ""  # the majority of law that the settings are those of


def create(tx: Db, actor: Actor, item: int, draft: Draft, *, meeting: str | None = None) -> int:
    """Prepare a poll on an agenda item, in a meeting or outside one. The rule is checked here."""
    access, row = agenda.item_access(tx, actor, item)
    roles = access.roles
    if meeting is not None:
        roles |= members.roles(tx, actor, (meeting, *access.places))
    if roles.isdisjoint(rules.MANAGERS):
        raise refused(actor)
    _stage_open(access.consultation.stage)
    way, rule = checked_rule(draft, meeting)
    former = draft.former
    text = f"{draft.question}\n\n{draft.explanation}".strip()
    sealed = seal(text)
    poll = Poll(
        consultation_id=row.consultation_id,
        item_id=item,
        meeting=meeting,
        question=draft.question,
        body=text,
        salt=sealed.salt,
        html=render(draft.explanation),
        method=way.name,
        version=way.version,
        rule=rule,
        secrecy=draft.secrecy,
        quorum=draft.quorum.pack() if draft.quorum else None,
        state=PollState.CREATED,
        created_by=actor.id,
        created_at=clock.now(),
        opens_at=draft.opens_at,
        closes_at=draft.closes_at,
        round=former.round + 1 if former else None,
    )
    tx.add(poll)
    tx.flush()
    link(tx, poll.ref, Relation.DECIDES, ref("item", item))
    if meeting is not None:
        link(tx, poll.ref, Relation.HELD_IN, meeting)
    if former is not None:
        link(tx, poll.ref, Relation.CONTINUES, ref("poll", former.poll))
    if draft.opens_at is not None:
        ticker.schedule(tx, OPEN, draft.opens_at, poll.ref)
    created = events.PollCreated(
        poll=poll.id,
        item=item,
        method=way.id,
        secrecy=draft.secrecy,
        text=sealed.digest,
        after=former.poll if former else 0,
    )
    tell(tx, actor, poll, created)
    return poll.id


def checked_rule(draft: Draft, meeting: str | None) -> tuple[Method, dict[str, Any]]:
    """The method and the rule as a poll keeps it; Invalid for what cannot be."""
    _check_times(draft, meeting)
    way = method(draft.method)
    if draft.former is not None:
        return way, draft.former.rule
    _check_options(draft, way)
    lot = lots.numbers(draft.lot)
    rule = way.rule(draft.rule, draft.options)
    more = {name: text for name, text in (("lot", lot), ("profile", draft.profile)) if text}
    return way, rule | more | beside(way, draft.secrecy, meeting, draft.weighed, draft.carry_most)


def _check_options(draft: Draft, way: Method) -> None:
    most = rules.OPTIONS_MOST[way.form]
    wrong: dict[str, str] = {}
    if len(draft.options) > most:
        wrong["options"] = _("In this way at most %(n)s options can be compared.") % {"n": most}
    elif any(len(one.name) > rules.NAME_MOST for one in draft.options):
        sentence = _("The name of an option has at most %(n)s characters.")
        wrong["options"] = sentence % {"n": rules.NAME_MOST}
    elif any(words.is_reserved(one.name) for one in draft.options):
        wrong["options"] = _("An option cannot be called like abstaining or a blank ballot.")
    if draft.lot and not lots.numbers(draft.lot):
        wrong["lot"] = _("A lot is drawn from numbers.")
    if wrong:
        raise Invalid(_("Please look at the marked fields."), fields=wrong)


def _check_times(draft: Draft, meeting: str | None) -> None:
    wrong: dict[str, str] = {}
    now = clock.now()
    if meeting is not None and draft.opens_at is not None:
        wrong["opens_at"] = _("A poll of a meeting is opened in the meeting.")
    elif draft.opens_at is not None and draft.opens_at <= now:
        wrong["opens_at"] = _("This moment has passed.")
    if draft.closes_at is not None and draft.closes_at <= (draft.opens_at or now):
        wrong["closes_at"] = _("The closing must come after the opening.")
    if wrong:
        raise Invalid(_("Please look at the marked fields."), fields=wrong)


def _stage_open(stage: Stage) -> None:
    if not stages.allowed(stage, Deed.POLL):
        raise Conflict(stage_words.shut(stage, Deed.POLL))


def open(  # noqa: A001 - what one does to a poll
    tx: Db,
    actor: Actor | None,
    poll: int,
    *,
    roll: Iterable[RollEntry] | None = None,
    present: int | None = None,
    eligible: int | None = None,
    quorum: Quorum | None = None,
    scale: int = 1,
    apart: int = 0,
) -> None:
    """Begin casting, and freeze all by which the poll is decided.

    Without a `roll` the consultation's eligible members vote, online. A meeting gives its roll,
    how many votes are `present`, and `eligible` where more are entitled than stand on the roll;
    those whom it puts on the roll as absent cannot vote. Whoever stands there with hands or paper
    votes at their venue: their electronic right is used up from here on. `scale` is how many units
    of the roll's shares make 1; `apart` are represented without counting for the quorum.
    """
    ticker.hold(tx, (OPEN,), f"poll:{poll}")  # as the ticker, which opens by schedule
    row = locked(tx, actor, poll, Verb.OPEN)
    now = clock.now()
    stage = select(col(Consultation.stage)).where(col(Consultation.id) == row.consultation_id)
    _stage_open(Stage(tx.execute(stage).scalar_one()))
    if row.closes_at is not None and row.closes_at <= now:
        raise Conflict(_("Its closing time has passed."))
    entries = _entries(tx, row, roll)
    way = method(row.method)
    weight = sum(entry.weight for entry in entries)
    shares = [(entry.share, entry.present) for entry in entries]
    unlike = {name: kept for name, kept in row.rule.items() if name != counting.APART}
    beside_quorum = {counting.APART: apart} if apart else {}
    told = options.frozen(tx, row)
    row.rule = unlike | weighing.frozen(row.rule, shares, scale) | beside_quorum | told
    row.heads, row.present = len(entries), present
    row.eligible = weight if eligible is None else eligible
    row.quorum = _stricter(row, quorum)
    fault = rules.roll_fault(
        entries,
        method=way,
        rule=row.rule,
        secrecy=Secrecy(row.secrecy),
        quorum=Quorum.read(row.quorum) if row.quorum else None,
        present=present,
        eligible=row.eligible,
    )
    if fault:
        raise Conflict(words.fault(fault))
    row.version = way.version
    row.state, row.opened_at = PollState.STARTED, now
    _write_roll(tx, row.id, entries)
    row.rules_hash = counting.frozen(tx, row)
    ticker.cancel(tx, OPEN, row.ref)
    if row.closes_at is not None:
        ticker.schedule(tx, CLOSE, row.closes_at, row.ref)
    if remind := lasting.reminded_at(now, row.closes_at):
        ticker.schedule(tx, REMIND, remind, row.ref)
    opened = events.PollOpened(
        poll=row.id,
        item=row.item_id,
        secrecy=Secrecy(row.secrecy),
        heads=row.heads,
        eligible=row.eligible,
        present=present,
        closes_at=clock.iso(row.closes_at) if row.closes_at else "",
        rules=row.rules_hash,
    )
    tell(tx, actor, row, opened)
    advance_item(tx, actor, row.item_id, ItemState.VOTING)


def _stricter(row: Poll, given: Quorum | None) -> dict[str, str] | None:
    """The poll's own quorum or that of its meeting, whichever asks for more.

    Where the poll counts votes and the meeting those present, both hold: who is present is known
    now, so the meeting's is asked for here. Conflict where it is not reached.
    """
    if given is None or row.quorum is None:
        return given.pack() if given else row.quorum
    own, eligible = Quorum.read(row.quorum), row.eligible or 0
    if own.of is given.of:
        return max(given, own, key=lambda one: one.needed(eligible)).pack()
    there = (row.present or 0) - row.rule.get(counting.APART, 0)
    if not given.met(eligible, there, 0):
        raise Conflict(_("The meeting has no quorum now, which this vote needs besides its own."))
    return row.quorum


def _entries(tx: Db, row: Poll, given: Iterable[RollEntry] | None) -> list[RollEntry]:
    if given is not None:
        return sorted(given, key=lambda entry: entry.member_id)
    if row.meeting is not None:
        raise Conflict(_("A poll of a meeting is opened in the meeting."))
    return roll.eligible(tx, row.consultation_id)


def _write_roll(tx: Db, poll: int, entries: list[RollEntry]) -> None:
    tx.flush()
    rows = [{"poll_id": poll, **entry._asdict()} for entry in entries]
    tx.connection().execute(insert(Entitlement), rows)
    tx.add(Turnout(poll_id=poll, shown=0))
    for (venue, channel), number in rules.issued(entries).items():
        tx.add(
            VenueTally(
                poll_id=poll,
                venue=venue,
                channel=channel,
                issued=number,
                state=TallyState.PENDING,
            )
        )
    boxes.take_part(
        tx,
        [
            (poll, entry.member_id, entry.channel.value)
            for entry in entries
            if entry.channel is not Channel.ONLINE
        ],
    )
