"""Paper ballots: all alike, for those who lead the vote, while there is one."""

import re

import pytest
from cast import Cast
from conftest import Client
from polling import ELMS, close, make, secret

from voting.methods.method import Option
from voting.polls.models import Secrecy

BALLOT = re.compile(r'<section class="ballot-paper".*?</section>', re.DOTALL)


@pytest.mark.parametrize("size", [1, 2, 4])
def test_nothing_tells_one_ballot_from_another(cast: Cast, client: Client, size: int) -> None:
    poll = secret(cast, opened=False)
    address = f"/polls/{poll}/ballot/print?n={size}"
    page = client("alice").get(address).text
    ballots = [cut.replace(' aria-hidden="true"', "") for cut in BALLOT.findall(page)]
    assert len(ballots) == size
    assert len(set(ballots)) == 1
    # Printed anew, by whomever, it is the same again: no moment, no number of the copy.
    again = BALLOT.findall(client("admin").get(address).text)
    assert again[0] == ballots[0]
    assert "Printed on" not in page
    words = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", ballots[0])
    assert re.findall(r"\d+", words) == re.findall(r"\d+", f"block 7 /polls/{poll}")
    for said in ("Shall we take the glass lift?", "secret vote", "For", "Against", "Abstain"):
        assert said in words


def test_who_may_print_them(cast: Cast, client: Client) -> None:
    poll = make(cast)
    here = f"/polls/{poll}/ballot/print"
    for name, status in (("alice", 200), ("shu", 403), ("bob", 403), (None, 303)):
        assert client(name).get(here).status_code == status
        assert (here in client(name).get(f"/polls/{poll}").text) == (status == 200)
    assert client("alice").get("/polls/999/ballot/print").status_code == 404
    assert client("alice").get(f"{here}?n=3").status_code == 422
    long = make(cast, opened=False, question="Shall the works go on at noon? " * 6)
    assert client("alice").get(f"/polls/{long}/ballot/print?n=4").status_code == 422
    close(cast, poll, publish=True)
    assert client("alice").get(here).status_code == 409


@pytest.mark.parametrize(
    ("method", "said", "boxes"),
    [
        ("consent", "Who blocks writes the reason below.", 3),
        ("approval", "Mark with a cross as many boxes as you like.", 3),
        ("irv", "Write 1 into the box of what you want most", 3),
        ("score", "Mark one box in each line.", 18),
    ],
)
def test_each_form_has_its_ballot(
    cast: Cast, client: Client, method: str, said: str, boxes: int
) -> None:
    options = () if method == "consent" else ELMS
    poll = make(cast, method=method, secrecy=Secrecy.OPEN, options=options)
    page = client("alice").get(f"/polls/{poll}/ballot/print?n=2").text
    first, second = BALLOT.findall(page)
    assert said in first
    assert first.count('class="ballot-box"') == boxes
    assert "Signature" in first  # a named vote
    assert first == second.replace(' aria-hidden="true"', "")
    assert "ballot/print" in client("alice").get(f"/polls/{poll}").text


def test_many_options_take_a_sheet_each(cast: Cast, client: Client) -> None:
    options = tuple(Option(f"o{n}", f"Proposal {n}") for n in range(1, 26))
    poll = secret(cast, method="approval", options=options)
    here = f"/polls/{poll}/ballot/print"
    assert len(BALLOT.findall(client("alice").get(here).text)) == 1
    assert client("alice").get(f"{here}?n=2").status_code == 422
