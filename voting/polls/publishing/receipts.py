"""Receipts as files: `run.py verify receipt.json` needs neither the server nor the other ballots.

Each fault is named by its kind: receipt_changed (it is not signed by the key that it names),
ballot_changed (the ballot in it is another one), closing_broken (the record in it is not signed),
proof_broken (it does not lead to the signed root).
"""

import json
from pathlib import Path
from typing import Any

from forum.base import keys
from forum.base.transfer import checker
from forum.base.verify import Report
from voting.boxes import ballots, tree
from voting.boxes.queries import ClosingRow
from voting.boxes.tree import Proof
from voting.polls.publishing.recount import DAMAGED

FORMAT = "folkmoot-receipt-1"
MOST = 1_000_000  # bytes; more is no receipt


def made(
    poll: int,
    question: str,
    commit: str,
    *,
    text: str = "",
    closing: ClosingRow | None = None,
    proof: Proof | None = None,
) -> dict[str, Any]:
    """A receipt as it is handed out: alone, with the ballot itself, or with proof that it counts.

    The server signs what lies in its box, so this is for ballots of which that is known.
    """
    whole = {"canonical": text} if text else {}
    if closing and proof:
        whole |= {"record": closing.record, "record_signature": closing.signature}
    return {
        "format": FORMAT,
        "poll": poll,
        "question": question,
        "commitment": commit,
        "signature": ballots.receipt(poll, commit).signature,
        "public_key": keys.public_key(),
        **whole,
        **({"proof": {**proof._asdict(), "path": list(proof.path)}} if proof else {}),
    }


def packed(receipt: dict[str, Any]) -> bytes:
    """As a file."""
    return json.dumps(receipt, ensure_ascii=False, indent=1).encode() + b"\n"


@checker
def check(path: Path) -> Report | None:
    """A receipt by itself; None when it is none."""
    try:
        held = json.loads(path.read_bytes()) if path.stat().st_size <= MOST else None
    except (ValueError, OSError, RecursionError):
        return None
    if not isinstance(held, dict) or held.get("format") != FORMAT:
        return None
    report = Report()
    try:
        _examine(held, report)
    except DAMAGED as error:
        words = f"the receipt cannot be read ({type(error).__name__})"
        report.fault("receipt_changed", "receipt", words)
    return report


def _examine(held: dict[str, Any], report: Report) -> None:
    poll, commit, key = int(held["poll"]), str(held["commitment"]), str(held["public_key"])
    subject = f"poll:{poll}"
    report.count("receipts")
    report.signed_by(key)
    if not keys.verify(ballots.receipt_statement(poll, commit), held["signature"], key):
        report.fault("receipt_changed", subject, "the receipt is not signed by the key it names")
    text = held.get("canonical")
    if text and (ballots.commitment(text.encode()), json.loads(text)["poll"]) != (commit, poll):
        words = "the ballot in it is not the one that the receipt is for"
        report.fault("ballot_changed", subject, words)
    if "proof" in held:
        report.count("proofs")
        record, proof = held["record"], Proof(**held["proof"])
        facts = json.loads(record)
        if not keys.verify(record.encode(), held["record_signature"], key):
            words = "the closing record in it is not signed by the key it names"
            report.fault("closing_broken", subject, words)
        elif facts["poll"] != poll:
            words = "the closing record in it is that of another poll"
            report.fault("closing_broken", subject, words)
        elif proof.size != facts["size"] or not tree.includes(facts["root"], commit, proof):
            words = "its proof does not lead from the ballot to the signed root"
            report.fault("proof_broken", subject, words)
