"""A closed poll as a document that anyone can check: `run.py verify FILE`, without our database."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from forum.base import keys
from forum.base.db import Db
from forum.base.transfer import checker
from forum.base.verify import Report
from voting.boxes import ballots, tree
from voting.boxes import queries as boxes
from voting.methods.method import methods
from voting.polls.models import TallyState
from voting.polls.queries import PollRow
from voting.polls.rules import SMALL, Count

FORMAT = "folkmoot-ballots-1"


def document(db: Db, row: PollRow) -> dict[str, Any]:
    """Every ballot with its commitment, in their order, and the signed record of the closing.

    Of a secret poll with fewer ballots than five the single ones stay out: together with the list
    of those who took part they would tell who voted how.
    """
    closing = boxes.closing(db, row.id)
    if closing is None:
        raise RuntimeError(f"poll {row.id} is published without a closing record")
    method_id = f"{row.method}/{row.version}"
    if row.secret:
        leaves = list(boxes.sealed(db, row.id))
    else:
        leaves = boxes.named_leaves(boxes.named(db, row.id), row.id, method_id)
    few = row.secret and len(leaves) < SMALL
    return {
        "format": FORMAT,
        "poll": row.id,
        "question": row.question,
        "method": method_id,
        "rule": row.rule,
        "secrecy": row.secrecy,
        "record": closing.record,
        "signature": closing.signature,
        "public_key": keys.public_key(),
        "suppressed": few,
        "ballots": []
        if few
        else [{"commitment": commit, "canonical": text} for commit, text in leaves],
    }


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
        _check(found, report)
    except (KeyError, TypeError, ValueError) as error:
        report.fault("ballots_changed", "file", f"the file is damaged ({type(error).__name__})")
    return report


def _check(found: dict[str, Any], report: Report) -> None:
    subject = f"poll:{found['poll']}"
    facts = json.loads(found["record"])
    report.count("polls")
    if not keys.verify(found["record"].encode(), found["signature"], found["public_key"]):
        report.fault("closing_broken", subject, "the closing record is not signed by this key")
    if facts["poll"] != found["poll"]:
        report.fault("closing_broken", subject, "the closing record is that of another poll")
    if found["suppressed"]:
        return
    cast = found["ballots"]
    report.count("ballots", len(cast))
    commits = [one["commitment"] for one in cast]
    for one in cast:
        if ballots.commitment(one["canonical"].encode()) != one["commitment"]:
            words = f"the ballot {one['commitment']} was changed"
            report.fault("ballots_changed", subject, words)
    if len(commits) != facts["size"]:
        words = f"{facts['size']} ballots were closed over, {len(commits)} are here"
        report.fault("ballots_changed", subject, words)
    elif tree.root(commits) != facts["root"]:
        report.fault("ballots_changed", subject, "the ballots do not lead to the signed root")
    if _votes(found, facts) != facts["tally"]["votes"]:
        report.fault("tally_changed", subject, "the ballots do not add up to the signed tally")


def _votes(found: dict[str, Any], facts: dict[str, Any]) -> dict[str, int]:
    """The sums, counted anew from the ballots and the venues."""
    way = methods()[found["method"].partition("/")[0]]
    votes: Counter[str] = Counter()
    for one in found["ballots"]:
        text = json.loads(one["canonical"])
        votes[way.key(text["choice"])] += text.get("weight", 1)
    for venue in facts["tally"]["venues"]:
        if venue["state"] == TallyState.CONFIRMED:
            votes.update(Count.unpack(venue["counted"]).votes)
    return dict(+votes)
