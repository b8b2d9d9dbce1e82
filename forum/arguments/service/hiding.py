"""Taking arguments out of sight, and bringing them back."""

from forum.arguments.events import ArgumentHidden, ArgumentRestored
from forum.arguments.models import Argument, ArgumentHiding
from forum.arguments.service.common import load
from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden
from forum.base.events import record, seal
from forum.base.i18n import _
from forum.base.refs import ref
from forum.consultations import queries as consultations


def hide(tx: Db, actor: Actor, argument: int, reason: str) -> None:
    """Take an argument out of sight; its place, its answers and the reason stay."""
    access, row = load(tx, actor, argument)
    consultations.require_moderator(access.access)
    if row.hiding_id is not None:
        raise Conflict(_("This argument is hidden already."))
    conceal(tx, actor, row, reason, stream=access.access.stream)


def restore(tx: Db, actor: Actor, argument: int) -> None:
    """Bring a hidden argument back."""
    access, row = load(tx, actor, argument)
    consultations.require_moderator(access.access)
    if row.hiding_id is None:
        raise Conflict(_("This argument is not hidden."))
    if row.author_id == actor.id:
        raise Forbidden(_("This is your own text: somebody else decides."))
    reveal(tx, actor, row, stream=access.access.stream)


def conceal(tx: Db, actor: Actor | None, row: Argument, reason: str, *, stream: str) -> None:
    """Hide an argument. The caller has judged who may (None: so it was where it comes from)."""
    sealed = seal(reason)
    hiding = ArgumentHiding(
        argument_id=row.id,
        body=reason,
        salt=sealed.salt,
        hidden_by=actor.id if actor else None,
        at=clock.now(),
    )
    tx.add(hiding)
    tx.flush()
    row.hiding_id = hiding.id
    row.version += 1
    tx.flush()
    hidden = ArgumentHidden(row.id, row.item_id, hiding.id, sealed.digest)
    record(tx, actor, hidden, stream=stream, subject=ref("argument", row.id))


def reveal(tx: Db, actor: Actor | None, row: Argument, *, stream: str) -> None:
    """Show a hidden argument again. The caller has judged who may."""
    hiding = tx.get_one(ArgumentHiding, row.hiding_id)
    hiding.restored_by = actor.id if actor else None
    hiding.restored_at = clock.now()
    row.hiding_id = None
    row.version += 1
    tx.flush()
    restored = ArgumentRestored(row.id, row.item_id, hiding.id)
    record(tx, actor, restored, stream=stream, subject=ref("argument", row.id))
