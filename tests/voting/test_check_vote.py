"""Receipts and one's own ballot among those that were counted: shown, printed, kept, checked."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from cast import Cast
from conftest import Client
from polling import VOTERS, close, make, secret, vote

from forum.base import db, keys
from forum.base.commands.verify import check_file
from forum.consultations.models import Consultation, Visibility
from voting.boxes import ballots
from voting.polls import service
from voting.polls.publishing import receipts

NONCE = "5a" * 16


def text_of(poll: int, choice: str = "yes", nonce: str = NONCE) -> str:
    return ballots.secret_ballot(poll, "majority/1", {"vote": choice}, nonce).decode()


def counted(cast: Cast, *, few: bool = False, publish: bool = True) -> tuple[int, str]:
    """A closed poll in which Bob voted with a known number; and his ballot's commitment."""
    poll = secret(cast)
    commit = vote(cast.bob, poll, nonce=NONCE).commit
    for name in () if few else ("alice", "dana", "rong", "hui", "shu"):
        vote(cast[name], poll, "no")
    close(cast, poll, publish=publish)
    return poll, commit


def test_the_answer_is_a_receipt_that_can_be_printed_and_kept(
    client: Client, cast: Cast, tmp_path: Path
) -> None:
    poll = secret(cast)
    bob = client("bob")
    page = bob.post(f"/polls/{poll}/ballot", data={"choice": "yes", "nonce": NONCE}).text
    commit = ballots.commitment(text_of(poll).encode())
    assert " ".join(commit[at : at + 4] for at in range(0, 16, 4)) in page
    assert "the receipt belongs to exactly this ballot" in page
    mine = {"commit": commit, "signature": keys.sign(ballots.receipt_statement(poll, commit))}
    bare = bob.post(f"/polls/{poll}/receipt", data=mine)
    assert bare.status_code == 200
    assert bare.headers["cache-control"] == "private, no-store"
    assert commit[:4] in bare.text
    assert "<svg" in bare.text
    assert NONCE not in bare.text
    assert "Your vote" not in bare.text
    full = bob.post(f"/polls/{poll}/receipt", data=mine | {"text": text_of(poll)}).text
    assert NONCE in full
    assert "Your vote: For" in full
    kept = bob.post(f"/polls/{poll}/receipt", data=mine | {"file": "1"})
    assert "attachment" in kept.headers["content-disposition"]
    assert "canonical" not in kept.json()
    (tmp_path / "receipt.json").write_bytes(kept.content)
    report = check_file(tmp_path / "receipt.json", None)
    assert (report.faults, report.keys) == ([], [keys.public_key()])
    assert bob.get(f"/polls/{poll}/receipt").headers["location"] == f"/polls/{poll}/check"


@pytest.mark.parametrize(
    "change",
    [{"commit": "0" * 64}, {"signature": "AAAA"}, {"text": "{}"}, {"text": "not even JSON"}],
)
def test_a_receipt_that_is_not_from_here(
    client: Client, cast: Cast, change: dict[str, str]
) -> None:
    poll, other = secret(cast), secret(cast)
    receipt = vote(cast.bob, poll, nonce=NONCE)
    mine = {"commit": receipt.commit, "signature": receipt.signature, "text": text_of(poll)}
    bob = client("bob")
    assert bob.post(f"/polls/{poll}/receipt", data=mine).status_code == 200
    assert bob.post(f"/polls/{poll}/receipt", data=mine | change).status_code == 404
    assert bob.post(f"/polls/{other}/receipt", data=mine).status_code == 404
    assert bob.post(f"/polls/{poll}/receipt", data={"commit": "0"}).status_code == 422


def test_a_ballot_is_found_by_whatever_one_has_of_it(client: Client, cast: Cast) -> None:
    poll, commit = counted(cast)
    guest = client(None)
    assert "Receipt or check code" in guest.get(f"/polls/{poll}/check").text
    spaced = json.dumps(json.loads(text_of(poll)), indent=2)
    for code in (
        commit,
        commit.upper(),
        commit[:16],
        f" {commit[:4]} {commit[4:8]}-{commit[8:16]} ",
        NONCE,
        text_of(poll),
        spaced,
    ):
        page = guest.post(f"/polls/{poll}/check", data={"code": code}).text
        assert "counted, unchanged" in page, code
        assert commit in page
        assert re.search(r"What this ballot says.*<strong>For</strong>", page, re.DOTALL)
    for code in (commit[:15], "0" * 64, text_of(poll, "no"), "{", "%", "_" * 32, "[" * 9000):
        page = guest.post(f"/polls/{poll}/check", data={"code": code}).text
        assert "No counted ballot" in page, code
    assert guest.post(f"/polls/{poll}/check", data={"code": ""}).status_code == 422
    assert guest.post(f"/polls/{poll}/check", data={"code": "a" * 30_000}).status_code == 422


def test_what_a_ballot_says_is_not_shown_where_single_ones_are_not(
    client: Client, cast: Cast
) -> None:
    for few, publish in ((True, True), (False, False)):
        poll, commit = counted(cast, few=few, publish=publish)
        page = client(None).post(f"/polls/{poll}/check", data={"code": commit}).text
        assert "counted, unchanged" in page
        assert "What this ballot says" not in page


def proof(client: Client, poll: int, commit: str) -> dict[str, Any]:
    answer = client(None).post(f"/polls/{poll}/check", data={"code": commit, "file": "1"})
    assert answer.status_code == 200
    found: dict[str, Any] = answer.json()
    return found


def test_the_proof_is_checked_without_the_server(
    client: Client, cast: Cast, tmp_path: Path
) -> None:
    poll, commit = counted(cast)
    held = proof(client, poll, commit)
    file = tmp_path / "receipt.json"

    def kinds(made: object) -> set[str]:
        file.write_text(json.dumps(made))
        report = receipts.check(file)
        assert report is not None
        return {fault.kind for fault in report.faults}

    assert kinds(held) == set()
    path = held["proof"]["path"]
    record = held["record"]
    other, theirs = counted(cast)
    of_other = proof(client, other, theirs)
    for change, kind in (
        ({"commitment": theirs}, "receipt_changed"),
        ({"signature": "AAAA"}, "receipt_changed"),
        ({"poll": other}, "receipt_changed"),
        ({"canonical": text_of(poll, "no")}, "ballot_changed"),
        ({"proof": held["proof"] | {"path": path[1:]}}, "proof_broken"),
        ({"proof": held["proof"] | {"path": ["0" * 64, *path[1:]]}}, "proof_broken"),
        ({"proof": held["proof"] | {"size": 9}}, "proof_broken"),
        ({"record": record.replace('"size":6', '"size":7')}, "closing_broken"),
        ({n: of_other[n] for n in ("record", "record_signature")}, "closing_broken"),
        ({"proof": {"place": 0}}, "receipt_changed"),
        ({"poll": None}, "receipt_changed"),
    ):
        assert held | change != held
        assert kind in kinds(held | change), change
    assert kinds(held | {"canonical": text_of(poll)}) == set()
    file.write_text("[" * 100_000)
    assert receipts.check(file) is None


def test_before_it_is_counted(client: Client, cast: Cast) -> None:
    poll = secret(cast)
    vote(cast.bob, poll, nonce=NONCE)
    guest = client(None)
    assert "Keep your receipt until then" in guest.get(f"/polls/{poll}/check").text
    assert guest.post(f"/polls/{poll}/check", data={"code": NONCE}).status_code == 409
    close(cast, poll)
    keeping = {"code": NONCE, "file": "1"}
    assert guest.post(f"/polls/{poll}/check", data=keeping).status_code == 409
    with db.transaction() as tx:
        service.void(tx, cast.alice, poll, "A mistake.")
    assert "declared void" in guest.get(f"/polls/{poll}/check").text
    assert guest.post(f"/polls/{poll}/check", data={"code": NONCE}).status_code == 409


def test_a_named_vote_has_its_list(client: Client, cast: Cast) -> None:
    poll = make(cast)
    vote(cast.bob, poll)
    close(cast, poll, publish=True)
    assert "Look for your name" in client(None).get(f"/polls/{poll}/check").text
    assert client(None).post(f"/polls/{poll}/check", data={"code": NONCE}).status_code == 409


def test_what_is_invisible_is_not_found(client: Client, cast: Cast) -> None:
    poll, commit = counted(cast)
    assert client("charlie").get(f"/polls/{poll}/bundle.zip").status_code == 200
    with db.transaction() as tx:
        tx.get_one(Consultation, cast.consultation).visibility = Visibility.INVITED
    for who in ("charlie", None):
        other = client(who)
        for path in ("check", "bundle.zip"):
            assert other.get(f"/polls/{poll}/{path}").status_code == 404
        for path in ("check", "receipt"):
            body = {"code": commit, "commit": commit, "signature": "AAAA"}
            assert other.post(f"/polls/{poll}/{path}", data=body).status_code == 404
    assert client("bob").get(f"/polls/{poll}/check").status_code == 200


def test_the_file_is_fetched_once_it_is_published(client: Client, cast: Cast) -> None:
    poll = secret(cast)
    for name in VOTERS:
        vote(cast[name], poll)
    assert client("alice").get(f"/polls/{poll}/bundle.zip").status_code == 404
    close(cast, poll, publish=True)
    answer = client(None).get(f"/polls/{poll}/bundle.zip")
    assert answer.headers["content-type"] == "application/zip"
    assert answer.content == client("bob").get(f"/polls/{poll}/bundle.zip").content
    page = client(None).get(f"/polls/{poll}").text
    assert f"/polls/{poll}/bundle.zip" in page
    assert f"/polls/{poll}/check" in page
    assert keys.fingerprint(keys.public_key()) in page
