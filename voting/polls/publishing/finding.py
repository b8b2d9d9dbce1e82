"""Somebody's own ballot among those that were counted, by whatever they have of it."""

import json
import re

from sqlalchemy import select
from sqlmodel import col

from forum.base.canonical import canonical
from forum.base.db import Db
from voting.boxes import ballots
from voting.boxes import queries as boxes
from voting.boxes.models import SealedBallot

SHORT = 16  # signs of a receipt that tell it from every other
_APART = re.compile(r"[\s-]+")
_BEGUN = re.compile(rf"[0-9a-f]{{{SHORT},64}}")


def find(db: Db, poll: int, typed: str) -> str:
    """The commitment of a sealed ballot; empty where none fits.

    By the receipt's code (16 of its 64 signs are enough), by the check code, or by the whole text
    of the ballot, which holds both what was chosen and the check code.
    """
    if typed.lstrip().startswith("{"):
        return boxes.find(db, poll, _commitment(typed))
    code = _APART.sub("", typed).lower()
    if found := boxes.find(db, poll, code):
        return found
    return _begins(db, poll, code) if _BEGUN.fullmatch(code) else ""


def _commitment(typed: str) -> str:
    """That of a ballot's text, however it is spaced."""
    try:
        return ballots.commitment(canonical(json.loads(typed)))
    except (ValueError, TypeError, RecursionError):
        return ""


def _begins(db: Db, poll: int, code: str) -> str:
    mine = col(SealedBallot.commitment)
    query = select(mine).where(col(SealedBallot.poll_id) == poll, mine >= code, mine < f"{code}g")
    found = list(db.execute(query.limit(2)).scalars())
    return found[0] if len(found) == 1 else ""


def text_of(db: Db, poll: int, commit: str) -> str:
    """The text of a sealed ballot."""
    query = select(col(SealedBallot.canonical)).where(
        col(SealedBallot.poll_id) == poll, col(SealedBallot.commitment) == commit
    )
    found: str = db.execute(query).scalar_one()
    return found
