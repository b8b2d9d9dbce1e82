"""Votes among options: set up, cast in every form, counted, drawn by lot, published."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from optioning import AMONG, OPTIONS, options, result
from polling import VOTERS, close, make, secret, vote
from sqlalchemy import select, update
from sqlmodel import col
from starlette.testclient import TestClient

from forum.base import db
from forum.base.commands.verify import check_file
from forum.base.errors import Conflict, Invalid
from forum.base.events import EventRow
from forum.base.verify import verify
from voting.methods.method import Form, methods
from voting.polls import queries, service
from voting.polls.models import Poll, Secrecy
from voting.polls.rules import Outcome

Client = Callable[[str | None], TestClient]

MARKS_TYPED = {
    Form.CHOICE: "o2",
    Form.RANKS: "o2>o3",
    Form.PICKS: "o2",
    Form.GRADES: "o1:0,o2:3,o3:1",
}
# Resistance is given to what one does not want; a question is answered for (1) or against (2).
OWN_MARKS = {"consensing": "o1:5,o2:0,o3:3", "questions": "o1:2,o2:1,o3:2"}
MARKS = {Form.CHOICE: "o2", Form.RANKS: "o2>o1", Form.PICKS: "o2", Form.GRADES: "o1:0,o2:3,o3:1"}


@pytest.mark.parametrize("way", AMONG)
@pytest.mark.parametrize("kind", [Secrecy.OPEN, Secrecy.SECRET])
def test_every_method_decides_a_vote(
    cast: Cast, client: Client, tmp_path: Path, way: str, kind: Secrecy
) -> None:
    poll = make(cast, method=way, options=options(way), secrecy=kind)
    mark = OWN_MARKS.get(way, MARKS[methods()[way].form])
    for name in VOTERS:
        vote(cast[name], poll, mark)
    close(cast, poll, publish=True)
    found = result(cast, poll)
    assert found["outcome"] == Outcome.CHOSEN
    assert found["winners"][0] == "o2"
    page = client("bob").get(f"/polls/{poll}").text
    assert "Plane trees" in page
    assert "Chosen" in page
    assert "<b>Plum</b>" not in page
    document = tmp_path / "ballots.json"
    document.write_text(client(None).get(f"/polls/{poll}/ballots.json").text)
    assert check_file(document, None).sound
    with db.reading() as tx:
        assert verify(tx).faults == []


@pytest.mark.parametrize("way", AMONG)
def test_its_ballot_is_a_plain_form(cast: Cast, client: Client, way: str) -> None:
    poll = make(cast, method=way, options=options(way))
    bob = client("bob")
    page = bob.get(f"/polls/{poll}").text
    typed: dict[Form, dict[str, Any]] = {
        Form.CHOICE: {"choice": "o2"},
        Form.RANKS: {"marks": "ranks", "rank_o2": "1", "rank_o3": "2", "rank_o1": ""},
        Form.PICKS: {"marks": "picks", "pick": ["o2"]},
        Form.GRADES: {"marks": "grades", "grade_o1": "0", "grade_o2": "3", "grade_o3": "1"},
    }
    fields = typed[methods()[way].form]
    said = MARKS_TYPED[methods()[way].form]
    if way == "questions":
        fields |= {"grade_o1": "2", "grade_o2": "1", "grade_o3": ""}
        said = "o1:2,o2:1"
        assert "Abstain" in page  # a question is not graded
        assert "No grade" not in page
    for name in fields:
        assert f'name="{name}"' in page
    answer = bob.post(f"/polls/{poll}/ballot", data=fields)
    assert answer.status_code == 303, answer.text
    assert "Plane trees" in bob.get(f"/polls/{poll}").text
    assert bob.get(f"/polls/{poll}.json").json()["own"]["vote"] == said


def test_nothing_marked_is_asked_about_before_it_is_blank(cast: Cast, client: Client) -> None:
    poll = make(cast, method="irv", options=OPTIONS)
    bob = client("bob")
    empty = {"marks": "ranks", "rank_o1": "", "rank_o2": ""}
    answer = bob.post(f"/polls/{poll}/ballot", data=empty)
    assert answer.status_code == 422
    assert "Nothing is marked" in answer.text
    assert bob.post(f"/polls/{poll}/ballot", data=empty | {"blank": "1"}).status_code == 303
    vote(cast.dana, poll, "o1")
    close(cast, poll)
    figures = result(cast, poll)["figures"]
    assert (figures["valid"], figures["blank"], figures["cast"]) == (1, 1, 2)


@pytest.mark.parametrize(
    "wrong",
    [
        {"marks": "ranks", "rank_o1": "1", "rank_o2": "1"},
        {"marks": "ranks", "rank_o99": "1"},
        {"marks": "ranks", "rank_o1": "first"},
        {"marks": "ranks", "rank_o1": "-1"},
        {"marks": "no such form", "rank_o1": "1"},
        {"choice": "o1>o1"},
        {"choice": "o9"},
        {"choice": "x" * 20_001},
        {"marks": "picks", "pick": ["<script>"]},
    ],
)
def test_a_wrong_ballot_is_refused_and_nothing_is_cast(
    cast: Cast, client: Client, wrong: dict[str, Any]
) -> None:
    poll = make(cast, method="irv", options=OPTIONS)
    assert client("bob").post(f"/polls/{poll}/ballot", data=wrong).status_code == 422
    close(cast, poll)
    assert result(cast, poll)["figures"]["cast"] == 0


def test_a_named_order_can_be_changed_and_is_shown_again(cast: Cast, client: Client) -> None:
    poll = make(cast, method="irv", options=OPTIONS)
    vote(cast.bob, poll, "o1>o2")
    bob = client("bob")
    assert re.search(
        r'name="rank_o2".*?value="2" selected', bob.get(f"/polls/{poll}").text, re.DOTALL
    )
    vote(cast.bob, poll, "o3>o2")
    close(cast, poll, publish=True)
    assert result(cast, poll)["winners"] == ["o3"]
    page = bob.get(f"/polls/{poll}").text
    assert "1. &lt;b&gt;Plum&lt;/b&gt;, 2. Plane trees" in page


def test_even_options_wait_for_a_lot_that_anyone_can_draw_again(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    poll = secret(cast, method="plurality", options=OPTIONS)
    marks = ["o1", "o2", "o1", "o2", "o3"]
    for name, mark in zip(VOTERS, marks, strict=False):
        vote(cast[name], poll, mark)
    close(cast, poll)
    found = result(cast, poll)
    assert (found["outcome"], found["winners"], found["ties"]) == ("tied", [], ["o1", "o2"])
    alice = client("alice")
    assert "Write down what was drawn" in alice.get(f"/polls/{poll}").text
    with db.transaction() as tx:
        with pytest.raises(Conflict, match="lot"):
            service.publish(tx, cast.alice, poll)
        with pytest.raises(Conflict, match="lot"):
            service.break_tie(tx, cast.alice, poll, "yes")
        with pytest.raises(Invalid):
            service.draw_lot(tx, cast.alice, poll, " ")
    assert client("bob").post(f"/polls/{poll}/lot", data={"seed": "3 5"}).status_code == 403
    shu = client("shu")
    assert shu.post(f"/polls/{poll}/lot", data={"seed": "3 5"}).status_code == 403
    assert alice.post(f"/polls/{poll}/lot", data={"seed": "3 5"}).status_code == 303
    assert alice.post(f"/polls/{poll}/lot", data={"seed": "骰子 3 5 1"}).status_code == 303
    assert result(cast, poll)["winners"] == []
    assert "only equal numbers are taken" in shu.get(f"/polls/{poll}").text
    assert client("bob").get(f"/polls/{poll}.json").json()["lot"] == ""
    assert shu.post(f"/polls/{poll}/lot", data={"seed": "1 5 3"}).status_code == 409
    assert shu.post(f"/polls/{poll}/lot", data={"seed": "3, 5, 1"}).status_code == 303
    assert alice.post(f"/polls/{poll}/lot", data={"seed": "7"}).status_code == 409
    assert alice.post(f"/polls/{poll}/publish", data={}).status_code == 303
    page = client(None).get(f"/polls/{poll}").text
    assert page.count("3 5 1")
    assert "the lot drawn after the count chose" in page
    document = tmp_path / "ballots.json"
    document.write_text(client(None).get(f"/polls/{poll}/ballots.json").text)
    assert check_file(document, None).sound
    drawn = result(cast, poll)["winners"]
    assert len(drawn) == 1
    assert drawn[0] in ("o1", "o2")
    with db.reading() as tx:
        rows = tx.execute(
            select(col(EventRow.payload)).where(col(EventRow.kind) == "polls:lot:drawn")
        )
        assert [json.loads(payload)["seed"] for payload in rows.scalars()] == ["3 5 1"]
        assert verify(tx).faults == []
    with db.transaction() as tx:
        tx.execute(update(Poll).where(col(Poll.id) == poll).values(lot="another"))
    with db.reading() as tx:
        assert "lot" in verify(tx).faults[0].words


def test_a_seed_that_was_announced_before_draws_by_itself(cast: Cast) -> None:
    poll = make(cast, method="plurality", options=OPTIONS, lot="07 21 33")
    vote(cast.bob, poll, "o1")
    vote(cast.dana, poll, "o2")
    close(cast, poll, publish=True)
    found = result(cast, poll)
    assert found["outcome"] == "chosen"
    assert found["winners"][0] in ("o1", "o2")


def test_there_is_no_lot_where_the_chair_has_the_casting_vote(cast: Cast) -> None:
    poll = make(cast, rule={"tie": "chair"})
    vote(cast.bob, poll, "yes")
    vote(cast.dana, poll, "no")
    close(cast, poll)
    with db.transaction() as tx, pytest.raises(Conflict, match="chair"):
        service.draw_lot(tx, cast.alice, poll, "3 5")


@pytest.mark.parametrize("way", AMONG)
def test_it_is_set_up_by_a_form(cast: Cast, client: Client, way: str) -> None:
    alice = client("alice")
    assert f"method={way}" in alice.get(f"/items/{cast.item}/polls/new").text
    page = alice.get(f"/items/{cast.item}/polls/new?method={way}").text
    assert 'name="options"' in page
    lines = "Benches | 45.50\nA lamp | 30" if methods()[way].costs else "Benches\n A lamp \n\n"
    asked = {"question": "What first?", "method": way, "secrecy": "open", "options": lines}
    answer = alice.post(f"/items/{cast.item}/polls", data=asked)
    assert answer.status_code == 303, answer.text
    poll = int(answer.headers["location"].split("/")[2].split("#")[0])
    with db.reading() as tx:
        rule = queries.poll_access(tx, cast.alice, poll).poll.rule
    assert [one["name"] for one in rule["options"]] == ["Benches", "A lamp"]
    for wrong in ("", "Only one", "Twice\ntwice"):
        answer = alice.post(f"/items/{cast.item}/polls", data=asked | {"options": wrong})
        assert answer.status_code == 422
        assert 'name="options"' in answer.text
