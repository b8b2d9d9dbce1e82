"""A place's welcome and rules of conduct: written by who leads it, accepted by who writes there."""

from collections.abc import Collection

from sqlalchemy import func, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Forbidden
from forum.base.events import record, seal
from forum.base.i18n import _
from forum.base.markup import render
from forum.members import conduct, events
from forum.members.models import PLATFORM, Acceptance, PlaceText, TextKind
from forum.members.service.common import tell


def write_text(tx: Db, actor: Actor, place: str, kind: TextKind, body: str) -> None:
    """Say something else; who writes there is asked anew for rules that read differently."""
    if not conduct.require_place(tx, actor, place):
        raise Forbidden(_("Only those who lead this place write its rules."))
    now = {text.kind: text.body for text in conduct.texts(tx, [place])}
    if now.get(kind, "") == body:
        return
    last = select(func.max(col(PlaceText.number))).where(
        col(PlaceText.place) == place, col(PlaceText.kind) == kind
    )
    sealed = seal(body)
    row = PlaceText(
        place=place,
        kind=kind,
        number=(tx.execute(last).scalar_one() or 0) + 1,
        body=body,
        html=render(body),
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    written = events.PlaceTextWritten(place, kind, row.number, row.id, sealed.digest)
    # The platform has no stream: its words stand on that of who wrote them.
    stream = f"member:{actor.id}" if place == PLATFORM else place
    record(tx, actor, written, stream=stream, subject=stream)


def accept(tx: Db, actor: Actor, marks: Collection[str]) -> None:
    """Accept the rules that were shown; what has changed meanwhile is asked for again."""
    places = sorted({mark.partition("@")[0] for mark in marks})
    for text in conduct.owed(tx, actor, places):
        if text.mark in marks:
            row = Acceptance(
                member_id=actor.id, place=text.place, number=text.number, at=clock.now()
            )
            tx.add(row)
            tx.flush()
            accepted = events.RulesAccepted(actor.id, text.place, text.number)
            tell(tx, actor, accepted, actor.id)
