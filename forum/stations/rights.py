"""What roles may do with the tree of places, in words."""

from forum.base.i18n import N_
from forum.members.rights import PLACES, right
from forum.members.rules import keeps_counter
from forum.stations import rules

right(N_("keep the counter: slips, cards, residents' accounts"), keeps_counter, PLACES)
right(N_("add places below this one and change them"), rules.may_build, PLACES)
