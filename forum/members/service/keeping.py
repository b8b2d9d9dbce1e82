"""How long things are kept: what is over its time goes by itself, once a day."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col

from forum.base import clock, ticker
from forum.base.auth import Credential
from forum.base.db import Db
from forum.members import options
from forum.members.models import InboxRow

RETENTION = "members:retention"


@ticker.every(RETENTION, timedelta(days=1))
def let_go(tx: Db, _subject: str) -> None:
    """Remove read messages past their days, and sign-ins that nobody can use any more."""
    now = clock.now()
    if days := options.value(tx, options.INBOX_DAYS):
        old = col(InboxRow.read_at) < now - timedelta(days=days)
        tx.execute(delete(InboxRow).where(old))
    tx.execute(delete(Credential).where(col(Credential.expires_at) < now - timedelta(days=1)))
