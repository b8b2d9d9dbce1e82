"""What stages, deeds and terms are called, in the reader's language."""

from forum.base.i18n import N_, _, datetime_, either
from forum.consultations import rules
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.consultations.rules import Deed
from forum.members.queries import Standing

STAGES = {
    Stage.PROPOSING: N_("Proposing topics"),
    Stage.DELIBERATING: N_("Deliberating"),
    Stage.DECIDING: N_("Deciding"),
    Stage.PUBLISHING: N_("Publishing outcomes"),
    Stage.FOLLOWING: N_("Following up"),
    Stage.CLOSED: N_("Closed"),
}

# What the stage means for somebody who has just come in.
EXPLAINED = {
    Stage.PROPOSING: N_("Propose what should be talked about, and say what you think of the rest."),
    Stage.DELIBERATING: N_("Give reasons for and against, answer each other, and react."),
    Stage.DECIDING: N_("The written debate is over: it is now put to the vote."),
    Stage.PUBLISHING: N_("Decisions are written down and published with their reasons."),
    Stage.FOLLOWING: N_("What was promised is being done; every task shows how far it is."),
    Stage.CLOSED: N_("Everything has been answered; the record stays open for reading."),
}

DEEDS = {
    Deed.PROPOSE: N_("propose a topic"),
    Deed.ARGUE: N_("give reasons and answer"),
    Deed.REACT: N_("agree or disagree"),
    Deed.MEET: N_("hold a meeting"),
    Deed.POLL: N_("take part in votes"),
    Deed.DECIDE: N_("record a decision"),
    Deed.PUBLISH: N_("publish an outcome"),
    Deed.FOLLOW: N_("follow up a task"),
}

VISIBILITIES = {
    Visibility.PUBLIC: N_("Everybody may read"),
    Visibility.MEMBERS: N_("Members of the place may read"),
    Visibility.INVITED: N_("Only those invited may read"),
}

ELIGIBILITIES = {
    Eligibility.OPEN: N_("Everybody signed in may take part"),
    Eligibility.LISTED: N_("Only those on the list may take part"),
}


def stage(value: Stage) -> str:
    """What a stage is called."""
    return _(STAGES[value])


def explained(value: Stage) -> str:
    """What a stage means for those who take part."""
    return _(EXPLAINED[value])


def deed(value: Deed) -> str:
    """What a deed is called."""
    return _(DEEDS[value])


def visibility(value: Visibility) -> str:
    """Who may read, in words."""
    return _(VISIBILITIES[value])


def eligibility(value: Eligibility) -> str:
    """Who may take part, in words."""
    return _(ELIGIBILITIES[value])


def shut(value: Stage, deed: Deed) -> str:
    """Why a deed is not open at this stage, and when it is."""
    names = [stage(other) for other in rules.stages_of(deed)]
    return _("The consultation is at “%(stage)s”. One can %(deed)s at: %(when)s.") % {
        "stage": stage(value),
        "deed": _(DEEDS[deed]),
        "when": either(names),
    }


def restriction(standing: Standing, zone: str) -> str:
    """What a mute or ban says to the one it is about: the reason and until when."""
    reason = standing.reason or _("none given")
    if standing.banned:
        text = _("You are shut out of this place. Reason: %(reason)s.") % {"reason": reason}
    else:
        text = _("You may not speak here for now. Reason: %(reason)s.") % {"reason": reason}
    if standing.until is None:
        return text
    return f"{text} {_('Until %(when)s.') % {'when': datetime_(standing.until, zone)}}"


def guest_elsewhere() -> str:
    """Why somebody who is a guest of one consultation may not take part in another."""
    return _("You are a guest of another consultation. Become a member to take part here.")


# The sorts of people that are invited most; others are written in the moderator's own words.
CATEGORIES = {
    "owners": N_("Owners"),
    "tenants": N_("Tenants"),
    "firms": N_("Firms and shops"),
    "students": N_("Students"),
}


def category(name: str) -> str:
    """What a sort of invited people is called."""
    return _(CATEGORIES[name]) if name in CATEGORIES else name
