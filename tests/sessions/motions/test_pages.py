"""The pages of motions: one's own part, the chair's buttons, the life of a motion, the minutes."""

import pytest
from cast import Cast
from conftest import Client
from moving import BY_FLOOR, GLASS, TEXT, moved_upon, moving, open_debate

from forum.base.db import reading, transaction
from sessions.meetings import service as meetings
from sessions.meetings.rules import Act
from sessions.minutes import queries as minutes
from sessions.minutes.sheet import sheet
from sessions.motions import queries, service


def test_one_moves_seconds_and_objects_on_the_meetings_page(client: Client, cast: Cast) -> None:
    debate = open_debate(cast)
    here = f"/meetings/{debate.meeting}"
    bob, rong, alice = client("bob"), client("rong"), client("alice")
    assert "Move a motion" in bob.get(here).text
    assert client(None).post(f"{here}/motions", data={"text": TEXT}).status_code == 401
    assert client("charlie").post(f"{here}/motions", data={"text": TEXT}).status_code == 403
    assert bob.post(f"{here}/motions", data={"text": ""}).status_code == 422
    assert bob.post(f"{here}/motions", data={"text": TEXT}).status_code == 303
    assert "Second Motion 1" in rong.get(here).text
    assert "Second Motion 1" not in bob.get(here).text
    assert rong.post("/motions/1/second").status_code == 303
    assert rong.post("/motions/1/amend", data={"text": TEXT}).status_code == 422
    assert rong.post("/motions/1/amend", data={"text": GLASS}).status_code == 303
    assert bob.post("/motions/2/second").status_code == 303
    assert "<ins> glass</ins>" in client(None).get(here).text
    console = alice.get(f"{here}/console").text
    assert "Put Amendment 2 to the vote" in console
    assert "Ask whether anybody objects" in console
    assert alice.post("/motions/2/seek-consensus", data={"back": "console"}).status_code == 303
    assert "I object" in bob.get(here).text
    assert bob.post("/motions/2/object").status_code == 303
    assert bob.post("/motions/2/seek-consensus").status_code == 403
    put = alice.post("/motions/2/put", data={"now": "1", "channel": "online", "back": "console"})
    assert put.headers["location"] == f"{here}/console"
    with reading() as db:
        assert queries.of_ids(db, [2])[0].poll_id == 1


@pytest.mark.parametrize("path", ["/motions/999", "/meetings/999/motions"])
def test_what_is_not_there_is_not_found(client: Client, cast: Cast, path: str) -> None:
    assert client("bob").get(path).status_code == 404


def test_a_motion_shows_its_life_and_every_wording(client: Client, cast: Cast) -> None:
    debate = open_debate(cast)
    with transaction() as tx:
        main = moved_upon(tx, debate)
        old = next(row.id for row in queries.of_item(tx, cast.item) if row.number == 4)
    page = client("bob").get(f"/motions/{main}").text
    assert page.count("<ins> glass</ins>") >= 2
    assert "Bob moved it." in page
    assert "Rong the representative seconded it." in page
    assert f'href="/motions/{old}"' in page
    assert "Amend Motion 1" in page
    assert f'href="/motions/{main}"' in client(None).get(f"/items/{cast.item}").text
    listed = client("clerk").get(f"/meetings/{debate.meeting}/motions?q=bob").text
    assert "Who seconds Amendment 4" in listed
    assert "Who moves it" not in client("hui").get(f"/meetings/{debate.meeting}/motions?q=bob").text


def test_a_station_sees_what_was_referred_to_it(client: Client, cast: Cast) -> None:
    debate = open_debate(cast)
    with transaction() as tx:
        main = debate.moved(tx)
        service.refer(tx, cast.alice, main, place=f"station:{cast.station}", words="Look at it.")
    assert f'href="/motions/{main}"' in client(None).get(f"/stations/{cast.station}").text


def test_the_minutes_tell_what_became_of_each_motion(cast: Cast) -> None:
    debate = open_debate(cast)
    with transaction() as tx:
        main = debate.moved(tx)
        near = debate.amended(tx, main, GLASS)
        far = debate.amended(tx, main, BY_FLOOR)
        service.order(tx, cast.alice, near, "It excludes the other.")
        debate.voted(tx, near)
        service.withdraw(tx, cast.alice, far)
        service.seek_consensus(tx, cast.alice, main)
        service.object(tx, cast.rong, main)
        service.postpone(tx, cast.alice, main, words="Without the offers nobody can say.")
        meetings.close_item(tx, cast.alice, debate.meeting)
        meetings.step(tx, cast.alice, debate.meeting, Act.ADJOURN)
    with reading() as db:
        (row,) = minutes.versions(db, debate.meeting)
        record = minutes.record(db, row)
        names = minutes.names(db, row, record)
        lines = [line for part in sheet(record, names).parts for line in part.lines]
    told = [(line.words, line.quote) for line in lines if line.kind in ("motion", "motion_step")]
    seconded = "seconded by Bob."
    assert told == [
        ("Bob moved, seconded by Rong the representative: Motion 1.", TEXT),
        (f"Rong the representative moved Amendment 2 to Motion 1, {seconded}", GLASS),
        (f"Rong the representative moved Amendment 3 to Motion 1, {seconded}", BY_FLOOR),
        ("Alice the chair put Amendment 2 before the others:", "It excludes the other."),
        ("Carried: Amendment 2.", ""),
        ("Motion 1 now reads:", GLASS),
        (
            "Amendment 3 of Rong the representative was withdrawn with the consent of the chair.",
            "",
        ),
        ("Rong the representative objected to carrying it without a vote: Motion 1.", ""),
        ("Left for a later meeting: Motion 1.", "Without the offers nobody can say."),
    ]


def test_the_occasion_happens(cast: Cast) -> None:
    assert moving(cast)["bob"]
