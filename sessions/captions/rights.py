"""Who may do what with a transcript, in words."""

from forum.base.i18n import N_
from forum.members.rights import right
from sessions.captions import rules

right(N_("type the captions of a meeting and correct them"), rules.types_as)
