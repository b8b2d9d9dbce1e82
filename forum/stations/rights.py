"""What roles may do with the tree of places, in words."""

from forum.base.i18n import N_
from forum.members.rights import PLACES, right
from forum.stations import rules

right(N_("add places below this one and change them"), rules.may_build, PLACES)
