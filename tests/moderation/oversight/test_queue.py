"""The queue: one row a thing, narrowed, claimed, in few queries, and never about oneself."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from flagging import argument, held, report, topic
from sqlalchemy import event

from forum.base import clock
from forum.base.db import reading, storage, transaction
from forum.base.errors import Conflict
from forum.privacy import service as privacy
from moderation.oversight import service
from moderation.oversight.queries import queue
from moderation.oversight.queries.queue import Age, Wanted, Who


def rows(cast: Cast, reader: str = "alice", /, **wanted: object) -> list[queue.Row]:
    with reading() as db:
        narrowed = Wanted(**wanted)  # type: ignore[arg-type]
        found = queue.rows(db, cast[reader], narrowed)
        assert queue.waiting(db, cast[reader], narrowed) == len(found)
        return found


def test_many_reports_of_a_thing_are_one_row(cast: Cast, client: Client) -> None:
    about = report(cast, "shu", note="He insults us.")
    report(cast, "rong", about)
    (row,) = rows(cast)
    assert (row.about, row.reports) == (f"argument:{about}", 2)
    assert row.rules == [("It attacks a person", 2)]
    assert row.notes == ["He insults us."]
    page = client("alice").get("/moderation/queue").text
    assert page.count("data-desk-row") == 1
    assert "2 reports" in page
    assert "You are all fools." in page


def test_of_many_reports_the_latest_notes_are_shown(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queue, "NOTES", 1)
    about = report(cast, "shu", note="He insults us.")
    report(cast, "rong", about, note="Again!")
    (row,) = rows(cast)
    assert (row.reports, row.rules) == (2, [("It attacks a person", 2)])
    assert row.notes == ["Again!"]


def test_nothing_is_open_about_texts_that_went_with_their_author(cast: Cast) -> None:
    held(cast, "Buy zephyr")
    with transaction() as tx:
        topic(tx, cast, cast.consultation, "Sell zephyr")
    assert len(rows(cast)) == 2
    with transaction() as tx:
        privacy.erase(tx, None, cast.bob.id)
    assert rows(cast) == []


def test_what_has_waited_longest_stands_first(cast: Cast) -> None:
    with clock.at(clock.now() - timedelta(days=2)):
        old = report(cast)
    new = report(cast, author="rong")
    assert [row.about for row in rows(cast)] == [f"argument:{old}", f"argument:{new}"]
    assert [row.about for row in rows(cast, age=Age.DAY)] == [f"argument:{old}"]
    assert rows(cast, age=Age.WEEK) == []


def test_it_can_be_narrowed(cast: Cast) -> None:
    reported = f"argument:{report(cast)}"
    waits = f"held:{held(cast, 'Buy zephyr')}"
    assert [row.about for row in rows(cast, kind="report")] == [reported]
    assert [row.about for row in rows(cast, kind="word_list")] == [waits]
    assert len(rows(cast, place=cast.place)) == 2
    assert len(rows(cast, place=f"station:{cast.station}")) == 2
    assert rows(cast, place="consultation:99") == []
    with reading() as db:
        named = [step.ref for step in queue.places(db, cast.alice)]
    assert named == [cast.place, f"station:{cast.station}"]


def test_two_moderators_do_not_collide(cast: Cast, client: Client) -> None:
    about = f"argument:{report(cast)}"
    path = f"/moderation/queue/{about.replace(':', '/')}"
    admin = client("admin")
    assert admin.post(f"{path}/claim").status_code == 303
    assert "The administrator is on it" in client("alice").get("/moderation/queue").text
    assert client("alice").post(f"{path}/claim").status_code == 409
    form = {"act": "release"}
    assert client("alice").post(f"{path}/act", data=form).status_code == 409
    assert [row.about for row in rows(cast, "admin", who=Who.ME)] == [about]
    assert rows(cast, who=Who.NOBODY) == []
    assert client("alice").post(f"{path}/claim", data={"over": "1"}).status_code == 303
    (row,) = rows(cast)
    assert row.mine
    assert client("alice").post(f"{path}/claim", data={"drop": "1"}).status_code == 303
    assert [row.about for row in rows(cast, who=Who.NOBODY)] == [about]


def test_a_claim_lapses(cast: Cast) -> None:
    about = f"argument:{report(cast)}"
    with transaction() as tx:
        service.claim(tx, cast.admin, about)
        with pytest.raises(Conflict):
            service.claim(tx, cast.alice, about)
    with clock.travel(minutes=31), transaction() as tx:
        service.claim(tx, cast.alice, about)


def test_nobody_sees_or_handles_what_is_about_themselves(cast: Cast, client: Client) -> None:
    about = report(cast, author="alice")
    assert rows(cast) == []
    assert len(rows(cast, "admin")) == 1
    path = f"/moderation/queue/argument/{about}"
    alice = client("alice")
    assert "somebody else decides" in alice.get(path).text
    assert alice.post(f"{path}/act", data={"act": "release"}).status_code == 403
    assert alice.post(f"{path}/claim").status_code == 403
    assert client("admin").post(f"{path}/act", data={"act": "release"}).status_code == 303


@pytest.mark.parametrize("who", ["bob", "rong", "charlie", "clerk"])
def test_it_is_there_for_moderators_alone(cast: Cast, client: Client, who: str) -> None:
    about = report(cast, "shu", author="hui")
    browser = client(who)
    for path in ("", f"/argument/{about}"):
        assert browser.get(f"/moderation/queue{path}").status_code == 404
    assert browser.get("/moderation/appeals").status_code == 404
    assert browser.get(f"/moderation/settings?place={cast.place}").status_code == 404
    path = f"/moderation/queue/argument/{about}"
    for verb, form in (("claim", {}), ("act", {"act": "hide", "rule": "spam"})):
        assert browser.post(f"{path}/{verb}", data=form).status_code == 403
        assert client(None).post(f"{path}/{verb}", data=form).status_code == 401
    for verb in ("settings", "reasons"):
        form = {"place": cast.place}
        assert browser.post(f"/moderation/{verb}", data=form).status_code == 403


def test_a_long_queue_asks_no_more_often_than_a_short_one(cast: Cast) -> None:
    def asked() -> int:
        seen: list[str] = []
        engine = storage().read_engine
        note = lambda *found: seen.append(found[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", note)
        try:
            rows(cast)
        finally:
            event.remove(engine, "before_cursor_execute", note)
        return len(seen)

    report(cast)
    held(cast, "Buy zephyr")
    short = asked()
    for number in range(8):
        about = argument(cast, body=f"Again {number}")
        report(cast, "shu", about)
        report(cast, "rong", about)
        held(cast, f"Buy {number} zephyr", who="hui")
    assert len(rows(cast)) == 18
    assert asked() == short
