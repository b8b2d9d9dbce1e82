"""Taking back one's own vote while a named vote is open."""

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.i18n import _
from voting.boxes import service as box
from voting.polls import queries, rules
from voting.polls.models import Poll, Secrecy
from voting.polls.rules import Verb
from voting.polls.service.casting import TURNOUT_AFTER
from voting.polls.service.common import TURNOUT


def undo(tx: Db, actor: Actor, poll: int) -> None:
    """Remove one's vote; one can vote anew, or leave it.

    The poll's row is locked alone: no vote of the same person is written meanwhile.
    """
    queries.poll_access(tx, actor, poll)
    row = tx.get(Poll, poll, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_("There is no such poll."))
    if row.secrecy == Secrecy.SECRET:
        raise Conflict(_("A secret ballot cannot be taken back: nobody knows which one is yours."))
    now = clock.now()
    if not rules.may(Verb.CAST, row.state) or (row.closes_at and row.closes_at <= now):
        raise Conflict(_("The vote is closed."))
    if not box.take_back(tx, poll, actor.id):
        raise Conflict(_("There is no vote of yours to take back."))
    ticker.soon(tx, TURNOUT, now + TURNOUT_AFTER, row.ref)
