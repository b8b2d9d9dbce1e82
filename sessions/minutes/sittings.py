"""Several sittings of one meeting in the minutes, in words."""

from collections.abc import Callable, Mapping

from forum.base import clock
from forum.base.i18n import _, datetime_
from sessions.minutes.record import Entry, EntryKind


def suspended(_entry: Entry, facts: Mapping[str, object], zone: str) -> str:
    """That it goes on another day, and when."""
    said = _(
        "%(name)s adjourned the meeting to another day; %(present)s were present. "
        "It goes on: %(when)s."
    )
    when = datetime_(clock.parse(str(facts["starts_at"])), zone)
    return said % {**facts, "when": when}


def continued(_entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    """That a further sitting was opened, with its own numbers."""
    said = _(
        "%(name)s opened sitting %(sitting)s of the meeting: %(present)s of %(entitled)s "
        "were present."
    )
    return said % facts


def unopened(_entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    """That an opening was a mistake."""
    said = _("%(name)s took the opening back: it was a mistake, and the meeting had not begun.")
    return said % facts


def dropped(_entry: Entry, facts: Mapping[str, object], _zone: str) -> str:
    """That it did not go on after all."""
    said = _("%(name)s ended the meeting without sitting %(sitting)s, which had been announced.")
    return said % facts


SENTENCES: Mapping[EntryKind, Callable[[Entry, Mapping[str, object], str], str]] = {
    EntryKind.SUSPENDED: suspended,
    EntryKind.CONTINUED: continued,
    EntryKind.UNOPENED: unopened,
    EntryKind.DROPPED: dropped,
}
