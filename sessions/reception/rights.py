"""What roles may do at a reception, in words."""

from forum.base.i18n import N_
from forum.members.rights import right
from sessions.reception import rules

right(N_("receive visitors at receptions and write down what they say"), rules.receives)
