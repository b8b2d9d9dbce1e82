"""Kinds of things in the reader's words."""

from forum.base.i18n import pgettext


def kinds() -> dict[str, str]:
    """What the links of the chain are called."""
    return {
        "matter": pgettext("kind", "Matter"),
        "consultation": pgettext("kind", "Consultation"),
        "item": pgettext("kind", "Topic"),
        "argument": pgettext("kind", "Argument"),
        "meeting": pgettext("kind", "Meeting"),
        "poll": pgettext("kind", "Vote"),
        "minutes": pgettext("kind", "Minutes"),
        "decision": pgettext("kind", "Decision"),
        "outcome": pgettext("kind", "Outcome"),
        "task": pgettext("kind", "Follow-up"),
        "station": pgettext("kind", "Station"),
    }
