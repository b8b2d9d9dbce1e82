"""Moving an argument, with all that hangs on it, to the item where it belongs."""

from sqlalchemy import bindparam, select, update
from sqlmodel import col

from forum.agenda import queries as agenda
from forum.agenda.models import Item
from forum.arguments import rules
from forum.arguments.events import ArgumentMoved
from forum.arguments.models import Argument, HeldArgument
from forum.arguments.service.common import load
from forum.arguments.service.posting import parent_of, settled
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.events import record
from forum.base.i18n import _
from forum.base.refs import ref
from forum.base.tables import metadata
from forum.consultations import queries as consultations


def move(tx: Db, actor: Actor, argument: int, item: int, *, parent: int | None = None) -> None:
    """Put an argument and its answers on another item of the consultation, or under `parent` there.

    Their ids stay, so every address of theirs leads on to the new place.
    """
    access, row = load(tx, actor, argument)
    consultations.require_moderator(access.access)
    target = agenda.item_access(tx, actor, item).item
    if target.consultation_id != access.item.consultation_id:
        raise Conflict(_("An argument stays in its consultation."))
    if item == row.item_id:
        raise Conflict(_("It stands on this item already."))
    if over := settled(tx, target):
        raise over
    above = parent_of(tx, item, parent)
    origin, came_from = row.item_id, row.path
    moved = _thread(tx, row)
    _leave(tx, origin, row.parent_id, rules.ancestors(came_from)[:-1], len(moved))
    _arrive(tx, row, moved, item, above)
    tx.flush()
    tx.expire_all()
    event = ArgumentMoved(argument, item, origin, parent, len(moved))
    record(tx, actor, event, stream=access.access.stream, subject=ref("argument", argument))


def _thread(tx: Db, row: Argument) -> list[tuple[int, int | None]]:
    """The argument and all that answers it, each after what it answers."""
    # An answer is younger than what it answers, and stands in the same thread of the item.
    found = tx.execute(
        select(col(Argument.id), col(Argument.parent_id))
        .where(col(Argument.item_id) == row.item_id, col(Argument.id) >= row.id)
        .order_by(col(Argument.id))
    )
    within: dict[int, int | None] = {}
    for ident, parent in found:
        if ident == row.id or parent in within:
            within[ident] = parent
    return list(within.items())


def _leave(tx: Db, item: int, parent: int | None, over: list[int], count: int) -> None:
    """What stood above counts so many less."""
    newer = col(Argument.version) + 1
    tx.execute(
        update(Argument)
        .where(col(Argument.id).in_(over))
        .values(beneath=col(Argument.beneath) - count, version=newer)
    )
    if parent is not None:
        tx.execute(
            update(Argument)
            .where(col(Argument.id) == parent)
            .values(replies=col(Argument.replies) - 1, version=newer)
        )
    _voices(tx, item, -count)


def _arrive(
    tx: Db, row: Argument, moved: list[tuple[int, int | None]], item: int, above: Argument | None
) -> None:
    side = above.side if above else row.stance
    paths = {row.id: rules.path_under(above.path if above else "", row.id)}
    for ident, parent in moved[1:]:
        assert parent is not None  # noqa: S101 - only the first one may stand on the item itself
        paths[ident] = rules.path_under(paths[parent], ident)
    beneath = dict.fromkeys(paths, 0)
    for path in paths.values():
        for over in rules.ancestors(path)[:-1]:
            if over in beneath:
                beneath[over] += 1
    table = metadata.tables["argument"]
    rows = [
        {
            "at_id": ident,
            "new_path": path,
            "new_depth": len(rules.ancestors(path)) - 1,
            "new_beneath": beneath[ident],
            "new_parent": (above.id if above else None) if ident == row.id else parent,
        }
        for (ident, parent), path in zip(moved, paths.values(), strict=True)
    ]
    tx.flush()
    tx.connection().execute(
        update(table)
        .where(table.c.id == bindparam("at_id"))
        .values(
            item_id=item,
            side=side,
            path=bindparam("new_path"),
            depth=bindparam("new_depth"),
            beneath=bindparam("new_beneath"),
            parent_id=bindparam("new_parent"),
            version=table.c.version + 1,
        ),
        rows,
    )
    held = update(HeldArgument).where(
        col(HeldArgument.parent_id).in_(paths) | col(HeldArgument.argument_id).in_(paths)
    )
    tx.execute(held.values(item_id=item))
    if above is not None:
        _under(tx, above, len(moved))
    _voices(tx, item, len(moved))


def _under(tx: Db, above: Argument, count: int) -> None:
    newer = col(Argument.version) + 1
    tx.execute(
        update(Argument)
        .where(col(Argument.id).in_(rules.ancestors(above.path)))
        .values(beneath=col(Argument.beneath) + count, version=newer)
    )
    tx.execute(
        update(Argument)
        .where(col(Argument.id) == above.id)
        .values(replies=col(Argument.replies) + 1, version=newer)
    )


def _voices(tx: Db, item: int, more: int) -> None:
    voices = col(Item.voices) + more
    tx.execute(update(Item).where(col(Item.id) == item).values(voices=voices))
