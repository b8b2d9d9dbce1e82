"""Who is told what about a consultation itself."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.registry import notify, silent
from forum.consultations import events
from forum.consultations.models import Participant
from forum.members import queries as members


def _involved(db: Db, stored: Stored) -> Iterable[int]:
    """Those on the list and those who work here."""
    listed = db.execute(
        select(col(Participant.member_id)).where(
            col(Participant.consultation_id) == stored.payload["consultation"]
        )
    ).scalars()
    return {*listed, *(person.id for _role, person in members.staff(db, [stored.stream]))}


def _the_person(_db: Db, stored: Stored) -> Iterable[int]:
    return [stored.payload["member"]]


notify(
    events.StageMoved,
    who=_involved,
    words=N_("“%(title)s” has entered another stage."),
    because=N_("You are on its list of participants or work in it."),
)
notify(
    events.ParticipantListed,
    who=_the_person,
    words=N_("You are invited to take part in “%(title)s”."),
    because=N_("You were put on the list of participants."),
)
silent(events.ConsultationCreated, because="the list of consultations shows it")
silent(events.ConsultationEdited, because="its page shows it, with every earlier text")
silent(events.StagesPlanned, because="its page shows the dates; the move itself is told")
silent(events.ParticipantUnlisted, because="its page says why one may not speak")
silent(events.BriefingWritten, because="its page shows it; one line a text would be too many")
silent(events.BriefingRemoved, because="its page shows it")
