"""Arguments and reactions that were made elsewhere: many at once, at the times they bear."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import delete, func, insert, select
from sqlmodel import col
from sqlmodel import select as select_rows

from forum.arguments import rules
from forum.arguments.models import Argument, Opinion, Reaction, Review, Stance
from forum.arguments.service.hiding import conceal, reveal
from forum.arguments.service.posting import place, reword
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db

CHUNK = 5_000


class Entry(NamedTuple):
    """An argument from elsewhere."""

    author: Actor
    body: str
    at: datetime
    stance: Stance = Stance.NEUTRAL
    review: Review = Review.ACCEPTED


class Mark(NamedTuple):
    """A reaction from elsewhere: what it was, and when it was last given."""

    opinion: Opinion
    at: datetime


def take_in(tx: Db, item: int, entry: Entry, *, stream: str) -> int:
    """Store an argument with its own time; one that was rejected there is hidden here."""
    with clock.at(entry.at):
        row = place(
            tx,
            entry.author,
            item,
            entry.body,
            entry.stance,
            None,
            stream=stream,
            review=entry.review,
        )
        if entry.review is Review.REJECTED:
            conceal(tx, None, row, "", stream=stream)
    return row.id


def retell(tx: Db, argument: int, *, body: str | None, review: Review | None, stream: str) -> None:
    """Take over what changed there since: the wording, or how it was judged."""
    row = tx.get_one(Argument, argument)
    if body is not None:
        reword(tx, None, row, body, stream=stream)
    if review is None:
        return
    row.review = review
    row.version += 1
    if review is Review.REJECTED and row.hiding_id is None:
        conceal(tx, None, row, "", stream=stream)
    elif review is not Review.REJECTED and row.hiding_id is not None:
        reveal(tx, None, row, stream=stream)
    tx.flush()


def put_reactions(tx: Db, item: int, marks: Mapping[tuple[int, int], Mark]) -> int:
    """Set reactions by (argument, member); returns how many were new or other than before."""
    arguments = {
        row.id: row for row in tx.exec(select_rows(Argument).where(col(Argument.item_id) == item))
    }
    found = tx.execute(
        select(col(Reaction.argument_id), col(Reaction.member_id), col(Reaction.opinion)).where(
            col(Reaction.argument_id).in_(
                select(col(Argument.id)).where(col(Argument.item_id) == item)
            )
        )
    )
    kept = {(argument, member): opinion for argument, member, opinion in found}
    changed = [key for key, mark in marks.items() if kept.get(key) != mark.opinion]
    for argument, member in changed:
        if (argument, member) in kept:
            key = (col(Reaction.argument_id) == argument) & (col(Reaction.member_id) == member)
            tx.execute(delete(Reaction).where(key))
    rows = [
        {
            "argument_id": argument,
            "member_id": member,
            "revision_id": arguments[argument].revision_id,
            "opinion": marks[argument, member].opinion,
            "at": marks[argument, member].at,
        }
        for argument, member in changed
    ]
    for start in range(0, len(rows), CHUNK):
        tx.execute(insert(Reaction), rows[start : start + CHUNK])
    _recount(tx, [arguments[ident] for ident in {argument for argument, _member in changed}])
    return len(changed)


def _recount(tx: Db, arguments: Sequence[Argument]) -> None:
    """Set the counts of arguments to what their reactions add up to."""
    found = tx.execute(
        select(col(Reaction.argument_id), col(Reaction.opinion), func.count())
        .where(col(Reaction.argument_id).in_([row.id for row in arguments]))
        .group_by(col(Reaction.argument_id), col(Reaction.opinion))
    )
    counts = Counter({(argument, opinion): n for argument, opinion, n in found})
    for row in arguments:
        row.agree = counts[row.id, Opinion.AGREE]
        row.disagree = counts[row.id, Opinion.DISAGREE]
        row.passes = counts[row.id, Opinion.PASS]
        row.score = rules.score(row.agree, row.disagree, row.passes)
        row.version += 1
    tx.flush()
