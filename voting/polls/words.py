"""What states, outcomes, channels and faults are called, in the reader's language."""

from collections.abc import Mapping
from functools import cache
from typing import Any, Protocol

from forum.base.i18n import LANGUAGES, N_, _, pgettext, using
from voting.boxes.models import Channel
from voting.methods.common.least import Least
from voting.methods.common.profiles import PROFILES
from voting.methods.common.roots import Root
from voting.methods.common.words import Words
from voting.methods.majority import share_words
from voting.methods.method import Rule
from voting.polls import passing, weighing
from voting.polls.models import PollState, Secrecy, TallyState
from voting.polls.rules import Fault, Of, Outcome, Quorum

STATES = {
    PollState.CREATED: N_("In preparation"),
    PollState.STARTED: N_("Voting is open"),
    PollState.COUNTING: N_("Being counted"),
    PollState.FINISHED: N_("Counted, not yet published"),
    PollState.PUBLISHED: N_("Result published"),
    PollState.VOIDED: N_("Declared void"),
}
STATE_TONES = {
    PollState.STARTED: "info",
    PollState.COUNTING: "warn",
    PollState.FINISHED: "warn",
    PollState.VOIDED: "bad",
}
OUTCOMES = {
    Outcome.CARRIED: N_("Carried"),
    Outcome.FAILED: N_("Not carried"),
    Outcome.TIED: N_("Tie: nothing is decided"),
    Outcome.INQUORATE: N_("Not valid: quorum not reached"),
    Outcome.CHOSEN: N_("Chosen"),
    Outcome.NONE: N_("Nothing was chosen"),
}
OUTCOME_TONES = {
    Outcome.CARRIED: "good",
    Outcome.FAILED: "bad",
    Outcome.TIED: "warn",
    Outcome.INQUORATE: "bad",
    Outcome.CHOSEN: "good",
    Outcome.NONE: "bad",
}
SECRECIES = {
    Secrecy.OPEN: N_("Named vote"),
    Secrecy.SECRET: N_("Secret ballot"),
}
SECRECY_HINTS = {
    Secrecy.OPEN: N_(
        "Everybody can see afterwards who voted how. A vote can be changed or taken back until "
        "the closing."
    ),
    Secrecy.SECRET: N_(
        "Nobody can see afterwards who voted how. A vote that is cast cannot be changed."
    ),
}
CHANNELS = {
    Channel.ONLINE: N_("Votes online"),
    Channel.HANDS: N_("Show of hands"),
    Channel.PAPER: N_("Paper ballots"),
}
TALLY_STATES = {
    TallyState.PENDING: N_("Not counted yet"),
    TallyState.ENTERED: N_("Counted once"),
    TallyState.CONFIRMED: N_("Confirmed by a second teller"),
    TallyState.EXCEPTED: N_("Left out, with a reason"),
}
FAULTS = {
    Fault.TWICE: N_("Somebody stands on the roll twice."),
    Fault.WEIGHT: N_("A vote weighs at least 1."),
    Fault.EMPTY: N_("Nobody is entitled to vote."),
    Fault.NO_HANDS: N_("This vote cannot be taken by show of hands or on paper."),
    Fault.NO_WEIGHTS: N_("Hands, paper and secret ballots count every vote alike."),
    Fault.ONE_WEIGHT: N_("This rule needs two weights, heads and area; the roll has only one."),
    Fault.NO_UNIT: N_("The weights on the roll have too many different fractions to be added."),
    Fault.SMALL_BOX: N_("A secret paper box needs at least five papers."),
    Fault.NO_VENUE: N_("Whoever votes by hand or on paper does so at a venue."),
    Fault.NO_PRESENCE: N_("This rule counts those present; open the poll from its meeting."),
    Fault.TOO_FEW: N_("More are on the roll, or present, than are entitled to vote."),
    Fault.UNKNOWN_CHOICE: N_("Only the answers that were asked for can be counted."),
    Fault.OVER_ISSUED: N_("There are more votes than people who vote here."),
    Fault.NOT_RECONCILED: N_("Votes, blank, invalid and unreturned papers must add up."),
}
QUORUMS = {
    (Of.PRESENT, True): N_("More than %(share)s of those entitled must be present."),
    (Of.PRESENT, False): N_("At least %(share)s of those entitled must be present."),
    (Of.CAST, True): N_("More than %(share)s of those entitled must take part."),
    (Of.CAST, False): N_("At least %(share)s of those entitled must take part."),
}

LEAST = {
    Of.PRESENT: N_("At least %(number)s must be present."),
    Of.CAST: N_("At least %(number)s must take part."),
}


class _Row(Protocol):
    @property
    def state(self) -> PollState: ...
    @property
    def result(self) -> "dict[str, object] | None": ...


def state(value: PollState) -> str:
    """What a state is called."""
    return _(STATES[value])


def outcome(value: Outcome | str) -> str:
    """What an outcome is called."""
    return _(OUTCOMES[Outcome(value)])


def standing(row: _Row) -> str:
    """How a poll stands: its outcome once that is public, else its state."""
    if row.state is PollState.PUBLISHED and row.result:
        return outcome(str(row.result["outcome"]))
    return state(row.state)


def tone(row: _Row) -> str:
    """The colour of how it stands."""
    if row.state is PollState.PUBLISHED and row.result:
        return OUTCOME_TONES[Outcome(str(row.result["outcome"]))]
    return STATE_TONES.get(row.state, "neutral")


def quorum(value: Quorum) -> Words:
    """The quorum as a sentence."""
    if isinstance(value.share, Root):
        root = Words(N_("%(times)s times the square root"), {"times": str(value.share.times)})
        return Words(QUORUMS[value.of, False], {"share": root})
    if isinstance(value.share, Least):
        return Words(LEAST[value.of], {"number": value.share.number})
    return Words(QUORUMS[value.of, value.share.strict], {"share": share_words(value.share.share)})


def fault(value: Fault) -> str:
    """Why a roll or count cannot be taken."""
    return _(FAULTS[value])


def weighed(rule: Mapping[str, Any]) -> list[str]:
    """What a rule says of weights."""
    if not weighing.wanted(rule) or rule[weighing.KEY]["by"] != weighing.By.WEIGHT:
        return []
    return [_("The weights on the roll decide, not the heads.")]


def passed_on(rule: Mapping[str, Any]) -> list[str]:
    """What a rule says of votes that were given to others."""
    said = []
    if passing.followed(rule):
        said.append(_("One can give one's vote to somebody else; voting oneself comes first."))
        if most := passing.cap(rule):
            said.append(_("One person carries at most %(n)s votes of others.") % {"n": most})
    return said


def law(rule: Rule) -> str:
    """The sentence of the law that a vote is held by; empty where there is none."""
    one = PROFILES.get(rule.get("profile", ""))
    return f"{_(one.label)}: {_(one.hint)}" if one else ""


@cache
def _reserved() -> frozenset[str]:
    found = set()
    for lang in LANGUAGES:
        with using(lang):
            said = (_("Abstain"), pgettext("vote", "Blank"), pgettext("vote", "Invalid"))
            found |= {one.strip().casefold() for one in said}
    return frozenset(found)


def is_reserved(name: str) -> bool:
    """Whether an option of this name could be taken for what a ballot says besides options."""
    return name.strip().casefold() in _reserved()
