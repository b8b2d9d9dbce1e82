"""What the page of a poll shows, made once for whoever reads it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import StrEnum
from typing import Any, NamedTuple

from forum.base import clock, keys, links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.i18n import N_, _, pgettext
from forum.members import queries as members
from voting.boxes import queries as boxes
from voting.boxes.models import Channel
from voting.methods.common.result import Result
from voting.methods.method import Choice
from voting.polls import marking, passing, publication, queries, rounds, rules, weighing, words
from voting.polls.models import PollState, TallyState
from voting.polls.queries import PollAccess, PollRow, TallyRow
from voting.polls.rules import Of, Outcome, Quorum, Verb

NAMES_MOST = 500


class Mine(StrEnum):
    """What the reader can do with this vote now."""

    GUEST = "guest"
    NOT_ON_ROLL = "not_on_roll"
    ABSENT = "absent"
    VENUE = "venue"
    VOTE = "vote"
    CHANGE = "change"
    VOTED = "voted"
    NONE = "none"


class Shown(NamedTuple):
    """A choice in the reader's language; radio cards take it as it is."""

    value: str
    label: str
    hint: str
    tone: str
    reason: bool


class Venue(NamedTuple):
    """A hall or paper box, named, with what may be said of its count."""

    ref: str
    name: str
    channel: Channel
    channel_name: str
    issued: int
    state: TallyState
    state_name: str
    tellers: tuple[str, ...]
    counted: dict[str, int] | None
    keyed: bool


class Outline(NamedTuple):
    """The result in the reader's language."""

    outcome: Outcome
    name: str
    tone: str
    parts: list[tuple[str, int, str]]
    sentences: list[str]
    quorum: str
    quorum_met: bool | None
    cast: int
    tied: bool
    winners: list[str]
    ties: list[str]
    steps: list[rounds.Step]
    counted: list[tuple[str, str]]
    weights: list[tuple[str, str, str]]
    through: int


_QUORUM = {
    (Of.PRESENT, True): N_(
        "Expected %(expected)s, present %(present)s, needed %(needed)s: quorum reached."
    ),
    (Of.PRESENT, False): N_(
        "Expected %(expected)s, present %(present)s, needed %(needed)s: quorum not reached."
    ),
    (Of.CAST, True): N_(
        "Entitled %(expected)s, took part %(present)s, needed %(needed)s: quorum reached."
    ),
    (Of.CAST, False): N_(
        "Entitled %(expected)s, took part %(present)s, needed %(needed)s: quorum not reached."
    ),
}
TONES = {"good": "for", "bad": "against", "neutral": "neutral"}


def choices(row: PollRow) -> list[Shown]:
    """What can be chosen, in the reader's language."""
    return [
        Shown(one.value, one.called, _(one.hint) if one.hint else "", TONES[one.tone], one.reason)
        for one in row.way.choices(row.rule)
    ]


def decided_by(row: PollRow) -> list[str]:
    """How it is decided, in plain sentences."""
    said = [sentence.say() for sentence in row.way.describe(row.rule)]
    if seed := row.rule.get("lot"):
        said.append(
            _("Where options come out even, the lot is drawn from: %(seed)s") % {"seed": seed}
        )
    if row.quorum:
        said.append(words.quorum(Quorum.read(row.quorum)).say())
    if named := words.law(row.rule):
        said.append(named)
    return words.weighed(row.rule) + said + words.passed_on(row.rule)


def open_now(row: PollRow, now: datetime) -> bool:
    """Whether votes are taken at this moment."""
    late = row.closes_at is not None and row.closes_at <= now
    return rules.may(Verb.CAST, row.state) and not late


def mine(db: Db, actor: Actor | None, row: PollRow) -> dict[str, Any]:
    """The reader's own part: what they can do, their venue, and their vote where it is open."""
    right = queries.right(db, row.id, actor)
    used = boxes.part(db, row.id, actor.id) if actor else None
    own = boxes.own_vote(db, row.id, actor.id) if actor and not row.secret else None
    if own and own.through_id and passing.followed(row.rule):
        own = None  # how another voted is theirs to tell until all may know
    return {
        "mine": _mine(row, actor, right, used),
        "right": right,
        "own": own.ballot if own else None,
        "own_said": marking.words(row.way, row.rule, own.choice) if own else "",
        "own_cast_by_other": bool(own and own.through_id),
        "_given": marking.given(row.way, own.choice) if own else {},
        "venue_name": venue_names(db, actor, [right.venue]).get(right.venue, "") if right else "",
    }


def _mine(
    row: PollRow, actor: Actor | None, right: queries.Right | None, used: Channel | None
) -> Mine:
    casting = open_now(row, clock.now())
    if used is Channel.ONLINE:
        return Mine.CHANGE if casting and not row.secret else Mine.VOTED
    if not casting:
        return Mine.NONE
    if actor is None:
        return Mine.GUEST
    if right is None or actor.asleep:
        return Mine.NOT_ON_ROLL
    if row.present is not None and not right.present:
        return Mine.ABSENT
    return Mine.VOTE if right.channel is Channel.ONLINE else Mine.VENUE


def venue_names(db: Db, actor: Actor | None, refs: Sequence[str]) -> dict[str, str]:
    """What venues are called; one without a name of its own is called by its reference."""
    named = {ref: ref for ref in refs if ref}
    known = [ref for ref in named if ":" in ref]
    return named | {step.ref: step.title for step in links.steps(db, actor, known)}


def venues(db: Db, found: PollAccess) -> list[Venue]:
    """The halls and boxes of a poll; their figures only beside the result."""
    row = found.poll
    rows = publication.halls(db, row)
    names = venue_names(db, found.access.actor, [tally.venue for tally in rows])
    tellers = members.names(db, {t for row in rows for t in _tellers(row)})
    return [
        Venue(
            tally.venue,
            names[tally.venue],
            tally.channel,
            _(words.CHANNELS[tally.channel]),
            tally.issued,
            tally.state,
            _(words.TALLY_STATES[tally.state]),
            tuple(tellers[teller] for teller in _tellers(tally)),
            tally.counted,
            tally.keyed,
        )
        for tally in rows
    ]


def _tellers(tally: TallyRow) -> list[int]:
    return [teller for teller in (tally.entered_by, tally.confirmed_by) if teller]


def outline(row: PollRow) -> Outline | None:
    """The result as it is shown; None for those who may not know it yet."""
    if row.result is None:
        return None
    result = Result.unpack(row.result)
    outcome = Outcome(row.result["outcome"])
    quorum = row.result["quorum"]
    called = {one.value: one.called for one in row.way.answers(row.rule)}
    among = not row.way.choices_fixed
    return Outline(
        outcome,
        words.outcome(outcome),
        words.OUTCOME_TONES[outcome],
        _parts(row.way.choices(row.rule), result.figures) if row.way.choices_fixed else [],
        rounds.explained(row, result),
        _quorum(row, quorum) if quorum else "",
        quorum["met"] if quorum else None,
        result.figures["cast"],
        outcome is Outcome.TIED,
        [called.get(one, one) for one in result.winners] if outcome is Outcome.CHOSEN else [],
        [called.get(one, one) for one in result.ties] if among else [],
        [rounds.step(one, called, fewest=row.way.fewest) for one in result.rounds],
        rounds.counted(result.figures) if among else [],
        weighing.beside(row.rule, called, result.figures),
        row.result.get("through", 0),
    )


def _parts(asked: Sequence[Choice], figures: Mapping[str, int]) -> list[tuple[str, int, str]]:
    parts = [(one.called, figures[one.value], TONES[one.tone]) for one in asked]
    rest = (("blank", pgettext("vote", "Blank")), ("invalid", pgettext("vote", "Invalid")))
    return parts + [(label, figures[name], "question") for name, label in rest if figures[name]]


def _quorum(row: PollRow, quorum: Mapping[str, Any]) -> str:
    facts = {
        "expected": row.eligible,
        "present": quorum["reached"],
        "needed": quorum["needed"],
    }
    return _(_QUORUM[Of(quorum["of"]), quorum["met"]]) % facts


def reasons(db: Db, row: PollRow) -> list[tuple[str, str, str]]:
    """What was said with the votes: (answer, reason, by whom; empty where secret)."""
    asked = choices(row)
    if row.result is None or not any(choice.reason for choice in asked):
        return []
    labels = {choice.value: choice.label for choice in asked}
    if row.secret:
        # What somebody wrote is a part of a single ballot.
        found = boxes.closing(db, row.id)
        if not found or not publication.shown_apart(db, row, found.facts["size"]).ballots:
            return []
        heard = boxes.reasons(db, row.id)
        return sorted((labels[one["vote"]], one["reason"], "") for one in heard)
    said = [one for one in boxes.named(db, row.id) if one.reason]
    names = members.names(db, [one.voter_id for one in said])
    return [(labels[one.choice], one.reason, names[one.voter_id]) for one in said]


def votes(db: Db, row: PollRow) -> list[tuple[str, str, int | str]]:
    """Who voted how in an open poll whose result is public: (name, answer, weight)."""
    if row.secret or row.state is not PollState.PUBLISHED:
        return []
    found = boxes.named(db, row.id, limit=NAMES_MOST)
    people = {one.voter_id for one in found} | {one.through_id for one in found if one.through_id}
    names = members.names(db, people)
    said = {text: marking.words(row.way, row.rule, text) for text in {one.choice for one in found}}
    other = _("%(name)s, cast by %(other)s")

    def called(one: boxes.NamedRow) -> str:
        through = one.through_id
        if through is None:
            return names[one.voter_id]
        return other % {"name": names[one.voter_id], "other": names[through]}

    shown = [(called(one), said[one.choice], weighing.shown(row.rule, one)) for one in found]
    return sorted(shown, key=lambda one: one[:2])


def closing(db: Db, row: PollRow) -> dict[str, Any] | None:
    """The signed closing record, once the poll is counted."""
    if row.state not in rules.COUNTED:
        return None
    found = boxes.closing(db, row.id)
    if found is None:
        return None
    facts = found.facts
    if row.state is not PollState.PUBLISHED:
        root = facts["root"] if row.secret else ""
        return {"number": found.number, "size": facts["size"], "root": root}
    return {
        "number": found.number,
        "size": facts["size"],
        "root": facts["root"],
        "record": found.record,
        "signature": found.signature,
        "public_key": keys.public_key(),
        "fingerprint": keys.fingerprint(keys.public_key()),
    }
