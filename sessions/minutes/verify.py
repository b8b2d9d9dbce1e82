"""`run.py verify`: approved minutes against their digest, their signature, the log and their names.

The fault is named minutes_changed.
"""

import json

from sqlalchemy import select
from sqlmodel import col

from forum.base import keys
from forum.base.canonical import sha256hex
from forum.base.db import Db
from forum.base.events import EventRow, sealed_digest
from forum.base.registry import verifier
from forum.base.verify import Report
from sessions.minutes.events import MinutesApproved
from sessions.minutes.models import Minutes, MinutesName
from sessions.minutes.record import unpack

FAULT = "minutes_changed"


@verifier("minutes")
def check(db: Db, report: Report) -> None:
    """Every approval in the log has its record, and the record is what was approved."""
    query = select(col(EventRow.payload)).where(col(EventRow.kind) == MinutesApproved.kind)
    for payload in db.execute(query).scalars().all():
        approved = json.loads(payload)
        report.count("minutes")
        _record(db, approved["minutes"], approved["digest"], report)


def _record(db: Db, minutes: int, digest: str, report: Report) -> None:
    subject = f"minutes:{minutes}"
    found = db.execute(
        select(col(Minutes.record), col(Minutes.signature)).where(col(Minutes.id) == minutes)
    ).one_or_none()
    if found is None or not found.record:
        report.fault(FAULT, subject, f"approved minutes {minutes} are gone")
        return
    packed = found.record.encode()
    if sha256hex(packed) != digest:
        report.fault(FAULT, subject, f"approved minutes {minutes} were changed")
        return
    if not keys.verify(packed, found.signature or ""):
        words = f"approved minutes {minutes} are not signed by this server's key"
        report.fault(FAULT, subject, words)
    _names(db, minutes, found.record, report)


def _names(db: Db, minutes: int, record: str, report: Report) -> None:
    sealed = {person.id: person.seal for person in unpack(record).people}
    query = select(col(MinutesName.member_id), col(MinutesName.name), col(MinutesName.salt))
    for member, name, salt in db.execute(query.where(col(MinutesName.minutes_id) == minutes)):
        erased = salt is None and not name
        if not erased and sealed_digest(salt or "", name or "") != sealed.get(member):
            words = f"a name in approved minutes {minutes} was changed"
            report.fault(FAULT, f"minutes:{minutes}", words)
