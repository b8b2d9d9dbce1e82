"""Agreeing, disagreeing, passing."""

from sqlalchemy import delete
from sqlmodel import col

from forum.arguments import rules
from forum.arguments.events import ReactionSet
from forum.arguments.models import Argument, ArgumentRevision, Opinion, Reaction
from forum.arguments.service.common import load
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import queries as consultations
from forum.consultations.rules import Deed


def react(
    tx: Db, actor: Actor, argument: int, opinion: Opinion | None, *, revision: int | None = None
) -> None:
    """Say agree, disagree or pass to an argument, say something else, or take it back (None).

    `revision`: the wording that they had before them, where it may have changed since.
    """
    access, row = load(tx, actor, argument)
    consultations.require(access.access, Deed.REACT)
    if row.hiding_id is not None:
        raise Conflict(_("This argument has been hidden."))
    seen = _wording(tx, row, revision)
    mine = tx.get(Reaction, (argument, actor.id))
    before = Opinion(mine.opinion) if mine else None
    if before is opinion and (mine is None or mine.revision_id == seen):
        return
    if opinion is None:
        key = (col(Reaction.argument_id) == argument) & (col(Reaction.member_id) == actor.id)
        tx.execute(delete(Reaction).where(key))
    else:
        tx.merge(
            Reaction(
                argument_id=argument,
                member_id=actor.id,
                revision_id=seen,
                opinion=opinion,
                at=clock.now(),
            )
        )
    agree, disagree, passes = rules.change(before, opinion)
    row.agree += agree
    row.disagree += disagree
    row.passes += passes
    row.score = rules.score(row.agree, row.disagree, row.passes)
    row.version += 1
    tx.flush()
    counted = ReactionSet(argument, row.item_id, row.agree, row.disagree, row.passes)
    # No actor: who thinks what is for nobody to read in a log.
    record(tx, None, counted, stream=access.access.stream, subject=ref("argument", argument))


def _wording(tx: Db, row: Argument, revision: int | None) -> int:
    if revision is None or revision == row.revision_id:
        return row.revision_id
    earlier = tx.get(ArgumentRevision, revision)
    return revision if earlier and earlier.argument_id == row.id else row.revision_id
