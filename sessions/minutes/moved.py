"""Motions in the minutes, in words: what was moved, and each step that it went."""

from collections.abc import Mapping

from forum.base.i18n import N_, _
from sessions.minutes.record import Entry
from sessions.motions import words
from sessions.motions.models import Sort

STEPS = {
    "divided": N_("The question was divided: %(motion)s is decided part by part."),
    "reworded": N_("%(motion)s was put in other words:"),
    "amended": N_("%(motion)s now reads:"),
    "confirmed": N_("%(motion)s stands as worded, though the text under it has changed."),
    "ordered": N_("%(name)s put %(motion)s before the others:"),
    "withdrawn": N_("%(name)s withdrew it: %(motion)s."),
    "withdrawn_by_chair": N_("%(motion)s of %(name)s was withdrawn with the consent of the chair."),
    "objected": N_("%(name)s objected to carrying it without a vote: %(motion)s."),
    "carried": N_("Carried: %(motion)s."),
    "consensus": N_("Carried, since nobody objected: %(motion)s."),
    "rejected": N_("Not carried: %(motion)s."),
    "returned": N_("The vote decided nothing; still before the meeting: %(motion)s."),
    "postponed": N_("Left for a later meeting: %(motion)s."),
    "referred": N_("Referred elsewhere: %(motion)s."),
    "fell_target_gone": N_("Dropped with what it was about: %(motion)s."),
    "fell_unseconded": N_("Dropped, since nobody seconded it: %(motion)s."),
    "fell_item_closed": N_("Dropped, since the item was closed: %(motion)s."),
    "reconsidered": N_("What had been decided is open again: %(motion)s."),
}


def moved(entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    """Who moved what, upon what, and who seconded it."""
    told = {**facts, "motion": _name(facts, "sort", "number")}
    if facts.get("part_of"):
        told["whole"] = words.name(Sort.MAIN, int(str(facts["part_of"])))
        return _("%(motion)s, a part of %(whole)s, moved by %(name)s.") % told
    if facts.get("again"):
        return _("Before the meeting again: %(motion)s, moved by %(name)s.") % told
    if facts.get("sort") == Sort.AMENDMENT and facts.get("target_number"):
        told["target"] = _name(facts, "target_sort", "target_number")
        if facts["seconder"]:
            said = _("%(name)s moved %(motion)s to %(target)s, seconded by %(seconder)s.")
        else:
            said = _("%(name)s moved %(motion)s to %(target)s.")
        return said % told
    if facts["seconder"]:
        return _("%(name)s moved, seconded by %(seconder)s: %(motion)s.") % told
    return _("%(name)s moved: %(motion)s.") % told


def step(entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    """What became of a motion."""
    told = {**facts, "motion": _name(facts, "sort", "number")}
    return _(STEPS[str(facts["step"])]) % told


def _name(facts: Mapping[str, object], sort: str, number: str) -> str:
    kind = Sort(str(facts[sort]))
    return words.name(kind, int(str(facts[number]))) if facts[number] else words.sort(kind)
