"""What the verbs of this room share."""

from typing import NamedTuple

from forum.base import clock
from forum.base.auth import Actor
from forum.base.db import Db
from forum.base.events import seal
from forum.consultations.models import TextRevision


class Revision(NamedTuple):
    """A stored text: its row and the digest that the event carries."""

    id: int
    digest: str


def revise(tx: Db, actor: Actor | None, subject: str, title: str, body: str) -> Revision:
    """Keep a text whole, as it now stands, under its seal."""
    whole = f"{title}\n\n{body}"
    sealed = seal(whole)
    row = TextRevision(
        subject=subject,
        body=whole,
        salt=sealed.salt,
        author_id=actor.id if actor else None,
        at=clock.now(),
    )
    tx.add(row)
    tx.flush()
    return Revision(row.id, sealed.digest)
