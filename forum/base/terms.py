"""Words of procedure in plain words: shown where they stand (`ui.term`) and all on /help.

One place, so that a word means the same on every page. No higher room adds to it: the words of a
procedure are few, and whoever explains one should see the others.
"""

from typing import NamedTuple

from forum.base.i18n import N_, _


class Term(NamedTuple):
    """A word and what it means."""

    key: str
    name: str
    words: str


TERMS = {
    term.key: term
    for term in (
        Term(
            "consultation",
            N_("Consultation"),
            N_(
                "People whom a matter concerns talk it over before it is decided, and are told "
                "what came of it."
            ),
        ),
        Term(
            "quorum",
            N_("Quorum"),
            N_(
                "How many of those entitled must be present, or vote, so that what is decided "
                "counts. Below that number there is no valid result."
            ),
        ),
        Term(
            "roll",
            N_("Roll of voters"),
            N_(
                "The list of those who may vote. It is fixed when the vote opens and does not "
                "change after that."
            ),
        ),
        Term(
            "secret",
            N_("Secret ballot"),
            N_(
                "It is recorded that you voted, never how. Nobody can look up your answer, "
                "neither neighbours nor staff. It cannot be changed once it is cast."
            ),
        ),
        Term(
            "named",
            N_("Named vote"),
            N_("Everybody can see afterwards who voted how."),
        ),
        Term(
            "majority",
            N_("Simple majority"),
            N_("More than half of what is counted. Exactly half is not enough."),
        ),
        Term(
            "abstain",
            N_("Abstain"),
            N_(
                "You take part and are neither for nor against. Whether it counts towards the "
                "total is said in the rules of the vote."
            ),
        ),
        Term(
            "tie",
            N_("Tie"),
            N_(
                "As many for as against. It counts as not carried, unless the rules of the vote "
                "give the chair a casting vote."
            ),
        ),
        Term(
            "consensus",
            N_("Consensus"),
            N_(
                "Everybody can live with it, even if it is nobody's first choice. Reservations "
                "are written down, not talked away."
            ),
        ),
        Term(
            "stand_aside",
            N_("Stand aside"),
            N_(
                "You would not do it yourself, but you do not stop the others. Your reservation "
                "stands in the result."
            ),
        ),
        Term(
            "block",
            N_("Block"),
            N_(
                "You hold that it must not happen, and say why. Without a reason a block does "
                "not count."
            ),
        ),
        Term(
            "receipt",
            N_("Receipt"),
            N_(
                "Proof that your vote was taken. It does not say how you voted; keep it to check "
                "later that your vote is among those counted."
            ),
        ),
        Term(
            "check_code",
            N_("Check code"),
            N_(
                "A short code on your receipt. When the vote is counted, you find your ballot "
                "with it. Show it to nobody: whoever has it can look up your ballot."
            ),
        ),
        Term(
            "order",
            N_("Point of order"),
            N_(
                "You think that the rules of the meeting are not being followed. It goes before "
                "all speeches, and the chair says at once what holds."
            ),
        ),
        Term(
            "minutes",
            N_("Minutes"),
            N_(
                "What was said and decided in a meeting, in writing. Who took part may ask for "
                "corrections; once approved, they do not change any more."
            ),
        ),
        Term(
            "outcome",
            N_("Outcome"),
            N_("What a consultation led to: what is taken up, what is not, and why."),
        ),
        Term(
            "lead_unit",
            N_("Lead unit"),
            N_("The office or body that has to do the work and to answer for it."),
        ),
        Term(
            "supervision",
            N_("Supervision"),
            N_(
                "A representative watches over the task, presses when it is late, and does not "
                "do it themselves."
            ),
        ),
        Term(
            "rating",
            N_("Rating"),
            N_(
                "Those concerned say whether they are satisfied with the answer. If they are "
                "not, it is done again."
            ),
        ),
    )
}


def term_of(key: str) -> Term:
    """A word and its meaning in the reader's language."""
    term = TERMS[key]
    return Term(key, _(term.name), _(term.words))


def all_terms() -> list[Term]:
    """Every word, in the order in which one meets them."""
    return [term_of(key) for key in TERMS]
