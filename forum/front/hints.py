"""The first-visit hint of each role: what this place is for them and where to begin."""

from collections.abc import Collection
from typing import NamedTuple

from forum.base.i18n import N_
from forum.front import rules
from forum.members.models import Role


class Hint(NamedTuple):
    """A hint; `key` is what is remembered once it is dismissed."""

    key: str
    title: str
    words: str
    href: str = "/help"
    link: str = N_("How it works")


GUEST = Hint(
    "guest",
    N_("New here?"),
    N_(
        "Neighbours talk over what concerns them all, vote on it, and see what becomes of it. You "
        "can read everything that is public without an account."
    ),
)
ROLES = {
    Role.RESIDENT: Hint(
        "resident",
        N_("This page is yours"),
        N_(
            "On top stands the one thing that waits for you now. Below it: what is open near you, "
            "what happens next, and what became of what you said."
        ),
    ),
    Role.MODERATOR: Hint(
        "moderator",
        N_("You moderate"),
        N_(
            "Here is your queue: reports, proposed topics, points of order and questions without "
            "an answer. On the day of a meeting its console stands on top."
        ),
    ),
    Role.REPRESENTATIVE: Hint(
        "representative",
        N_("You are a representative"),
        N_(
            "Here are the tasks that you press for, by date; what is overdue comes first. You "
            "urge, extend and close them, and you publish outcomes."
        ),
    ),
    Role.SECRETARY: Hint(
        "secretary",
        N_("You keep the minutes"),
        N_(
            "The minutes write themselves from what happens in the meeting. You correct them, "
            "send them round, answer requests, and have them approved."
        ),
    ),
    Role.HANDLER: Hint(
        "handler",
        N_("You carry out tasks"),
        N_(
            "Acknowledge a task, write how it goes, and answer it before its date. Those "
            "concerned then say whether they are satisfied."
        ),
    ),
    Role.OPERATOR: Hint(
        "operator",
        N_("You keep a desk"),
        N_(
            "Check people in, put them on the list of speakers, count hands and papers, and take "
            "residents in at the counter. People without a device take part through you."
        ),
    ),
    Role.ADMINISTRATOR: Hint(
        "administrator",
        N_("You administrate this server"),
        N_(
            "Set up stations, give people their roles, and look at the log. What you do stands in "
            "the log as well."
        ),
        "/stations",
        N_("Stations"),
    ),
}


def hint(roles: Collection[Role], seen: Collection[str] | None) -> Hint | None:
    """The hint to show; None once all that concern somebody are dismissed."""
    role = rules.hint(roles, seen or ())
    return ROLES[role] if role else None
