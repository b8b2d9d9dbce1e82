"""What must hold after a burst of ballots: in the box, on the roll, in receipts and in the file."""

import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from forum.base import db, keys, settings
from forum.base.db import Db
from forum.base.verify import verify
from simulations.electorate import Electorate
from voting.boxes import ballots
from voting.boxes import queries as boxes
from voting.methods.method import Form, methods
from voting.polls.models import Poll
from voting.polls.publishing import reading


def faults(
    data: Path, place: Electorate, receipts: Mapping[int, dict[str, Any]], published: bytes
) -> tuple[list[str], dict[str, int]]:
    """Everything that is wrong, in words; and what was counted on the way."""
    db.close()
    settings.configure(data=data)
    with db.reading() as tx:
        box = dict(boxes.sealed(tx, place.poll))
        found = [
            *_box(place, box),
            *_roll(tx, place),
            *_receipts(place, receipts),
            *_result(tx, place),
            *(fault.words for fault in verify(tx).faults),
        ]
        counts = {"in the box": len(box), "took part": boxes.turnout(tx, place.poll)}
    found += _published(published, box)
    db.close()
    return found, counts


def expected(place: Electorate) -> dict[str, int]:
    """The commitment of each one's ballot, made from what they meant to say, and whose it is."""
    return {
        ballots.commitment(
            ballots.secret_ballot(place.poll, place.method_id, {"vote": one.mark}, one.nonce)
        ): one.id
        for one in place.voters
    }


def _box(place: Electorate, box: Mapping[str, str]) -> Iterator[str]:
    """Each ballot once, and no other (a commitment is the key of its box)."""
    meant = expected(place)
    if lost := meant.keys() - box.keys():
        yield f"{len(lost)} ballots are not in the box"
    if more := box.keys() - meant.keys():
        yield f"{len(more)} ballots are in the box that nobody cast"
    changed = [key for key, text in box.items() if ballots.commitment(text.encode()) != key]
    if changed:
        yield f"{len(changed)} ballots are not what they are called by"


def _roll(tx: Db, place: Electorate) -> Iterator[str]:
    """Everybody took part, once."""
    took_part = [voter for voter, _channel in boxes.participants(tx, place.poll, limit=100_000)]
    if Counter(took_part) != Counter(one.id for one in place.voters):
        yield f"{len(took_part)} took part, {len(place.voters)} voted"


def _receipts(place: Electorate, receipts: Mapping[int, dict[str, Any]]) -> Iterator[str]:
    """Each is over one's own ballot, and signed."""
    if len(receipts) != len(place.voters):
        yield f"{len(place.voters) - len(receipts)} have no receipt"
    owners = expected(place)
    for who, receipt in receipts.items():
        statement = ballots.receipt_statement(place.poll, receipt["commit"])
        if owners.get(receipt["commit"]) != who or receipt["poll"] != place.poll:
            yield f"the receipt of {who} is over another ballot"
        elif not keys.verify(statement, receipt["signature"]):
            yield f"the receipt of {who} is not signed"


def _result(tx: Db, place: Electorate) -> Iterator[str]:
    """The published figures are those of what everybody said."""
    result = tx.get_one(Poll, place.poll).result
    if result is None:
        yield "there is no result"
        return
    if result["figures"]["cast"] != len(place.voters):
        yield f"{result['figures']['cast']} votes were counted of {len(place.voters)}"
    if methods()[place.method].form is Form.CHOICE:
        for mark, number in Counter(one.mark for one in place.voters).items():
            if result["figures"].get(mark, number) != number:
                yield f"{mark} has {result['figures'][mark]} votes, {number} were cast"


def _published(published: bytes, box: Mapping[str, str]) -> Iterator[str]:
    """The file verifies by itself; with the key of this server."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "bundle.zip"
        file.write_bytes(published)
        report = reading.check(file)
    if report is None:
        yield "the published file cannot be checked"
        return
    yield from (fault.words for fault in report.faults)
    if report.keys != [keys.public_key()]:
        yield "the published file is signed with another key"
    if report.counts.get("ballots") != len(box):
        yield f"the published file has {report.counts.get('ballots')} ballots of {len(box)}"
