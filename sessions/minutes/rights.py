"""What roles may do with minutes, decisions and outcomes, in words."""

from forum.base.i18n import N_
from forum.members.rights import right
from sessions.minutes import rules

right(N_("keep the minutes and record decisions"), rules.keeps)
right(N_("sign the minutes"), lambda held: rules.signs_as(held) is not None)
right(N_("write and publish the outcome"), rules.publishes)
