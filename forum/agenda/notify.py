"""Who is told what about items: whoever proposed one hears how it goes on and how it ends."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import events, skeleton
from forum.agenda.models import HeldItem, Item, ItemState
from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify, silent
from forum.members import queries as members
from forum.members.models import Role

__all__ = ["skeleton"]  # imported for its reactions to patterns of consultations


def _moderators(db: Db, stored: Stored) -> Iterable[int]:
    """Those who judge a proposal; nobody where a moderator placed the item."""
    if stored.payload["state"] != ItemState.PROPOSED:
        return ()
    return [person.id for person in members.holders(db, Role.MODERATOR, [stored.stream])]


def _proposer(db: Db, stored: Stored) -> Iterable[int]:
    query = select(col(Item.proposed_by)).where(col(Item.id) == stored.payload["item"])
    proposer = db.execute(query).scalar_one()
    return () if proposer is None else (proposer,)


def _author(db: Db, stored: Stored) -> Iterable[int]:
    query = select(col(HeldItem.author_id)).where(col(HeldItem.id) == stored.payload["held"])
    return db.execute(query).scalars().all()


notify(
    events.ItemCreated,
    group=Group.WORK,
    others=N_("A new topic: “%(title)s”."),
    worth=lambda stored: stored.payload["state"] != ItemState.PROPOSED,
    who=_moderators,
    words=N_("%(name)s proposes a topic: “%(title)s”."),
    because=N_("You decide whether it is put on the agenda."),
)
notify(
    events.ItemStateChanged,
    group=Group.ANSWERS,
    others=N_("The topic “%(title)s” has gone a step on."),
    who=_proposer,
    words=N_("The topic “%(title)s” has gone a step on."),
    because=N_("You brought it in."),
)
notify(
    events.ProposalReleased,
    group=Group.ANSWERS,
    who=_author,
    words=N_("What you wrote has been looked at and is published: %(title)s"),
    about="item",
    because=N_("You wrote it."),
)
silent(events.ProposalHeld, because="its author is told on the page; moderators by the flag on it")
silent(events.ProposalRevised, because="it is flagged again, which tells the moderators")
silent(events.ProposalRefused, because="the measure tells its author why, and how to appeal")
silent(events.ItemEdited, because="its page shows it, with every earlier text")
silent(events.ItemMoved, because="the order of an agenda is no news")
