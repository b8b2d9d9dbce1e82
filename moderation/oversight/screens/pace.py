"""More texts in a few minutes than anybody thinks out."""

from datetime import timedelta
from typing import Any

from forum.arguments import held
from forum.base import clock
from forum.base.db import Db
from forum.base.i18n import N_
from forum.base.screening import Post
from moderation.oversight.screens.screen import Chosen, Screen, Setting


def seen(db: Db, post: Post, chosen: Chosen) -> dict[str, Any] | None:
    """The author's texts of the last minutes, if with this one there are too many."""
    since = clock.now() - timedelta(minutes=chosen["minutes"])
    found = held.recent(db, since, author=post.author.id)
    if len(found) < chosen["posts"]:
        return None
    number = {"count": len(found) + 1, "minutes": chosen["minutes"]}
    return {**number, "others": [text.about for text in found[:10]]}


SCREEN = Screen(
    "pace",
    N_("Pace"),
    N_("What somebody writes beyond this pace waits until a moderator has read it."),
    N_("The author's text number %(count)s within %(minutes)s minutes"),
    holds=True,
    settings=(
        Setting("posts", N_("Texts"), default=10, most=500),
        Setting("minutes", N_("within minutes"), default=10, most=1440),
    ),
    look=seen,
)
