"""What parts, answers and lead times are called, in the reader's language."""

from forum.base.i18n import N_, _, current, ngettext
from forum.base.workdays import Workdays
from sessions.convening.kinds import Kind, Part
from sessions.convening.models import Answer, QuestionKind
from sessions.convening.rules import Every

PARTS = {
    Part.AGENDA: N_("an order of the day"),
    Part.VENUE: N_("a venue"),
    Part.BRIEFING: N_("a briefing"),
}
ANSWERS = {
    Answer.COMES: N_("Comes"),
    Answer.PROXY: N_("Sends somebody"),
    Answer.AWAY: N_("Cannot come"),
}
QUESTIONS = {
    QuestionKind.YES_NO: N_("Yes or no"),
    QuestionKind.CHOICE: N_("One of several answers"),
    QuestionKind.TEXT: N_("In their own words"),
}
EVERY = {
    Every.ONCE: N_("Once"),
    Every.WEEK: N_("Every week"),
    Every.FORTNIGHT: N_("Every two weeks"),
    Every.MONTH: N_("Every month, on the same day"),
}


def joined(*sentences: str) -> str:
    """Sentences in a row; Chinese sets no blank between them."""
    return ("" if current().startswith("zh") else " ").join(sentences)


def part(value: Part) -> str:
    """What a part of the preparation is called."""
    return _(PARTS[value])


def answer(value: Answer) -> str:
    """What an answer is called in a list."""
    return _(ANSWERS[value])


def lead(kind: Kind, days: Workdays | None = None) -> str:
    """How long before the meeting its notice goes out, as a sentence; by which `days` it counts."""
    if kind.working:
        said = ngettext(
            "The notice goes out %(num)s working day before (Monday to Friday).",
            "The notice goes out %(num)s working days before (Monday to Friday).",
            kind.lead,
        )
    else:
        said = ngettext(
            "The notice goes out %(num)s day before.",
            "The notice goes out %(num)s days before.",
            kind.lead,
        )
    if not kind.lead:
        return _("The notice can go out at any time.")
    said %= {"num": kind.lead}
    if days is None or not days.years:
        return said
    years = _(", ").join(str(year) for year in days.years)
    known = _("Holidays and make-up workdays are known for: %(years)s.") % {"years": years}
    return joined(said, known)
