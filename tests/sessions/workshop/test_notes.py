"""Notes: who writes, who reads them when, reworded, struck, brought back; nothing is lost."""

import pytest
from cast import Cast
from conftest import Client
from sqlmodel import col, select
from workshopping import at_step

from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid
from forum.base.events import Audience, history
from forum.base.refs import ref
from forum.base.verify import verify
from sessions.workshop import rules, service
from sessions.workshop.models import WorkshopNote, WorkshopNoteText

WORDS = "Knees get older."


def test_a_group_s_notes_are_its_own_until_the_step_is_over(cast: Cast, client: Client) -> None:
    session = at_step(cast, 2, groups=4)
    answer = client("bob").post(f"{session.page}/notes", data={"words": WORDS})
    assert answer.status_code == 303
    readers = {"bob": True, "rong": False, "charlie": False, None: False}
    for name, reads in readers.items():
        assert (WORDS in client(name).get(session.page).text) is reads, name
        json = client(name).get(f"{session.page}.json").text
        assert (WORDS in json) is reads, name
    assert WORDS in client("alice").get(f"{session.page}/lead").text
    with transaction() as tx:
        service.next_step(tx, cast.alice, session.id, 2)
        (given,) = history(tx, session.sitting.stream, kinds=["workshop:note:given"])
        (ended,) = history(tx, session.sitting.stream, kinds=["workshop:step:ended"])[1:]
    assert given.payload["member"] == cast.bob.id
    assert "Knees" not in str(given.payload)
    assert (ended.payload["notes"], ended.payload["people"]) == (1, 1)
    assert WORDS in client(None).get(session.page).text


def test_who_may_write(cast: Cast, client: Client) -> None:
    session = at_step(cast, 2)
    post = f"{session.page}/notes"
    data = {"words": WORDS}
    expected = ((None, 401), ("dana", 403), ("charlie", 403), ("hui", 409), ("shu", 303))
    for name, status in expected:
        assert client(name).post(post, data=data).status_code == status, name
    assert client("bob").post("/workshops/999/notes", data=data).status_code == 404
    refused = client("bob").post(post, data={"words": " "})
    assert refused.status_code == 422
    assert client("bob").post(post, data={"words": "x" * 281}).status_code == 422
    with transaction() as tx:
        service.next_step(tx, cast.alice, session.id, 2)
    assert client("bob").post(post, data=data).status_code == 409


def test_a_desk_writes_for_whoever_has_no_phone(cast: Cast, client: Client) -> None:
    session = at_step(cast, 2)
    post = f"{session.page}/notes"
    assert f'value="{cast.bob.id}"' in client("clerk").get(session.page).text
    for_bob = {"words": WORDS, "member": str(cast.bob.id)}
    assert client("hui").post(post, data=for_bob).status_code == 403  # bob is not in that hall
    assert client("clerk").post(post, data=for_bob).status_code == 303
    with reading() as db:
        (note,) = db.execute(select(WorkshopNote)).scalars().all()
        assert (note.author_id, note.recorded_by, note.method) == (
            cast.bob.id,
            cast.clerk.id,
            "desk",
        )


def test_the_group_rewords_and_former_words_are_kept(cast: Cast) -> None:
    session = at_step(cast, 2, groups=1)
    with transaction() as tx:
        note = service.give(tx, cast.bob, session.id, WORDS)
        assert service.reword(tx, cast.shu, session.id, note, "Knees hurt.")  # sits beside bob
        assert not service.reword(tx, cast.bob, session.id, note, "Knees hurt. ")
        with pytest.raises(Forbidden):
            service.reword(tx, cast.rong, session.id, note, "Not mine.")
        with pytest.raises(Invalid):
            service.strike(tx, cast.bob, session.id, note, "  ")
        service.strike(tx, cast.bob, session.id, note, "Said twice.")
        with pytest.raises(Conflict, match="struck"):
            service.reword(tx, cast.bob, session.id, note, "Again.")
        service.restore(tx, cast.bob, session.id, note)
        with pytest.raises(Conflict, match="not struck"):
            service.restore(tx, cast.bob, session.id, note)
        service.next_step(tx, cast.alice, session.id, 2)
        with pytest.raises(Conflict, match="over"):
            service.reword(tx, cast.bob, session.id, note, "Too late.")
        service.reword(tx, cast.alice, session.id, note, "Knees hurt more.")
        texts = tx.execute(select(WorkshopNoteText).order_by(col(WorkshopNoteText.id)))
        assert [(one.body, one.author_id, one.recorded_by) for one in texts.scalars()] == [
            (WORDS, cast.bob.id, cast.bob.id),
            ("Knees hurt.", cast.bob.id, cast.shu.id),
            ("Knees hurt more.", cast.bob.id, cast.alice.id),
        ]
    with reading() as db:
        assert not verify(db).faults


def test_in_a_large_group_a_note_is_told_to_its_author_only(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = at_step(cast, 2, groups=1)

    def told(tx: Db, member: int) -> int:
        own = history(tx, ref("member", member), audience=Audience.MODERATOR)
        return [event.kind for event in own].count("meetings:person:touched")

    with transaction() as tx:
        before = told(tx, cast.bob.id), told(tx, cast.shu.id)
        service.give(tx, cast.bob, session.id, WORDS)
        assert (told(tx, cast.bob.id), told(tx, cast.shu.id)) == (before[0] + 1, before[1] + 1)
        monkeypatch.setattr(rules, "TABLE_MOST", 1)
        service.give(tx, cast.bob, session.id, "Twice.")
        assert (told(tx, cast.bob.id), told(tx, cast.shu.id)) == (before[0] + 2, before[1] + 1)


def test_alone_everybody_writes_for_themselves(cast: Cast, client: Client) -> None:
    session = at_step(cast, 2, "short", groups=0)
    with transaction() as tx:
        service.give(tx, cast.bob, session.id, WORDS)
    assert WORDS in client("bob").get(session.page).text
    assert WORDS not in client("shu").get(session.page).text
