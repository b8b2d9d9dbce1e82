"""What may be done to a poll in which state, quorum, and what makes a count whole: pure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from forum.base.canonical import canonical, sha256hex
from forum.members.models import Role
from voting.boxes.models import Channel
from voting.methods.common.least import Least
from voting.methods.common.roots import Root
from voting.methods.majority import Threshold, threshold
from voting.methods.method import Form, Method, Rule
from voting.polls import weighing
from voting.polls.models import PollState, Secrecy, TallyState

S = PollState

# So many options a person can still compare, and a machine count while others wait.
OPTIONS_MOST: Mapping[Form, int] = {
    Form.CHOICE: 100,
    Form.PICKS: 200,
    Form.GRADES: 60,
    Form.RANKS: 30,
}
NAME_MOST = 200

SMALL = 5  # below this, single ballots, boxes and steps of the turnout would tell who voted how


class Verb(StrEnum):
    """What can be done to a poll."""

    CHANGE = "change"
    OPEN = "open"
    CAST = "cast"
    EXTEND = "extend"
    REMIND = "remind"
    COUNT = "count"
    CLOSE = "close"
    DECIDE = "decide"
    PUBLISH = "publish"
    VOID = "void"
    AGAIN = "again"


IN: Mapping[Verb, frozenset[PollState]] = {
    Verb.CHANGE: frozenset({S.CREATED}),
    Verb.OPEN: frozenset({S.CREATED}),
    Verb.CAST: frozenset({S.STARTED}),
    Verb.EXTEND: frozenset({S.STARTED}),
    Verb.REMIND: frozenset({S.STARTED}),
    Verb.COUNT: frozenset({S.STARTED, S.COUNTING}),
    Verb.CLOSE: frozenset({S.STARTED}),
    Verb.DECIDE: frozenset({S.FINISHED}),
    Verb.PUBLISH: frozenset({S.COUNTING, S.FINISHED}),
    Verb.VOID: frozenset({S.CREATED, S.STARTED, S.COUNTING, S.FINISHED}),
    Verb.AGAIN: frozenset({S.PUBLISHED, S.VOIDED}),
}
COUNTED = frozenset({S.FINISHED, S.PUBLISHED})

# Who may enter what a hall raised or a box held.
TELLERS = frozenset({Role.MODERATOR, Role.ADMINISTRATOR, Role.SECRETARY, Role.OPERATOR})
MANAGERS = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})


class Outcome(StrEnum):
    """How a poll ended."""

    CARRIED = "carried"
    FAILED = "failed"
    TIED = "tied"  # until the chair has voted
    INQUORATE = "inquorate"
    CHOSEN = "chosen"  # among options
    NONE = "none"  # no option was chosen


DECIDED = frozenset({Outcome.CARRIED, Outcome.FAILED, Outcome.CHOSEN, Outcome.NONE})


class Of(StrEnum):
    """What the quorum counts."""

    PRESENT = "present"
    CAST = "cast"


class Quorum(NamedTuple):
    """How many of those entitled must be there (or take part) for the vote to be valid."""

    of: Of
    share: Threshold | Root | Least

    @classmethod
    def read(cls, kept: Mapping[str, str]) -> "Quorum":
        """From its stored form; raises ValueError for what is none."""
        text = kept["share"]
        read = threshold if "/" in text else Least.read
        return cls(Of(kept["of"]), Root.read(text) if text.endswith("√") else read(text))

    def pack(self) -> dict[str, str]:
        """As JSON."""
        if not isinstance(self.share, Threshold):
            return {"of": self.of.value, "share": self.share.pack()}
        sign = ">" if self.share.strict else ">="
        share = self.share.share
        return {"of": self.of.value, "share": f"{sign}{share.numerator}/{share.denominator}"}

    def met(self, eligible: int, present: int | None, cast: int) -> bool:
        """Exactly; without a presence those count who took part."""
        return self.share.carries(self.reached(present, cast), eligible)

    def reached(self, present: int | None, cast: int) -> int:
        """The figure that is measured."""
        return cast if self.of is Of.CAST or present is None else present

    def needed(self, eligible: int) -> int:
        """The least that meets it."""
        return self.share.needed(eligible)


class RollEntry(NamedTuple):
    """One who may vote: with which weight, through which channel, where, and whether present.

    `share` is their exact weight where the poll counts that, `holder_id` who stands in for them.
    """

    member_id: int
    weight: int = 1
    channel: Channel = Channel.ONLINE
    venue: str = ""
    present: bool = True
    share: int | None = None
    holder_id: int | None = None


class Count(NamedTuple):
    """What a teller counted at one venue; unreturned papers only where papers were issued.

    `ballots` are papers that were entered one by one: what they say lies in the poll's box.
    """

    votes: Mapping[str, int]
    blank: int = 0
    invalid: int = 0
    unreturned: int = 0
    ballots: int = 0

    def pack(self) -> dict[str, int]:
        """As JSON; equal counts are equal."""
        votes = {f"vote:{name}": number for name, number in self.votes.items() if number}
        return {
            **votes,
            **({"ballots": self.ballots} if self.ballots else {}),
            "blank": self.blank,
            "invalid": self.invalid,
            "unreturned": self.unreturned,
        }

    @classmethod
    def unpack(cls, kept: Mapping[str, int]) -> "Count":
        """What `pack` packed."""
        votes = {n.removeprefix("vote:"): v for n, v in kept.items() if n.startswith("vote:")}
        rest = (kept["blank"], kept["invalid"], kept["unreturned"], kept.get("ballots", 0))
        return cls(votes, *rest)

    @property
    def returned(self) -> int:
        """Hands seen or papers found."""
        return sum(self.votes.values()) + self.blank + self.invalid + self.ballots


class Fault(StrEnum):
    """Why a roll or a count cannot be taken."""

    TWICE = "twice"
    WEIGHT = "weight"
    EMPTY = "empty"
    NO_HANDS = "no_hands"
    NO_WEIGHTS = "no_weights"
    ONE_WEIGHT = "one_weight"
    NO_UNIT = "no_unit"
    SMALL_BOX = "small_box"
    NO_VENUE = "no_venue"
    NO_PRESENCE = "no_presence"
    TOO_FEW = "too_few"
    UNKNOWN_CHOICE = "unknown_choice"
    OVER_ISSUED = "over_issued"
    NOT_RECONCILED = "not_reconciled"


def may(verb: Verb, state: PollState) -> bool:
    """Whether the state is open for the verb."""
    return state in IN[verb]


def knows_result(state: PollState, *, manages: bool) -> bool:
    """Nobody before the counting is done; then those who lead the vote, to publish it; then all."""
    return state == S.PUBLISHED or (manages and state == S.FINISHED)


def roll_fault(
    roll: Sequence[RollEntry],
    *,
    method: Method,
    rule: Rule,
    secrecy: Secrecy,
    quorum: Quorum | None,
    present: int | None,
    eligible: int,
) -> Fault | None:
    """What is wrong with opening a poll on this roll; None where nothing is."""
    if not roll:
        return Fault.EMPTY
    if len({entry.member_id for entry in roll}) != len(roll):
        return Fault.TWICE
    if any(entry.weight < 1 for entry in roll):
        return Fault.WEIGHT
    if eligible < sum(entry.weight for entry in roll) or (present or 0) > eligible:
        return Fault.TOO_FEW
    if fault := weighing.fault([entry.share for entry in roll], method, rule):
        return Fault(fault)
    heavy = any(entry.weight != 1 or entry.share is not None for entry in roll)
    aside = [entry for entry in roll if entry.channel is not Channel.ONLINE]
    # A weight on a secret ballot would name its voter, and hands have none.
    if heavy and (secrecy is Secrecy.SECRET or aside):
        return Fault.NO_WEIGHTS
    if any(not entry.venue for entry in aside):
        return Fault.NO_VENUE
    hands = any(entry.channel is Channel.HANDS for entry in aside)
    if (aside and not method.aggregates) or (hands and secrecy is Secrecy.SECRET):
        return Fault.NO_HANDS
    if secrecy is Secrecy.SECRET and any(n < SMALL for n in issued(roll).values()):
        return Fault.SMALL_BOX
    asks_presence = rule.get("base") == "present" or (quorum and quorum.of is Of.PRESENT)
    return Fault.NO_PRESENCE if asks_presence and present is None else None


def issued(roll: Iterable[RollEntry]) -> dict[tuple[str, Channel], int]:
    """How many vote by hand or on paper, by venue and channel."""
    found: dict[tuple[str, Channel], int] = {}
    for entry in roll:
        if entry.channel is not Channel.ONLINE:
            key = (entry.venue, entry.channel)
            found[key] = found.get(key, 0) + 1
    return found


def count_fault(
    count: Count, *, choices: Collection[str], channel: Channel, issued: int
) -> Fault | None:
    """What is wrong with a teller's count; None where nothing is."""
    if not set(count.votes) <= set(choices):
        return Fault.UNKNOWN_CHOICE
    if min((*count.votes.values(), count.blank, count.invalid, count.unreturned)) < 0:
        return Fault.NOT_RECONCILED
    if count.returned > issued:
        return Fault.OVER_ISSUED
    if channel is Channel.PAPER and count.returned + count.unreturned != issued:
        return Fault.NOT_RECONCILED
    return None


def all_counted(states: Iterable[TallyState]) -> bool:
    """Whether each venue is confirmed, or left out for a stated reason."""
    return all(state in (TallyState.CONFIRMED, TallyState.EXCEPTED) for state in states)


def outcome(carried: bool | None, quorum_met: bool | None, *, among: bool = False) -> Outcome:
    """A vote without its quorum decides nothing, whatever was counted; `among` options or not."""
    if quorum_met is False:
        return Outcome.INQUORATE
    if carried is None:
        return Outcome.TIED
    if among:
        return Outcome.CHOSEN if carried else Outcome.NONE
    return Outcome.CARRIED if carried else Outcome.FAILED


def rules_hash(frozen: Mapping[str, Any]) -> str:
    """The digest of everything by which a poll is decided."""
    return sha256hex(canonical(dict(frozen)))


def shown_turnout(turnout: int, secrecy: Secrecy) -> int:
    """What may be shown while the poll is open: of a secret one, steps of at least five."""
    return turnout // SMALL * SMALL if secrecy is Secrecy.SECRET else turnout
