"""The pages of votes: forms without JavaScript, receipts, the moderators' controls, and JSON."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from cast import Cast
from polling import VOTERS, close, make, people, secret, vote
from starlette.testclient import TestClient

from forum.base import db
from forum.base.commands.verify import check_file
from forum.consultations import service as consultations
from forum.consultations.models import Eligibility, Visibility
from voting.boxes.models import Channel
from voting.polls import queries

Client = Callable[[str | None], TestClient]


def nonce_of(html: str) -> str:
    found = re.search(r'name="nonce" value="([0-9a-f]{32})"', html)
    assert found
    return found[1]


def test_a_resident_votes_by_a_plain_form_and_checks_the_ballot(client: Client, cast: Cast) -> None:
    poll = secret(cast)
    bob = client("bob")
    page = bob.get(f"/polls/{poll}").text
    assert "whoever operates the server could" in page
    nonce = nonce_of(page)
    answer = bob.post(f"/polls/{poll}/ballot", data={"choice": "yes", "nonce": nonce})
    assert answer.status_code == 200
    assert nonce in answer.text
    assert answer.headers["cache-control"] == "private, no-store"
    commit = re.search(r">([0-9a-f]{64})<", answer.text)
    assert commit
    page = bob.get(f"/polls/{poll}").text
    assert "You have voted" in page
    assert "nonce" not in page
    for name in ("alice", "dana", "rong", "hui"):
        vote(cast[name], poll)
    close(cast, poll, publish=True)
    for code in (nonce, commit[1]):
        found = bob.post(f"/polls/{poll}/check", data={"code": code}).text
        assert "counted, unchanged" in found
        assert commit[1] in found
    assert "No counted ballot" in bob.post(f"/polls/{poll}/check", data={"code": "a" * 32}).text


def test_a_form_without_an_answer_is_shown_again(client: Client, cast: Cast) -> None:
    poll = secret(cast)
    answer = client("bob").post(f"/polls/{poll}/ballot", data={"nonce": "a" * 32})
    assert answer.status_code == 422
    assert 'name="choice"' in answer.text


@pytest.mark.parametrize(
    ("who", "status"), [(None, 401), ("charlie", 403), ("bob", 200), ("admin", 403)]
)
def test_who_may_cast(client: Client, cast: Cast, who: str | None, status: int) -> None:
    poll = make(cast)
    body = {"choice": "yes"}
    answer = client(who).post(f"/polls/{poll}/ballot", json=body)
    assert answer.status_code == status


def test_what_is_invisible_is_not_found(client: Client, cast: Cast) -> None:
    poll = make(cast)
    with db.transaction() as tx:
        found = queries.poll_access(tx, cast.alice, poll).access.consultation
        terms = consultations.Draft(
            title=found.title,
            summary=found.summary,
            purpose="",
            visibility=Visibility.INVITED,
            eligibility=Eligibility.LISTED,
            zone=found.zone,
        )
        consultations.edit(tx, cast.alice, cast.consultation, terms)
    charlie = client("charlie")
    assert charlie.get(f"/polls/{poll}").status_code == 404
    assert charlie.post(f"/polls/{poll}/ballot", json={"choice": "yes"}).status_code == 404
    assert client("bob").post(f"/polls/{poll}/ballot", json={"choice": "yes"}).status_code == 200


def test_conflicts(client: Client, cast: Cast) -> None:
    poll = secret(cast)
    bob = client("bob")
    body = {"choice": "yes", "nonce": "ab" * 16}
    first = bob.post(f"/polls/{poll}/ballot", json=body).json()
    assert bob.post(f"/polls/{poll}/ballot", json=body).json() == first | {"again": True}
    other = bob.post(f"/polls/{poll}/ballot", json=body | {"choice": "no"})
    assert (other.status_code, other.json()["error"]) == (409, "conflict")
    close(cast, poll)
    late = client("dana").post(f"/polls/{poll}/ballot", json=body | {"nonce": "cd" * 16})
    assert late.status_code == 409


def test_the_answer_is_hidden_from_the_data_until_it_is_public(client: Client, cast: Cast) -> None:
    poll = make(cast)
    vote(cast.bob, poll)
    for who in ("alice", "admin", None):
        page = client(who).get(f"/polls/{poll}.json").json()
        assert (page["result"], page["poll"]["result"], page["votes"]) == (None, None, [])
    assert client("alice").get(f"/polls/{poll}/ballots.json").status_code == 404
    close(cast, poll)
    assert client(None).get(f"/polls/{poll}.json").json()["result"] is None
    assert client("alice").get(f"/polls/{poll}.json").json()["result"]["outcome"] == "carried"
    assert client("alice").post(f"/polls/{poll}/publish").status_code == 303
    page = client(None).get(f"/polls/{poll}.json").json()
    assert page["result"]["parts"][0] == ["For", 1, "for"]
    assert page["votes"] == [["Bob", "For", 1]]


def test_the_published_ballots_check_out_on_their_own(
    client: Client, cast: Cast, tmp_path: Path
) -> None:
    poll = secret(cast)
    for name in VOTERS:
        vote(cast[name], poll, "no" if name == "bob" else "yes")
    close(cast, poll, publish=True)
    found = client(None).get(f"/polls/{poll}/ballots.json").json()
    assert len(found["ballots"]) == 7
    file = tmp_path / "ballots.json"
    file.write_text(json.dumps(found))
    assert check_file(file, None).sound
    first = found["ballots"][0]
    other = "yes" if '"no"' in first["canonical"] else "no"
    altered = first | {
        "canonical": re.sub('"vote":"[a-z]+"', f'"vote":"{other}"', first["canonical"])
    }
    for changed in (
        found | {"ballots": found["ballots"][1:]},
        found | {"ballots": [altered, *found["ballots"][1:]]},
        found | {"record": found["record"].replace('"yes":6', '"yes":5')},
    ):
        assert changed != found
        file.write_text(json.dumps(changed))
        assert not check_file(file, None).sound


def test_of_few_secret_ballots_single_ones_are_not_shown(client: Client, cast: Cast) -> None:
    poll = secret(cast)
    for name in VOTERS[:4]:
        vote(cast[name], poll)
    close(cast, poll, publish=True)
    found = client(None).get(f"/polls/{poll}/ballots.json").json()
    assert (found["suppressed"], found["ballots"]) == (True, [])
    assert "Fewer than five" in client(None).get(f"/polls/{poll}/ballots").text


def test_a_moderator_makes_opens_and_closes_a_vote(client: Client, cast: Cast) -> None:
    alice = client("alice")
    assert "Put to the vote" in alice.get(f"/items/{cast.item}").text
    assert client("bob").get(f"/items/{cast.item}/polls/new").status_code == 403
    assert "consent_blocks" in alice.get(f"/items/{cast.item}/polls/new").text
    form = {
        "question": "Shall we take the glass lift?",
        "secrecy": "secret",
        "method": "majority",
        "majority_threshold": ">=2/3",
        "quorum": "cast >=2/3",
    }
    wrong = alice.post(f"/items/{cast.item}/polls", data=form | {"majority_base": "nonsense"})
    assert wrong.status_code == 422
    assert "Choose what is offered" in wrong.text
    made = alice.post(f"/items/{cast.item}/polls", data=form)
    assert made.status_code == 303
    url = made.headers["location"]
    page = alice.get(url).text
    assert "at least two thirds" in page
    assert "must take part" in page
    for verb in ("open", "close", "publish"):
        assert client("bob").post(f"{url}/{verb}").status_code == 403
        assert alice.post(f"{url}/{verb}").status_code == 303
    page = client(None).get(url).text
    assert "quorum not reached" in page
    assert "Not valid" in client(None).get(f"/items/{cast.item}").text


def test_tellers_enter_and_confirm(client: Client, cast: Cast) -> None:
    hall = people(cast, "bob", "dana", "rong", channel=Channel.HANDS, venue="venue:1")
    poll = make(cast, roll=[*hall, *people(cast, "hui")], present=4)
    assert "cast in the hall" in client("bob").get(f"/polls/{poll}").text
    alice, shu = client("alice"), client("shu")
    figures = {"venue": "venue:1", "channel": "hands", "votes_yes": "2", "votes_no": "1"}
    assert alice.post(f"/polls/{poll}/hands", data=figures).status_code == 303
    page = shu.get(f"/polls/{poll}").text
    assert "Enter the second count" in page
    assert 'value="2"' not in page
    differing = figures | {"votes_no": "0"}
    assert shu.post(f"/polls/{poll}/hands/confirm", data=differing).status_code == 409
    assert shu.post(f"/polls/{poll}/hands/confirm", data=figures).status_code == 303
    assert client("hui").post(f"/polls/{poll}/hands", data=figures).status_code == 403
    close(cast, poll, publish=True)
    page = client(None).get(f"/polls/{poll}").text
    assert "Show of hands" in page
    assert "Carried" in page


def test_a_block_needs_its_reason_and_the_reason_stands_in_the_result(
    client: Client, cast: Cast
) -> None:
    poll = make(cast, method="consent")
    bob = client("bob")
    bare = bob.post(f"/polls/{poll}/ballot", data={"choice": "block"})
    assert bare.status_code == 422
    assert "Say why" in bare.text
    reason = "It takes away the light of the ground floor."
    said = bob.post(f"/polls/{poll}/ballot", data={"choice": "block", "reason": reason})
    assert said.status_code == 303
    assert reason in bob.get(f"/polls/{poll}").text
    assert reason not in client("alice").get(f"/polls/{poll}").text
    close(cast, poll, publish=True)
    assert reason in client(None).get(f"/polls/{poll}").text
