"""What a poll's rule keeps beside its method: weights, and votes that were given to others."""

from typing import Any

from forum.base.errors import Invalid
from forum.base.i18n import _
from voting.methods.method import Method
from voting.polls import passing, rules, weighing, words
from voting.polls.models import Secrecy


def beside(
    way: Method, secrecy: Secrecy, meeting: str | None, weighed: bool, carry_most: int | None
) -> dict[str, Any]:
    """That part of the rule; Invalid where it cannot be."""
    kept = weighing.asked(way, weighed=weighed) | passing.asked(carry_most)
    wrong: dict[str, str] = {}
    if weighing.wanted(kept):
        if meeting is None:
            wrong["counted"] = _("Weights stand on the roll of a meeting: hold the vote there.")
        elif secrecy is Secrecy.SECRET:
            wrong["secrecy"] = words.fault(rules.Fault.NO_WEIGHTS)
        elif not (way.weighable or way.two_weights):
            wrong["counted"] = _("Only a vote for or against one proposal is counted by weight.")
    if passing.followed(kept):
        if meeting is not None:
            wrong["delegations"] = _("In a meeting, somebody stands in by proxy instead.")
        elif secrecy is Secrecy.SECRET:
            wrong["delegations"] = _("In a secret ballot nobody can know which ballot to follow.")
    if wrong:
        raise Invalid(_("Please look at the marked fields."), fields=wrong)
    return kept
