"""What the verbs of polls share: loading under the lock, who may, notes, and the item's life."""

from sqlalchemy import select
from sqlmodel import col

from forum.agenda import rules as agenda_rules
from forum.agenda import service as agenda
from forum.agenda.models import Item, ItemState
from forum.base import clock, links
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound, SignInNeeded
from forum.base.events import Event, record, seal
from forum.base.i18n import _
from forum.base.links import Relation
from forum.base.refs import parse
from voting.polls import queries, rules, words
from voting.polls.models import NoteKind, Poll, PollNote
from voting.polls.rules import Verb

# Kinds of due work.
OPEN, CLOSE, TURNOUT = "polls:open", "polls:close", "polls:turnout"
REMIND = "polls:remind"


def locked(tx: Db, actor: Actor | None, poll: int, verb: Verb, *, teller: bool = False) -> Poll:
    """The poll's row, locked; raises unless the actor (None: the machine) may, and may now."""
    if actor is not None:
        found = queries.poll_access(tx, actor, poll)
        if not (found.manages or (teller and found.counts)):
            raise refused(actor)
    row = tx.get(Poll, poll, with_for_update=True, populate_existing=True)
    if row is None:
        raise NotFound(_("There is no such poll."))
    if not rules.may(verb, row.state):
        raise Conflict(
            _("This cannot be done now. The poll stands at: %(state)s.")
            % {"state": words.state(row.state)}
        )
    return row


def owned(db: Db, row: Poll) -> bool:
    """Whether it is about a motion, say, which has its own text and its own way to another vote."""
    about = links.linked(db, row.ref, Relation.DECIDES)
    return any(parse(one)[0] != "item" for one in about)


def refused(actor: Actor | None) -> Forbidden | SignInNeeded:
    """The no to whoever does not lead the vote."""
    if actor is None:
        return SignInNeeded(_("Please sign in first."))
    return Forbidden(_("Only those who lead the vote may do this."))


def tell(tx: Db, actor: Actor | None, row: Poll, event: Event) -> None:
    """Record what happened to the poll."""
    record(tx, actor, event, stream=row.stream, subject=row.ref)


def note_on(
    tx: Db, actor: Actor, row: Poll, kind: NoteKind, reason: str, venue: str = ""
) -> tuple[int, str]:
    """Keep a stated reason; returns its id and the digest for the event."""
    if not reason.strip():
        raise Invalid(_("Please say why."), fields={"reason": _("Please say why.")})
    sealed = seal(reason)
    note = PollNote(
        poll_id=row.id,
        kind=kind,
        venue=venue,
        body=reason,
        salt=sealed.salt,
        author_id=actor.id,
        at=clock.now(),
    )
    tx.add(note)
    tx.flush()
    return note.id, sealed.digest


def advance_item(tx: Db, actor: Actor | None, item: int, target: ItemState) -> None:
    """Take the item along where its life has that step; a poll at another point changes nothing."""
    state = ItemState(tx.execute(select(col(Item.state)).where(col(Item.id) == item)).scalar_one())
    if agenda_rules.may_become(state, target) and not agenda_rules.needs_reason(state, target):
        agenda.advance(tx, actor, item, target)
