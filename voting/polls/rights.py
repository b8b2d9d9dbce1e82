"""What roles may do with votes, in words."""

from forum.base.i18n import N_
from forum.members.rights import right
from voting.polls import rules

right(N_("put questions to the vote and close the vote"), lambda held: bool(rules.MANAGERS & held))
right(N_("enter what a hall raised or a ballot box held"), lambda held: bool(rules.TELLERS & held))
