"""The support that an option needs for itself, besides having more than others."""

from collections.abc import Mapping
from typing import Any

from forum.base.i18n import N_
from voting.methods.common.words import Words
from voting.methods.majority import share_words, threshold
from voting.methods.method import Rule, Setting, invalid

SUPPORT = Setting(
    "threshold",
    N_("Support that is needed"),
    "",
    (
        ("", N_("The most votes are enough")),
        (">=1/3", N_("A third of the valid ballots or more")),
        (">=1/2", N_("Half of the valid ballots or more")),
        (">1/2", N_("More than half of the valid ballots")),
        (">=2/3", N_("Two thirds of the valid ballots or more")),
    ),
)
VALID = N_("the valid ballots")
NEEDED = N_("Of %(valid)s valid ballots an option needs %(needed)s.")
EMPTY = N_("Too few options have enough votes. Places that stay empty: %(left)s.")


def asked(typed: Mapping[str, str]) -> str:
    """The typed share: any exact one is taken, the offered ones are only the usual; empty: none."""
    share = typed.get(SUPPORT.name, "")
    try:
        if share:
            threshold(share)
    except ValueError:
        raise invalid(SUPPORT) from None
    return share


def settings(typed: Mapping[str, str]) -> dict[str, str]:
    """The typed settings without the support, which is read by `asked`."""
    return {name: value for name, value in typed.items() if name != SUPPORT.name}


def enough(
    counts: Mapping[str, int], valid: int, rule: Rule
) -> tuple[dict[str, int], tuple[Words, ...], dict[str, Any]]:
    """Who has it, what is said of it, and its figure; without a share one vote is enough."""
    if not rule.get(SUPPORT.name):
        return {ident: have for ident, have in counts.items() if have}, (), {}
    needed = threshold(rule[SUPPORT.name]).needed(valid)
    having = {ident: have for ident, have in counts.items() if have >= needed}
    return having, (Words(NEEDED, {"valid": valid, "needed": needed}),), {"needed": needed}


def described(rule: Rule) -> tuple[Words, ...]:
    """The support in plain words; nothing where the most votes are enough."""
    if not rule.get(SUPPORT.name):
        return ()
    share = threshold(rule[SUPPORT.name])
    text = (
        N_("Elected is only who has more than %(share)s of %(base)s.")
        if share.strict
        else N_("Elected is only who has at least %(share)s of %(base)s.")
    )
    return (Words(text, {"share": share_words(share.share), "base": Words(VALID)}),)
