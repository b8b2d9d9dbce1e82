"""Who is told what about arguments: authors of what is answered, published or brought back."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from forum.arguments import events
from forum.arguments.models import Argument, HeldArgument
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify, silent


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


def _sender(db: Db, stored: Stored) -> Iterable[int]:
    query = select(col(HeldArgument.author_id))
    return db.execute(query.where(col(HeldArgument.id) == stored.payload["held"])).scalars().all()


notify(
    events.ArgumentPosted,
    group=Group.ANSWERS,
    others=N_("A new argument: %(title)s"),
    many=N_("%(count)s new answers to you: %(title)s"),
    many_others=N_("%(count)s new arguments: %(title)s"),
    who=_answered,
    words=N_("You have an answer: %(title)s"),
    because=N_("You wrote what was answered."),
)
notify(
    events.ArgumentRestored,
    group=Group.ANSWERS,
    who=_writer,
    words=N_("An argument of yours can be read again: %(title)s"),
    because=N_("You wrote it."),
)
notify(
    events.TextReleased,
    group=Group.ANSWERS,
    who=_sender,
    words=N_("What you wrote has been looked at and is published: %(title)s"),
    about="argument",
    because=N_("You wrote it."),
)
silent(events.ArgumentHidden, because="the measure tells its author why, and how to appeal")
silent(events.ArgumentMoved, because="the measure tells its author where to, and why")
silent(events.ArgumentAsked, because="the measure tells its author what to change and why")
silent(events.ArgumentUnasked, because="the appeal that it follows from tells its author")
silent(events.TextHeld, because="its author is told on the page; moderators by the flag on it")
silent(events.TextRevised, because="it is flagged again, which tells the moderators")
silent(events.TextAsked, because="the measure tells its author what to change and why")
silent(events.TextRefused, because="the measure tells its author why, and how to appeal")
silent(events.ArgumentRevised, because="it is marked as changed, with every earlier wording")
silent(events.ReactionSet, because="counts change all the time, and who reacted is nobody's news")
