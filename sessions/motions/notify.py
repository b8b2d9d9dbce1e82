"""Who is told what about motions: the mover, who may have left, hears how it ended."""

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import Group, notify, silent
from sessions.motions import events
from sessions.motions.models import Motion

MOVED_IT = N_("You moved it.")
THERE = "whoever is there sees it on the screen"


def mover(db: Db, stored: Stored) -> list[int]:
    """Whoever moved it."""
    query = select(col(Motion.mover_id)).where(col(Motion.id) == stored.payload["motion"])
    return list(db.execute(query).scalars())


notify(
    events.MotionCarried,
    group=Group.ANSWERS,
    who=mover,
    words=N_("Carried: “%(title)s”."),
    because=MOVED_IT,
)
notify(
    events.MotionRejected,
    group=Group.ANSWERS,
    who=mover,
    words=N_("Not carried: “%(title)s”."),
    because=MOVED_IT,
)
notify(
    events.MotionPostponed,
    group=Group.ANSWERS,
    who=mover,
    words=N_("Left for a later meeting: “%(title)s”."),
    because=MOVED_IT,
)
notify(
    events.MotionReferred,
    group=Group.ANSWERS,
    who=mover,
    words=N_("Referred elsewhere: “%(title)s”."),
    because=MOVED_IT,
)
notify(
    events.MotionReconsidered,
    group=Group.ANSWERS,
    who=mover,
    words=N_("What was decided is open again: “%(title)s”."),
    because=MOVED_IT,
)

silent(events.TermsSet, because=THERE)
silent(events.MotionMoved, because=THERE)
silent(events.MotionSeconded, because=THERE)
silent(events.MotionReworded, because=THERE)
silent(events.MotionAmended, because=THERE)
silent(events.AmendmentConfirmed, because=THERE)
silent(events.MotionWithdrawn, because="the mover asked for it")
silent(events.MotionDivided, because=THERE)
silent(events.MotionOrdered, because=THERE)
silent(events.MotionPut, because="those who may vote are told when the vote opens")
silent(events.ConsensusSought, because=THERE)
silent(events.ConsensusRefused, because=THERE)
silent(events.MotionReturned, because=THERE)
silent(events.MotionFell, because="what it was about has ended, and that is told")
silent(events.DebateClosed, because=THERE)
