"""Meetings before they begin, by plain forms: list, new, edit, venues, order of the day, roll."""

from datetime import timedelta

import sitting as hall
from cast import Cast
from conftest import Client

from forum.base import clock
from forum.base.db import transaction
from sessions.meetings import program, queries


def test_a_meeting_is_prepared_and_convened_by_plain_forms(cast: Cast, client: Client) -> None:
    alice = client("alice")
    form = alice.get(f"/consultations/{cast.consultation}/meetings/new")
    assert form.status_code == 200
    starts = (clock.now() + timedelta(days=2)).strftime("%Y-%m-%dT19:00")
    typed = {"title": "Lift, second session", "starts_at": starts, "venue": "Hall", "online": "1"}
    made = alice.post(f"/consultations/{cast.consultation}/meetings", data=typed)
    assert made.status_code == 303
    meeting = int(made.headers["location"].split("/")[2])
    assert made.headers["location"] == f"/meetings/{meeting}/prepare"
    assert alice.post(f"/meetings/{meeting}/items", data={"item": cast.item}).status_code == 303
    venue = {"kind": "sub", "name": "School", "operator": "hui"}
    assert alice.post(f"/meetings/{meeting}/venues", data=venue).status_code == 303
    page = alice.get(f"/meetings/{meeting}/edit").text
    for words in ("Lift, second session", "School", "Which kind of lift?", "Hui the handler"):
        assert words in page
    assert client("bob").get(f"/meetings/{meeting}").status_code == 404
    step = {"act": "convene", "back": "console"}
    done = alice.post(f"/meetings/{meeting}/step", data=step)
    assert done.headers["location"] == f"/meetings/{meeting}/console"
    assert "Lift, second session" in client(None).get("/meetings").text
    assert "Lift, second session" in client(None).get(f"/consultations/{cast.consultation}").text
    assert "Lift, second session" in client(None).get(f"/items/{cast.item}").text


def test_what_was_typed_wrong_is_shown_again(cast: Cast, client: Client) -> None:
    alice = client("alice")
    typed = {"title": "", "starts_at": "soon", "venue": "Hall"}
    answer = alice.post(f"/consultations/{cast.consultation}/meetings", data=typed)
    assert answer.status_code == 422
    assert "Please fill this in." in answer.text
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    unknown = {"kind": "sub", "name": "Pavilion", "operator": "nobody"}
    answer = alice.post(f"/meetings/{sitting.meeting}/venues", data=unknown)
    assert answer.status_code == 422
    assert "Nobody has this login name." in answer.text


def test_only_those_who_lead_prepare_meetings(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    bob = client("bob")
    assert bob.get(f"/meetings/{sitting.meeting}/edit").status_code == 403
    assert bob.get(f"/consultations/{cast.consultation}/meetings/new").status_code == 403
    assert bob.post(f"/meetings/{sitting.meeting}/items", data={"item": 1}).status_code == 403
    assert bob.post("/meetings/999/items", data={"item": 1}).status_code == 404
    guest = client(None).post(f"/meetings/{sitting.meeting}/step", data={"act": "start"})
    assert guest.status_code == 401


def test_items_and_venues_move_by_plain_buttons(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        sitting = hall.convened(tx, cast)
    alice = client("alice")
    here = f"/meetings/{sitting.meeting}"
    assert alice.post(f"{here}/items/{cast.item}/move", data={"by": "-1"}).status_code == 303
    assert alice.post(f"{here}/items/{cast.item}/drop").status_code == 303
    assert alice.post(f"{here}/items/{cast.item}/drop").status_code == 409
    assert alice.post(f"{here}/venues/{sitting.hall}/drop").status_code == 303
    roll = {"member": cast.bob.id, "back": "edit"}
    assert alice.post(f"{here}/roll", data=roll).headers["location"] == f"{here}/edit"
    with transaction() as tx:
        assert program.slots(tx, sitting.meeting) == []
        assert len(queries.venues(tx, sitting.meeting)) == 2
    later = (clock.now() + timedelta(days=9)).strftime("%Y-%m-%dT19:00")
    terms = {"title": "Another title", "starts_at": later, "quorum": ">=2/3"}
    assert alice.post(here, data=terms).status_code == 303
    shown = alice.get(f"{here}/edit?q=bob").text
    assert "Another title" in shown
    assert "not on the roll" in shown


def test_past_meetings_have_a_list_of_their_own(cast: Cast, client: Client) -> None:
    with transaction() as tx:
        sitting = hall.started(tx, cast)
    alice = client("alice")
    alice.post(f"/meetings/{sitting.meeting}/step", data={"act": "adjourn"})
    assert "Second session on the lift" not in client(None).get("/meetings").text
    assert "Second session on the lift" in client(None).get("/meetings?past=1").text
    assert client(None).get("/meetings.json?past=1").json()["meetings"][0]["id"] == sitting.meeting
