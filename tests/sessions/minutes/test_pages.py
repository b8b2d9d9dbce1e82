"""The document as people read it: live while the meeting runs, circulated, approved."""

import minuting
import sitting as hall
from cast import Cast
from conftest import Client

from forum.base import pages
from forum.base.db import reading, transaction
from sessions.minutes import queries, service
from sessions.minutes.models import Change
from sessions.minutes.routes.minutes import live_document


def test_the_live_draft(cast: Cast, client: Client) -> None:
    found = hall.debating(cast)
    guest, bob = client(None), client("bob")
    assert guest.get(f"/meetings/{found.meeting}/minutes").status_code == 404
    led = bob.get(f"/meetings/{found.meeting}/minutes")
    assert led.status_code == 303
    page = bob.get(led.headers["location"]).text
    assert "opened the meeting: 5 of 7 were present" in page
    assert "1. Which kind of lift?" in page
    assert 'data-live-view="minutes"' in page
    with reading() as db:
        data = live_document(db, found.meeting)
    assert "Which kind of lift?" in pages.render_block(
        "minutes/minutes.html", "document", "en", data
    )


def test_the_approved_document_is_for_everybody(cast: Cast, client: Client) -> None:
    sat = minuting.approved(cast)
    page = client(None).get(f"/minutes/{sat.minutes}")
    assert page.status_code == 200
    for words in (
        "Second session on the lift",
        "Community hall",
        "Bob spoke for it (1 min 30 s).",
        "Rong the representative raised a point of order. Alice the chair upheld it.",
        "He speaks of the garden.",
        "Please stay on the lift.",
        "Vote: Take offer B? – Carried",
        "Decided: Block 7 gets a lift",
        "Offer <strong>B</strong> is taken.",
        "SHA-256",
        "<svg",
    ):
        assert words in page.text
    data = client(None).get(f"/minutes/{sat.minutes}.json").json()
    assert data["sheet"]["entitled"] == 7
    assert "/edit" not in page.text


def test_corrections_by_form_and_what_was_changed(cast: Cast, client: Client) -> None:
    sat = minuting.adjourned(cast)
    shu = client("shu")
    edit = shu.get(f"/minutes/{sat.minutes}/edit")
    assert edit.status_code == 200
    assert client("bob").get(f"/minutes/{sat.minutes}/edit").status_code == 403
    with reading() as db:
        row = queries.minutes_access(db, cast.shu, sat.minutes).minutes
        entry = next(iter(queries.record(db, row).entries()))
    address = f"/minutes/{sat.minutes}/entries/{entry}"
    wrong = shu.post(address, data={"change": "replace", "words": ""})
    assert wrong.status_code == 422
    done = shu.post(address, data={"change": "replace", "words": "It began late."})
    assert done.status_code == 303
    assert "It began late." in client("bob").get(f"/minutes/{sat.minutes}").text
    changes = client("bob").get(f"/minutes/{sat.minutes}/changes").text
    assert "It began late." in changes
    assert "opened the meeting" in changes  # the machine's words stay visible


def test_requests_by_form(cast: Cast, client: Client) -> None:
    sat = minuting.circulated(cast)
    bob, shu = client("bob"), client("shu")
    assert "Ask for a correction" in bob.get(f"/minutes/{sat.minutes}").text
    bob.post(f"/minutes/{sat.minutes}/requests", data={"body": "I spoke longer."})
    assert "A correction is asked for" in shu.get("/inbox").text
    assert "I spoke longer." in shu.get(f"/minutes/{sat.minutes}/edit").text
    shu.post(
        f"/minutes/{sat.minutes}/requests/1/answer",
        data={"taken": "no", "body": "The clock says no."},
    )
    assert "The clock says no." in bob.get(f"/minutes/{sat.minutes}").text
    assert "has an answer" in bob.get("/inbox").text


def test_the_panels_lead_to_them(cast: Cast, client: Client) -> None:
    sat = minuting.approved(cast)
    guest = client(None)
    assert f"/minutes/{sat.minutes}" in guest.get(f"/meetings/{sat.meeting}").text
    assert f"/decisions/{sat.decision}" in guest.get(f"/items/{sat.item}").text


def test_two_versions_side_by_side(cast: Cast, client: Client) -> None:
    sat = minuting.approved(cast)
    with transaction() as tx:
        made = service.amend(tx, cast.shu, sat.minutes, reason="A name was wrong.")
        row = queries.minutes_access(tx, cast.shu, made).minutes
        entry = next(iter(queries.record(tx, row).entries()))
        service.correct(tx, cast.shu, made, entry=entry, change=Change.REPLACE, words="Other.")
    page = client("bob").get(f"/minutes/{made}/changes").text
    assert "Against version 1" in page
    assert client(None).get(f"/minutes/{made}").status_code == 404
