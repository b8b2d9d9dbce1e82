"""What tests of tasks begin with."""

from datetime import timedelta

from cast import Cast

from forum.base import clock
from forum.base.db import transaction
from forum.base.events import Audience
from forum.followups import service
from forum.followups.models import Result, Status, Task


def task(
    cast: Cast, *, days: int = 10, unit: str = "", audience: Audience = Audience.PUBLIC
) -> int:
    """A task for hui under rong's eye, concerning bob; for a unit without an account if named."""
    with transaction() as tx:
        return service.assign(
            tx,
            cast.rong,
            place=cast.place,
            places=[cast.place, f"station:{cast.station}"],
            title="Ask three firms for an offer",
            body="Three **written** offers, with a date.",
            handler_id=None if unit else cast.hui.id,
            unit=unit,
            supervisor_id=cast.rong.id,
            due=clock.now() + timedelta(days=days),
            cites=f"item:{cast.item}",
            concerned=[cast.bob.id],
            audience=audience,
        )


def answered(cast: Cast, result: Result = Result.SOLVED) -> int:
    """A task that hui accepted and answered."""
    ident = task(cast)
    with transaction() as tx:
        service.accept(tx, cast.hui, ident)
        service.answer(tx, cast.hui, ident, result=result, words="Three offers are here.")
    return ident


def status(ident: int) -> Status:
    """Where a task stands in the database."""
    with transaction() as tx:
        return Status(tx.get_one(Task, ident).status)
