"""Who is on a thing, so that two moderators do not collide."""

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.i18n import _
from forum.members import queries as members
from moderation.oversight import rules
from moderation.oversight.models import Claim
from moderation.reports import subjects
from moderation.reports.subjects import Subject


def handled(tx: Db, actor: Actor, about: str) -> Subject:
    """The thing, for one who may act on it: nobody handles what is about themselves."""
    subject = subjects.look(tx, actor, about)
    if not subject.moderates:
        raise Forbidden(_("Only the moderators of this place decide about it."))
    if subject.author_id == actor.id:
        raise Forbidden(_("This is about you: somebody else decides."))
    return subject


def others_claim(tx: Db, actor: Actor, about: str) -> str:
    """The name of somebody else who is on it now; empty where nobody is."""
    row = tx.get(Claim, about, populate_existing=True)
    by = rules.claimed(row.member_id, row.at, clock.now()) if row else None
    return "" if by in (None, actor.id) else members.names(tx, [by or 0]).get(by or 0, "")


def claim(tx: Db, actor: Actor, about: str, *, over: bool = False) -> None:
    """Say that one is on it; `over` takes it over from somebody else."""
    handled(tx, actor, about)
    name = others_claim(tx, actor, about)
    if name and not over:
        raise Conflict(_("%(name)s is on it.") % {"name": name})
    tx.merge(Claim(about=about, member_id=actor.id, at=clock.now()))
    tx.flush()


def unclaim(tx: Db, actor: Actor, about: str) -> None:
    """Leave it to others."""
    handled(tx, actor, about)
    row = tx.get(Claim, about)
    if row is not None and row.member_id == actor.id:
        tx.delete(row)
        tx.flush()
