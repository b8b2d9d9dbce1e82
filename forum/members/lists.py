"""Lists of people, as they were read and taken in, for whoever read them."""

from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import NotFound
from forum.base.i18n import _
from forum.members import grounds
from forum.members.models import PeopleSheet


def own(db: Db, actor: Actor | None, sheet: int) -> PeopleSheet:
    """A list that somebody read; to others, and after a day, it is not there."""
    found = db.get(PeopleSheet, sheet)
    if found is None or actor is None or found.member_id != actor.id:
        raise NotFound(_("There is no such list; it is kept for a day."))
    grounds.led(db, actor, found.place)
    return found


def newcomers(db: Db, actor: Actor | None, sheet: int) -> tuple[str, list[int]]:
    """The place of a list that was taken in, and who was new by it."""
    found = own(db, actor, sheet)
    return found.place, list((found.done or {}).get("new", ()))
