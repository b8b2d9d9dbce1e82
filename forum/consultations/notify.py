"""Who is told what about a consultation itself."""

from collections.abc import Iterable

from sqlalchemy import select
from sqlmodel import col

from forum.base.db import Db
from forum.base.events import Stored
from forum.base.i18n import N_
from forum.base.news import Feed, news
from forum.base.registry import Group, notify, silent
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
    others=N_("“%(title)s” has entered another stage."),
    who=_involved,
    words=N_("“%(title)s” has entered another stage."),
    because=N_("You are on its list of participants or work in it."),
)
notify(
    events.ParticipantListed,
    group=Group.INVITED,
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
silent(events.TemplateUsed, because="it begins: the list of consultations shows it")
silent(events.TemplateSaved, because="those who set up consultations find it there")
silent(events.ConsultationArchived, because="it is closed: that was told")
silent(events.ConsultationRestored, because="the list of consultations shows it")
silent(events.CategorySet, because="the page of the invitations shows it")
silent(events.InvitationMade, because="the page of the invitations shows it")
silent(events.InvitationWithdrawn, because="whoever opens such a link is told")
silent(events.InvitationTaken, because="the person has just done it")
silent(events.WaitingLeft, because="the person has just done it")

news(events.ConsultationCreated, Feed.CONSULTATIONS, N_("A new consultation: %(title)s"))
news(events.StageMoved, Feed.CONSULTATIONS, N_("“%(title)s” has entered another stage."))
