"""What people are told, and when they have read it."""

import pytest
from cast import Cast
from conftest import Client
from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db, reading, transaction
from forum.base.events import Audience, history
from forum.members import inbox, service
from forum.members.models import PLATFORM, InboxRow, Role


def give(tx: Db, cast: Cast) -> None:
    service.grant(tx, cast.admin, cast.bob.id, Role.HANDLER, PLATFORM)


def rows(db: Db, member: int) -> set[str]:
    query = select(col(InboxRow.event_id)).where(col(InboxRow.member_id) == member)
    return set(db.execute(query).scalars())


def test_the_row_commits_with_its_event_or_not_at_all(cast: Cast) -> None:
    with reading() as db:
        before = rows(db, cast.bob.id)

    def fail() -> None:
        with transaction() as tx:
            give(tx, cast)
            assert len(rows(tx, cast.bob.id)) == len(before) + 1
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    with reading() as db:
        assert rows(db, cast.bob.id) == before
    with transaction() as tx:
        give(tx, cast)
        event = history(tx, f"member:{cast.bob.id}", audience=Audience.MEMBER)[-1]
        assert rows(tx, cast.bob.id) == before | {event.id}


def test_nobody_is_told_what_they_did_themselves(tx: Db, cast: Cast) -> None:
    before = rows(tx, cast.admin.id)
    service.grant(tx, cast.admin, cast.admin.id, Role.HANDLER, PLATFORM)
    assert rows(tx, cast.admin.id) == before


def test_words_are_in_the_readers_language_and_say_why(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        give(tx, cast)
    bob = client("bob")
    page = bob.get("/inbox").text
    assert "You have a new role in “议事厅 Folkmoot”." in page
    assert "The role is yours." in page
    bob.post("/language", data={"lang": "zh_Hans_CN"})
    assert "您在“议事厅 Folkmoot”有了新的身份" in bob.get("/inbox").text


def test_following_a_line_reads_it(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        inbox.mark_read(tx, cast.bob)
        give(tx, cast)
        line = inbox.lines(tx, cast.bob, only_unread=True)[0][0]
    bob = client("bob")
    assert bob.get(line.url).headers["location"] == "/"
    with reading() as db:
        assert inbox.unread(db, cast.bob) == 0


def test_another_ones_line_is_not_there(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        give(tx, cast)
        line = inbox.lines(tx, cast.bob, only_unread=True)[0][0]
    assert client("alice").get(line.url).status_code == 404
    client("alice").post("/inbox/read", data={"row": str(line.id)})
    with reading() as db:
        assert inbox.unread(db, cast.bob) > 0


def test_all_are_marked_read_at_once(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        give(tx, cast)
    bob = client("bob")
    assert bob.post("/inbox/read").status_code == 303
    assert "Nothing unread" in bob.get("/inbox?unread=1").text


def test_a_guest_has_no_inbox(client: Client) -> None:
    assert client(None).get("/inbox").status_code == 303
    assert client(None).get("/inbox.json").status_code == 401


def test_programs_read_it_too(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        give(tx, cast)
    found = client("bob").get("/inbox.json").json()
    assert found["lines"][0]["words"].startswith("You have a new role")
    assert found["lines"][0]["read"] is False
