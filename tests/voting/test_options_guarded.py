"""Votes among options: what small secret ones tell, what is refused and why, seeds, recounts."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cast import Cast
from optioning import AMONG, OPTIONS, options, result
from polling import VOTERS, close, make, secret, vote
from starlette.testclient import TestClient

from forum.base import db
from forum.base.commands.verify import check_file
from forum.base.verify import verify
from voting.polls import service
from voting.polls.models import Poll
from voting.polls.rules import Outcome

Client = Callable[[str | None], TestClient]


def test_of_few_secret_ballots_none_is_told(cast: Cast, client: Client) -> None:
    poll = secret(cast, method="irv", options=OPTIONS)
    for name, mark in zip(VOTERS, ["o1>o2>o3", "o2>o3>o1", "o2>o1"], strict=False):
        vote(cast[name], poll, mark)
    close(cast, poll, publish=True)
    guest = client(None)
    public = guest.get(f"/polls/{poll}").text + guest.get(f"/polls/{poll}.json").text
    public += guest.get(f"/polls/{poll}/ballots.json").text
    assert ">o" not in public.replace("&gt;", ">")
    assert len(result(cast, poll)["rounds"]) == 1
    with db.reading() as tx:
        assert verify(tx).faults == []


def test_a_vote_in_which_nobody_voted_has_a_page(cast: Cast, client: Client) -> None:
    for way in AMONG:
        poll = make(cast, method=way, options=options(way))
        close(cast, poll, publish=True)
        assert result(cast, poll)["outcome"] == Outcome.NONE
        assert client(None).get(f"/polls/{poll}").status_code == 200


def test_a_refused_ballot_says_why_and_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    bob = client("bob")
    poll = make(cast, method="irv", options=OPTIONS)
    same = {"marks": "ranks", "rank_o1": "1", "rank_o2": "1"}
    page = bob.post(f"/polls/{poll}/ballot", data=same).text
    assert "Two options have the same place" in page
    assert re.search(r'name="rank_o2".*?value="1" selected', page, re.DOTALL)
    both = {"marks": "ranks", "rank_o1": "1", "blank": "1"}
    answer = bob.post(f"/polls/{poll}/ballot", data=both)
    assert answer.status_code == 422
    assert "blank is ticked as well" in answer.text
    poll = make(cast, method="dots", options=OPTIONS)
    over = {"marks": "grades", "grade_o1": "4", "grade_o2": "4"}
    answer = bob.post(f"/polls/{poll}/ballot", data=over)
    assert answer.status_code == 422
    assert "banner-bad" in answer.text
    assert "Please check the marked fields" not in answer.text


@pytest.mark.parametrize("typed", ["3 5 1", "3,5,1", "dice: 3-5-1", "０3、5、1", "003 5 1"])
def test_dice_are_one_seed_however_they_are_typed(cast: Cast, typed: str) -> None:
    poll = make(cast, method="plurality", options=OPTIONS)
    vote(cast.bob, poll, "o1")
    vote(cast.dana, poll, "o2")
    close(cast, poll)
    with db.transaction() as tx:
        service.draw_lot(tx, cast.alice, poll, "3 5 1")
        assert service.draw_lot(tx, cast.shu, poll, typed)
        assert tx.get_one(Poll, poll).lot == "3 5 1"


def test_a_published_result_that_the_ballots_do_not_lead_to(
    cast: Cast, client: Client, tmp_path: Path
) -> None:
    poll = make(cast, method="irv", options=OPTIONS)
    vote(cast.bob, poll, "o1>o2")
    close(cast, poll, publish=True)
    document = client(None).get(f"/polls/{poll}/ballots.json").json()
    document["result"]["winners"] = ["o2"]
    file = tmp_path / "ballots.json"
    file.write_text(json.dumps(document))
    assert "published result" in check_file(file, None).faults[0].words


@pytest.mark.parametrize(
    ("way", "lines"),
    [
        ("irv", [f"Option {n}" for n in range(31)]),
        ("approval", [f"Option {n}" for n in range(201)]),
        ("irv", ["A", "B" * 201]),
        ("irv", ["A", "\u200bA"]),
    ],
)
def test_options_that_nobody_could_compare(
    cast: Cast, client: Client, way: str, lines: list[str]
) -> None:
    asked = {"question": "What?", "method": way, "secrecy": "open", "options": "\n".join(lines)}
    answer = client("alice").post(f"/items/{cast.item}/polls", data=asked)
    assert answer.status_code == 422
    assert "field-wrong" in answer.text
