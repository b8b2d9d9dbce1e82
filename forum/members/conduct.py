"""What a place says to those who come: its welcome, and the rules that they accept to write."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, and_, func, select
from sqlmodel import col

from forum.base import registry
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden, NotFound
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.refs import parse
from forum.members.models import PLATFORM, Acceptance, PlaceText, TextKind
from forum.members.queries import administrates, is_place


class Text(NamedTuple):
    """A text of a place that is in force."""

    place: str
    kind: TextKind
    number: int
    body: str
    html: str
    at: datetime

    @property
    def mark(self) -> str:
        """What a form says of it: which version of whose rules was shown."""
        return f"{self.place}@{self.number}"


class RulesFirst(Forbidden):
    """Who writes somewhere for the first time accepts its rules; what was typed goes along."""

    code = "rules_first"
    template = "members/rules_first.html"

    def __init__(self, texts: Sequence[Text]) -> None:
        super().__init__(_("Please read the rules of conduct of this place and accept them first."))
        self.texts = texts


def _newest(places: Sequence[str]) -> ColumnElement[bool]:
    newest = (
        select(func.max(col(PlaceText.id)))
        .where(col(PlaceText.place).in_(places))
        .group_by(col(PlaceText.place), col(PlaceText.kind))
    )
    return col(PlaceText.id).in_(newest) & (col(PlaceText.body) != "")


_COLUMNS = tuple(col(getattr(PlaceText, name)) for name in Text._fields)


def _texts(rows: Sequence[Sequence[object]], places: Sequence[str]) -> list[Text]:
    """The widest place's words first: the platform's, then those of the places within it."""
    found = [Text._make(row) for row in rows]
    found = [text._replace(kind=TextKind(text.kind)) for text in found]
    return sorted(found, key=lambda text: (-places.index(text.place), text.kind != "welcome"))


def texts(db: Db, places: Sequence[str]) -> list[Text]:
    """What these places say now (the nearest place stands first in `places`)."""
    rows = db.execute(select(*_COLUMNS).where(_newest(places))).all()
    return _texts(rows, places)


def owed(db: Db, actor: Actor | None, places: Sequence[str]) -> list[Text]:
    """The rules of these places that somebody has not accepted in the version that is in force."""
    if actor is None:
        return []
    mine = and_(
        col(Acceptance.member_id) == actor.id,
        col(Acceptance.place) == col(PlaceText.place),
        col(Acceptance.number) == col(PlaceText.number),
    )
    rows = db.execute(
        select(*_COLUMNS)
        .outerjoin(Acceptance, mine)
        .where(
            _newest(places),
            col(PlaceText.kind) == TextKind.RULES,
            col(Acceptance.member_id).is_(None),
        )
    ).all()
    return _texts(rows, places)


def accepted_at(db: Db, actor: Actor | None, text: Text) -> datetime | None:
    """When somebody accepted this version; None: not yet."""
    if actor is None:
        return None
    found = db.get(Acceptance, (actor.id, text.place, text.number))
    return found.at if found else None


def require_place(db: Db, actor: Actor | None, place: str) -> bool:
    """Whether somebody writes the words of a place; NotFound where it is invisible to them."""
    if place == PLATFORM:
        return administrates(db, actor)
    kind, ident = parse(place) if is_place(place) else ("", 0)
    if kind not in ("station", "consultation"):
        raise NotFound(_("There is no such place."))
    audience = registry.streams[kind](db, actor, ident)
    if audience is None:
        raise NotFound(_("There is no such place."))
    return audience is Audience.MODERATOR
