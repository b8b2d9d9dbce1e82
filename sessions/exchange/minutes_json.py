"""Minutes as JSON: the very record that was signed, with all that is needed to check it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from forum.base import keys
from forum.base.canonical import canonical, sha256hex
from forum.base.db import Db
from forum.base.events import Audience, sealed_digest
from forum.base.pages import plain
from forum.base.transfer import checker, exporter
from forum.base.verify import Report
from sessions.exchange.minutes_source import source
from sessions.minutes.record import FORM

MOST = 50_000_000  # bytes of one file; more are no minutes


@exporter("minutes", "json", media_type="application/json")
def write(db: Db, ident: int, audience: Audience) -> bytes:
    """The record, its digest and signature, the server's key, and the names behind the seals."""
    made = source(db, ident, audience)
    shown = {
        "record": plain(made.record),
        "state": made.row.state.value,
        "digest": made.row.digest,
        "signature": made.row.signature,
        "public_key": made.public_key,
        "names": made.sealed
        or {str(member): {"name": name} for member, name in sorted(made.names.items())},
    }
    return json.dumps(shown, ensure_ascii=False, indent=2, sort_keys=True).encode() + b"\n"


@checker
def check(path: Path) -> Report | None:
    """An exported file by itself: digest, signature, names. None when it is no minutes file."""
    try:
        found = held(path.read_bytes()) if path.stat().st_size <= MOST else None
    except OSError:
        return None
    if found is None:
        return None
    report = Report()
    examine(found, report)
    report.signed_by(str(found.get("public_key")))
    return report


def held(content: bytes) -> dict[str, Any] | None:
    """What a minutes file holds; None when it is none."""
    try:
        found: dict[str, Any] = json.loads(content)
        return found if found["record"]["form"] == FORM else None
    except (ValueError, KeyError, TypeError, RecursionError):
        return None


def examine(found: dict[str, Any], report: Report) -> None:
    """The record against its digest, its signature and the seals of its names."""
    subject = f"minutes:{found['record'].get('minutes')}"
    report.count("minutes")
    try:
        for kind, words in _faults(found):
            report.fault(kind, subject, words)
    except (KeyError, TypeError, AttributeError, ValueError):
        report.fault("minutes_changed", subject, "the record cannot be read")


def _faults(found: dict[str, Any]) -> Iterator[tuple[str, str]]:
    if not found.get("digest"):
        yield "minutes_unsigned", "these minutes are a draft: nothing is signed"
        return
    packed = canonical(found["record"])
    if sha256hex(packed) != found["digest"]:
        yield "minutes_changed", "the record is not the one that was approved"
        return
    if not keys.verify(packed, str(found.get("signature")), str(found.get("public_key"))):
        yield "minutes_changed", "the signature is not that of the key in the file"
    for person in found["record"]["people"]:
        known = found.get("names", {}).get(str(person["id"]), {})
        name, salt = known.get("name"), known.get("salt")
        if salt and sealed_digest(salt, name or "") != person["seal"]:
            yield "minutes_changed", f"the name of person {person['id']} was changed"
