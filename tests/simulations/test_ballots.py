"""Ballots at a server that is killed: none is lost, none counts twice; what is wrong is found."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from cast import Cast
from house.tree import ROOT
from polling import secret, vote

from forum.base import db
from simulations import ballot_checks, ballots
from simulations.electorate import Electorate, Voter
from voting.polls import service
from voting.polls.models import Poll


def held(words: str) -> dict[str, int]:
    command = [sys.executable, "run.py", "simulate", "ballots", *words.split(), "--json"]
    ended = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert ended.returncode in (0, 1), ended.stderr
    result = json.loads(ended.stdout)
    assert (result["faults"], ended.returncode) == ([], 0), result
    counts: dict[str, int] = result["counts"]
    return counts


def test_a_killed_server_loses_no_ballot() -> None:
    counts = held("--people 200 --kills 2 --seed 5 --method irv")
    names = ("in the box", "took part", "acknowledged", "killed in the burst")
    assert [counts[name] for name in names] == [200, 200, 200, 2]
    assert counts["sent twice"] > 0
    assert counts["second votes refused"] > 0


def test_the_same_on_postgresql(postgres: str) -> None:
    counts = held(f"--people 60 --kills 1 --seed 6 --database {postgres}")
    assert (counts["in the box"], counts["killed in the burst"]) == (60, 1)


@pytest.mark.parametrize("words", ["--people 5", "--kills 99", "--method dual_majority"])
def test_wrong_words_are_refused(words: str) -> None:
    with pytest.raises(SystemExit) as ended:
        ballots.main(words.split())
    assert ended.value.code == 2


def test_what_is_wrong_is_found(cast: Cast, data: Path) -> None:
    poll = secret(cast)
    receipt = vote(cast.bob, poll, nonce="ab" * 16)
    with db.transaction() as tx:
        service.close(tx, cast.alice, poll)
        row = tx.get_one(Poll, poll)
        method, rule = f"{row.method}/{row.version}", dict(row.rule)
    bob = Voter(cast.bob.id, "", "yes", "ab" * 16)
    dana = Voter(cast.dana.id, "", "no", "cd" * 16)
    mine = receipt._asdict()
    place = Electorate(poll, "majority", method, rule, "", [bob, dana])
    found, _counts = ballot_checks.faults(data, place, {bob.id: mine, dana.id: mine}, b"")
    for words in (
        "1 ballots are not in the box",
        "1 took part, 2 voted",
        f"the receipt of {dana.id} is over another ballot",
        "1 votes were counted of 2",
        "no has 0 votes, 1 were cast",
        "the published file cannot be checked",
    ):
        assert words in found, found
