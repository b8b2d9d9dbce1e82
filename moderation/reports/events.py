"""What happens to reports; on the stream of the place, for its moderators."""

from typing import ClassVar

from forum.base.events import Audience, Event
from moderation.reports.models import ReportState, Rule


class ReportFiled(Event):
    """Somebody reported a thing."""

    kind: ClassVar[str] = "reports:report:filed"
    audience: ClassVar[Audience] = Audience.MODERATOR

    report: int
    about: str
    rule: Rule


class ReportResolved(Event):
    """A moderator decided about a report."""

    kind: ClassVar[str] = "reports:report:resolved"
    audience: ClassVar[Audience] = Audience.MODERATOR

    report: int
    about: str
    result: ReportState
