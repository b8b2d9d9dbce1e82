"""`run.py verify`: whether the log, the texts, the minutes and the ballot boxes are what they were.

Each fault is named by its kind: event_changed, middle_removed, tail_removed, chain_recomputed,
text_changed, and what the rooms add (minutes_changed, ballots_changed).
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlmodel import col

from forum.base import anchors, keys, registry
from forum.base.anchors import Anchor
from forum.base.db import Db
from forum.base.events import (
    START,
    Audience,
    EventRow,
    Stored,
    StreamHead,
    body_digest,
    chain_digest,
    head_statement,
    sealed_digest,
)
from forum.base.tables import metadata

CHUNK = 1000


@dataclass(frozen=True)
class Fault:
    """One thing that is not what it was."""

    kind: str
    subject: str
    words: str


@dataclass
class Report:
    """What was looked at and what was found."""

    counts: dict[str, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing was found."""
        return not self.faults

    def count(self, what: str, n: int = 1) -> None:
        """Add to what was looked at."""
        self.counts[what] = self.counts.get(what, 0) + n

    def signed_by(self, key: str) -> None:
        """Note a public key that a file names as its signer's: the reader must know whose it is."""
        if key not in self.keys:
            self.keys.append(key)

    def fault(self, kind: str, subject: str, words: str) -> None:
        """Name a fault; `words` are for the operator."""
        self.faults.append(Fault(kind, subject, words))


def _events(db: Db, stream: str) -> Iterator[Stored]:
    """A stream from its beginning, read in chunks."""
    columns = [col(getattr(EventRow, name)) for name in Stored._fields]
    after = 0
    while True:
        query = select(*columns).where(col(EventRow.stream) == stream, col(EventRow.seq) > after)
        rows = db.execute(query.order_by(col(EventRow.seq)).limit(CHUNK)).all()
        for row in rows:
            facts = dict(zip(Stored._fields, row, strict=True))
            facts["audience"] = Audience(facts["audience"])
            facts["payload"] = json.loads(facts["payload"])
            yield Stored(**facts)
        if len(rows) < CHUNK:
            return
        after = rows[-1].seq


def _chain(db: Db, head: Sequence[Any], anchor: Anchor | None, report: Report) -> None:
    name, seq, digest, signature = head
    expected, before, at_anchor = 1, START, ""
    whole = True
    for stored in _events(db, name):
        report.count("events")
        subject = f"{name}#{stored.seq}"
        if stored.seq != expected:
            whole = False
            gone = f"{name}#{expected}"
            words = f"events {expected} to {stored.seq - 1} of {name} were removed"
            report.fault("middle_removed", gone, words)
        elif stored.digest != chain_digest(before, body_digest(stored)):
            whole = False
            report.fault("event_changed", subject, f"{subject} ({stored.kind}) was changed")
        if anchor and stored.seq == anchor.seq:
            at_anchor = stored.digest
        expected, before = stored.seq + 1, stored.digest
    last = expected - 1
    promised = max(seq, anchor.seq if anchor else 0)
    if last < promised:
        words = f"events {last + 1} to {promised} at the end of {name} were removed"
        report.fault("tail_removed", f"{name}#{last + 1}", words)
    elif not whole:
        return
    elif before != digest or not keys.verify(head_statement(name, seq, digest), signature):
        words = f"the head of {name} is not signed by this server's key: the chain was made anew"
        report.fault("chain_recomputed", name, words)
    elif anchor and at_anchor != anchor.digest:
        words = f"{name} is not the chain that was anchored at event {anchor.seq}"
        report.fault("chain_recomputed", name, words)


def chains(db: Db, report: Report) -> None:
    """Every stream: its chain, its head's signature, its anchor."""
    known = anchors.read()
    columns = [col(getattr(StreamHead, n)) for n in ("name", "seq", "digest", "signature")]
    found = db.execute(select(*columns).order_by(col(StreamHead.name))).all()
    for head in found:
        report.count("streams")
        _chain(db, head, known.get(head.name), report)
    names = {head.name for head in found}
    for name in sorted(set(known) - names):
        words = f"the whole stream {name} was removed"
        report.fault("tail_removed", f"{name}#1", words)
    orphans = db.execute(
        select(col(EventRow.stream)).where(col(EventRow.stream).not_in(names)).distinct()
    )
    for name in orphans.scalars():
        report.fault("tail_removed", name, f"the head of {name} was removed")


def texts(db: Db, report: Report) -> None:
    """Every text that an event sealed: unchanged, or erased together with its salt."""
    for kind, where in registry.sealeds.items():
        rows = db.execute(
            select(col(EventRow.stream), col(EventRow.seq), col(EventRow.payload))
            .where(col(EventRow.kind) == kind)
            .order_by(col(EventRow.stream), col(EventRow.seq))
        ).all()
        promised: dict[int, tuple[str, str]] = {}
        for stream, seq, payload in rows:
            facts = json.loads(payload)
            if facts.get(where.digest_field):
                place = f"{stream}#{seq}"
                promised[facts[where.id_field]] = (facts[where.digest_field], place)
        _compare(db, kind, where, promised, report)


def _compare(
    db: Db,
    kind: str,
    where: registry.Sealed,
    promised: dict[int, tuple[str, str]],
    report: Report,
) -> None:
    table = metadata.tables[str(where.model.__tablename__)].c
    idents = sorted(promised)
    kept: dict[int, tuple[str | None, str]] = {}
    for start in range(0, len(idents), CHUNK):
        some = idents[start : start + CHUNK]
        query = select(table.id, table.salt, table.body).where(table.id.in_(some))
        kept.update({row.id: (row.salt, row.body) for row in db.execute(query)})
    for ident, (digest, place) in promised.items():
        report.count("texts")
        subject = f"{where.model.__tablename__}:{ident}"
        if ident not in kept:
            report.fault("text_changed", subject, f"the text of {place} ({kind}) was removed")
            continue
        salt, body = kept[ident]
        if salt is None and not body:
            continue  # erased, salt and all: the record says that there was a text, no more
        if salt is None or sealed_digest(salt, body or "") != digest:
            report.fault("text_changed", subject, f"the text of {place} ({kind}) was changed")


def verify(db: Db) -> Report:
    """Look at everything; the rooms' own checks (minutes, ballot boxes) come last."""
    report = Report()
    chains(db, report)
    texts(db, report)
    for check in registry.verifiers.values():
        check(db, report)
    return report
