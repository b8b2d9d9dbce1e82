"""Duty reports in the minutes, in words: who reported, what was asked, how it was received."""

from collections.abc import Callable, Mapping

from forum.base import clock
from forum.base.i18n import _, current, date, ngettext
from sessions.minutes.record import Entry, EntryKind

Facts = Mapping[str, object]


def _joined(first: str, second: str) -> str:
    return first + ("" if current().startswith("zh") else " ") + second


def report(_entry: Entry, facts: Facts, zone: str) -> str:
    """Who reported, and what was left to be answered."""
    said = _("%(name)s reported on their duty.") % facts
    if not facts.get("open"):
        return said
    left = int(str(facts["open"]))
    told = {"num": left, "date": date(clock.parse(str(facts["due"])), zone)}
    words = ngettext(
        "%(num)s question is to be answered in writing by %(date)s.",
        "%(num)s questions are to be answered in writing by %(date)s.",
        left,
    )
    return _joined(said, words % told)


def answer(_entry: Entry, facts: Facts, _zone: str) -> str:
    """Who asked, how many wanted to hear it, and how it was answered."""
    told = {**facts, "name": facts["name"] or _("A voter")}
    if not facts.get("why"):
        said = _("Question %(number)s of %(name)s (support: %(supports)s), answered by word:")
    elif facts["by_word"]:
        said = _(
            "Question %(number)s of %(name)s (support: %(supports)s), answered by word and in "
            "writing:"
        )
    else:
        said = _("Question %(number)s of %(name)s (support: %(supports)s), answered in writing:")
    return said % told


def rating(_entry: Entry, facts: Facts, _zone: str) -> str:
    """How the report was received; of few only how many they were."""
    if facts["satisfied"] is None:
        return _("Rating of the duty report of %(name)s: too few for figures (%(raters)s).") % facts
    words = _(
        "Rating of the duty report of %(name)s by %(raters)s voters: satisfied %(satisfied)s, "
        "mostly satisfied %(mostly)s, not satisfied %(dissatisfied)s."
    )
    return words % facts


SENTENCES: Mapping[EntryKind, Callable[[Entry, Facts, str], str]] = {
    EntryKind.DUTY_REPORT: report,
    EntryKind.DUTY_ANSWER: answer,
    EntryKind.DUTY_RATING: rating,
}
