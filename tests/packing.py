"""A committee with approved minutes, and its archive."""

import io
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import minuting
from cast import Cast

from forum.base import clock, files, i18n, transfer
from forum.base.db import reading, transaction
from forum.base.events import Audience
from forum.base.transfer import Period
from forum.consultations.models import Consultation
from forum.stations import committees
from forum.stations import service as stations
from forum.stations.models import Office, Tier
from forum.stations.service import Details
from sessions.minutes import service as minutes

PLAN = "plan of the lift.txt"


@dataclass(frozen=True)
class Packed:
    """The committee, its sitting, and the days around it."""

    committee: int
    sat: minuting.Sat
    period: Period


def seated(cast: Cast) -> Packed:
    """The cast's consultation is a committee's, whose meeting has minutes and an attachment."""
    sat = minuting.approved(cast)
    today = committees.today()
    with transaction() as tx:
        details = Details(Tier.COMMITTEE, "Lift committee 电梯委员会", "LIFT")
        here = stations.create(tx, cast.admin, details)
        term = stations.begin_term(tx, cast.admin, here, 1, date(today.year - 1, 1, 1), None)
        stations.name(tx, cast.admin, here, term, "bob", Office.CHAIR)
        tx.get_one(Consultation, cast.consultation).station_id = here
        place = f"meeting:{sat.meeting}"
        files.store(tx, cast.alice, io.BytesIO(b"Six floors."), PLAN, place=place)
        secret = io.BytesIO(b"For the chair alone.")
        files.store(tx, cast.alice, secret, "s.txt", place=place, audience=Audience.MODERATOR)
    return Packed(here, sat, Period(today - timedelta(days=5), today + timedelta(days=5)))


def amended(cast: Cast, packed: Packed) -> int:
    """A second version of the minutes, approved as well."""
    with transaction() as tx:
        later = minutes.amend(tx, cast.shu, packed.sat.minutes, reason="A figure was wrong.")
        minutes.circulate(tx, cast.shu, later, until=clock.now() + timedelta(days=1))
    with clock.travel(days=2), transaction() as tx:
        minutes.sign(tx, cast.alice, later)
    return later


def archive(packed: Packed, path: Path, lang: str = "en") -> Path:
    """What `run.py export committee` writes for everybody."""
    transfer.discover()
    packer = transfer.packers["committee", "zip"]
    with reading() as db, i18n.using(lang), path.open("w+b") as stream:
        packer.pack(db, packed.committee, Audience.PUBLIC, packed.period, stream)
    return path


def names(path: Path) -> list[str]:
    """What lies in it."""
    with ZipFile(path) as found:
        return found.namelist()
