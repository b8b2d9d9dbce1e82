"""Who is told what about archives."""

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.refs import parse
from forum.base.registry import notify, silent
from sessions.exchange import events


def asker(_db: Db, stored: Stored) -> list[int]:
    """Whoever asked for it: it is their stream."""
    return [parse(stored.stream)[1]]


silent(events.ArchiveAsked, because="whoever asked is shown its page")
notify(
    events.ArchiveFinished,
    who=asker,
    words=N_("Ready to be downloaded, for a week: %(title)s"),
    because=N_("You asked for it."),
)
silent(
    events.MeetingImported,
    because="the operator has just done it; the people of the record have no accounts",
)
