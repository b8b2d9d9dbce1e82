"""What roles may do with procedures, in words."""

from forum.base.i18n import N_
from forum.members.rights import right
from voting.procedures import rules

right(
    N_("put a procedure in stages to an item, stop it, and begin it anew"),
    lambda held: bool(rules.MANAGERS & held),
)
right(
    N_("write down what came of a stage of a procedure, and put up its notices"),
    lambda held: bool(rules.RECORDERS & held),
)
