"""What happens to polls by itself: opening and closing by schedule, and telling the turnout."""

from forum.base import ticker
from forum.base.db import Db
from forum.base.errors import Refusal
from forum.base.refs import parse
from voting.boxes import queries as boxes
from voting.polls import events, rules
from voting.polls.models import Poll, PollState, Secrecy, Turnout
from voting.polls.service.common import CLOSE, OPEN, TURNOUT, tell
from voting.polls.service.ending import close
from voting.polls.service.opening import open as open_poll


def _poll(tx: Db, subject: str) -> Poll:
    ident = parse(subject)[1]
    return tx.get_one(Poll, ident, with_for_update=True, populate_existing=True)


@ticker.due(OPEN)
def open_when_due(tx: Db, subject: str) -> None:
    """Open as planned; what stands against it is told to whoever made the poll."""
    row = _poll(tx, subject)
    if row.state != PollState.CREATED:
        return
    try:
        with tx.begin_nested():
            open_poll(tx, None, row.id)
    except Refusal:
        tell(tx, None, row, events.OpeningMissed(poll=row.id, item=row.item_id))


@ticker.due(CLOSE)
def close_when_due(tx: Db, subject: str) -> None:
    """Close as planned."""
    row = _poll(tx, subject)
    if row.state == PollState.STARTED:
        close(tx, None, row.id)


@ticker.due(TURNOUT)
def tell_turnout(tx: Db, subject: str) -> None:
    """Tell how many have voted, if that can be told and is news; asked for by whoever casts."""
    ident = parse(subject)[1]
    row, turnout = tx.get_one(Poll, ident), tx.get_one(Turnout, ident, with_for_update=True)
    if row.state != PollState.STARTED:
        return
    shown = rules.shown_turnout(boxes.turnout(tx, ident), Secrecy(row.secrecy))
    if shown != turnout.shown:
        turnout.shown = shown
        tell(tx, None, row, events.TurnoutCounted(poll=row.id, turnout=shown))
