"""Children: who declares to be under 14 reads at first, and takes part once a guardian consents.

The fact travels with the Actor, as a guest's place does. Rules ask it where they ask for standing;
the door of the web asks it before every verb, so that a new one is shut until it is named here.
"""

import re
from enum import StrEnum
from typing import TYPE_CHECKING

from forum.base.errors import Forbidden
from forum.base.i18n import _

if TYPE_CHECKING:
    from forum.base.request import Request


class Minor(StrEnum):
    """How it stands with somebody who declared to be under 14; the age itself is kept nowhere."""

    WAITING = "waiting"
    GUARDED = "guarded"


class GuardianFirst(Forbidden):
    """A child waits for a guardian's consent; the page says how to get it."""

    code = "guardian_first"
    template = "privacy/guardian_first.html"

    def __init__(self) -> None:
        super().__init__(
            _("You can read here. To take part, you need the consent of your father, mother or "
              "another guardian first.")
        )  # fmt: skip


# One's own account, the ways in, and what no child is ever kept from: to report and to appeal.
_OPEN = re.compile(
    r"/(settings|sign-in|sign-out|register|first|new-password|language|appearance|hints|inbox"
    r"|drafts|enter|join|contacts|letters/stop|rules/accept|demo|kiosk)(/|$)"
    r"|/reports$|/measures/\d+/appeal$|/polls/\d+/check$"
)


def require_open(request: "Request") -> None:
    """GuardianFirst for what a child posts who waits, but for what stands open to them."""
    sleeps = request.actor is not None and request.actor.asleep
    if sleeps and request.http.method == "POST" and not _OPEN.match(request.path):
        raise GuardianFirst
