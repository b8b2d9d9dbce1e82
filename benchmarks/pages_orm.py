"""The same page as one writes it at first: mapped objects, relationships, one template.

It loads eagerly (no query in a loop), checks the same rights, shows the same HTML from the same
templates. What it lacks is only what this project does beside: narrow rows and kept fragments.
"""

from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

from markupsafe import Markup
from sqlalchemy import ForeignKey, create_engine, event, select
from sqlalchemy.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    mapped_column,
    relationship,
    selectinload,
    sessionmaker,
)
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from forum.agenda import words as agenda_words
from forum.agenda.models import ItemKind, ItemState
from forum.arguments import rules, words
from forum.arguments.models import Opinion, Review, Stance
from forum.arguments.rules import Order
from forum.attachments.along import ACCEPTED
from forum.base import i18n, pages, settings
from forum.base.auth import COOKIE, Actor
from forum.base.forms import Form
from forum.base.tables import UtcDateTime


class Base(DeclarativeBase):
    """The tables of the application, mapped anew."""

    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy's own attribute


class Member(Base):
    """Somebody with an account."""

    __tablename__ = "member"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    roles: Mapped[list["RoleGrant"]] = relationship()


class RoleGrant(Base):
    """A role in a place."""

    __tablename__ = "member_role"
    id: Mapped[int] = mapped_column(primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    role: Mapped[str]
    place: Mapped[str]


class Credential(Base):
    """A way in."""

    __tablename__ = "credential"
    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str]
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    member: Mapped[Member] = relationship()


class Consultation(Base):
    """What the item is part of."""

    __tablename__ = "consultation"
    id: Mapped[int] = mapped_column(primary_key=True)
    title: Mapped[str]
    stage: Mapped[str]
    zone: Mapped[str]


class Item(Base):
    """The item of the page."""

    __tablename__ = "item"
    id: Mapped[int] = mapped_column(primary_key=True)
    consultation_id: Mapped[int] = mapped_column(ForeignKey("consultation.id"))
    path: Mapped[str]
    title: Mapped[str]
    html: Mapped[str]
    kind: Mapped[str]
    state: Mapped[str]
    minutes: Mapped[int | None]
    voices: Mapped[int]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("member.id"))
    consultation: Mapped[Consultation] = relationship()
    proposer: Mapped[Member | None] = relationship()
    arguments: Mapped[list["Argument"]] = relationship(order_by="Argument.path")

    @property
    def number(self) -> str:
        return ".".join(str(int(self.path[at : at + 4])) for at in range(0, len(self.path), 4))


class Argument(Base):
    """One argument, with what hangs on it."""

    __tablename__ = "argument"
    id: Mapped[int] = mapped_column(primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("argument.id"))
    path: Mapped[str]
    depth: Mapped[int]
    stance: Mapped[str]
    author_id: Mapped[int] = mapped_column(ForeignKey("member.id"))
    created_at: Mapped[datetime]
    revision_id: Mapped[int] = mapped_column(ForeignKey("argument_revision.id"))
    revisions: Mapped[int]
    replies: Mapped[int]
    beneath: Mapped[int]
    agree: Mapped[int]
    disagree: Mapped[int]
    passes: Mapped[int]
    review: Mapped[str]
    hiding_id: Mapped[int | None]
    writer: Mapped[Member] = relationship()
    parent: Mapped["Argument | None"] = relationship(remote_side="Argument.id")
    revision: Mapped["ArgumentRevision"] = relationship(foreign_keys=revision_id)
    reactions: Mapped[list["Reaction"]] = relationship()

    hidden = False
    reason = None
    asked_at = None
    files = ()

    @property
    def author(self) -> str:
        return self.writer.name

    @property
    def html(self) -> str:
        return self.revision.html

    @property
    def revised_at(self) -> datetime:
        return self.revision.at

    @property
    def parent_author(self) -> str | None:
        return self.parent.writer.name if self.parent else None


class ArgumentRevision(Base):
    """What it says now."""

    __tablename__ = "argument_revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    html: Mapped[str]
    at: Mapped[datetime]


class Reaction(Base):
    """What somebody said to it."""

    __tablename__ = "argument_reaction"
    argument_id: Mapped[int] = mapped_column(ForeignKey("argument.id"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("member.id"), primary_key=True)
    revision_id: Mapped[int]
    opinion: Mapped[str]


def shown(argument: Argument, me: Member, *, moderates: bool, zone: str) -> dict[str, Any]:
    """What the template of an argument asks for."""
    mine = next((one for one in argument.reactions if one.member_id == me.id), None)
    counts = (argument.agree, argument.disagree, argument.passes)
    stance = Stance(argument.stance)
    return {
        "argument": argument,
        "look": {
            "zone": zone,
            "moderates": moderates,
            "answers": True,
            "reacts": True,
            "alone": False,
            "base": 0,
        },
        "opinion": Opinion(mine.opinion) if mine else None,
        "stale": mine is not None and mine.revision_id != argument.revision_id,
        "mine": argument.author_id == me.id,
        "opinions": [
            (each, words.opinion(each), count) for each, count in zip(Opinion, counts, strict=True)
        ],
        "stance": words.stance(stance),
        "tone": words.TONES[stance],
        "review": words.review(Review(argument.review)),
        "depth": min(argument.depth, 4),
        "collapsed": argument.depth == rules.SHOWN_DEPTH,
    }


def page(db: Session, token: str, ident: int) -> str:
    """The page of an item for whoever the token signs in."""
    digest = sha256(token.encode()).hexdigest()
    way_in = db.scalars(
        select(Credential)
        .options(joinedload(Credential.member).selectinload(Member.roles))
        .where(Credential.digest == digest)
    ).one()
    me = way_in.member
    item = db.scalars(
        select(Item)
        .options(
            joinedload(Item.consultation),
            joinedload(Item.proposer),
            selectinload(Item.arguments).joinedload(Argument.writer),
            selectinload(Item.arguments).joinedload(Argument.revision),
            selectinload(Item.arguments).joinedload(Argument.parent).joinedload(Argument.writer),
            selectinload(Item.arguments).selectinload(
                Argument.reactions.and_(Reaction.member_id == me.id)
            ),
        )
        .where(Item.id == ident)
    ).one()
    whole = item.consultation
    moderates = any(grant.role == "moderator" for grant in me.roles)
    piece = pages.template("arguments/argument.html")
    state = ItemState(item.state)
    return pages.render(
        "arguments/item.html",
        {
            **pages.shared_context(),
            "actor": Actor(me.id, me.name),
            "path": f"/items/{ident}",
            "query": Form(),
            "page_name": "agenda:item",
            "theme": "auto",
            "mode": "standard",
            "base_url": "",
            "note": "",
            "unread": 0,
            "live": {"stream": f"consultation:{whole.id}", "view": "", "after": 0},
            "subject": f"item:{ident}",
            "chain": [],
            "panels": [],
            "item": item,
            "consultation": whole,
            "state": agenda_words.state(state),
            "tone": agenda_words.tone(state),
            "kind": agenda_words.kind(ItemKind(item.kind)),
            "proposer": item.proposer.name if item.proposer else "",
            "may": {"argue": True, "edit": moderates, "step": moderates},
            "refusal": "",
            "waiting": [],
            "order": Order.THREAD,
            "orders": [("#", words.order(order), order is Order.THREAD) for order in Order],
            "sides": [("#", words.stance(stance), False) for stance in Stance],
            "under": None,
            "_form": _form(ident, path=f"/items/{ident}"),
            "_balance": "",
            "next": "",
            "first": "",
            "_layout": "thread",
            "_thread": Markup("").join(
                Markup(piece.render(shown(one, me, moderates=moderates, zone=whole.zone)))
                for one in item.arguments
            ),
        },
    )


def _form(item: int, path: str) -> Markup:
    facts = {"item_id": item, "stances": words.choices(), "most": rules.BODY_MOST, "path": path}
    facts |= {"accepted": ACCEPTED}
    whole = {**pages.shared_context(), **facts}
    return Markup(pages.render("arguments/argue.html", whole))


def create_app(data: Path) -> Starlette:
    """A small application with this page alone."""
    config = settings.configure(data=data)
    engine = create_engine(config.url, pool_size=20, connect_args={"check_same_thread": False})

    @event.listens_for(engine, "connect")
    def on_connect(connection: Any, _record: Any) -> None:
        connection.execute("PRAGMA cache_size=-32768")
        connection.execute("PRAGMA mmap_size=268435456")

    sessions = sessionmaker(engine)

    def item(request: Request) -> Response:
        with sessions() as db, i18n.using("en"):
            html = page(db, request.cookies[COOKIE], request.path_params["item"])
            return HTMLResponse(html)

    return Starlette(routes=[Route("/items/{item:int}", item)])
