"""What roles may do with tasks, in words."""

from forum.base.i18n import N_
from forum.followups import rules
from forum.members.rights import right

right(
    N_("press for every task here: remind, extend, close"),
    lambda held: rules.stand(0, held, handler_id=1, supervisor_id=2, listed=False).manages,
)
right(
    N_("rate the answers that tasks here are given"),
    lambda held: rules.stand(0, held, handler_id=1, supervisor_id=2, listed=False).concerned,
)
