"""Who is told what about arguments: authors of what is answered, hidden or brought back."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from forum.arguments import events
from forum.arguments.models import Argument
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import notify, silent


def _author(db: Db, argument: int | None) -> Iterable[int]:
    if argument is None:
        return ()
    query = select(col(Argument.author_id)).where(col(Argument.id) == argument)
    return db.execute(query).scalars().all()


def _answered(db: Db, stored: Stored) -> Iterable[int]:
    return _author(db, stored.payload["parent"])


def _writer(db: Db, stored: Stored) -> Iterable[int]:
    # Nobody hid it: it came hidden from elsewhere.
    return _author(db, stored.payload["argument"] if stored.actor_id else None)


notify(
    events.ArgumentPosted,
    who=_answered,
    words=N_("You have an answer: %(title)s"),
    because=N_("You wrote what was answered."),
)
notify(
    events.ArgumentHidden,
    who=_writer,
    words=N_("A moderator has hidden an argument of yours; the reason stands there: %(title)s"),
    because=N_("You wrote it."),
)
notify(
    events.ArgumentRestored,
    who=_writer,
    words=N_("An argument of yours can be read again: %(title)s"),
    because=N_("You wrote it."),
)
silent(events.ArgumentRevised, because="it is marked as changed, with every earlier wording")
silent(events.ReactionSet, because="counts change all the time, and who reacted is nobody's news")
