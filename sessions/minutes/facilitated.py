"""Facilitated sessions in the minutes, in words."""

from collections.abc import Callable, Mapping

from forum.base.i18n import _, ngettext
from sessions.minutes.record import Entry, EntryKind
from sessions.workshop import words
from sessions.workshop.models import Form, Gives

Facts = Mapping[str, object]


def session(_entry: Entry, facts: Facts, _zone: str) -> str:
    """Who led what, and in how many groups."""
    told = {**facts, "script": words.title(str(facts["script"]))}
    if facts.get("groups"):
        told["sizes"] = _(", ").join(str(facts["sizes"]).split())
        said = _(
            "%(name)s led the session “%(script)s” in %(steps)s steps; small groups: %(groups)s"
            " (%(sizes)s)."
        )
        return said % told
    return _("%(name)s led the session “%(script)s” in %(steps)s steps.") % told


def step(_entry: Entry, facts: Facts, _zone: str) -> str:
    """Which step, how people sat, and how much was given."""
    told = {
        **facts,
        "step": words.said(str(facts["step_name"])),
        "form": _(words.FORMS[Form(str(facts["form"]))]),
    }
    if facts["gives"] == Gives.NOTES and "notes" in facts:
        number = int(str(facts["notes"]))
        said = ngettext(
            "Step %(number)s: %(step)s (%(form)s), %(notes)s note.",
            "Step %(number)s: %(step)s (%(form)s), %(notes)s notes.",
            number,
        )
        return said % told
    return _("Step %(number)s: %(step)s (%(form)s).") % told


def theme(_entry: Entry, facts: Facts, _zone: str) -> str:
    """A heading with the number of its notes."""
    if facts.get("dropped"):
        return _("Theme %(number)s was taken back.") % facts
    number = int(str(facts["notes"]))
    said = ngettext(
        "Theme %(number)s, from %(notes)s note:", "Theme %(number)s, from %(notes)s notes:", number
    )
    return said % facts


def option(_entry: Entry, facts: Facts, _zone: str) -> str:
    """An option with the counts of positions."""
    if facts.get("dropped"):
        return _("Option %(number)s was taken back.") % facts
    if facts.get("reworded"):
        return _("Option %(number)s, reworded and not counted again:") % facts
    return (
        _(
            "Option %(number)s: %(support)s support it, %(live)s can live with it,"
            " %(object)s object."
        )
        % facts
    )


def objection(entry: Entry, facts: Facts, _zone: str) -> str:
    """A reason against an option."""
    if facts.get("dropped"):
        return _("An objection to option %(number)s was not upheld.") % facts
    if facts.get("struck"):
        return _("The words of an objection to option %(number)s were struck.") % facts
    if entry.person:
        return _("%(name)s objects to option %(number)s:") % facts
    return _("An objection to option %(number)s:") % facts


SENTENCES: Mapping[EntryKind, Callable[[Entry, Facts, str], str]] = {
    EntryKind.WORKSHOP: session,
    EntryKind.WORKSHOP_STEP: step,
    EntryKind.THEME: theme,
    EntryKind.OPTION: option,
    EntryKind.OBJECTION: objection,
}
