"""Taking in a long list without keeping others waiting: a few lines to each transaction.

What a crash leaves is whole people, and a list that still holds all its lines: whoever presses
again goes on with the rest, for those who are known by then are left as they are.
"""

from collections.abc import Callable, Mapping, Sequence

from forum.base.auth import Actor
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.members import intake, lists, service, sheets
from forum.members.models import Verdict

LINES = 15  # a fraction of a second under the write lock, on a small machine that is busy


def take_in_sheet(actor: Actor, ident: int) -> Mapping[str, int]:
    """Do what a list that is kept says; returns how many lines there were of each kind."""
    with reading() as db:
        sheet = lists.own(db, actor, ident)
        if sheet.finished:
            raise Conflict(_("This list has been taken in."))
        todo, ahead = _plan(db, actor, sheet.place, sheets.lines(sheet.body))
    _in_turns(todo, lambda tx, some: service.take_some(tx, actor, ident, some, ahead))
    with transaction() as tx:
        return service.finish_sheet(tx, actor, ident, ahead)


def take_in(place: str, lines: Sequence[sheets.Line]) -> Mapping[str, int]:
    """Do what a list on the command line says, which may do everything."""
    with reading() as db:
        todo, total = _plan(db, None, place, lines)

    def some(tx: Db, few: Sequence[sheets.Line]) -> None:
        counted, _new = service.take_in(tx, None, place, few, told=False)
        total.update({name: number + counted[name] for name, number in total.items()})

    try:
        _in_turns(todo, some)
    finally:
        with transaction() as tx:
            service.taken(tx, None, place, total)
    return total


def _plan(
    db: Db, actor: Actor | None, place: str, lines: Sequence[sheets.Line]
) -> tuple[list[sheets.Line], dict[str, int]]:
    """The lines that do something, and how many do nothing: looked at together, outside the lock.

    Only the whole list tells which line says what another one said already.
    """
    judged = intake.judge(db, actor, place, lines)
    idle = (Verdict.BAD, Verdict.KNOWN)
    ahead = {verdict.value: 0 for verdict in Verdict}
    ahead |= intake.tally(each for each in judged if each.verdict in idle)
    return [each.line for each in judged if each.verdict not in idle], ahead


def _in_turns(
    lines: Sequence[sheets.Line], deed: Callable[[Db, Sequence[sheets.Line]], None]
) -> None:
    for start in range(0, len(lines), LINES):
        with transaction() as tx:
            deed(tx, lines[start : start + LINES])
