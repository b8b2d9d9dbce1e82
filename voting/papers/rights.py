"""What roles may do with papers, in words."""

from forum.base.i18n import N_
from forum.members.rights import right
from voting.polls import rules

right(
    N_("give out ballots on paper, enter them with a second person, and close their boxes"),
    lambda held: bool(rules.TELLERS & held),
)
