"""Minutes as JSON: the very record that was signed, with all that is needed to check it."""

import json
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
        held = json.loads(path.read_bytes())
        if held["record"]["form"] != FORM:
            return None
    except (ValueError, KeyError, TypeError, OSError):
        return None
    report = Report()
    _check(held, report)
    return report


def _check(held: dict[str, Any], report: Report) -> None:
    subject = f"minutes:{held['record'].get('minutes')}"
    report.count("minutes")
    if not held.get("digest"):
        report.fault("minutes_unsigned", subject, "these minutes are a draft: nothing is signed")
        return
    packed = canonical(held["record"])
    if sha256hex(packed) != held["digest"]:
        report.fault("minutes_changed", subject, "the record is not the one that was approved")
        return
    if not keys.verify(packed, str(held.get("signature")), str(held.get("public_key"))):
        report.fault("minutes_changed", subject, "the signature is not that of the key in the file")
    for person in held["record"]["people"]:
        known = held.get("names", {}).get(str(person["id"]), {})
        name, salt = known.get("name"), known.get("salt")
        if salt and sealed_digest(salt, name or "") != person["seal"]:
            report.fault(
                "minutes_changed", subject, f"the name of person {person['id']} was changed"
            )
