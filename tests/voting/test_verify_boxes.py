"""`verify` names what was done to a closed box: changed, removed, added, exchanged, recounted."""

import pytest
from cast import Cast
from polling import VOTERS, close, make, people, secret, vote
from sqlalchemy import text

from forum.base import db, keys
from forum.base.verify import verify
from voting.boxes import ballots
from voting.boxes import queries as boxes
from voting.boxes.models import Channel
from voting.polls import service
from voting.polls.rules import Count


def faults() -> set[tuple[str, str]]:
    with db.reading() as tx:
        return {(fault.kind, fault.subject) for fault in verify(tx).faults}


def words() -> str:
    with db.reading() as tx:
        return "\n".join(fault.words for fault in verify(tx).faults)


def tamper(sql: str, **values: object) -> None:
    with db.transaction() as tx:
        tx.execute(text(sql), values)


@pytest.fixture
def polls(cast: Cast) -> tuple[int, int]:
    """A secret and a named poll, closed and published."""
    made = secret(cast), make(cast)
    for poll in made:
        for name in VOTERS:
            vote(cast[name], poll, "no" if name in ("bob", "shu") else "yes")
        close(cast, poll, publish=True)
    assert faults() == set()
    return made


def test_a_changed_ballot(polls: tuple[int, int]) -> None:
    changed = "update sealed_ballot set canonical = replace(canonical, '\"no\"', '\"yes\"')"
    tamper(changed)
    assert faults() == {("ballots_changed", f"poll:{polls[0]}")}
    assert "2 ballots of poll:1 were changed" in words()


def test_a_removed_ballot(polls: tuple[int, int]) -> None:
    tamper(
        "delete from sealed_ballot where commitment = (select min(commitment) from sealed_ballot)"
    )
    assert "1 ballots of poll:1 were removed" in words()


def test_an_added_ballot(polls: tuple[int, int]) -> None:
    stuffed = ballots.secret_ballot(polls[0], "majority/1", {"vote": "yes"}, "f" * 32)
    tamper(
        "insert into sealed_ballot (poll_id, commitment, canonical) values (1, :commitment, :text)",
        commitment=ballots.commitment(stuffed),
        text=stuffed.decode(),
    )
    assert "1 ballots of poll:1 were added" in words()


def test_an_exchanged_ballot(polls: tuple[int, int]) -> None:
    other = ballots.secret_ballot(polls[0], "majority/1", {"vote": "yes"}, "f" * 32)
    tamper(
        "update sealed_ballot set commitment = :commitment, canonical = :text"
        " where commitment = (select min(commitment) from sealed_ballot)",
        commitment=ballots.commitment(other),
        text=other.decode(),
    )
    assert "exchanged" in words()


def test_a_participation_too_many(polls: tuple[int, int], cast: Cast) -> None:
    tamper(
        "insert into sealed_participation (poll_id, voter_id, channel)"
        " values (1, :voter, 'online')",
        voter=cast.charlie.id,
    )
    assert "poll:1 has 7 ballots, but 8 voted" in words()


@pytest.mark.parametrize(
    ("sql", "kind"),
    [
        ("update named_ballot set choice = 'yes' where voter_id = 2", "ballots_changed"),
        ("update named_ballot set voter_id = 3 where voter_id = 2", "ballots_changed"),
        ("delete from named_ballot where voter_id = 2", "ballots_changed"),
        (
            "update poll_entitlement set weight = 9 where poll_id = 2 and member_id = 2",
            "roll_changed",
        ),
        ("delete from poll_entitlement where poll_id = 2 and member_id = 4", "roll_changed"),
        ("update poll set question = 'Another question?' where id = 2", "roll_changed"),
        ("update poll set eligible = 5 where id = 2", "roll_changed"),
        ("update poll set result = replace(result, 'true', 'false') where id = 2", "tally_changed"),
        (
            "update poll_closing set record = replace(record, ':7', ':8') where poll_id = 2",
            "closing_broken",
        ),
        ("delete from poll_closing where poll_id = 2", "closing_broken"),
    ],
)
def test_what_else_is_named(polls: tuple[int, int], sql: str, kind: str) -> None:
    with db.transaction() as tx:
        tx.connection().exec_driver_sql(sql)
    assert (kind, "poll:2") in faults()
    assert not any(subject == "poll:1" for _kind, subject in faults())


def test_a_changed_text_of_the_question(polls: tuple[int, int]) -> None:
    tamper("update poll set body = 'Something else' where id = 1")
    assert ("text_changed", "poll:1") in faults()


def test_a_changed_venue(cast: Cast) -> None:
    hall = people(cast, "bob", "dana", channel=Channel.HANDS, venue="venue:1")
    poll = make(cast, roll=hall)
    with db.transaction() as tx:
        service.enter_hands(tx, cast.alice, poll, "venue:1", Count({"yes": 2}))
        service.confirm_hands(tx, cast.shu, poll, "venue:1", Count({"yes": 2}))
    close(cast, poll, publish=True)
    assert faults() == set()
    tamper("update venue_tally set counted = replace(counted, '2', '1')")
    assert faults() == {("tally_changed", f"poll:{poll}")}


def test_the_chain_of_closed_polls(cast: Cast) -> None:
    polls = [make(cast) for _n in range(3)]
    for poll in polls:
        close(cast, poll)
    tamper("delete from poll_closing where number = 2")
    assert "closing records 2 to 2 were removed" in words()


def test_a_forged_record(polls: tuple[int, int]) -> None:
    """Somebody who has the database but not the key recounts to their liking."""
    with db.reading() as tx:
        record = boxes.closing(tx, polls[0])
    assert record is not None
    forged = record.record.replace('"yes":5', '"yes":6')
    tamper("update poll_closing set record = :record where poll_id = 1", record=forged)
    assert not keys.verify(forged.encode(), record.signature)
    assert ("closing_broken", "poll:1") in faults()
