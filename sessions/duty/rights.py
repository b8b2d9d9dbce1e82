"""Who may do what around a duty report, in words."""

from collections.abc import Collection

from forum.base.i18n import N_
from forum.members.models import Role
from forum.members.rights import right
from sessions.duty import rules


def _leads(roles: Collection[Role]) -> bool:
    return rules.leads(roles, 1, 0)


right(N_("let questions to a representative through, and run the duty report"), _leads)
right(N_("report on one's duty, and answer what voters ask"), rules.may_report)
