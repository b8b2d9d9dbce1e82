"""Mending lines: revisions are kept, struck words are gone for all but the chair, erasure."""

import sitting as hall
from cast import Cast
from conftest import Client
from sqlalchemy import update

from forum.base import erasure, verify
from forum.base.db import reading, transaction
from sessions.captions import queries, service
from sessions.captions.models import CaptionRevision


def one_line(cast: Cast) -> tuple[hall.Sitting, int]:
    found = hall.debating(cast)
    with transaction() as tx:
        line = service.type_line(tx, cast.shu, found.meeting, "The lif is old.", member=cast.bob.id)
    return found, line


def test_a_correction_keeps_what_was_written(cast: Cast, client: Client) -> None:
    found, line = one_line(cast)
    data = {"words": "The lift is old.", "speaker": str(cast.rong.id), "back": "typing"}
    answer = client("shu").post(f"/captions/{line}/correct", data=data)
    assert answer.headers["location"] == f"/meetings/{found.meeting}/captions/typing"
    with reading() as db:
        (now,) = queries.lines(db, found.meeting)
        former = queries.history(db, line)
        assert verify.verify(db).sound
    assert (now.words, now.member_id, now.corrections) == ("The lift is old.", cast.rong.id, 1)
    assert [one.words for one in former] == ["The lif is old.", "The lift is old."]
    assert "The lif is old." in client("shu").get(f"/captions/{line}").text
    assert "The lif is old." not in client("bob").get(f"/captions/{line}").text
    assert client("bob").post(f"/captions/{line}/correct", data=data).status_code == 403
    assert client("shu").post("/captions/999/correct", data=data).status_code == 404


def test_a_struck_line_shows_its_reason(cast: Cast, client: Client) -> None:
    found, line = one_line(cast)
    post, data = f"/captions/{line}/strike", {"reason": "It names a neighbour."}
    assert client("shu").post(post, data=data).status_code == 403
    assert client("alice").post(post, data=data).status_code == 303
    assert client("alice").post(post, data=data).status_code == 409
    for path in ("captions", "captions?q=lif", "captions.json", "captions/export/vtt"):
        shown = client(None).get(f"/meetings/{found.meeting}/{path}").text
        assert "The lif" not in shown, path
        assert ("names a neighbour" in shown) == ("?q" not in path), path
    assert "The lif" not in client("shu").get(f"/captions/{line}").text
    assert "The lif" in client("alice").get(f"/captions/{line}").text
    assert client("shu").post(f"/captions/{line}/correct", data={"words": "x"}).status_code == 409
    assert client("alice").post(f"/captions/{line}/restore").status_code == 303
    assert "The lif" in client(None).get(f"/meetings/{found.meeting}/captions").text


def test_words_go_with_their_speaker_and_the_log_still_holds(cast: Cast, client: Client) -> None:
    found, line = one_line(cast)
    with transaction() as tx:
        service.correct(tx, cast.shu, line, "The lift is old.")
        service.attribute(tx, cast.shu, line, member=cast.rong.id)
        erasure.erase(tx, cast.rong.id)
    with reading() as db:
        assert [one.words for one in queries.history(db, line)] == ["", ""]
        assert verify.verify(db).sound
    shown = client(None).get(f"/meetings/{found.meeting}/captions").text
    assert "These words are no longer kept." in shown


def test_a_line_that_was_changed_behind_the_log_is_found(cast: Cast) -> None:
    one_line(cast)
    with transaction() as tx:
        tx.execute(update(CaptionRevision).values(body="Something else."))
    with reading() as db:
        assert [fault.kind for fault in verify.verify(db).faults] == ["text_changed"]
