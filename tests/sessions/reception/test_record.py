"""What is said: written down once, set right with the former words kept, read back, struck."""

import pytest
from cast import Cast
from conftest import Client
from receiving import DARK, NOISE, received, seated

from forum.base.db import Db, transaction
from forum.base.erasure import erase, gathered
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from forum.base.verify import verify
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act as Step
from sessions.reception import queries, service
from sessions.reception.categories import Category
from sessions.reception.models import Visitor
from sessions.reception.service import Who

MEI = Who(None, "Aunt Mei", "13800001111")


def test_who_sits_before_somebody_is_written_down(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here, nonce = found.meeting, "cd" * 16
    waits = service.come(tx, cast.clerk, here, found.main, Who())
    with pytest.raises(Conflict, match="Receive"):
        service.record_word(tx, cast.clerk, here, waits, NOISE)
    visitor = seated(tx, cast, found, MEI)
    for actor in (cast.hui, cast.bob):
        with pytest.raises(Forbidden):
            service.record_word(tx, actor, here, visitor, NOISE)
    with pytest.raises(NotFound):
        service.record_word(tx, cast.clerk, here, 999, NOISE)
    with pytest.raises(Invalid):
        service.record_word(tx, cast.clerk, here, visitor, NOISE._replace(body=" "))
    first = service.record_word(tx, cast.rong, here, visitor, NOISE, nonce=nonce)
    assert service.record_word(tx, cast.rong, here, visitor, NOISE, nonce=nonce) == first
    second = service.record_word(tx, cast.clerk, here, visitor, DARK)
    desk = queries.counter(tx, cast.clerk, here)
    rows = queries.of_visitor(tx, desk, visitor)
    assert [(row.id, row.number, row.category) for row in rows] == [
        (first, 1, Category.ENVIRONMENT),
        (second, 2, Category.SAFETY),
    ]
    assert [row.id for row in queries.published(tx, None, here)] == [first]
    told = history(tx, found.stream, audience=Audience.MODERATOR)
    assert not any("pump" in str(event.payload) or "Mei" in str(event) for event in told)
    assert queries.tally(tx, here).venues[0].words == 2


def test_setting_right_keeps_what_was_and_asks_to_read_back_again(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here = found.meeting
    visitor = seated(tx, cast, found, MEI)
    word = service.record_word(tx, cast.clerk, here, visitor, NOISE)
    service.read_back(tx, cast.clerk, here, visitor, confirmed=True, signed=True)
    service.read_back(tx, cast.clerk, here, visitor, confirmed=True, signed=True)
    assert len(history(tx, found.stream, audience=Audience.DESK, kinds=[
        "reception:visitor:read_back"])) == 1  # fmt: skip
    service.correct(tx, cast.clerk, here, word, NOISE._replace(body="The lift hums.", open=False))
    row = tx.get_one(Visitor, visitor)
    assert (row.confirmed, row.signed) == (None, False)
    assert [one.body for one in queries.wordings(tx, word)] == ["The lift hums.", NOISE.body]
    assert queries.published(tx, None, here) == []
    service.strike(tx, cast.clerk, here, word, "Entered for the wrong visitor.")
    with pytest.raises(Conflict, match="struck"):
        service.correct(tx, cast.clerk, here, word, NOISE)
    assert queries.tally(tx, here).words == 0
    desk = queries.counter(tx, cast.clerk, here)
    assert queries.word(tx, desk, word)[0].note("strike") == "Entered for the wrong visitor."
    assert service.record_word(tx, cast.clerk, here, visitor, DARK) != word
    assert not [fault for fault in verify(tx).faults if fault.kind == "text_changed"]


def test_afterwards_words_may_be_written_but_nobody_comes(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    visitor = seated(tx, cast, found, MEI)
    meetings.step(tx, cast.alice, found.meeting, Step.ADJOURN)
    service.record_word(tx, cast.clerk, found.meeting, visitor, DARK)
    with pytest.raises(Conflict, match="over"):
        service.come(tx, cast.clerk, found.meeting, found.main, Who())
    meetings.step(tx, cast.alice, found.meeting, Step.ARCHIVE)
    with pytest.raises(Conflict, match="over"):
        service.record_word(tx, cast.clerk, found.meeting, visitor, DARK)


def test_words_go_with_the_person_and_numbers_stay(cast: Cast, tx: Db) -> None:
    found = received(tx, cast)
    here = found.meeting
    mei = seated(tx, cast, found, MEI)
    bob = seated(tx, cast, found, Who(cast.bob.id, contact="13811112222"))
    for visitor in (mei, bob):
        service.record_word(tx, cast.clerk, here, visitor, NOISE)
    kept = str(gathered(tx, cast.bob.id)["rooms"]["reception"])
    assert "13811112222" in kept
    assert NOISE.body in kept
    with pytest.raises(Forbidden):
        service.forget(tx, cast.clerk, here, mei)
    with pytest.raises(Conflict, match="account"):
        service.forget(tx, cast.shu, here, bob)
    service.forget(tx, cast.shu, here, mei)
    erase(tx, cast.bob.id)
    for visitor in (mei, bob):
        row = tx.get_one(Visitor, visitor, populate_existing=True)
        assert (row.name, row.contact, row.home) == (None, None, None)
    assert [row.body for row in queries.published(tx, None, here)] == ["", ""]
    assert queries.tally(tx, here).words == 2
    assert not [fault for fault in verify(tx).faults if fault.kind == "text_changed"]


def test_the_pages_of_the_counter(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        found = received(tx, cast)
        visitor = seated(tx, cast, found, MEI)
    base, clerk = found.register, client("clerk")
    form = {"body": NOISE.body, "category": "environment", "open": "1", "once": "ef" * 16}
    sent = clerk.post(f"{base}/{visitor}/words", data=form)
    assert sent.headers["location"].endswith("/reception/words/1")
    again = clerk.post(f"{base}/{visitor}/words", data=form)
    assert again.headers["location"] == sent.headers["location"]
    assert clerk.post(f"{base}/{visitor}/words", data={"body": "x"}).status_code == 422
    page = clerk.get(f"{base}/{visitor}").text
    assert "&lt;b&gt;night" in page
    assert clerk.post(f"{base}/{visitor}/read-back", data={"confirmed": "yes"}).status_code == 303
    assert "Confirmed by the visitor" in clerk.get(f"{base}/{visitor}").text
    for paper, words in (
        (f"{base}/{visitor}/print", "Aunt Mei"),
        (f"{base}/print", "Aunt Mei"),
        (f"{base}/empty/print", "Proposed handling"),
    ):
        assert words in clerk.get(paper).text
    assert client("hui").get(f"{base}/{visitor}").status_code == 403
    assert client("hui").get(f"{base}/words/1").status_code == 403
    assert "Mei" not in client("hui").get(f"{base}/print").text
    assert client("bob").get(f"{base}/words/1").status_code == 403
    assert clerk.get(f"{base}/words/9").status_code == 404
    shown = client(None).get(f"{base}/numbers").text
    assert "&lt;b&gt;night" in shown
    assert "Mei" not in shown
