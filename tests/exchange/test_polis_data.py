"""Real conversations: the counts are those that are known to be right."""

import csv
from pathlib import Path

import pytest
from cast import Cast
from sqlmodel import col, select

from forum.arguments.models import Argument, ArgumentRevision
from forum.base.db import reading, transaction
from forum.base.transfer import importer_of

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
UBERX = "zh-uberx-consultation/polis"
KNOWN = {
    UBERX: (1921, 197, 78, 49443, 31029, 11894, 6520),
    "polis-en/brexit-consensus": (204, 50, 0, 5303, 2685, 1952, 666),
    "polis-en/scoop-hivemind.affordable-housing": (381, 165, 46, 14995, 8041, 4549, 2405),
}
KEYS = ("people", "statements", "hidden", "reactions", "agree", "disagree", "pass")


@pytest.mark.parametrize("folder", KNOWN)
def test_counts_are_the_known_ones(cast: Cast, folder: str) -> None:
    if not (DATA / folder).is_dir():
        pytest.skip(f"{folder} is not there")
    with transaction() as tx:
        made = importer_of("polis").load(tx, [DATA / folder])
    assert made.counts == dict(zip(KEYS, KNOWN[folder], strict=True))
    assert made.warnings == []
    with (DATA / folder / "comments.csv").open(encoding="utf-8", newline="") as stream:
        bodies = {row["comment-body"].strip() for row in csv.DictReader(stream)}
    with reading() as db:
        kept = db.exec(select(ArgumentRevision.body)).all()
        assert set(kept) == bodies
        rows = db.exec(select(Argument).order_by(col(Argument.agree).desc()).limit(3)).all()
    if folder == UBERX:
        assert [(row.agree) for row in rows] == [689, 683, 616]
