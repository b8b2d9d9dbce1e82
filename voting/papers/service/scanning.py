"""Scans of papers: kept like other files, seen by tellers alone; the log has their SHA-256."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from forum.attachments.events import FileAttached
from forum.base.db import Db
from forum.base.events import record
from forum.base.files import StoredFile
from forum.base.registry import react
from voting.papers import events
from voting.papers.models import Batch
from voting.polls.models import Poll


@react(FileAttached)
def _kept(tx: Db, _stored: Any, event: FileAttached) -> None:
    kind, _colon, ident = event.place.partition(":")
    if kind != "papers":
        return
    digest = tx.execute(
        select(col(StoredFile.digest)).where(col(StoredFile.id) == event.file)
    ).scalar_one()
    poll = tx.get_one(Poll, tx.get_one(Batch, int(ident)).poll_id)
    kept = events.ScanKept(poll=poll.id, box=int(ident), digest=digest)
    record(tx, None, kept, stream=poll.stream, subject=poll.ref)
