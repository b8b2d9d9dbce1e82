"""A closed poll as a document that anyone can check: `run.py verify FILE`, without our database."""

import json
from itertools import islice
from pathlib import Path
from typing import Any

from forum.base import keys
from forum.base.db import Db
from forum.base.transfer import checker
from forum.base.verify import Report
from voting.boxes import queries as boxes
from voting.polls import queries, small
from voting.polls.publishing import recount
from voting.polls.publishing.recount import Published
from voting.polls.queries import PollRow, TallyRow

FORMAT = "folkmoot-ballots-1"


def document(db: Db, row: PollRow) -> dict[str, Any]:
    """Every ballot with its commitment, in their order, and the signed record of the closing.

    Of a secret poll with fewer ballots than five (in the box, or in the halls beside it) the single
    ones stay out: together with the list of those who took part they would tell who voted how.
    """
    closing = boxes.closing(db, row.id)
    if closing is None:
        raise RuntimeError(f"poll {row.id} is published without a closing record")
    method_id = f"{row.method}/{row.version}"
    leaves = _leaves(db, row)
    few = not shown_apart(db, row, len(leaves)).ballots
    return {
        "format": FORMAT,
        "poll": row.id,
        "question": row.question,
        "method": method_id,
        "rule": row.rule,
        "eligible": row.eligible,
        "present": row.present,
        "casting": row.casting,
        "lot": row.lot or row.rule.get("lot", ""),
        "result": row.result,
        "secrecy": row.secrecy,
        "record": closing.record,
        "signature": closing.signature,
        "public_key": keys.public_key(),
        "suppressed": few,
        "ballots": []
        if few
        else [{"commitment": commit, "canonical": text} for commit, text in leaves],
    }


def _leaves(db: Db, row: PollRow, most: int | None = None) -> list[tuple[str, str]]:
    """The ballots, or the first so many of them, each with its commitment."""
    if row.secret:
        return list(islice(boxes.sealed(db, row.id), most))
    named = boxes.named(db, row.id, limit=most)
    return boxes.named_leaves(named, row.id, f"{row.method}/{row.version}")


def first(db: Db, row: PollRow, most: int) -> dict[str, Any]:
    """What a page shows of them: the first ones, and how many there are."""
    closing = boxes.closing(db, row.id)
    size = closing.facts["size"] if closing else 0
    few = not shown_apart(db, row, size).ballots
    found = [] if few else _leaves(db, row, most)
    return {
        "poll": row.id,
        "question": row.question,
        "suppressed": few,
        "ballots": [{"commitment": commit, "canonical": text} for commit, text in found],
        "number": size,
    }


def shown_apart(db: Db, row: PollRow, size: int) -> small.Apart:
    """What of a counted poll may stand beside the figures of the whole."""
    halls = [(one.state, one.counted) for one in queries.tallies(db, row.id, known=True)]
    return small.apart(secret=row.secret, size=size, halls=small.returned(halls))


def halls(db: Db, row: PollRow) -> list[TallyRow]:
    """The counts of halls and boxes as they may be read; figures with the result alone."""
    found = queries.tallies(db, row.id, known=row.result is not None)
    closing = boxes.closing(db, row.id) if row.secret and row.result is not None else None
    if closing is None:
        return found
    shown = shown_apart(db, row, closing.facts["size"])
    return [
        one._replace(counted=small.told(one.counted, one.state, shown, secret=row.secret))
        for one in found
    ]


@checker
def check(path: Path) -> Report | None:
    """Check an exported document: its signature, every commitment, the root and the count."""
    try:
        found = json.loads(path.read_text())
    except (ValueError, OSError):
        return None
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        return None
    report = Report()
    try:
        _examine(found, report)
    except recount.DAMAGED as error:
        report.fault("ballots_changed", "file", f"the file is damaged ({type(error).__name__})")
    return report


def _examine(found: dict[str, Any], report: Report) -> None:
    """Everything but the terms, which no signature in this file covers; bundle.zip has that."""
    quorum = found["result"].get("quorum")
    named = ("poll", "method", "rule", "eligible", "present", "secrecy")
    terms = {name: found[name] for name in named}
    terms["quorum"] = {name: quorum[name] for name in ("of", "share")} if quorum else None
    held = [(one["commitment"], one["canonical"]) for one in found["ballots"]]
    proof = (found["record"], found["signature"], found["public_key"])
    end = (found["result"], found["casting"], found["lot"])
    report.signed_by(str(found["public_key"]))
    if not found["suppressed"]:
        recount.examine(Published(terms, *proof, held, *end), report)
    else:
        report.count("polls")
        if not keys.verify(proof[0].encode(), *proof[1:]):
            words = "the closing record is not signed by this key"
            report.fault("closing_broken", f"poll:{terms['poll']}", words)
