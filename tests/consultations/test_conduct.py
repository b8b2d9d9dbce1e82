"""Beginning, editing, moving through the stages, the briefing, the list and the roles."""

from datetime import timedelta

import pytest
from cast import Cast
from conftest import Client
from sqlmodel import col, select

from forum.base import clock, ticker
from forum.base.db import Db, reading, transaction
from forum.base.errors import Conflict, Forbidden, NotFound, SignInNeeded
from forum.base.events import Audience, history
from forum.base.verify import verify
from forum.consultations import pages, queries, service
from forum.consultations.models import Stage, TextRevision
from forum.consultations.rules import Deed

TERMS = {
    "title": "A new gate",
    "summary": "Where should it be?",
    "purpose": "At the **north** side?",
    "visibility": "public",
    "eligibility": "open",
}


def kinds(cast: Cast) -> list[str]:
    with reading() as db:
        found = history(db, cast.place, audience=Audience.MODERATOR)
    return [stored.kind for stored in found]


def stage(cast: Cast) -> Stage:
    with reading() as db:
        return queries.access(db, cast.bob, cast.consultation).consultation.stage


def test_somebody_who_leads_a_place_begins_one_there(client: Client, cast: Cast) -> None:
    typed = TERMS | {"station": str(cast.station)}
    answer = client("alice").post("/consultations", data=typed)
    assert answer.status_code == 303
    page = client(None).get(answer.headers["location"]).text
    assert "A new gate" in page
    assert "<strong>north</strong>" in page
    assert "A new gate" in client(None).get(f"/stations/{cast.station}").text
    assert client("bob").post("/consultations", data=typed).status_code == 403
    assert client("alice").post("/consultations", data=TERMS).status_code == 403  # not her place
    assert client("admin").post("/consultations", data=TERMS).status_code == 303


def test_a_wrong_form_is_shown_again_with_what_was_typed(client: Client, cast: Cast) -> None:
    typed = TERMS | {"title": "", "zone": "Nowhere/Land", "station": str(cast.station)}
    answer = client("admin").post("/consultations", data=typed)
    assert answer.status_code == 422
    assert "At the **north** side?" in answer.text
    assert "Nowhere/Land" in answer.text


def test_editing_keeps_every_text(client: Client, cast: Cast, tx: Db) -> None:
    draft = service.Draft(**TERMS, zone="Asia/Shanghai")  # type: ignore[arg-type]
    service.edit(tx, cast.alice, cast.consultation, draft)
    with pytest.raises(Forbidden):
        service.edit(tx, cast.bob, cast.consultation, draft)
    rows = tx.exec(select(TextRevision).where(col(TextRevision.subject) == cast.place))
    assert [row.body.split("\n")[0] for row in rows] == ["A lift for block 7", "A new gate"]


def test_earlier_texts_can_be_read(client: Client, cast: Cast) -> None:
    path = f"/consultations/{cast.consultation}"
    assert client("alice").post(path, data=TERMS | {"title": "A new lift"}).status_code == 303
    text = client(None).get(f"{path}/history").text
    assert "A<ins> new</ins> lift<del> for block 7" in text
    assert "A lift for block 7" in text


def test_the_stage_moves_by_hand(client: Client, cast: Cast) -> None:
    path = f"/consultations/{cast.consultation}/stage"
    assert client("bob").post(path, data={"stage": "deciding"}).status_code == 403
    assert client("alice").post(path, data={"stage": "deciding"}).status_code == 303
    assert stage(cast) is Stage.DECIDING
    back = client("alice").post(path, data={"stage": "proposing"})
    assert back.status_code == 422
    assert "Going back needs a reason" in back.text
    assert stage(cast) is Stage.DECIDING
    typed = {"stage": "proposing", "reason": "Topics were forgotten"}
    assert client("alice").post(path, data=typed).status_code == 303
    assert "Topics were forgotten" in client(None).get(f"/consultations/{cast.consultation}").text
    assert client("alice").post(path, data=typed).status_code == 409
    assert kinds(cast)[-2:] == ["consultations:stage:moved"] * 2


def test_the_list_is_told_of_a_move(client: Client, cast: Cast) -> None:
    with transaction() as tx:
        service.move_stage(tx, cast.alice, cast.consultation, Stage.DECIDING)
    assert "has entered another stage" in client("bob").get("/inbox").text


def test_planned_stages_begin_by_themselves(cast: Cast) -> None:
    now = clock.now()
    dates = {
        Stage.DECIDING: now + timedelta(days=1),
        Stage.PUBLISHING: now + timedelta(days=2),
        Stage.FOLLOWING: None,
    }
    with transaction() as tx:
        service.plan(tx, cast.alice, cast.consultation, dates)
    ticker.run_due()
    assert stage(cast) is Stage.DELIBERATING
    with clock.travel(days=1, seconds=1):
        ticker.run_due()
        assert stage(cast) is Stage.DECIDING
    with clock.travel(days=30):
        ticker.run_due()
        ticker.run_due()
    assert stage(cast) is Stage.PUBLISHING
    moved = [kind for kind in kinds(cast) if kind == "consultations:stage:moved"]
    assert len(moved) == 2


def test_after_downtime_it_goes_straight_to_the_stage_that_holds(cast: Cast) -> None:
    now = clock.now()
    days = {Stage.DECIDING: 1, Stage.PUBLISHING: 2, Stage.FOLLOWING: 90}
    dates = {step: now + timedelta(days=n) for step, n in days.items()}
    with transaction() as tx:
        service.plan(tx, cast.alice, cast.consultation, dates)
    with clock.travel(days=60):
        ticker.run_due()
        assert stage(cast) is Stage.PUBLISHING


def test_a_plan_that_runs_backwards_is_refused(client: Client, cast: Cast) -> None:
    path = f"/consultations/{cast.consultation}/plan"
    typed = {"deciding": "2030-03-05T19:00", "publishing": "2030-03-04T19:00"}
    answer = client("alice").post(path, data=typed)
    assert answer.status_code == 422
    assert "2030-03-04T19:00" in answer.text
    with reading() as db:
        assert not any(pages.plan(db, cast.consultation).values())


def test_the_gate_of_deeds(cast: Cast) -> None:
    with reading() as db:
        seen = {
            name: queries.access(db, None if name == "guest" else cast[name], cast.consultation)
            for name in ("guest", "bob", "charlie", "dana", "alice")
        }
    for name, deed, refusal in [
        ("guest", Deed.ARGUE, SignInNeeded),
        ("charlie", Deed.ARGUE, Forbidden),
        ("charlie", Deed.POLL, Forbidden),
        ("dana", Deed.ARGUE, Forbidden),
        ("bob", Deed.PROPOSE, Conflict),
        ("alice", Deed.PUBLISH, Conflict),
    ]:
        with pytest.raises(refusal):
            queries.require(seen[name], deed)
    queries.require(seen["bob"], Deed.ARGUE)
    queries.require(seen["dana"], Deed.REACT)  # a mute takes the word, not the vote
    queries.require(seen["alice"], Deed.MEET)
    muted = queries.refusal(seen["dana"], Deed.ARGUE)
    assert muted is not None
    assert "Shouting at others" in muted.message


def test_the_briefing(client: Client, cast: Cast) -> None:
    path = f"/consultations/{cast.consultation}/briefing"
    typed = {"title": "Offers", "body": "Two *offers*"}
    assert client("bob").post(path, data=typed).status_code == 403
    assert client("alice").post(path, data=typed).status_code == 303
    assert "<em>offers</em>" in client(None).get(f"/consultations/{cast.consultation}").text
    with reading() as db:
        text = pages.briefing(db, cast.consultation)[0].id
    assert "Two *offers*" in client("alice").get(f"{path}/{text}").text
    assert client("alice").post(f"{path}/{text}", data=typed | {"body": "One"}).status_code == 303
    assert client("alice").post(f"{path}/{text}/remove").status_code == 303
    assert client("alice").post(f"{path}/{text}", data=typed).status_code == 404
    assert kinds(cast)[-3:] == ["consultations:briefing:written"] * 2 + [
        "consultations:briefing:removed"
    ]


def test_the_list_of_participants(client: Client, cast: Cast) -> None:
    path = f"/consultations/{cast.consultation}/participants"
    assert client("bob").get(path).status_code == 403
    unknown = client("alice").post(path, data={"logins": "charlie\nnobody"})
    assert unknown.status_code == 422
    assert "nobody" in unknown.text
    assert client("alice").post(path, data={"logins": "charlie, bob"}).status_code == 303
    with reading() as db:
        assert queries.access(db, cast.charlie, cast.consultation).eligible
    assert "You are invited" in client("charlie").get("/inbox").text
    assert client("alice").post(f"{path}/{cast.charlie.id}/remove").status_code == 303
    assert client("alice").post(f"{path}/{cast.charlie.id}/remove").status_code == 409
    with reading() as db:
        assert not queries.access(db, cast.charlie, cast.consultation).eligible


def test_roles_are_held_in_the_consultation(client: Client, cast: Cast) -> None:
    path = f"/consultations/{cast.consultation}/roles"
    typed = {"role": "secretary", "role_logins": "bob"}
    assert client("bob").post(path, data=typed).status_code == 403
    assert client("alice").post(path, data=typed).status_code == 303
    with reading() as db:
        assert queries.access(db, cast.bob, cast.consultation).secretary
    ends = {"role": "secretary", "member": str(cast.bob.id)}
    assert client("alice").post(f"{path}/end", data=ends).status_code == 303
    more = client("alice").post(path, data={"role": "administrator", "role_logins": "bob"})
    assert more.status_code == 403


def test_nothing_of_it_was_changed_behind_its_back(cast: Cast) -> None:
    with transaction() as tx:
        draft = service.Draft(**TERMS, zone="Asia/Shanghai")  # type: ignore[arg-type]
        service.edit(tx, cast.alice, cast.consultation, draft)
        service.move_stage(tx, cast.alice, cast.consultation, Stage.PROPOSING, "Too early")
    with reading() as db:
        assert verify(db).sound
    with transaction() as tx:
        query = select(TextRevision).where(col(TextRevision.subject) == cast.place)
        tx.exec(query).first().body = "Other"  # type: ignore[union-attr]
    with reading() as db:
        assert "text_changed" in {fault.kind for fault in verify(db).faults}


def test_what_does_not_exist(client: Client, cast: Cast) -> None:
    with reading() as db, pytest.raises(NotFound):
        queries.access(db, cast.admin, 999)
    assert client("admin").get("/consultations/999/edit").status_code == 404
    assert (
        client("alice").post("/consultations/999/stage", data={"stage": "closed"}).status_code
        == 404
    )


def test_the_page_says_what_one_can_do(client: Client, cast: Cast) -> None:
    path = f"/consultations/{cast.consultation}"
    assert "Sign in to take part" in client(None).get(path).text
    assert "Shouting at others" in client("dana").get(path).text
    data = client("bob").get(f"{path}.json").json()
    assert ["give reasons and answer", True, ""] in data["can"]
    assert data["consultation"]["stage"] == "deliberating"
    roles = {role for role, _people in data["people"]}
    assert {"Moderator", "Representative", "Secretary", "Handler"} <= roles
