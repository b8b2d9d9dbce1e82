"""What one reader is to one consultation, and the gate before every deed."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import NamedTuple

from forum.base.auth import Actor
from forum.base.errors import Conflict, Forbidden, SignInNeeded
from forum.base.events import Audience
from forum.base.i18n import _
from forum.base.minors import GuardianFirst
from forum.base.refs import ref
from forum.consultations import rules, words
from forum.consultations.models import Eligibility, Stage, Visibility
from forum.consultations.rules import Deed
from forum.members.conduct import RulesFirst, Text
from forum.members.models import Role
from forum.members.queries import Standing


class ConsultationRow(NamedTuple):
    """A consultation as pages and services read it."""

    id: int
    title: str
    summary: str
    html: str
    stage: Stage
    visibility: Visibility
    eligibility: Eligibility
    station_id: int | None
    zone: str
    created_by: int | None
    created_at: datetime
    archived_at: datetime | None


class Access(NamedTuple):
    """What one reader is to one consultation; made once a request and asked ever after."""

    actor: Actor | None
    consultation: ConsultationRow
    roles: frozenset[Role]
    standing: Standing
    eligible: bool
    places: tuple[str, ...]
    # The rules of conduct that the reader has not accepted yet; asked for before words alone.
    owed: Callable[[], Sequence[Text]] = tuple

    @property
    def stream(self) -> str:
        """The stream that everything of the consultation goes to."""
        return ref("consultation", self.consultation.id)

    @property
    def moderates(self) -> bool:
        """Whether the reader leads the process."""
        return rules.moderates(self.roles)

    @property
    def secretary(self) -> bool:
        """Whether the reader keeps its record."""
        return Role.SECRETARY in self.roles or Role.ADMINISTRATOR in self.roles

    @property
    def represents(self) -> bool:
        """Whether the reader is a representative here."""
        return Role.REPRESENTATIVE in self.roles or Role.ADMINISTRATOR in self.roles

    @property
    def audience(self) -> Audience:
        """The class of events that the reader sees."""
        if self.moderates:
            return Audience.MODERATOR
        if Role.OPERATOR in self.roles or Role.SECRETARY in self.roles:
            return Audience.DESK
        return Audience.PUBLIC if self.actor is None else Audience.MEMBER

    def may(self, deed: Deed) -> bool:
        """Whether `require` would let the deed pass."""
        return refusal(self, deed) is None


def refusal(access: Access, deed: Deed) -> SignInNeeded | Forbidden | Conflict | None:
    """Why the deed is not open to the reader now; None where it is."""
    if access.actor is None:
        return SignInNeeded(_("Please sign in first."))
    if access.actor.asleep:
        return GuardianFirst()
    if access.standing.banned or (deed in rules.WORDS and access.standing.muted):
        return Forbidden(words.restriction(access.standing, access.consultation.zone))
    if deed in rules.OWN and not access.eligible:
        if access.actor.guest_of not in (None, access.stream):
            return Forbidden(words.guest_elsewhere())
        return Forbidden(_("Only those on the list of participants may do this."))
    if not rules.allowed(access.consultation.stage, deed):
        return Conflict(words.shut(access.consultation.stage, deed))
    return None


def require(access: Access, deed: Deed) -> None:
    """Raise unless the deed is open to the reader now: person first (403), then stage (409).

    Who is about to write here for the first time reads the rules of conduct and accepts them.
    """
    if refused := refusal(access, deed):
        raise refused
    if deed in rules.WORDS and (texts := access.owed()):
        raise RulesFirst(texts)


def require_moderator(access: Access) -> None:
    """Raise unless the reader leads the process."""
    if access.actor is None:
        raise SignInNeeded(_("Please sign in first."))
    if not access.moderates:
        raise Forbidden(_("Only the moderators of this consultation may do this."))
    require_unarchived(access)


def require_unarchived(access: Access) -> None:
    """Raise where the consultation was put away: nothing is changed in it any more."""
    if access.consultation.archived_at:
        raise Conflict(_("This consultation is in the archive. Bring it back to change it."))
