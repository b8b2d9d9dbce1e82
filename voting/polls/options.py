"""Settings of this room."""

from typing import Any

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.i18n import N_
from forum.consultations.models import Consultation
from forum.consultations.queries import places
from forum.members import options
from forum.members.models import PLATFORM
from forum.members.options import Kind, option
from voting.polls.models import Poll, Secrecy

TURNOUT = "who_voted"  # where the rule of a secret poll keeps that names are published
WHO_VOTED = option(
    "polls.who_voted",
    Kind.FLAG,
    False,
    N_("Publish who took part in secret votes"),
    N_(
        "By name, in the file for checking, so that everybody can see whether the roll is real. "
        "Voters are told before they vote; of fewer than five ballots no name is published."
    ),
    group=N_("Voting"),
    at=(PLATFORM, "station"),
)


def frozen(tx: Db, poll: Poll) -> dict[str, Any]:
    """What a poll's rule keeps of it from the opening on: what voters read is what holds."""
    if poll.secrecy != Secrecy.SECRET:
        return {}
    station = tx.execute(
        select(col(Consultation.station_id)).where(col(Consultation.id) == poll.consultation_id)
    ).scalar_one()
    around = [one for one in places(tx, poll.consultation_id, station) if one.startswith("station")]
    return {TURNOUT: True} if options.value(tx, WHO_VOTED, *around, PLATFORM) else {}
