"""Terms and restrictions in the reader's words."""

from collections.abc import Mapping

from forum.base.i18n import N_, _
from moderation.sanctions.rules import Term

TERMS: Mapping[Term, str] = {
    Term.HOURS_2: N_("Two hours"),
    Term.DAY: N_("A day"),
    Term.WEEK: N_("A week"),
    Term.MONTH: N_("Thirty days"),
    Term.OPEN_END: N_("Until it is lifted"),
}


def term_choices() -> list[tuple[str, str]]:
    """The terms for a form."""
    return [(term.value, _(words)) for term, words in TERMS.items()]
