"""Many new accounts on one item: it may be a neighbourhood that has just heard, or a brigade."""

from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from forum.arguments import held
from forum.base import clock
from forum.base.db import Db
from forum.base.i18n import N_
from forum.base.screening import Post
from forum.members.models import Member
from moderation.oversight.screens.screen import Chosen, Screen, Setting


def _look(db: Db, post: Post, chosen: Chosen) -> dict[str, Any] | None:
    if post.item is None:
        return None  # a new topic has nobody on it yet
    since = clock.now() - timedelta(hours=chosen["hours"])
    new = clock.now() - timedelta(days=chosen["days"])
    found = held.recent(db, since, item=post.item)
    writing = {each.author_id: each.about for each in reversed(found)} | {post.author.id: ""}
    query = select(col(Member.id)).where(col(Member.id).in_(writing), col(Member.joined_at) > new)
    fresh = set(db.execute(query).scalars())
    if post.author.id not in fresh or len(fresh) < chosen["people"]:
        return None
    others = [about for author, about in writing.items() if author in fresh and about]
    return {"people": len(fresh), "hours": chosen["hours"], "others": others[-10:]}


SCREEN = Screen(
    "crowd",
    N_("Many new accounts on one topic"),
    N_("They are published, and the moderators see that many are new."),
    N_("%(people)s new accounts on this topic within %(hours)s hours"),
    holds=False,
    settings=(
        Setting("people", N_("New accounts"), default=5, least=2, most=500),
        Setting("hours", N_("within hours"), default=24, most=720),
        Setting("days", N_("New for how many days"), default=3, most=365),
    ),
    look=_look,
    on=True,
    on_item=True,
)
