"""What is asked for all panels together leaves none of them out that would show something."""

import pytest
from cast import Cast
from conftest import Client
from e2e.occasions import settle
from sqlalchemy import select
from sqlmodel import col

from forum.agenda.models import Item
from forum.base import db, panels
from forum.base.db import Db
from forum.base.web import Request


def test_no_panel_is_left_out(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    settle(cast)
    together, blocks = panels.made, [0]

    def one_by_one(db: Db, request: Request, page: str, subject: str) -> list[str]:
        shown = together(db, request, page, subject)
        every = [block.make(db, request, subject) for block in panels._of(page)[0]]
        assert shown == [html for html in every if html], (subject, request.actor)
        blocks[0] += len(shown)
        return shown

    monkeypatch.setattr(panels, "made", one_by_one)
    with db.reading() as opened:
        items = list(opened.execute(select(col(Item.id))).scalars())
    for who in (None, "bob", "alice", "rong", "shu", "clerk", "admin"):
        reader = client(who)
        for item in items:
            assert reader.get(f"/items/{item}").status_code in (200, 404)
    assert blocks[0] > 100
