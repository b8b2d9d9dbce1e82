"""Several workers on PostgreSQL empty one outbox: each letter goes out once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from mailing import mail_server
from sqlalchemy import select
from sqlmodel import col

from forum.base import db, deliveries, log, sender, settings, tables
from forum.base.db import reading, transaction
from forum.base.deliveries import Delivery, Message, Outgoing, State

LETTERS = 300
WORKERS = 4


def test_four_workers_share_the_letters(
    whole_app: object, postgres: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "_resting", {})
    monkeypatch.setattr(log, "quiet", True)
    people = [f"p{n}@example.org" for n in range(LETTERS)]
    with mail_server() as mail:
        settings.configure(
            data=tmp_path, database_url=postgres, mail_url=mail.url, mail_from="moot@example.org"
        )
        db.close()
        try:
            tables.metadata.create_all(db.storage().write_engine)
            letters = [Outgoing(to=to, message=Message("Come", "At six."), key=to) for to in people]
            with transaction() as tx:
                deliveries.put_all(tx, "mail", letters)
            with ThreadPoolExecutor(WORKERS) as workers:
                left = list(workers.map(lambda _: sender.send_due(), range(WORKERS)))
            with reading() as session:
                states = session.execute(select(col(Delivery.state))).scalars().all()
        finally:
            db.close()
    assert sum(left) == LETTERS
    assert sorted(mail.to) == sorted(people)
    assert set(states) == {State.SENT}
