"""What forms, states and stances are called, in the reader's language."""

from forum.base.i18n import N_, _, pgettext
from sessions.workshop import book
from sessions.workshop.models import Form, Gives, Stance, WorkshopState

FORMS = {
    Form.PLENARY: N_("All together"),
    Form.GROUPS: N_("In small groups"),
    Form.ALONE: N_("Each for themselves"),
}
GIVES = {Gives.NOTES: N_("Notes"), Gives.POSITIONS: N_("A position on each option")}
TONES = {WorkshopState.RUNNING: "good"}
STANCE_TONES = {Stance.SUPPORT: "for", Stance.LIVE: "neutral", Stance.OBJECT: "against"}


def said(text: str) -> str:
    """A script's own words in the reader's language; what somebody typed as it was typed."""
    return _(text) if text else ""


def title(script: str) -> str:
    """What a script is called."""
    return _(book.known(script).title)


def state(value: WorkshopState) -> str:
    """What the state of a session is called."""
    return {
        WorkshopState.PREPARED: pgettext("workshop", "Prepared"),
        WorkshopState.RUNNING: pgettext("workshop", "Under way"),
        WorkshopState.FINISHED: pgettext("workshop", "Over"),
    }[value]


def stance(value: Stance) -> str:
    """What a position is called."""
    return {
        Stance.SUPPORT: _("I support it"),
        Stance.LIVE: _("I can live with it"),
        Stance.OBJECT: _("I object"),
    }[value]


def stances() -> list[tuple[str, str, str, str]]:
    """The positions to choose from: value, words, hint, colour."""
    return [(one.value, stance(one), "", STANCE_TONES[one]) for one in Stance]


def counts(support: int, live: int, objecting: int) -> list[tuple[str, int, str]]:
    """The counts of an option as the parts of a bar."""
    return [
        (pgettext("position", "Support"), support, "for"),
        (pgettext("position", "Can live with it"), live, "neutral"),
        (pgettext("position", "Object"), objecting, "against"),
    ]
