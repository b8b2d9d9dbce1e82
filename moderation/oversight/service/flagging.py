"""Flags: what screens see in texts, and what has been edited as asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import delete, select, update
from sqlmodel import col

from forum.agenda.models import HeldItem, Item
from forum.arguments.events import ArgumentRevised, TextRevised
from forum.arguments.models import HeldArgument
from forum.base import clock, screening
from forum.base.db import Db
from forum.base.events import Stored, record
from forum.base.refs import ref
from forum.base.registry import react
from forum.base.screening import Mark, Post
from moderation.oversight import events, words
from moderation.oversight.models import Act, Claim, Flag, FlagPlace, Measure, MeasurePlace
from moderation.oversight.queries import settings
from moderation.oversight.screens.screen import screens
from moderation.reports import service as reports
from moderation.reports.models import ReportState


def flag(
    tx: Db,
    about: str,
    kind: str,
    evidence: Mapping[str, Any],
    *,
    author: int | None,
    places: Sequence[str],
) -> None:
    """Show a thing to the moderators; what is alike, out and still open is one flag that grows."""
    others = [each for each in evidence.get("others", ()) if each != about]
    # What waits has a row of its own: each must be let out, or not, by somebody.
    screen = screens().get(kind)
    alike = [] if screen is not None and screen.holds else others
    same = select(Flag).where(
        col(Flag.kind) == kind,
        col(Flag.settled_at).is_(None),
        col(Flag.about).in_([about, *alike]),
    )
    first = tx.execute(same.order_by(col(Flag.id)).limit(1)).scalar_one_or_none()
    if first is not None:
        beside = sorted({*others, about} - {first.about})
        first.evidence = {**evidence, "others": beside[-10:]} if beside else dict(evidence)
        tx.flush()
        return
    row = Flag(about=about, kind=kind, author_id=author, evidence={**evidence}, at=clock.now())
    tx.add(row)
    tx.flush()
    tx.add_all(FlagPlace(flag_id=row.id, place=place) for place in places)
    tx.flush()
    raised = events.FlagRaised(row.id, about, kind)
    # No actor: nobody acted, a screen saw it.
    record(tx, None, raised, stream=places[0], subject=about)


def settle(tx: Db, about: str) -> None:
    """Everything that was flagged about a thing has been looked at."""
    open_ones = (col(Flag.about) == about) & col(Flag.settled_at).is_(None)
    tx.execute(update(Flag).where(open_ones).values(settled_at=clock.now()))
    tx.execute(delete(Claim).where(col(Claim.about) == about))
    tx.flush()


def _look(tx: Db, post: Post) -> list[Mark]:
    """What the screens of the place see; what holds a text is looked for first."""
    chosen = settings.effective(tx, post.places)
    marks = []
    for name, screen in screens().items():
        if chosen[name]["on"] and (seen := screen.look(tx, post, chosen[name])) is not None:
            marks.append(Mark(name, screen.holds, seen))
    return marks


def _note(tx: Db, post: Post, about: str, marks: Sequence[Mark]) -> None:
    known = screens()
    for mark in marks:
        thing = known[mark.screen].on_item and post.item is not None
        flag(
            tx,
            ref("item", post.item or 0) if thing else about,
            mark.screen,
            mark.evidence,
            author=None if thing else post.author.id,
            places=post.places,
        )


screening.screening(_look, _note)


@react(ArgumentRevised, TextRevised)
def _edited(tx: Db, stored: Stored, _event: ArgumentRevised | TextRevised) -> None:
    """What was edited as asked comes back."""
    found = _asked(tx, stored.subject)
    if found is None:
        return
    found.detail = {**found.detail, "edited": True}
    around = select(col(MeasurePlace.place)).where(col(MeasurePlace.measure_id) == found.id)
    places = list(tx.execute(around.order_by(col(MeasurePlace.distance))).scalars())
    flag(tx, stored.subject, words.EDITED, {}, author=found.member_id, places=places)


def _asked(tx: Db, about: str) -> Measure | None:
    """That its author was last asked to edit a thing, where they have not done so yet."""
    asked = select(Measure).where(
        col(Measure.about) == about,
        col(Measure.act) == Act.ASK,
        col(Measure.undone_at).is_(None),
    )
    found = tx.execute(asked.order_by(col(Measure.id).desc()).limit(1)).scalar_one_or_none()
    return None if found is None or found.detail.get("edited") else found


def answered(tx: Db, held: int) -> None:
    """Before a wording is let out: a moderator has read it, so it need not come back as edited."""
    query = select(col(HeldArgument.argument_id)).where(col(HeldArgument.id) == held)
    argument = tx.execute(query).scalar_one_or_none()
    if argument is not None and (found := _asked(tx, ref("argument", argument))) is not None:
        found.detail = {**found.detail, "edited": True}
        tx.flush()


def gone(tx: Db, member: int) -> None:
    """Before the texts of somebody that wait go with their account: nothing is open about them."""
    texts = select(col(HeldArgument.id), col(Item.consultation_id)).join(
        Item, col(Item.id) == col(HeldArgument.item_id)
    )
    proposals = select(col(HeldItem.id), col(HeldItem.consultation_id))
    for kind, query in (
        ("held", texts.where(col(HeldArgument.author_id) == member)),
        ("proposal", proposals.where(col(HeldItem.author_id) == member)),
    ):
        for ident, consultation in tx.execute(query).all():
            about, stream = ref(kind, ident), ref("consultation", consultation)
            settle(tx, about)
            reports.settle(tx, None, about, ReportState.HIDDEN, "", stream=stream)
