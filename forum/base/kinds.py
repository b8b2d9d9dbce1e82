"""What the kinds of things on the chain are called; the ground floor knows their names alone."""

from forum.base.i18n import pgettext


def name(kind: str) -> str:
    """A kind of reference, or a consultation's stage, in the reader's words."""
    return _names().get(kind, kind)


def _names() -> dict[str, str]:
    return {
        "matter": pgettext("kind", "Matter"),
        "consultation": pgettext("kind", "Consultation"),
        "stage": pgettext("kind", "Stage"),
        "item": pgettext("kind", "Topic"),
        "argument": pgettext("kind", "Argument"),
        "motion": pgettext("kind", "Motion"),
        "meeting": pgettext("kind", "Meeting"),
        "duty_report": pgettext("kind", "Duty report"),
        "duty_question": pgettext("kind", "Question"),
        "word": pgettext("kind", "Word at a reception"),
        "workshop": pgettext("kind", "Facilitated session"),
        "procedure": pgettext("kind", "Procedure"),
        "procedure_stage": pgettext("kind, of a procedure", "Stage"),
        "poll": pgettext("kind", "Vote"),
        "minutes": pgettext("kind", "Minutes"),
        "decision": pgettext("kind", "Decision"),
        "outcome": pgettext("kind", "Outcome"),
        "task": pgettext("kind", "Follow-up"),
        "reply": pgettext("kind", "Reply"),
        "rating": pgettext("kind", "Rating"),
        "notice": pgettext("kind", "Notice"),
        "station": pgettext("kind", "Station"),
        "member": pgettext("kind", "Representative"),
    }
