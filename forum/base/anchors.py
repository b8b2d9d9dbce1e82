"""Signed heads kept outside the database: they tell when the end of a stream was taken away.

Whoever can write the database can put back an older head with its old signature; the anchors,
which lie beside the keys (and may be copied elsewhere), remember how far each stream had come.
"""

import json
import os
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import select
from sqlmodel import col

from forum.base import keys
from forum.base.db import Db
from forum.base.events import StreamHead, head_statement
from forum.base.settings import settings


class Anchor(NamedTuple):
    """How far a stream had come, and what its head was."""

    seq: int
    digest: str


def path() -> Path:
    """The file of the anchors: one JSON object a line, the newest of a stream counts."""
    return settings().keys / "heads.jsonl"


def read() -> dict[str, Anchor]:
    """The newest anchor of each stream whose signature holds."""
    found: dict[str, Anchor] = {}
    if not path().exists():
        return found
    for line in path().read_text().splitlines():
        try:
            stream, seq, digest, signature = json.loads(line)
        except ValueError:
            continue  # a line cut off by a crash
        if seq > found.get(stream, Anchor(0, "")).seq and keys.verify(
            head_statement(stream, seq, digest), signature
        ):
            found[stream] = Anchor(seq, digest)
    return found


def keep(db: Db) -> int:
    """Write down the heads that have moved since the last time; returns how many."""
    known = read()
    query = select(
        col(StreamHead.name), col(StreamHead.seq), col(StreamHead.digest), col(StreamHead.signature)
    )
    lines = [
        json.dumps([name, seq, digest, signature])
        for name, seq, digest, signature in db.execute(query)
        if seq > known.get(name, Anchor(0, "")).seq
    ]
    if lines:
        path().parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with path().open("a") as stream:
            stream.write("\n".join(lines) + "\n")
            stream.flush()
            os.fsync(stream.fileno())
    return len(lines)
