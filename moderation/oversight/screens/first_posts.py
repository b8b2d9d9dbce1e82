"""The first texts of somebody who has only just come."""

from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from forum.agenda.models import Item
from forum.arguments.models import Argument
from forum.base import clock
from forum.base.db import Db
from forum.base.i18n import N_
from forum.base.screening import Post
from forum.members.models import Member
from moderation.oversight.screens.screen import Chosen, Screen, Setting


def _look(db: Db, post: Post, chosen: Chosen) -> dict[str, Any] | None:
    query = select(col(Member.joined_at)).where(col(Member.id) == post.author.id)
    age = clock.now() - db.execute(query).scalar_one()
    if age >= timedelta(days=chosen["days"]):
        return None
    said = select(func.count()).select_from(Argument)
    said = said.where(col(Argument.author_id) == post.author.id, col(Argument.hiding_id).is_(None))
    proposed = select(func.count()).select_from(Item)
    proposed = proposed.where(col(Item.proposed_by) == post.author.id)
    before = int(db.execute(said).scalar_one()) + int(db.execute(proposed).scalar_one())
    return {"days": age.days, "before": before} if before < chosen["posts"] else None


SCREEN = Screen(
    "first_posts",
    N_("First texts of new accounts"),
    N_("What somebody new writes first waits until a moderator has read it."),
    N_("A new account of %(days)s days; texts published before: %(before)s"),
    holds=True,
    settings=(
        Setting("posts", N_("How many first texts"), default=1, most=20),
        Setting("days", N_("New for how many days"), default=7, most=365),
    ),
    look=_look,
)
