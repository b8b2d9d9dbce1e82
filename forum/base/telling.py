"""What a verdict on an event says: who is told, in which words, and what it is to them."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from forum.base.db import Db
    from forum.base.events import Stored


class Group(StrEnum):
    """What a notice is to whom it concerns: people say by these when they want to be told."""

    DUTY = "duty"  # one's account, rights and deadlines: told in any case
    WORK = "work"  # what one has taken on
    ANSWERS = "answers"  # what became of what one said
    INVITED = "invited"  # meetings and votes that one may take part in
    NEWS = "news"
    FOLLOWED = "followed"


@dataclass(frozen=True)
class Notice:
    """Who is told of an event, and in which words."""

    who: Callable[["Db", "Stored"], Iterable[int]]
    words: str
    about: str
    because: str = ""
    group: Group | None = None
    others: str = ""
    many: str = ""
    many_others: str = ""
    worth: Callable[["Stored"], bool] = lambda _stored: True
    # Of the thing that it is about (a reference): what a letter says in full, line by line; the
    # same for all who are told, in the language that is set.
    enclosed: Callable[["Db", str], Sequence[str]] | None = None
