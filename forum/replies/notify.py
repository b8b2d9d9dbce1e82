"""Letters that can be answered say so: each to the address of its reader and its thing."""

from collections.abc import Collection, Mapping

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.models import Item
from forum.arguments.models import Argument
from forum.base.db import Db
from forum.base.refs import parse, ref
from forum.consultations.models import Consultation
from forum.consultations.rules import Deed, stages_of
from forum.followups.models import Task
from forum.followups.rules import RULES, Act
from forum.outbox.channels.mail import headers_of
from forum.outbox.outlets import Pair, Parcel, answering
from forum.replies import addresses


def reply_to(parcel: Parcel) -> Mapping[str, str]:
    """Where an answer to this letter goes, if it is about one thing that takes answers now."""
    address = addresses.address(parcel.member, parcel.about) if parcel.answers else ""
    return {"Reply-To": address} if address else {}


def takes(db: Db, pairs: Collection[Pair]) -> set[Pair]:
    """Where words are taken now: what is still argued about, and tasks of those who carry them.

    Whether this one person may speak is asked when an answer comes.
    """
    if not addresses.offered():
        return set()
    ids: dict[str, set[int]] = {"item": set(), "argument": set(), "task": set()}
    for about in {about for _member, about in pairs if ":" in about}:
        kind, ident = parse(about)
        ids.setdefault(kind, set()).add(ident)
    found = _discussed(db, ids["item"], ids["argument"])
    carried = _carried(db, ids["task"])
    return {pair for pair in pairs if pair[1] in found or pair in carried}


def _discussed(db: Db, items: set[int], arguments: set[int]) -> set[str]:
    going_on = (
        select(col(Item.id))
        .join(Consultation, col(Consultation.id) == col(Item.consultation_id))
        .where(
            agenda.takes_words(),
            col(Consultation.stage).in_(stages_of(Deed.ARGUE)),
        )
    )
    of_items = db.execute(going_on.where(col(Item.id).in_(items))).scalars()
    said = select(col(Argument.id)).where(
        col(Argument.id).in_(arguments),
        col(Argument.hiding_id).is_(None),
        col(Argument.item_id).in_(going_on),
    )
    found = {ref("item", ident) for ident in of_items}
    return found | {ref("argument", ident) for ident in db.execute(said).scalars()}


def _carried(db: Db, tasks: set[int]) -> set[Pair]:
    columns = (col(Task.id), col(Task.handler_id), col(Task.supervisor_id))
    open_to_notes = col(Task.status).in_(RULES[Act.NOTE].states)
    query = select(*columns).where(col(Task.id).in_(tasks), open_to_notes)
    return {
        (member, ref("task", ident))
        for ident, handler, supervisor in db.execute(query)
        for member in (handler, supervisor)
        if member is not None
    }


headers_of.append(reply_to)
answering.append(takes)
