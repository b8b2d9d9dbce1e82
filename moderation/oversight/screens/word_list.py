"""Words that a place wants to look at before others read them."""

from collections.abc import Iterable
from typing import Any

from forum.base.db import Db
from forum.base.i18n import N_
from forum.base.screening import Post
from moderation.oversight.rules import squeezed
from moderation.oversight.screens.screen import Chosen, Screen, Setting


def matches(body: str, words: Iterable[str]) -> list[str]:
    """The words of the list that stand in a text, however they are spaced, cased or widened."""
    text = squeezed(body)
    return [word for word in words if (plain := squeezed(word)) and plain in text]


def _look(_db: Db, post: Post, chosen: Chosen) -> dict[str, Any] | None:
    found = matches(post.body, chosen["words"])
    return {"words": found[:20]} if found else None


SCREEN = Screen(
    "word_list",
    N_("Word list"),
    N_("Texts with one of these words wait until a moderator has read them."),
    N_("Holds words of the list: %(words)s"),
    holds=True,
    settings=(Setting("words", N_("Words, one a line"), lines=True),),
    look=_look,
)
