"""Rules and results in the reader's words."""

from collections.abc import Mapping

from forum.base.i18n import N_, _
from moderation.reports.models import ReportState, Rule

RULES: Mapping[Rule, str] = {
    Rule.ATTACK: N_("It attacks a person"),
    Rule.OFF_TOPIC: N_("It does not belong here"),
    Rule.SPAM: N_("It is advertising, or repeated"),
    Rule.PRIVACY: N_("It shows somebody's private data"),
    Rule.UNTRUE: N_("It is untrue or pretends to be somebody else"),
    Rule.UNLAWFUL: N_("It is against the law"),
    Rule.OTHER: N_("Something else"),
}
STATES: Mapping[ReportState, str] = {
    ReportState.OPEN: N_("Not looked at yet"),
    ReportState.HIDDEN: N_("Hidden"),
    ReportState.DISMISSED: N_("Left as it is"),
    ReportState.ASKED: N_("Its author was asked to edit it"),
    ReportState.MOVED: N_("Moved to where it belongs"),
}


def rule_words(rule: Rule) -> str:
    """What a rule says is wrong."""
    return _(RULES[rule])


def state_words(state: ReportState) -> str:
    """What came of a report."""
    return _(STATES[state])


def rule_choices() -> list[tuple[str, str]]:
    """The rules for a form."""
    return [(rule.value, rule_words(rule)) for rule in Rule]
