"""What the verbs of this room share: the vote and the box under their locks, who may, and words."""

from sqlalchemy import delete, select
from sqlmodel import col

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.errors import Conflict, NotFound
from forum.base.i18n import _
from voting.boxes.models import Channel
from voting.papers import access, words
from voting.papers.models import Batch, BatchState, Entry
from voting.polls.models import Poll, PollState, Secrecy, VenueTally
from voting.polls.rules import Verb
from voting.polls.service.common import locked


def at_table(tx: Db, actor: Actor, poll: int, verb: Verb) -> Poll:
    """The vote, locked, for those who handle its papers; Conflict where it is too late for it."""
    access.poll_access(tx, actor, poll)
    row = locked(tx, None, poll, verb)
    if verb is Verb.CAST and row.closes_at is not None and row.closes_at <= clock.now():
        raise Conflict(_("The vote is closed."))
    return row


def poll_of(tx: Db, batch: int) -> int:
    """Whose papers a box takes."""
    query = select(col(Batch.poll_id)).where(col(Batch.id) == batch)
    found: int | None = tx.execute(query).scalar_one_or_none()
    if found is None:
        raise missing()
    return found


def missing() -> NotFound:
    """There is none, or none to see."""
    return NotFound(_("There is no such box."))


def held(tx: Db, batch: int, *states: BatchState) -> Batch:
    """The box, locked; Conflict unless it is in one of the states. The vote is locked before."""
    row = tx.get_one(Batch, batch, with_for_update=True, populate_existing=True)
    if row.state not in states:
        said = _("This cannot be done now. The box stands at: %(state)s.")
        raise Conflict(said % {"state": words.state(row.state)})
    return row


def tally_of(tx: Db, row: Batch) -> VenueTally | None:
    """The line of the count that stands for a box; none where no paper is out."""
    key = (row.poll_id, row.ref, Channel.PAPER)
    return tx.get(VenueTally, key, with_for_update=True, populate_existing=True)


def keyed(row: Batch, poll: Poll) -> Batch:
    """The box, if its papers are entered at this point of the vote's life."""
    named = poll.secrecy == Secrecy.OPEN
    if not named and poll.state != PollState.COUNTING:
        raise Conflict(_("Papers of a secret vote are entered when the vote is closed."))
    return row


def entering(poll: Poll) -> BatchState:
    """The state in which papers are entered: in a named vote from the start, each by its name."""
    return BatchState.ISSUING if poll.secrecy == Secrecy.OPEN else BatchState.KEYING


def forget(tx: Db, batches: list[int]) -> None:
    """Let go of what was read on the papers of boxes."""
    tx.execute(delete(Entry).where(col(Entry.batch_id).in_(batches)))
