"""What happens to a consultation."""

from typing import ClassVar

from forum.base.events import Audience, Event
from forum.base.registry import sealed
from forum.consultations.models import Eligibility, Stage, StageMove, TextRevision, Visibility


class ConsultationCreated(Event):
    """A consultation begins to exist."""

    kind: ClassVar[str] = "consultations:consultation:created"
    consultation: int
    stage: Stage
    visibility: Visibility
    eligibility: Eligibility
    station: int | None
    revision: int
    text: str


class ConsultationEdited(Event):
    """Its title, purpose or terms change."""

    kind: ClassVar[str] = "consultations:consultation:edited"
    consultation: int
    visibility: Visibility
    eligibility: Eligibility
    revision: int
    text: str


class StageMoved(Event):
    """It enters another stage: by the moderator's hand, or as planned."""

    kind: ClassVar[str] = "consultations:stage:moved"
    consultation: int
    before: Stage
    stage: Stage
    planned: bool
    move: int
    text: str


class StagesPlanned(Event):
    """The dates of the coming stages change; moments are ISO text, empty where open."""

    kind: ClassVar[str] = "consultations:stage:planned"
    consultation: int
    dates: dict[str, str]


class ParticipantListed(Event):
    """Somebody is put on the list of participants."""

    kind: ClassVar[str] = "consultations:participant:listed"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    member: int


class ParticipantUnlisted(Event):
    """Somebody is taken off the list of participants."""

    kind: ClassVar[str] = "consultations:participant:unlisted"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    member: int


class BriefingWritten(Event):
    """A text of the briefing is added or changed."""

    kind: ClassVar[str] = "consultations:briefing:written"
    consultation: int
    briefing: int
    revision: int
    text: str


class BriefingRemoved(Event):
    """A text of the briefing is taken out; its revisions stay."""

    kind: ClassVar[str] = "consultations:briefing:removed"
    consultation: int
    briefing: int


class TemplateUsed(Event):
    """It was set up from a pattern; the agenda is laid out from it."""

    kind: ClassVar[str] = "consultations:template:used"
    consultation: int
    template: str


class TemplateSaved(Event):
    """It was kept as a pattern for others of its place; the agenda is put into it."""

    kind: ClassVar[str] = "consultations:template:saved"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    template: int


class ConsultationArchived(Event):
    """It went into the archive: read-only, in no list, its address stays."""

    kind: ClassVar[str] = "consultations:consultation:archived"
    consultation: int


class ConsultationRestored(Event):
    """It was brought back from the archive."""

    kind: ClassVar[str] = "consultations:consultation:restored"
    consultation: int


class CategorySet(Event):
    """A sort of people is invited, or has another number of places (null: as many as come)."""

    kind: ClassVar[str] = "consultations:category:set"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    category: int
    quota: int | None


class InvitationMade(Event):
    """Links were made: so many codes, each of them for so many people (null: without a bound)."""

    kind: ClassVar[str] = "consultations:invitation:made"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    invitation: int
    category: int | None
    codes: int
    most: int | None


class InvitationWithdrawn(Event):
    """Links open nothing any more; who came by them stays."""

    kind: ClassVar[str] = "consultations:invitation:withdrawn"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    invitation: int


class InvitationTaken(Event):
    """Somebody came by a link, and takes part or waits for a place."""

    kind: ClassVar[str] = "consultations:invitation:taken"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    invitation: int
    member: int
    waits: bool


class WaitingLeft(Event):
    """Somebody waits for a place no longer."""

    kind: ClassVar[str] = "consultations:invitation:left"
    audience: ClassVar[Audience] = Audience.MODERATOR
    consultation: int
    member: int


sealed(ConsultationCreated, TextRevision, id_field="revision")
sealed(ConsultationEdited, TextRevision, id_field="revision")
sealed(BriefingWritten, TextRevision, id_field="revision")
sealed(StageMoved, StageMove, id_field="move")
