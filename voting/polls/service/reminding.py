"""Reminding those who have not voted yet, by hand and once by itself before the closing."""

from forum.base import clock, ticker
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict
from forum.base.i18n import _
from forum.base.refs import parse
from voting.polls import events, lasting, rules
from voting.polls.models import Poll
from voting.polls.rules import Verb
from voting.polls.service.common import REMIND, locked, tell


def remind(tx: Db, actor: Actor, poll: int) -> None:
    """Tell those who can still vote, at most once in some hours."""
    row = locked(tx, actor, poll, Verb.REMIND)
    if not lasting.reminds(row.reminded_at, clock.now()):
        raise Conflict(_("They were reminded a short while ago. Please wait some hours."))
    _tell(tx, actor, row)


@ticker.due(REMIND)
def remind_when_due(tx: Db, subject: str) -> None:
    """The one reminder before the closing of a vote that lasts; none where one has just gone."""
    row = tx.get_one(Poll, parse(subject)[1], with_for_update=True, populate_existing=True)
    if rules.may(Verb.REMIND, row.state) and lasting.reminds(row.reminded_at, clock.now()):
        _tell(tx, None, row)


def _tell(tx: Db, actor: Actor | None, row: Poll) -> None:
    row.reminded_at = clock.now()
    tell(tx, actor, row, events.VotersReminded(poll=row.id, item=row.item_id))
