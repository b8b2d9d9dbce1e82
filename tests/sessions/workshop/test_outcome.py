"""Themes, options and positions: put together, worded, counted, kept in the minutes."""

import pytest
import workshopping
from cast import Cast
from conftest import Client
from sqlmodel import select
from workshopping import at_step, gone_through, option

from forum.base import erasure
from forum.base.db import reading, transaction
from forum.base.errors import Conflict, Forbidden, Invalid, NotFound
from forum.base.events import Audience, history
from forum.base.verify import verify
from forum.members import queries as members
from sessions.meetings import service as meetings
from sessions.minutes.queries.facts import gathered
from sessions.minutes.record import EntryKind
from sessions.minutes.sheet import sheet
from sessions.motions import queries as motions
from sessions.workshop import rules, service
from sessions.workshop.models import Stance, WorkshopNoteText, WorkshopObjection, WorkshopPosition
from sessions.workshop.rules import Stand
from sessions.workshop.service.common import steps as steps_of

SUPPORT = Stand(Stance.SUPPORT)


def test_notes_are_put_together_before_everybody_s_eyes(cast: Cast, client: Client) -> None:
    session, other = at_step(cast, 2), at_step(cast, 3).id
    with transaction() as tx:
        note = service.give(tx, cast.bob, session.id, "Knees get older.")
        with pytest.raises(Conflict, match="not on the table"):
            service.gather(tx, cast.alice, session.id, [note], words="Age")
        service.next_step(tx, cast.alice, session.id, 2)
    post = f"{session.page}/themes"
    data = {"notes": [str(note)], "words": "Age"}
    for name, status in ((None, 401), ("bob", 403), ("alice", 303)):
        assert client(name).post(post, data=data).status_code == status, name
    page = client(None).get(session.page).text
    assert "1. Age" in page
    assert "Knees get older." in page
    with transaction() as tx:
        made = history(tx, session.sitting.stream, kinds=["workshop:theme:made"])[0]
        theme = made.payload["theme"]
        assert service.reword_theme(tx, cast.alice, session.id, theme, "Getting older")
        service.release(tx, cast.alice, session.id, note)
        service.gather(tx, cast.alice, session.id, [note, note], theme=theme)
        placed = history(tx, session.sitting.stream, kinds=["workshop:theme:filled"])
        assert [(one.payload["theme"], one.payload["notes"]) for one in placed] == [
            (theme, [note]), (None, [note]), (theme, [note]),
        ]  # fmt: skip
        with pytest.raises(NotFound):
            service.gather(tx, cast.alice, other, [note], words="Stolen")
        option_of = service.make_option(tx, cast.alice, session.id, "A lift", theme=theme)
        with pytest.raises(Conflict, match="rests on"):
            service.drop_theme(tx, cast.alice, session.id, theme)
        service.drop_option(tx, cast.alice, session.id, option_of)
        service.drop_theme(tx, cast.alice, session.id, theme)


def test_positions_are_counted_when_the_step_is_over_and_nobody_stands_in_the_log(
    cast: Cast, client: Client
) -> None:
    session = at_step(cast, 4)
    with transaction() as tx:
        one = option(tx, cast, session)
        service.next_step(tx, cast.alice, session.id, 4)
        with pytest.raises(Conflict, match="choosing"):
            service.reword_option(tx, cast.alice, session.id, one, "Other words")
    post = f"{session.page}/positions"
    objecting = {f"stance-{one}": "object"}
    refused = client("bob").post(post, data=objecting)
    assert refused.status_code == 422
    assert "Say why you object" in refused.text
    objecting |= {f"reason-{one}": "It hums."}
    for name, status in ((None, 401), ("charlie", 403), ("bob", 303), ("dana", 303)):
        assert client(name).post(post, data=objecting).status_code == status, name
    changed = {f"stance-{one}": "live", f"reason-{one}": "It hums."}
    assert client("dana").post(post, data=changed).status_code == 303
    assert client("bob").post(post, data={"stance-999": "live"}).status_code == 404
    assert client("bob").post(post, data={}).status_code == 422
    own = client("bob").get(f"{session.page}.json").json()["mine"]["stands"]
    assert own == {str(one): {"stance": "object", "reason": "It hums.", "named": False}}
    assert "2 of 5" in client("alice").get(f"{session.page}/lead").text
    for page in (client(None).get(session.page).text, client("alice").get(session.page).text):
        assert "It hums." not in page
        assert "Can live with it" not in page
    with transaction() as tx:
        service.next_step(tx, cast.alice, session.id, 5)
        told = history(tx, session.sitting.stream, audience=Audience.MODERATOR)
        counted = next(event for event in told if event.kind == "workshop:option:counted")
        kept = next(event for event in told if event.kind == "workshop:objection:kept")
    assert [counted.payload[name] for name in ("support", "live", "object")] == [0, 1, 1]
    assert (kept.payload["member"], kept.actor_id, counted.actor_id) == (None, None, None)
    page = client(None).get(session.page).text
    assert "It hums." in page
    assert "Bob" not in page
    steps = [event for event in told if event.kind == "workshop:positions:given"]
    assert [(event.actor_id, set(event.payload)) for event in steps] == [
        (None, {"workshop", "people"})
    ] * 2


def test_gone_back_to_the_counts_are_made_anew(cast: Cast) -> None:
    session = gone_through(cast)
    with transaction() as tx:
        service.back(tx, cast.alice, session.id, rules.OVER)
        service.back(tx, cast.alice, session.id, 6)
        given = tx.execute(select(WorkshopPosition)).scalars().all()
        bob = next(p for p in given if p.member_id == cast.bob.id and p.stance == Stance.OBJECT)
        service.stand(tx, cast.bob, session.id, {bob.option_id: SUPPORT})
        service.next_step(tx, cast.alice, session.id, 5)
        service.next_step(tx, cast.alice, session.id, 6)
        objections = tx.execute(select(WorkshopObjection)).scalars().all()
        assert {(one.body, one.withdrawn) for one in objections} == {
            ("It hums all night.", True), ("It takes my light.", False),
        }  # fmt: skip
        record = gathered(tx, session.sitting.meeting, 1, 1, "")
        options = [e for e in record.entries().values() if e.kind is EntryKind.OPTION]
        assert [(e.facts["support"], e.facts["object"]) for e in options] == [(2, 0), (1, 1)]
        assert "It hums all night." not in str(record)
        assert "It takes my light." in str(record)


def test_what_was_said_on_an_option_goes_with_its_words(cast: Cast) -> None:
    session = gone_through(cast)
    with transaction() as tx:
        service.back(tx, cast.alice, session.id, rules.OVER)
        kept = tx.execute(select(WorkshopObjection)).scalars().all()
        steel = kept[0].option_id
        service.reword_option(tx, cast.alice, session.id, steel, "A lift in the south.")
        assert all(one.withdrawn for one in kept)
        record = gathered(tx, session.sitting.meeting, 1, 1, "")
        lines = [
            (line.words, line.quote) for part in sheet(record, {}).parts for line in part.lines
        ]
        new = "Option 2, reworded and not counted again:"
        assert (new, "A lift in the south.") in lines
        assert lines.count(("An objection to option 2 was not upheld.", "")) == 2
        assert cast.rong.id not in {entry.person for entry in record.entries().values()}
        service.back(tx, cast.alice, session.id, 6)
        service.stand(tx, cast.bob, session.id, {steel: SUPPORT})
        service.next_step(tx, cast.alice, session.id, 5)
        record = gathered(tx, session.sitting.meeting, 1, 1, "")
        told = [line.words for part in sheet(record, {}).parts for line in part.lines]
        assert "Option 2: 1 support it, 0 can live with it, 0 object." in told


def test_the_minutes_tell_steps_groups_themes_options_and_who_objected(
    cast: Cast, client: Client
) -> None:
    session = gone_through(cast)
    with reading() as db:
        record = gathered(db, session.sitting.meeting, 1, 1, "")
        shown = sheet(record, {cast.alice.id: "Alice", cast.rong.id: "Rong"})
        assert not verify(db).faults
    lines = [(line.words, line.quote) for part in shown.parts for line in part.lines]
    assert (
        "Alice led the session “Consensus in two hours” in 6 steps; small groups: 3 (3, 1, 1).",
        "",
    ) in lines
    assert ("Step 2: Gathering (In small groups), 3 notes.", "") in lines
    assert ("Theme 1, from 2 notes:", "Living with it") in lines
    assert (
        "Option 1: 2 support it, 1 can live with it, 0 object.",
        "A glass lift in the north.",
    ) in lines
    assert ("An objection to option 2:", "It hums all night.") in lines
    assert ("Rong objects to option 2:", "It takes my light.") in lines
    page = client(None).get(session.page).text
    assert 'href="#theme-' in page
    assert "Struck: It stands there already." in page
    assert "It takes my light." in page


def test_words_that_must_not_stand_are_struck_also_afterwards(cast: Cast, client: Client) -> None:
    session = gone_through(cast)
    with reading() as db:
        kept = db.execute(select(WorkshopObjection)).scalars().all()
        named = next(one.id for one in kept if one.named)
    post = f"{session.page}/objections/{named}/strike"
    reason = {"reason": "It names a neighbour."}
    for name, status in ((None, 401), ("bob", 403), ("alice", 303)):
        assert client(name).post(post, data=reason).status_code == status, name
    assert client("alice").post(post, data=reason).status_code == 409
    gone = f"{session.page}/objections/999/strike"
    assert client("alice").post(gone, data=reason).status_code == 404
    assert client("alice").post(f"{session.page}/notes/1/strike", data=reason).status_code == 303
    assert client("bob").post(f"{session.page}/notes/2/strike", data=reason).status_code == 403
    page = client(None).get(session.page).text
    assert "It takes my light." not in page
    assert page.count("Struck: It names a neighbour.") == 3  # in its theme and among all notes
    data = client(None).get(f"{session.page}.json").text
    assert "It takes my light." not in data
    assert "Knees get older." not in data
    assert "Twice the same." not in data
    notes = client(None).get(f"{session.page}.json").json()["board"]["notes"]
    assert {note["author"] for note in notes if note["struck"]} == {""}
    assert "Twice the same." in client("alice").get(f"{session.page}/lead").text
    with reading() as db:
        record = gathered(db, session.sitting.meeting, 1, 1, "")
        assert "It takes my light." not in str(record)
        assert not verify(db).faults


def test_an_option_is_moved_as_a_motion(cast: Cast, client: Client) -> None:
    session = at_step(cast, 5)
    with transaction() as tx:
        told = history(tx, session.sitting.stream, kinds=["workshop:option:made"])
        one = told[0].payload["option"]
        service.stand(tx, cast.bob, session.id, {one: SUPPORT})
        service.next_step(tx, cast.alice, session.id, 5)
    post = f"{session.page}/options/{one}/move"
    assert f"{post}" in client("bob").get(session.page).text
    assert client("charlie").post(post).status_code == 403
    answer = client("bob").post(post)
    assert answer.status_code == 303
    assert client("shu").post(post).status_code == 409
    with reading() as db:
        (motion,) = motions.of_meeting(db, session.sitting.meeting)
    assert answer.headers["location"] == f"/motions/{motion.id}"
    assert motion.body == "A glass lift in the north."
    assert f"/motions/{motion.id}" in client(None).get(session.page).text


def test_words_and_positions_go_with_their_person(cast: Cast, client: Client) -> None:
    session = gone_through(cast)
    with transaction() as tx:
        erasure.erase(tx, cast.bob.id)
        texts = tx.execute(select(WorkshopNoteText.body, WorkshopNoteText.author_id)).all()
        assert {body for body, author in texts if author == cast.bob.id} == {""}
        left = tx.execute(select(WorkshopPosition.member_id)).scalars().all()
        assert cast.bob.id not in left
    with reading() as db:
        assert not verify(db).faults
    page = client(None).get(session.page).text
    assert "These words are no longer kept." in page
    assert "It hums all night." not in page


def test_a_script_is_attached_and_fitted_before_it_begins(cast: Cast, client: Client) -> None:
    session = workshopping.attached(cast, "short")
    meeting = session.sitting.meeting
    attach = f"/meetings/{meeting}/workshops"
    data = {"item": str(session.sitting.item), "script": "red_tea", "facilitator": ""}
    for name, status in ((None, 401), ("bob", 403), ("alice", 303)):
        assert client(name).post(attach, data=data).status_code == status, name
    assert client("alice").post(attach, data=data | {"script": "none"}).status_code == 422
    assert client("alice").post(attach, data=data | {"item": "999"}).status_code == 404
    lead = client("alice").get(f"{session.page}/lead").text
    assert "Gathering · 30 minutes" in lead
    with transaction() as tx:
        steps = steps_of(tx, session.id)
        before = steps[0].prompt
        wanted = service.Wanted(steps[0].name, 12, steps[0].prompt, "Louder, please.")
        service.set_step(tx, cast.alice, session.id, steps[0].id, wanted)
        assert (steps[0].minutes, steps[0].prompt) == (12, before)
        with pytest.raises(Invalid):
            service.set_step(tx, cast.alice, session.id, steps[0].id, wanted._replace(minutes=0))
        service.name_facilitator(tx, cast.alice, session.id, cast.rong.id)
        with pytest.raises(Forbidden):
            service.name_facilitator(tx, cast.rong, session.id, None)
        service.start(tx, cast.rong, session.id)
        with pytest.raises(Conflict):
            service.set_step(tx, cast.alice, session.id, steps[0].id, wanted)
        with pytest.raises(Conflict, match="begun"):
            service.attach(tx, cast.alice, meeting, session.sitting.item, "short")
        assert members.names(tx, [cast.rong.id])
        meetings.close_item(tx, cast.alice, meeting)
