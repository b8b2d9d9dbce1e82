"""The same text again and again, whoever posts it."""

from datetime import timedelta
from typing import Any

from forum.arguments import held
from forum.base import clock
from forum.base.db import Db
from forum.base.i18n import N_
from forum.base.refs import parse
from forum.base.screening import Post
from moderation.oversight.rules import bare
from moderation.oversight.screens.screen import Chosen, Screen, Setting


def _look(db: Db, post: Post, chosen: Chosen) -> dict[str, Any] | None:
    text = bare(post.body)
    if len(text) < chosen["letters"]:
        return None  # "Agreed" is said by many
    since = clock.now() - timedelta(days=chosen["days"])
    found = held.recent(db, since, consultation=parse(post.places[0])[1], words=True)
    alike = [each for each in found if bare(each.body) == text]
    if len(alike) + 1 < chosen["times"]:
        return None
    people = len({each.author_id for each in alike} | {post.author.id})
    others = [each.about for each in alike[:10]]
    return {"count": len(alike) + 1, "people": people, "others": others}


SCREEN = Screen(
    "same_text",
    N_("The same text many times"),
    N_("Copies are published, and the moderators see them together."),
    N_("The same text for the %(count)s. time, by %(people)s people"),
    holds=False,
    settings=(
        Setting("times", N_("Times"), default=3, least=2, most=100),
        Setting("days", N_("within days"), default=7, most=60),
        Setting("letters", N_("Only texts of so many letters"), default=8, most=500),
    ),
    look=_look,
    on=True,
)
