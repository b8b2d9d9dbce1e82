"""Groups take turns, in each the venues, then the sides; one group has a quota.

Promise: while somebody of the first group waits, at least every n-th speech is of that group. And
whoever has not spoken yet is reached even if newcomers never cease: in their own group, venue and
side those who asked earlier go first, and every group, venue and side has its turn.
"""

from forum.base.i18n import N_
from sessions.floor.order import GROUPS, SIDES, SPOKEN, TIME, VENUES, Rule

RULE = Rule(
    title=N_("Groups take turns, with a quota"),
    about=N_(
        "The groups that the chair names take turns, in each of them the venues, then for and"
        " against. The first group is heard at least every so many speeches. Whoever has spoken"
        " least goes first. Three minutes a speech."
    ),
    seconds=180,
    times=None,
    criteria=(GROUPS, VENUES, SIDES, SPOKEN, TIME),
    sides=True,
    neither=True,
    grouped=True,
)
